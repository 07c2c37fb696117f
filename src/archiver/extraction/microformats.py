"""Microformats: the page's h-entry, or the hAtom entry that came before it, with the h-card of its author, as claims.

https://microformats.org/wiki/h-entry, https://microformats.org/wiki/hatom
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from archiver.extraction import microdata, nodetext
from archiver.extraction.rules.claim_ranks import MICROFORMAT_FIELDS
from archiver.extraction.rules.microformats import CARDS, CLASSES, ENTRIES, OTHERS, SELECTOR

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

    from archiver.extraction.blocks import Element, Layout
    from archiver.extraction.claims import Claims
    from archiver.extraction.page import Page

MAX_PROPERTIES = 100
MAX_CLIMB = 40
MAX_NAME_CHARACTERS = 300
TIMES_THE_NEXT = 2
"""An entry that is not so much longer than the next is one of a list."""


def collect(page: Page, layout: Layout, claims: Claims) -> None:
    """Adds the claims of the page's entry to `claims`."""
    entry = _entry(layout)
    if entry is None:
        return
    for node in entry.node.css(SELECTOR)[:MAX_PROPERTIES]:
        stated = {CLASSES[name] for name in _class_names(node) if name in CLASSES}
        if (node.attributes.get("rel") or "").lower() == "tag":  # a "category tag" is a section
            stated.add("p-category")
        if "dt-published" in stated:  # nobody has changed it yet
            stated.discard("dt-updated")
        if stated and not _belongs_elsewhere(node, entry):
            for name in sorted(stated):
                _add(page, node, name, claims)


def _entry(layout: Layout) -> Element | None:
    """The one entry of the page, or the one beside which the others are small."""
    found: list[Element] = []
    for element in [one for one in layout.elements if "entry" in one.hint]:  # most pages have none
        inside = bool(found) and element.first < found[-1].last  # as comments are
        if not inside and not ENTRIES.isdisjoint(element.hint.split()):
            found.append(element)
    found.sort(key=lambda one: layout.chars(one.first, one.last), reverse=True)
    sizes = [layout.chars(one.first, one.last) for one in found[:2]]
    return found[0] if sizes and sizes[0] >= TIMES_THE_NEXT * sum(sizes[1:]) else None


def _add(page: Page, node: LexborNode, name: str, claims: Claims) -> None:
    field, source, at = MICROFORMAT_FIELDS[name], f"microformat {name}", f".{'.'.join(_listed(node)) or name}"
    if name != "p-author":
        claims.add(field, source, _value(node), at=at)
        return
    named = node.css_first(".p-name, .fn") or node
    link = node if node.tag == "a" else node.css_first(".u-url[href], .url[href]") or node.css_first("a[href]")
    note = node.css_first(".p-note, .note")
    text = nodetext.beginning(named, MAX_NAME_CHARACTERS + 1)
    if len(text) <= MAX_NAME_CHARACTERS:
        url = page.absolute(link.attributes.get("href")) if link is not None else None
        bio = nodetext.beginning(note, microdata.MAX_VALUE_CHARACTERS) if note is not None else None
        claims.add(field, source, text, at=at, url=url, bio=bio)


def _value(node: LexborNode) -> str:
    """The property's value: `datetime`, the `title` of an abbreviation, the `value` of data, else the text."""
    attributes = node.attributes
    if node.tag in ("abbr", "data") and (stated := attributes.get("title") or attributes.get("value")):
        return stated
    return microdata.value_of(node)


def _belongs_elsewhere(node: LexborNode, entry: Element) -> bool:
    """Whether a card, a comment or a quoted entry inside the entry is what `node` describes."""
    root = entry.node.mem_id
    around = node.parent
    for _ in range(MAX_CLIMB):
        if around is None or around.mem_id == root:
            return False
        if not (CARDS | OTHERS).isdisjoint(_class_names(around)):
            return True
        around = around.parent
    return False


def _listed(node: LexborNode) -> list[str]:
    return (node.attributes.get("class") or "").lower().split()[:2]


def _class_names(node: LexborNode) -> set[str]:
    return set((node.attributes.get("class") or "").lower().split())
