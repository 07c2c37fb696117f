"""Full names under the headline without any word that says what they are: beside the date, or with a biography below."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from archiver.extraction import datetext, names, places
from archiver.extraction.claims import Claim, claim
from archiver.extraction.rules.bylines import BIO_VERB, NO_BYLINE

if TYPE_CHECKING:
    from archiver.extraction.blocks import Block
    from archiver.extraction.datetext import Reading
    from archiver.extraction.names import Parsed
    from archiver.extraction.places import Surroundings

BLOCKS_BELOW_HEADLINE = 5
MAX_LINE_CHARACTERS = 80
FULL_NAME = re.compile(r"[^\W\d_a-z][\w'’.-]*(?:\s(?:[a-z]{2,3}\s)?[^\W\d_a-z][\w'’.-]*){1,3}")
_SEPARATOR = re.compile(r"\s*[|•·⋅∙/—–]\s*|\s-\s")
_OTHERS_TAGS = frozenset({"h1", "li", "button", "figcaption"})


def claims(around: Surroundings, block: Block, lines: list[str], reading: Reading, parsed: Parsed) -> list[Claim]:
    """The name that `block` prints, whose text is `lines`."""
    if not around.is_right_below(block.index, BLOCKS_BELOW_HEADLINE) or block.index > around.region.first + 1:
        return []
    if len(block.text) > MAX_LINE_CHARACTERS or places.stands_in(block.element, _OTHERS_TAGS, steps=1):
        return []
    name = _beside_date(" | ".join(lines), reading, parsed)
    if name is None and len(lines) == 1 and _has_biography(around, block, lines[0]) and _is_person(lines[0], parsed):
        name = lines[0]
    return [claim("author", "dom name-line", name, at=places.place(block.element), block=block.index)] if name else []


def _beside_date(line: str, reading: Reading, parsed: Parsed) -> str | None:
    date = next(datetext.find(line, reading), None) if datetext.may_hold_date(line) else None
    if date is None or NO_BYLINE.search(line):
        return None
    parts = _SEPARATOR.split(f"{line[: date.start]}|{line[date.end :]}")
    return next((name for part in parts if FULL_NAME.fullmatch(name := names.printed(part)) and _is_person(part, parsed)), None)


def _is_person(part: str, parsed: Parsed) -> bool:
    named = parsed[part]  # with its cue: an editor is nobody
    return bool(named) and not named[0].organization


def _has_biography(around: Surroundings, block: Block, name: str) -> bool:
    """Whether a paragraph below `block` is about `name`, or about the first name below a line that prints it alone.

    Not where the headline names the same: that is a portrait.
    """
    if not FULL_NAME.fullmatch(name) or around.headline is None or name in around.layout.blocks[around.headline].text:
        return False
    given = name.split(maxsplit=1)[0]
    below = around.layout.blocks[block.index + 1 :]
    for number, other in enumerate(below):
        if not other.text.startswith(name):
            continue
        following = below[number + 1].text if number + 1 < len(below) else ""
        if _tells_of(name, other.text) or (other.text == name and _tells_of(given, following)):
            return True
    return False


def _tells_of(name: str, text: str) -> bool:
    rest = text[len(name) :]
    return text.startswith(name) and not rest[:1].isalnum() and BIO_VERB.match(rest) is not None
