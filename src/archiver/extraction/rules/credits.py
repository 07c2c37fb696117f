"""Phrases with which a text names its origin, and a site itself."""

from __future__ import annotations

import re
from typing import NamedTuple


class Credit(NamedTuple):
    """One row: a phrase and what follows it; the group is the name."""

    name: str
    pattern: str
    reason: str


_NAME = r"(?P<{0}>[^\n.;|]{{2,120}}?)"
_END = r"(?:\s+(?:on|under|in)\s+(?:\d|[A-Z][a-z]+ \d|a )[^\n]{0,60})?(?:[.;|\n]|\s*$)"

CREDITS = (
    Credit(
        "source line",
        r"^(?:(?:story |article |original |news )?sources?|quellen?|fuente|fonte|bron|källa|kilde|źródło|zdroj|forrás|источник|джерело|kaynak|來源|来源|出典)"
        r"\s?[:：]\s*(?:(?:story|materials?|content) provided by (?:the )?)?(?P<source>[^\n]{2,160})$",
        "'Source: X' as a line of its own behind the text, in the larger languages",
    ),
    Credit(
        "provided by",
        rf"^(?:materials?|content|story|article) provided by (?:the )?{_NAME.format('provided')}{_END}",
        "press releases' distributors",
    ),
    Credit(
        "originally published",
        r"\b(?:originally|first) (?:published|appeared|posted|printed)(?: (?:online|here))? (?:by|on|in|at|with)\s+(?:the )?"
        + _NAME.format("original")
        + _END,
        "'This article was originally published on X'",
    ),
    Credit(
        "reprinted",
        rf"\b(?:re)?(?:printed|published|posted) (?:here )?with (?:the )?(?:kind )?permission (?:from|of|by) (?:the )?{_NAME.format('reprinted')}{_END}",
        "syndicated text",
    ),
    Credit(
        "erstveröffentlicht",
        rf"\b(?:zuerst|ursprünglich) (?:erschienen|veröffentlicht)(?: (?:bei|in|auf|im))? {_NAME.format('zuerst')}{_END}",
        "German",
    ),
    Credit("via", r"^(?:via|h/t|hat tip|über)\s?[:：]?\s+(?P<via>[^\n.]{2,60})\.?$", "'via X' as a line of its own"),
)
CREDIT = re.compile("|".join(row.pattern for row in CREDITS), re.IGNORECASE)
CREDIT_WORDS = (
    ":",
    "：",
    "provided by",
    "originally",
    "first ",
    "permission",
    "zuerst",
    "ursprünglich",
    "via",
    "h/t",
    "hat tip",
    "über",
)
"""One of these, in small letters, stands in whatever `CREDIT` matches."""

WIRE = re.compile(r"^(?:[A-ZÄÖÜ][\w.,'’/ -]{1,50}\s)?\((?P<wire>[A-Z][\w. ]{1,24})\)\s?[—–-]{1,2}\s")
"""The agency in brackets between place and text: "PARIS (Reuters) — …"."""

PUBLISHED_ON = re.compile(
    r"(?i)(?:^|[.\d|]\s)published (?:on|by|in) (?P<name>[^\n.]{2,60})\. (?:©[^.]{0,40}\. )?all rights reserved"
)
"""A site's sentence about itself in the foot of its articles."""

COPYRIGHT = re.compile(
    r"(?i)(?:©|\(c\)|copyright)(?:\s*(?:©|\(c\)|copyright))?\s*(?:(?:19|20)\d\d(?:\s?[-–—]\s?(?:19|20)?\d\d)?)?,?\s*(?:by\s)?(?P<name>[^\W\d_][^\n.,|©]{1,58}?)"
    r"\s*(?:(?:19|20)\d\d(?:\s?[-–—]\s?(?:19|20)\d\d)?)?\s*(?:[.,|©\n]|all rights|alle rechte|$)"
)
NOT_AN_OWNER = re.compile(r"(?i)^(?:all rights|alle rechte|copyright|the author|privacy|terms|respective|policy|notice|by )")

CITATION = re.compile(r"(?i)\((?:19|20)\d\d[^)]{0,30}\)|\bretrieved\b|\baccessed\b|\bcite\b|https?://")
"""What a line has besides the title when it says how to cite the article."""

CITATION_WORDS = ("(19", "(20", "retrieved", "accessed", "cite", "http")
"""One of these, in small letters, stands in whatever `CITATION` matches."""

PICTURE_CREDIT = re.compile(
    r"(?i)(?:\b(?:photo(?:graph)?|image|picture|foto|bild|crédits?|credits?|copyright|quelle|source|illustration)\s?(?:credit|courtesy)?\s?"
    r"(?::|by|von|par|por|of)|©|\(c\))\s*(?P<credit>[^\n|]{2,120}?)[\s).]*$"
)
"""Whose picture it is, at the end of a caption."""

CREDIT_HINT = re.compile(r"(?i)credit|copyright|photographer|(?<!re)source")
"""In the class names of what says whose picture it is."""
CREDIT_SELECTOR = "[class*=credit i], [class*=copyright i], [class*=photographer i], cite, small"
"""Inside a caption, what says whose picture it is."""
