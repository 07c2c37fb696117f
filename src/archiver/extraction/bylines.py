"""Bylines in the page: what visible lines around the article say about who wrote and who reviewed it, as claims."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from archiver.extraction import author_links, name_lines, names, places
from archiver.extraction.claims import Claim, claim
from archiver.extraction.rules.bylines import (
    ABOUT_AUTHOR,
    AUTHOR_HINT,
    AUTHOR_WORDS,
    BEFORE_CUE,
    CUE_INSIDE,
    FACTS,
    NO_BYLINE,
    NOT_AUTHOR_HINT,
)
from archiver.extraction.rules.markup import HEADINGS
from archiver.extraction.rules.names import REVIEWER_INSIDE, REVIEWER_WORDS, ROLE_WORDS
from archiver.extraction.wording import holds_any, small

if TYPE_CHECKING:
    from collections.abc import Sequence

    from selectolax.lexbor import LexborNode

    from archiver.extraction.blocks import Block, Element
    from archiver.extraction.datetext import Reading
    from archiver.extraction.names import Parsed
    from archiver.extraction.page import Page
    from archiver.extraction.places import Surroundings

MAX_CUED_LINES = 6
MAX_CUED_CHARACTERS = 200
MAX_CUE_INSIDE_CHARACTERS = 160
WORDS_OF_CUE = 5
MAX_LINE_CHARACTERS = 240
MAX_HINTED_CHARACTERS = 100
MAX_BLOCKS_OF_BYLINE = 12
MAX_LINES_BELOW_CUE = 8
MAX_JOINT_CHARACTERS = 3  # "and", "und", ","
ELEMENTS_AROUND = 4
MAX_LEAVES = 50
_OTHERS_WORDS = frozenset({"figure", "figcaption", "blockquote"})
_ENDS_SENTENCE = re.compile(r"[.!?:]$")


@dataclass(frozen=True, slots=True)
class _Scene:
    """What is needed to read any line: the page, what surrounds the article, and how dates and names are read."""

    page: Page
    around: Surroundings
    reading: Reading
    parsed: Parsed
    others: set[int] = field(default_factory=set)  # blocks that a cue gives to editors, photographers, reviewers


@dataclass(frozen=True, slots=True)
class Lines:
    """Claims read from visible bylines, and the blocks that are nothing but bylines."""

    claims: list[Claim]
    blocks: frozenset[int]


def read(page: Page, around: Surroundings, links: Sequence[LexborNode], reading: Reading, parsed: Parsed) -> Lines:
    """The visible bylines of the article, those nearest to the headline first."""
    scene = _Scene(page, around, reading, parsed)
    claims: list[Claim] = []
    blocks: set[int] = set()
    for block in around.near:
        if block.index == around.headline:
            continue
        lines = around.text(block).split("\n")
        for one in (
            *_cued(scene, block, lines),
            *_hinted(scene, block, lines[0]),
            *name_lines.claims(around, block, lines, reading, parsed),
        ):
            claims.append(one)
            if len(block.text) <= MAX_HINTED_CHARACTERS or one.source == "dom byline":
                blocks.add(block.index)
    linked = author_links.claims(page, around, links, parsed)
    claims = [_as_marked(_before_role(one, around), linked, parsed) for one in claims] + linked
    claims = [one for one in claims if one.field != "author" or one.source == "dom byline" or one.block not in scene.others]
    return Lines(claims, frozenset(blocks))


def _as_marked(line: Claim, linked: list[Claim], parsed: Parsed) -> Claim:
    """`line` up to where a mark inside it ends its one name: `By <a rel=author>Jo Reed</a> Quay Gazette`."""
    named = parsed[line.value]
    if line.field != "author" or len(named) != 1:
        return line
    marked = (
        one.value for one in linked if one.block == line.block and [name.text for name in parsed[one.value]] == [one.value]
    )
    return next((line._replace(value=name) for name in marked if named[0].text.startswith(f"{name} ")), line)


def _before_role(line: Claim, around: Surroundings) -> Claim:
    """`line` up to an element of its own that says what somebody is: `Jo Reed <small>Founder of the Quay</small>`."""
    nodes = around.layout.blocks[line.block].nodes[1:MAX_LEAVES] if line.block is not None and line.field == "author" else ()
    for node in nodes:
        text = " ".join((node.text_content or "").split()) if node.tag == "-text" else ""
        before, found, _ = line.value.partition(text) if text and ROLE_WORDS.match(small(text)) else (line.value, "", "")
        before = before.rstrip()
        if found and before and before[-1] not in ",;":
            return line._replace(value=before)
    return line


def _cued(scene: _Scene, block: Block, lines: list[str]) -> list[Claim]:
    """Lines that say it in words: "By …", "Medically reviewed by …", "3 May 2020 by …"."""
    found: list[Claim] = []
    lines = lines[:MAX_CUED_LINES]
    for number, line in enumerate(lines):
        if len(line) > MAX_LINE_CHARACTERS:
            continue
        role, rest = names.after_cue(line)
        inside = _author_inside(line) if role is None else None
        if inside is not None:
            role, rest = "author", inside
        if role is None:
            found += _reviewer_inside(block, line)
            continue
        below = not rest and number + 1 == len(lines)
        if role != "author":
            scene.others.add(block.index + below)
        if NO_BYLINE.search(line) or (number and block.element.tag in HEADINGS):  # a book, and who wrote it
            continue
        if not rest:
            rest = _below_cue(scene.around, block) if below else lines[number + 1]
        if rest and len(rest) <= MAX_CUED_CHARACTERS:
            found += _claim_for_role(scene, block, role, rest)
    if found and places.stands_in(block.element, _OTHERS_WORDS, steps=ELEMENTS_AROUND - 1):
        return []
    return found


def _below_cue(around: Surroundings, block: Block) -> str:
    """The line below a cue that stands alone; and the names further below that are marked alike."""
    below = around.layout.blocks[block.index + 1 : block.index + 1 + MAX_LINES_BELOW_CUE]
    lines: list[str] = []
    for one in below:
        line = around.text(one).split("\n")[0]
        marked = one.element.hint and one.element.hint == below[0].element.hint
        if not lines or (marked and names.is_name_like(line)):
            lines.append(line)
        elif len(line) > MAX_JOINT_CHARACTERS and not line.startswith("@"):
            break
    return ", ".join(lines)


def _author_inside(line: str) -> str | None:
    """What follows a cue inside `line`: "3 May 2020 by …", but not "3 May 2020, edited by …"."""
    cue = CUE_INSIDE.search(line) if len(line) <= MAX_CUE_INSIDE_CHARACTERS else None
    if cue is None or not BEFORE_CUE.search(line[: cue.start()]):
        return None
    words = line[: cue.start()].split()[-WORDS_OF_CUE:]
    openings = (" ".join(words[first:]) + line[cue.start() :] for first in range(len(words)))
    return None if any(names.after_cue(opening)[0] in ("reviewer", "other") for opening in openings) else line[cue.end() :]


def _reviewer_inside(block: Block, line: str) -> list[Claim]:
    """The reviewer that a line of facts names after others: "Updated 3 May 2020. Medically reviewed by …"."""
    lowered = small(line)
    match = REVIEWER_INSIDE.search(lowered) if holds_any(lowered, REVIEWER_WORDS) else None
    if match is None or not FACTS.search(line):
        return []
    return [
        claim("reviewed_by", "dom label", line[match.end() :].lstrip(" :"), at=places.place(block.element), block=block.index)
    ]


def _claim_for_role(scene: _Scene, block: Block, role: str, rest: str) -> list[Claim]:
    at = places.place(block.element)
    if role == "reviewer":
        return [claim("reviewed_by", "dom label", rest, at=at, block=block.index)]
    named = scene.parsed[rest] if role == "author" else []
    if not named:
        return []
    if (
        _ENDS_SENTENCE.search(rest)
        and len(names.printed(rest).split()) > 6
        and not name_lines.FULL_NAME.fullmatch(rest.partition(",")[0])
    ):
        return []  # a sentence that begins like a byline
    first = named[0]
    handle = len(first.text.split()) == 1 and (scene.around.is_right_below(block.index, 4) or FACTS.search(rest))
    if not (first.organization or handle or (names.is_name_like(first.text) and not first.text[0].islower())):
        return []
    return [claim("author", "dom byline", rest, at=at, block=block.index)]


def _hinted(scene: _Scene, block: Block, text: str) -> list[Claim]:
    """Lines that say it by their class names: `<div class="author-name">…`."""
    if not 0 < len(text) <= MAX_HINTED_CHARACTERS or not _is_called_author(scene.around, block) or NO_BYLINE.search(text):
        return []
    about = ABOUT_AUTHOR.match(text)
    text = text[about.end() :] if about else text
    if not scene.parsed[text]:
        return []
    return [claim("author", "dom author-class", text, at=places.place(block.element), block=block.index)]


def _is_called_author(around: Surroundings, block: Block) -> bool:
    """Whether class names around `block` speak of an author, and none nearer of what stands beside the name."""
    headline = -1 if around.headline is None else around.headline
    hints: list[str] = []
    element: Element | None = block.element
    while element is not None and len(hints) < ELEMENTS_AROUND:
        if element.first <= headline < element.last or element.last - element.first > MAX_BLOCKS_OF_BYLINE:
            break
        hints.append(element.hint)
        element = element.parent
    if not holds_any("\n".join(hints), AUTHOR_WORDS):
        return False
    author = next((number for number, hint in enumerate(hints, 1) if AUTHOR_HINT.search(hint)), 0)
    return author > 0 and not any(NOT_AUTHOR_HINT.search(hint) for hint in hints[:author])
