"""The licence: under which terms the page says that its text may be used."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from archiver.article import Licence
from archiver.extraction import claims as claims_room
from archiver.extraction import places
from archiver.extraction.claims import claim
from archiver.extraction.rules.licences import COMMONS_WORDS, DEED, OF_A_PICTURE, SHORT_NAME, STATED, TOOLS
from archiver.extraction.wording import holds_any

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archiver.article import Evidence
    from archiver.extraction.blocks import Block
    from archiver.extraction.claims import Claim, Claims
    from archiver.extraction.page import Page
    from archiver.extraction.places import Surroundings

MAX_LINKS = 10
MAX_LINE_CHARACTERS = 600
MAX_NAME_CHARACTERS = 120
MAX_LEAVES = 30
BLOCKS_OF_FOOT = 40
BLOCKS_BEHIND_TEXT = 15
_PICTURES = frozenset({"figure", "figcaption"})
_ONLY_BY_NAME = ("meta dc.rights", "meta dcterms.rights")
"""Sources that mostly hold other things: whose copyright it is."""


@dataclass(frozen=True, slots=True)
class Found:
    """The licence, where it is stated, and the blocks that state nothing else."""

    licence: Licence | None = None
    evidence: Evidence | None = None
    blocks: frozenset[int] = frozenset()


def find(page: Page, around: Surroundings, claims: Claims) -> Found:
    """The licence of the article's text."""
    stated = claims_room.by_rank([*claims.of("licence"), *_linked(page, around, claims), *_in_lines(page, around)])
    read = [(one, licence) for one in stated if (licence := _licence(page, one))]
    if not read:
        return Found()
    winner, licence = read[0]
    known = [one for one, _ in read]
    forms = {one.value: licence.name or licence.url for one, licence in read}
    printed = frozenset(one.block for one in known if one.block is not None and one.source == "dom licence-line")
    return Found(licence, claims_room.evidence(winner, known, same=forms.__getitem__), printed)


def _licence(page: Page, one: Claim) -> Licence | None:
    """What a claim says: an address, and the name that goes by it or stands there; None where it is neither."""
    is_address = one.value.startswith(("http://", "https://", "//", "/"))
    url = page.absolute(one.url or (one.value if is_address else None))
    name = _name_by(url or "") or _short_name(one.value)
    if name is None and (one.source in _ONLY_BY_NAME or url is None):
        return None
    printed = None if is_address or len(one.value) > MAX_NAME_CHARACTERS else one.value
    return Licence(name or printed, url)


def _name_by(url: str) -> str | None:
    deed = DEED.search(url)
    if deed is None:
        return None
    name = TOOLS[deed["tool"].lower()] if deed["tool"] else f"CC {deed['terms'].upper()}"
    return f"{name} {deed['version']}" if deed["version"] else name


def _short_name(text: str) -> str | None:
    short = SHORT_NAME.search(text)
    if short is None:
        return None
    name = f"CC {short['terms'].replace(' ', '-').upper()}" if short["terms"] else "CC0"
    version = short["version"] or short["zero"]
    return f"{name} {version}" if version else name


def _linked(page: Page, around: Surroundings, claims: Claims) -> Iterator[Claim]:
    """The links that say they lead to the licence, but not to that of a picture."""
    blocks = around.layout.blocks
    for node in claims.marks.licences[:MAX_LINKS]:
        address = page.absolute(node.attributes.get("href"))
        index = around.layout.block_at(node) if node.tag != "link" else None
        block = blocks[index] if index is not None and index < len(blocks) else None
        if address and not (block is not None and _is_of_a_picture(block)):
            text = " ".join((node.text() or "").split())[:MAX_NAME_CHARACTERS]
            at = f"{node.tag}[rel=license]"
            yield claim("licence", "dom rel-license", text or address, at=at, block=index, url=address)


def _in_lines(page: Page, around: Surroundings) -> Iterator[Claim]:
    """The lines behind the text, and in the page's foot, that state a licence of Creative Commons."""
    blocks, end = around.layout.blocks, around.region.last
    foot = max(len(blocks) - BLOCKS_OF_FOOT, end + BLOCKS_BEHIND_TEXT)
    for block in (*blocks[max(end - 4, 0) : end + BLOCKS_BEHIND_TEXT], *blocks[foot:]):
        text = block.text
        if not holds_any(text, COMMONS_WORDS) or len(text) > MAX_LINE_CHARACTERS:
            continue
        if STATED.search(text) and not _is_of_a_picture(block):
            address = _deed_in(page, block)
            value = text.replace("\n", " ")
            yield claim("licence", "dom licence-line", value, at=places.place(block.element), block=block.index, url=address)


def _deed_in(page: Page, block: Block) -> str | None:
    """Where a link of the block leads to a licence of Creative Commons."""
    for node in block.nodes[:MAX_LEAVES]:
        parent = node.parent
        address = page.absolute(parent.attributes.get("href")) if parent is not None and parent.tag == "a" else None
        if address and DEED.search(address):
            return address
    return None


def _is_of_a_picture(block: Block) -> bool:
    return places.stands_in(block.element, _PICTURES, steps=3) or bool(OF_A_PICTURE.search(block.text))
