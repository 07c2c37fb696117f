"""How licences are named and stated."""

from __future__ import annotations

import re

DEED = re.compile(
    r"(?i)creativecommons\.org/(?:licen[sc]es/(?P<terms>[a-z]{2}(?:-[a-z]{2}){0,3})|publicdomain/(?P<tool>zero|mark))"
    r"(?:/(?P<version>\d\.\d))?"
)
"""The address of a Creative Commons licence, or of a tool for the public domain."""

TOOLS = {"zero": "CC0", "mark": "Public Domain Mark"}
"""What the two tools of Creative Commons that are no licences are called."""

SHORT_NAME = re.compile(
    r"\bCC[ -](?P<terms>BY(?:[ -](?:NC|ND|SA)){0,2})(?:[ -](?P<version>\d\.\d))?\b|\bCC0\b(?: (?P<zero>\d\.\d))?"
)
"""A Creative Commons licence by its short name."""

COMMONS_WORDS = ("Creative Commons", "CC BY", "CC-BY", "CC0")
"""One of these stands in whatever line states such a licence."""

STATED = re.compile(
    r"(?i)\b(?:licen[sc]ed?|published|available|released|distributed|shared|reproduced|republish\w*|lizenz\w*|veröffentlicht|"
    r"licence|publiée?|licencia|publicad[oa]|licenza|pubblicat[oa]|licença|licentie|licens|licencj\w+)\b"
)
"""A line that states a licence, rather than speaks of licences, says what was done under it, in the larger languages."""

OF_A_PICTURE = re.compile(
    r"(?i)\b(?:photo(?:graph|graphie)?|image|picture|foto|fotografía|bild|grafik|illustration|icon|map|karte|video|audio|music|logo|software|code|data)s?\b"
)
"""Words of a line that licenses something other than the text: pages licence their pictures one by one."""
