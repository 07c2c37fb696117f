"""Whether a page looks like a listing: teasers beside little text, links for text, and what its site says of the page."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlsplit

from archiver.article import Evidence
from archiver.extraction.rules.listings import (
    LINKS,
    LISTING_SIGNS,
    LISTING_WEIGHT,
    MIN_TEASERS,
    PARAGRAPH_CHARACTERS,
    PARAGRAPH_LINKED,
    TEASER_CHARACTERS,
    TEASER_LINKED,
    TEASERS,
    TEXT_ALLOWANCE,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from archiver.extraction.blocks import Block, Element, Layout
    from archiver.extraction.claims import Claims
    from archiver.extraction.rules.measures import Steps

MOST_FOR_TEASERS = max(TEASERS.weights)


def find(layout: Layout, claims: Claims, kept: Sequence[Block], *, url: str | None, fields: Iterable[str]) -> Evidence | None:
    """The signs of a listing with their weights, heaviest first; None where they do not suffice.

    Args:
        layout: the page's blocks.
        claims: what the page says about itself.
        kept: the blocks taken for the article's text.
        url: the page's address.
        fields: those of "authors" and "dates.published" that have a value.
    """
    signs = [*_said(layout, claims, url, fields), _links(kept)]
    if sum(sign.weight for sign in signs) + MOST_FOR_TEASERS < LISTING_WEIGHT:
        return None  # as on most articles; to look for teasers is half the cost
    signs.append(_teasers(layout, kept))
    if sum(sign.weight for sign in signs) < LISTING_WEIGHT:
        return None
    heaviest = sorted((sign for sign in signs if sign.weight), key=lambda sign: -sign.weight)
    return Evidence("rule", "signs of a listing", "; ".join(f"{sign.name} {sign.weight:+.1f}" for sign in heaviest))


class _Found(NamedTuple):
    """A sign as it is named in evidence, and what it weighs on this page."""

    name: str
    weight: float


def _said(layout: Layout, claims: Claims, url: str | None, fields: Iterable[str]) -> list[_Found]:
    """What the address, the page's type and template, and the fields found say."""
    places = {"fields": " ".join(fields)}
    if url is not None:
        places["path"] = urlsplit(url).path.lower()
    if layout.elements:
        places["class"] = layout.elements[0].hint
    for one in claims.of("kind"):
        if one.source == "meta og:type":
            places["type"] = one.value.lower()
    return [
        _Found(sign.name, sign.weight)
        for sign in LISTING_SIGNS
        if sign.where in places and sign.is_found_in(places[sign.where])
    ]


def _links(kept: Sequence[Block]) -> _Found:
    """How much of the text is links."""
    share = sum([block.link_chars for block in kept]) / (sum([block.chars for block in kept]) or 1)
    return _Found(f"{share:.0%} of the text in links", _weight(LINKS, share))


def _teasers(layout: Layout, kept: Sequence[Block]) -> _Found:
    """How far the teasers outweigh the text."""
    teasers = _teaser_elements(layout)
    length = sum(layout.chars(element.first, element.last) for element in teasers)
    inside = {id(block) for element in teasers for block in layout.blocks[element.first : element.last]}
    text = sum(block.chars for block in kept if _is_paragraph(block) and id(block) not in inside)
    times = length / (text + TEXT_ALLOWANCE)
    return _Found(f"{len(teasers)} teasers, {times:.1f} times as long as the text", _weight(TEASERS, times))


def _weight(steps: Steps, measure: float) -> float:
    return steps.weights[bisect_left(steps.limits, measure)]


def _is_paragraph(block: Block) -> bool:
    return block.chars >= PARAGRAPH_CHARACTERS and block.link_chars < PARAGRAPH_LINKED * block.chars


def _teaser_elements(layout: Layout) -> list[Element]:
    """The elements that look like teasers, none inside another, in document order."""
    least, most = TEASER_CHARACTERS
    candidates = []
    for element in layout.elements:
        first, last = element.first, element.last
        if last - first < 2 or element.parent is None or element.hidden:
            continue
        chars = layout.chars(first, last)
        if least <= chars <= most and layout.link_chars(first, last) >= TEASER_LINKED * chars:
            candidates.append(((id(element.parent), element.tag, element.hint.partition(" ")[0]), element))
    alike = Counter(kind for kind, _ in candidates)
    teasers: list[Element] = []
    for kind, element in candidates:
        if alike[kind] >= MIN_TEASERS and (not teasers or element.first >= teasers[-1].last):
            teasers.append(element)
    return teasers
