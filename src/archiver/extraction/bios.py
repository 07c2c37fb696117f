"""Biographies: the paragraph about the author, behind the text or beside the byline."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from archiver.extraction import names, places
from archiver.extraction.claims import Claim, claim
from archiver.extraction.rules.bylines import ABOUT_AUTHOR, BIO_HINT, BIO_VERB, WRITER
from archiver.extraction.title import form
from archiver.extraction.wording import holds_any

if TYPE_CHECKING:
    from archiver.extraction.blocks import Block
    from archiver.extraction.places import Surroundings

MIN_BIO_CHARACTERS = 40
MAX_HEADING_CHARACTERS = 100
MAX_BIO_CHARACTERS = 1_500
BLOCKS_SEARCHED = 30
BLOCKS_OF_END = 4
_BIO_WORDS = ("bio", "author", "autor")
"""One of these stands in whatever `BIO_HINT` matches."""


@dataclass(frozen=True, slots=True)
class Bios:
    """Biographies by the form of the name, the claims of names that stand above one, and the blocks that print them."""

    texts: dict[str, str]
    claims: list[Claim]
    blocks: frozenset[int]


def find(around: Surroundings, known: dict[str, str]) -> Bios:
    """The biographies that the page prints; `known` are the people whom other claims name, by the form of the name."""
    texts: dict[str, str] = {}
    claims: list[Claim] = []
    blocks: set[int] = set()
    for block in _searched(around):
        if len(block.text) < MIN_BIO_CHARACTERS:
            continue
        above = around.layout.blocks[block.index - 1] if block.index else None
        heading, text = _parted(block, above)
        if not MIN_BIO_CHARACTERS <= len(text) <= MAX_BIO_CHARACTERS:
            continue
        name = _subject(text, known) or _subject_above(text, heading)
        if name is None and is_bio_element(block):
            name = next((key for key in known if key and key in form(heading)), None)
        if name is None:
            name = _writer(text, around, block) if not known else None
            if name is None:
                continue
            claims.append(claim("author", "dom bio-sentence", name, at=places.place(block.element), block=block.index))
            name = form(name)
        texts.setdefault(name, " ".join(text.split()))
        blocks.add(block.index)
        if form(heading) == name:
            claims.append(claim("author", "dom bio", heading, at=places.place(block.element), block=block.index))
        if (
            above is not None
            and len(above.text) < MAX_HEADING_CHARACTERS
            and _without_about(above.text).strip(" :") in ("", heading)
        ):
            blocks.add(above.index)
    return Bios(texts, claims, frozenset(blocks))


def _parted(block: Block, above: Block | None) -> tuple[str, str]:
    """The line above a paragraph, without "About", and the paragraph; both may stand in one block."""
    heading, _, text = block.text.partition("\n")
    if not text or len(heading) > MAX_HEADING_CHARACTERS:
        heading, text = above.text if above is not None else "", block.text
    return _without_about(heading[:MAX_HEADING_CHARACTERS]).strip(" :"), _without_about(text)


def _without_about(text: str) -> str:
    about = ABOUT_AUTHOR.match(text)  # to replace it would look for it at each character
    return text[about.end() :] if about else text


def is_bio_element(block: Block) -> bool:
    """Whether class names around `block` speak of a biography."""
    return any(
        holds_any(element.hint, _BIO_WORDS) and BIO_HINT.search(element.hint)
        for element in islice(places.lineage(block.element), 3)
    )


def _searched(around: Surroundings) -> list[Block]:
    layout, region = around.layout, around.region
    behind = layout.blocks[max(region.last - BLOCKS_OF_END, 0) : region.last + BLOCKS_SEARCHED]
    before = layout.blocks[max(region.first - BLOCKS_SEARCHED // 3, 0) : region.first + 2]
    return [
        block for block in (*behind, *before) if not block.element.hidden and block.element.tag not in ("li", "a", "blockquote")
    ]


def _subject(text: str, known: dict[str, str]) -> str | None:
    """The known name that `text` begins with, as a sentence about that person does."""
    beginning = text[:MAX_HEADING_CHARACTERS].casefold()
    for key, name in known.items():
        if beginning.startswith(name.casefold()) and len(name.split()) > 1 and BIO_VERB.match(text[len(name) :]):
            return key
    return None


def _writer(text: str, around: Surroundings, block: Block) -> str | None:
    """The writer whom a paragraph behind the text is about, and nothing in the text before: that would make it a portrait."""
    written = WRITER.match(text)
    if written is None or block.index < around.region.last - BLOCKS_OF_END or not names.parse(written["name"]):
        return None
    before = around.layout.blocks[(around.headline or 0) : block.index]
    return (
        None
        if any(
            written["name"] in one.text
            for one in before
            if len(one.text) > MAX_HEADING_CHARACTERS or one.index == around.headline
        )
        else written["name"]
    )


def _subject_above(text: str, heading: str) -> str | None:
    """The name that stands alone above a paragraph which begins with it."""
    if not 4 < len(heading) <= 60 or not 2 <= len(heading.split()) <= 5:
        return None
    if (
        text.startswith(heading)
        and BIO_VERB.match(text[len(heading) :])
        and names.is_name_like(heading)
        and names.parse(heading)
    ):
        return form(heading)
    return None
