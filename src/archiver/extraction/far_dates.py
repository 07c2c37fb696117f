"""Dates far from the headline: what the foot, a box of facts or the text's first words tell where nothing nearer does."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from archiver.extraction import dateline, datetext, places
from archiver.extraction.claims import Claim, claim
from archiver.extraction.rules.labels import LABEL
from archiver.extraction.wording import small

if TYPE_CHECKING:
    from archiver.extraction.blocks import Block
    from archiver.extraction.datetext import Reading
    from archiver.extraction.places import Surroundings

MAX_LINES_FAR_AWAY = 400
BLOCKS_OF_FOOT = 60
MAX_FOOT_CHARACTERS = 160
MAX_FOOT_CLAIMS = 5
_BESIDE_THE_ARTICLE = frozenset({"aside", "nav"})
BLOCKS_OF_OPENING = 3
MAX_OPENING_CHARACTERS = 90
MAX_SENTENCE_CHARACTERS = 600
MAX_ONLY_DATE_CHARACTERS = 80
_LINK_LISTS = frozenset({"nav", "li"})
_OPENING_END = re.compile(r"[).\]]{0,2}\s{0,2}(?:[–—|:]|-\s|(?<=[.)])\s?(?=[\"'„“”«»]?[^\W\d_])|[\"„“«])")
_SENTENCE_END = re.compile(r"[^\W\d_]{3}[.!?]\s|\b(?:am|on|le|el|il|seit|since|vom)\s$", re.IGNORECASE)


def read(around: Surroundings, reading: Reading, near: list[Claim], *, published: bool) -> list[Claim]:
    """The claims that the page makes far from the headline.

    Args:
        near: what its date lines claim; a field that has a claim there is looked for no farther.
        published: whether machines or the address are told a publication date.
    """
    claims: list[Claim] = []
    if not any(one.field == "modified" for one in near):
        claims += _labelled_in_foot(around, reading)
    if not published and not any(one.field == "published" for one in near):
        claims += _published_far_away(around, reading)
    if not near and not claims:
        claims = _only_date(around, reading) or _dateline(around, reading)
    return claims


def _labelled_in_foot(around: Surroundings, reading: Reading) -> list[Claim]:
    """Modified and reviewed dates of the page's foot: "Last updated: …", "This page was last edited on …"."""
    claims: list[Claim] = []
    for block in around.layout.blocks[around.region.last :][-BLOCKS_OF_FOOT:]:
        text = block.text
        if block.index in around.near_indexes or len(text) > MAX_FOOT_CHARACTERS or not datetext.may_hold_date(text):
            continue
        element = block.element
        if element.hidden or places.stands_in(element, _BESIDE_THE_ARTICLE):
            continue
        found = dateline.in_block(around, block, reading, unlabelled=False)
        claims += [
            one
            for one in found
            if one.source == "dom last-change" or (element.tag != "li" and one.field in ("modified", "reviewed"))
        ]
    return claims[:MAX_FOOT_CLAIMS]


def _published_far_away(around: Surroundings, reading: Reading) -> list[Claim]:
    """The publication date that only a sidebar's box of facts tells, or a sentence about the page itself."""
    for block in _within_reach(around):
        if block.index == around.headline or block.index in around.near_indexes or len(block.text) > MAX_SENTENCE_CHARACTERS:
            continue
        if not datetext.may_hold_date(block.text):
            continue
        if around.is_elsewhere(block) and not _is_fact(block):
            continue
        for one in dateline.in_block(around, block, reading, unlabelled=False):
            if one.field == "published":
                return [one]
    return []


def _is_fact(block: Block) -> bool:
    """Whether a date stands alone in a box of facts, under its label; a label in the same line may be a teaser's."""
    shown = not block.element.hidden and not places.stands_in(block.element, _LINK_LISTS)
    return shown and len(block.text) <= dateline.MAX_DATE_CHARACTERS and LABEL.search(small(block.text)) is None


def _only_date(around: Surroundings, reading: Reading) -> list[Claim]:
    """The one date line of a page that has no other: anywhere but in comments and teasers."""
    found: dict[str, Claim] = {}
    for block in _within_reach(around):
        text = block.text
        if block.index == around.headline or len(text) > MAX_ONLY_DATE_CHARACTERS or not datetext.may_hold_date(text):
            continue
        if around.is_elsewhere(block) or places.stands_in(block.element, dateline.QUOTES):
            continue
        for one in dateline.in_block(around, block, reading, unlabelled=True):
            if one.field == "published":
                found.setdefault(one.value, one)
    if len(found) != 1:
        return []
    one = next(iter(found.values()))
    return [claim("published", "dom text", one.value, at=one.at, block=one.block)]


def _dateline(around: Surroundings, reading: Reading) -> list[Claim]:
    """The day that opens the text, as agencies and press offices print it: "Berlin, 3 May 2020 – The council …"."""
    first = around.region.first
    for block in around.layout.blocks[first : first + BLOCKS_OF_OPENING]:
        head = block.text[:MAX_OPENING_CHARACTERS]
        found = next(datetext.find(head, reading), None) if datetext.may_hold_date(head) else None
        if found and _OPENING_END.match(head[found.end :]) and not _SENTENCE_END.search(head[: found.start]):
            value = head[found.start : found.end]
            return [claim("published", "dom dateline", value, at=places.place(block.element), block=block.index)]
    return []


def _within_reach(around: Surroundings) -> list[Block]:
    """The blocks that the headline is not too far from; a headline that was not found is at the page's top."""
    middle = around.headline or 0
    return around.layout.blocks[max(0, middle - MAX_LINES_FAR_AWAY) : middle + MAX_LINES_FAR_AWAY]
