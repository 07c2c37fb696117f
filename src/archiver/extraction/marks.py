"""Marks: the nodes whose markup says what they are, for the rooms that read them; all found in one search of the tree.

Each search walks the whole tree, which by then has left the processor's caches, and costs up to a tenth of parsing it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING

from archiver.extraction.rules.bylines import AUTHOR_LINKS

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser, LexborNode

Attributes = dict[str, str | None]

SELECTORS = (
    "meta[content]",
    "link:is([rel~=canonical], [rel~=image_src])",
    "script[type*='ld+json']",
    "time[datetime]",
    "figure",
    "[rel~=license]",
    "[itemprop]",
    ":is([property]:not(meta), meta[property^='schema:'])",
    AUTHOR_LINKS,
)
_RELATIONS = frozenset({"canonical", "image_src"})
_NODE = attrgetter("mem_id")


@dataclass(frozen=True, slots=True)
class Marks:
    """Nodes by what they are, each list in document order.

    Attributes:
        metas: the attributes of each `<meta>` with a content.
        links: those of each `<link>` to the canonical address, or to a picture for sharing.
        scripts: JSON-LD.
        times: `<time>` with a machine-readable value.
        figures: `<figure>`.
        properties: elements with a microdata property.
        terms: those with an RDFa property; of `<meta>`, with one of schema.org.
        licences: links to a licence.
        author_links: what `rules.bylines.AUTHOR_LINKS` selects.
    """

    metas: list[Attributes] = field(default_factory=list)
    links: list[Attributes] = field(default_factory=list)
    scripts: list[LexborNode] = field(default_factory=list)
    times: list[LexborNode] = field(default_factory=list)
    figures: list[LexborNode] = field(default_factory=list)
    properties: list[LexborNode] = field(default_factory=list)
    terms: list[LexborNode] = field(default_factory=list)
    licences: list[LexborNode] = field(default_factory=list)
    author_links: list[LexborNode] = field(default_factory=list)


def find(tree: LexborHTMLParser) -> Marks:
    """The marks in `tree`."""
    marks = Marks()
    for _, finds in groupby(tree.css(", ".join(SELECTORS)), _NODE):
        found = list(finds)  # one node, once for each selector that found it
        others = _sort_in(found[0], marks)
        if len(found) > others:
            marks.author_links.append(found[0])
    return marks


def _sort_in(node: LexborNode, marks: Marks) -> int:
    """Sorts `node` in, but for author links; how many selectors other than theirs have found it."""
    tag, attributes, ways = node.tag, node.attributes, 1
    if tag == "meta" and "content" in attributes:
        marks.metas.append(attributes)
    elif tag == "figure":
        marks.figures.append(node)
    elif tag == "time" and "datetime" in attributes:
        marks.times.append(node)
    elif tag == "script" and "ld+json" in (attributes.get("type") or "").lower():
        marks.scripts.append(node)
    elif tag == "link" and not _RELATIONS.isdisjoint(relations(attributes)):
        marks.links.append(attributes)
    else:
        ways = 0
    if "license" in (attributes.get("rel") or "").lower().split():
        marks.licences.append(node)
        ways += 1
    if "itemprop" in attributes:
        marks.properties.append(node)
        ways += 1
    if "property" in attributes and (tag != "meta" or (attributes["property"] or "").startswith("schema:")):
        marks.terms.append(node)
        ways += 1
    return ways


def relations(link: Attributes) -> list[str]:
    """What the page at the other end of a link is to this one."""
    return (link.get("rel") or "").lower().split()
