"""Links to authors, and names that their markup tells from the rest of a line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archiver.extraction import marks, nodetext
from archiver.extraction.claims import Claim, claim
from archiver.extraction.rules.bylines import NO_BYLINE, NOT_AUTHOR_HINT

if TYPE_CHECKING:
    from collections.abc import Sequence

    from selectolax.lexbor import LexborNode

    from archiver.extraction.blocks import Block
    from archiver.extraction.names import Parsed
    from archiver.extraction.page import Page
    from archiver.extraction.places import Surroundings

MAX_LINKS = 40
MAX_LEAVES = 50
STEPS_TO_LINK = 4
MAX_NAME_CHARACTERS = 100
MAX_LINE_CHARACTERS = 240


def claims(page: Page, around: Surroundings, links: Sequence[LexborNode], parsed: Parsed) -> list[Claim]:
    """Names marked inside a line: `rel=author`, hCard and h-entry authors, `<span class="author">`."""
    found = []
    for node in links[:MAX_LINKS]:
        attributes = node.attributes
        if NOT_AUTHOR_HINT.search((attributes.get("class") or "").lower()):
            continue
        index = _printed_at(around, node)
        if index is None:
            continue
        text = nodetext.beginning(node, MAX_LINE_CHARACTERS)
        if not text or len(text) > MAX_NAME_CHARACTERS or NO_BYLINE.search(text) or not parsed[text]:
            continue
        url = page.absolute(attributes.get("href")) if node.tag == "a" else None
        classes = (attributes.get("class") or "").split()[:1]
        at = f"{node.tag}[rel=author]" if "author" in marks.relations(attributes) else ".".join([str(node.tag), *classes])
        found.append(claim("author", "dom author-link", text, at=at, block=index, url=url))
    return found


def link_in(page: Page, block: Block, name: str) -> str | None:
    """The address that `name` links to in `block`."""
    for node in block.nodes[:MAX_LEAVES]:
        link = _link_around(node)
        if link is not None and name.casefold() in nodetext.beginning(link, MAX_LINE_CHARACTERS).casefold():
            return page.absolute(link.attributes.get("href"))
    return None


def _link_around(node: LexborNode) -> LexborNode | None:
    for _ in range(STEPS_TO_LINK):
        parent = node.parent
        if parent is None or parent.tag in ("p", "body"):
            return None
        if parent.tag == "a":
            return parent
        node = parent
    return None


def _printed_at(around: Surroundings, node: LexborNode) -> int | None:
    """The block near the article that prints `node`, behind the portrait that may stand first in it; None where none does."""
    first = around.layout.block_at(node)
    if first is None:
        return None
    index = next((block.index for block in around.layout.blocks[first : first + 2] if block.text), first)
    return index if index in around.near_indexes else None
