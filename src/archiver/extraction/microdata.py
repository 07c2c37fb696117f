"""Microdata: `itemprop` attributes of the page's main item, as claims.

https://html.spec.whatwg.org/multipage/microdata.html
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from archiver.extraction import nodetext
from archiver.extraction.rules.claim_ranks import MICRODATA_FIELDS

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

    from archiver.extraction.claims import Claims
    from archiver.extraction.page import Page

MAX_PROPERTIES = 300
MAX_VALUE_CHARACTERS = 2_000
MAX_NAMES_CHARACTERS = 300
MAX_CLIMB = 40
_PEOPLE = frozenset({"author", "reviewed_by", "publisher"})
OTHER_ITEMS = ("comment", "review", "product", "person", "organization", "imageobject", "offer", "rating", "event", "listitem")
"""Types whose own dates, names and pictures are not the article's."""


def collect(page: Page, claims: Claims) -> None:
    """Adds the claims of the page's microdata to `claims`."""
    for node in claims.marks.properties[:MAX_PROPERTIES]:
        for name in (node.attributes.get("itemprop") or "").split():
            field = MICRODATA_FIELDS.get(name)
            if field and not _belongs_elsewhere(node):
                add(page, node, field, f"microdata {name}", f"[itemprop={name}]", claims)


def add(page: Page, node: LexborNode, field: str, source: str, at: str, claims: Claims) -> None:  # noqa: PLR0913, PLR0917  # a claim's parts
    """Adds what a property's `node` claims for `field`; a person or organisation by its name, with the link."""
    if field not in _PEOPLE:
        claims.add(field, source, value_of(node), at=at, url=node.attributes.get("href"))
        return
    named = node.css_first("[itemprop~=name], [property$=name]") or node
    link = node if node.tag == "a" else node.css_first("a[href]")
    url = page.absolute(link.attributes.get("href")) if link is not None and link.attributes.get("href") else None
    value = value_of(named)
    if len(value) <= MAX_NAMES_CHARACTERS:  # more is the whole article inside the property
        claims.add(field, source, value, at=at, url=url)


def value_of(node: LexborNode) -> str:
    """The property's value: `content` or `datetime`, a link's or image's address, else the text."""
    attributes = node.attributes
    for key in ("content", "datetime"):
        if attributes.get(key):
            return attributes[key] or ""
    if node.tag in ("img", "link"):
        return attributes.get("src") or attributes.get("href") or ""
    return nodetext.beginning(node, MAX_VALUE_CHARACTERS)


def _belongs_elsewhere(node: LexborNode) -> bool:
    """Whether the nearest item around `node` is another thing than the article."""
    scope = node.parent
    for _ in range(MAX_CLIMB):
        if scope is None or scope.tag in ("body", "html"):
            return False
        attributes = scope.attributes
        if "itemscope" in attributes:
            kind = (attributes.get("itemtype") or "").lower()
            return kind.endswith(OTHER_ITEMS)
        scope = scope.parent
    return False
