"""Which blocks are the article: locate its region, then decide block by block.

A page is judged by its own standard: what counts is how far a block's weight (see `weighing`) lies below that of the
page's surest text. Between the first and the last block that is surely text the distance may be larger than outside.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING

from archiver.extraction.weighing import Weighing

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from archiver.extraction.blocks import Block, Layout

_CEILING = 5.0  # more certain than this is not more certain
_PEAK_CHARS = 600
_PEAK_CHARS_OF_ONE = 200  # no single block sets the standard
_PEAK_DEPTH = 4.0
_SURE = 4.5  # below the peak: text that may mark where the article begins and ends …
_SURE_CHARS = 70  # … if it is longer than a label
_WITHIN = 6.5
_OUTSIDE = 4.2
_REPEATED_CHARS = 40  # shorter text may be said twice on purpose
_WHOLES = frozenset({"blockquote", "dl", "ol", "ul"})
_RANKS = {"h1": 1, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6}


@dataclass(frozen=True, slots=True)
class Region:
    """Where the article is.

    Attributes:
        first, last: the blocks `first <= index < last`, from the first to the last that are surely text of the article.
        weights: for every block of the page, how much it looks like article text.
        peak: the weight of the page's surest blocks; the others are measured against it.
    """

    first: int
    last: int
    weights: tuple[float, ...]
    peak: float

    def believes(self, index: int) -> bool:
        """Whether block `index` is article text as far as its weight and place say."""
        slack = _WITHIN if self.first <= index < self.last else _OUTSIDE
        return self.weights[index] > self.peak - slack


def locate(layout: Layout, *, headline: int | None) -> Region:
    """The region of the article; `headline` is the index of the block that the reader sees as title."""
    weighing = Weighing(layout, headline)
    weights = tuple(min(weight, _CEILING) for weight in weighing.weights())
    peak = _peak(weights, weighing.sizes)
    sure = [
        block.index
        for block, weight, size in zip(layout.blocks, weights, weighing.sizes, strict=True)
        if weight > peak - _SURE and size > _SURE_CHARS and not block.element.hidden
    ]
    first, last = (sure[0], sure[-1] + 1) if sure else (0, 0)
    return Region(first, last, weights, peak)


def _peak(weights: Sequence[float], sizes: Sequence[float]) -> float:
    """The mean weight of the page's surest text, by its characters; a short page has less of it."""
    surest = sorted(zip(weights, sizes, strict=True), reverse=True)
    chars, total = 0.0, 0.0
    for weight, size in surest:
        deep = chars >= _PEAK_CHARS_OF_ONE and weight < surest[0][0] - _PEAK_DEPTH
        if chars >= _PEAK_CHARS or deep:
            break
        counted = min(size, _PEAK_CHARS_OF_ONE, _PEAK_CHARS - chars)
        chars += counted
        total += counted * weight
    return total / chars if chars else 0.0


def choose(layout: Layout, region: Region, *, furniture: Collection[int], title: str | None) -> list[Block]:
    """The blocks of the article, in document order.

    Args:
        layout: the page's blocks.
        region: as `locate` found it.
        furniture: indices of blocks that other fields own (byline, dates, bio, dek, …): never kept.
        title: the article's title, which is no part of its body.
    """
    title_form = _form(title) if title else None
    believed = [region.believes(block.index) and block.index not in furniture for block in layout.blocks]
    _complete(believed, layout)
    kept = [
        block
        for block in layout.blocks
        if believed[block.index] and block.index not in furniture and not _is_title(block, title_form)
    ]
    return _without_idle_headings(_without_repeats(kept))


def _complete(believed: list[bool], layout: Layout) -> None:
    """Believes the whole of every list and quotation of which at least half is believed."""
    before = [0, *accumulate(believed)]
    for element in layout.elements:
        size = element.last - element.first
        if element.tag in _WHOLES and size > 1 and 2 * (before[element.last] - before[element.first]) >= size:
            believed[element.first : element.last] = [True] * size


def _is_title(block: Block, title_form: str | None) -> bool:
    return title_form is not None and block.chars <= 2 * len(title_form) and _form(block.text) == title_form


def _without_repeats(blocks: Sequence[Block]) -> list[Block]:
    """`blocks` without what pages print again for another screen size, short lines among the long ones included."""
    seen: set[str] = set()
    kept = []
    repeating = False
    for block in blocks:
        repeating = block.text in seen and bool(block.text) and (repeating or block.chars >= _REPEATED_CHARS)
        seen.add(block.text)
        if not repeating:
            kept.append(block)
    return kept


def _without_idle_headings(blocks: Sequence[Block]) -> list[Block]:
    """`blocks` without the headings that nothing but a heading of their rank, or a higher one, or the end follows."""
    kept: list[Block] = []
    below = 0  # the rank of the nearest heading below that has only headings between, 0 at the end
    for block in reversed(blocks):
        rank = _RANKS.get(block.element.tag)
        if rank is None:
            below = 7
        elif rank >= below:
            continue
        else:
            below = rank
        kept.append(block)
    return kept[::-1]


def _form(text: str) -> str:
    """`text` for comparison: letters and digits alone, case folded."""
    return "".join(filter(str.isalnum, text.casefold()))
