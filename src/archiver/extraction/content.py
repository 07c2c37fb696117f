"""Which blocks are the article: locate its region, then decide block by block.

A page is judged by its own standard: what counts is how far a block's weight lies below that of the page's surest text.
The weight is that of the block by itself (see `weighing`) and of its surroundings (see `context`), which know where the
first and the last block stand that are surely text.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from heapq import heapify, heappop
from itertools import accumulate
from typing import TYPE_CHECKING

from archiver.article import Evidence
from archiver.extraction import context, places
from archiver.extraction.claims import MAX_SHOWN_CHARACTERS, shown
from archiver.extraction.rows import TABLES, TENTHS, tables_by_bit
from archiver.extraction.title import form
from archiver.extraction.weighing import Weighing

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from archiver.extraction.blocks import Block, Layout
    from archiver.extraction.rows import Row

PEAK_CHARS_OF_ONE = 200  # no single block sets the standard
WITHIN = 6.5  # below the peak: text
WHOLES = frozenset({"blockquote", "dl", "ol", "ul"})
_CEILING = 50  # tenths; more certain than this is not more certain
_PEAK_CHARS = 600
_PEAK_DEPTH = 4.0
_SURE = 4.5  # below the peak: text that may mark where the article begins and ends …
_SURE_CHARS = 70  # … if it is longer than a label
_DIGITS = 6  # of what is compared, so that a tie does not hang on the order of a sum
_REPEATED_CHARS = 40  # shorter text may be said twice on purpose
_RANKS = {"h1": 1, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6}


class Fate(Enum):
    """What becomes of a block, and why."""

    KEPT = "kept by its weight"
    COMPLETED = "kept with the list or quotation around it"
    LIGHT = "weighs too little"
    OWNED = "has a field of its own"
    TITLE = "says the title again"
    REPEATED = "was said before"
    IDLE = "a heading of nothing"
    RULED = "in what the site rule calls the body"
    OUTSIDE = "outside of what the site rule calls the body"
    UNSHOWN = "in what the site rule calls the body, but not shown"
    STRIPPED = "stripped by the site rule"


_KEPT, _COMPLETED, _LIGHT = Fate.KEPT, Fate.COMPLETED, Fate.LIGHT
KEPT_FATES = (_KEPT, _COMPLETED, Fate.RULED)


@dataclass(frozen=True, slots=True)
class Region:
    """Where the article is.

    Attributes:
        first, last: the blocks `first <= index < last`, from the first to the last that are surely text of the article.
        weights: for every block of the page, how much it looks like article text where it stands.
        alone: the same for the block by itself.
        peak: the weight of the page's surest blocks by themselves; the others are measured against it.
    """

    first: int
    last: int
    weights: tuple[float, ...]
    alone: tuple[float, ...]
    peak: float

    @property
    def bar(self) -> float:
        """What a block must outweigh."""
        return round(self.peak - WITHIN, _DIGITS)


def locate(layout: Layout, *, headline: int | None) -> Region:
    """The region of the article; `headline` is the index of the block that the reader sees as title."""
    weighing = Weighing(layout, headline)
    alone = [min(total, _CEILING) for total in weighing.totals]
    weights = [total / TENTHS for total in alone]
    peak = _peak(weights, weighing.sizes)
    bar = round(peak - _SURE, _DIGITS)
    sure = [
        block.index
        for block, weight, size in zip(layout.blocks, weights, weighing.sizes, strict=True)
        if weight > bar and size > _SURE_CHARS and not block.element.hidden
    ]
    first, last = (sure[0], sure[-1] + 1) if sure else (0, 0)
    around = context.totals(layout, first, last, [peak - weight for weight in weights], TABLES)
    looked_at = [(by_itself + total) / TENTHS for by_itself, total in zip(alone, around, strict=True)]
    return Region(first, last, tuple(looked_at), tuple(weights), peak)


def rows_around(layout: Layout, region: Region) -> list[list[Row]]:
    """For each block the rows that count for its surroundings: what they add to its weight by itself is the sum of theirs."""
    tables = tables_by_bit()
    depths = [region.peak - weight for weight in region.alone]
    return [tables.rows_of(total) for total in context.totals(layout, region.first, region.last, depths, tables)]


def _peak(weights: Sequence[float], sizes: Sequence[float]) -> float:
    """The mean weight of the page's surest text, by its characters; a short page has less of it."""
    surest = [(-weight, -size) for weight, size in zip(weights, sizes, strict=True)]
    heapify(surest)  # a few are asked for: sorting all of them takes thrice as long
    highest = max(weights, default=0.0)
    chars, total = 0.0, 0.0
    while surest:
        weight, size = (-least for least in heappop(surest))
        deep = chars >= PEAK_CHARS_OF_ONE and weight < highest - _PEAK_DEPTH
        if chars >= _PEAK_CHARS or deep:
            break
        counted = min(size, PEAK_CHARS_OF_ONE, _PEAK_CHARS - chars)
        chars += counted
        total += counted * weight
    return round(total / chars, _DIGITS) if chars else 0.0


def choose(layout: Layout, region: Region, *, furniture: Collection[int], title: str | None) -> list[Block]:
    """The blocks of the article, in document order; the arguments are those of `fates`."""
    return kept(layout, fates(layout, region, furniture=furniture, title=title))


def kept(layout: Layout, decided: Sequence[Fate]) -> list[Block]:
    """The blocks that are kept, in document order, where `decided` says what becomes of each."""
    return [block for block, fate in zip(layout.blocks, decided, strict=True) if fate in KEPT_FATES]


def fates(layout: Layout, region: Region, *, furniture: Collection[int], title: str | None) -> list[Fate]:
    """For each block whether it belongs to the article.

    Args:
        layout: the page's blocks.
        region: as `locate` found it.
        furniture: indices of blocks that other fields own (byline, dates, bio, dek, …): never kept.
        title: the article's title, which is no part of its body.
    """
    bar = region.bar
    decided = [_KEPT if weight > bar else _LIGHT for weight in region.weights]
    for index in furniture:
        decided[index] = Fate.OWNED
    _complete(decided, layout)
    title_form = form(title or "")
    _settle(Fate.TITLE, [block for block in _kept(decided, layout) if is_title(block, title_form)], decided)
    _settle(Fate.REPEATED, _repeats(_kept(decided, layout)), decided)
    _settle(Fate.IDLE, _idle_headings(_kept(decided, layout)), decided)
    return decided


def evidence(kept: Sequence[Block], text: str) -> Evidence:
    """Where the article's `text` stands: the innermost element around all of its blocks."""
    first, last = kept[0].index, kept[-1].index
    around = next((one for one in places.lineage(kept[0].element) if one.first <= first and last < one.last), kept[0].element)
    return Evidence("dom", places.place(around), shown(" ".join(text[: 2 * MAX_SHOWN_CHARACTERS].split())))


def _kept(decided: Sequence[Fate], layout: Layout) -> list[Block]:
    return [block for block, fate in zip(layout.blocks, decided, strict=True) if fate is _KEPT or fate is _COMPLETED]


def _settle(fate: Fate, blocks: Sequence[Block], decided: list[Fate]) -> None:
    for block in blocks:
        decided[block.index] = fate


def _complete(decided: list[Fate], layout: Layout) -> None:
    """Keeps the whole of every list and quotation of which at least half is kept, but for what has its own field."""
    before = [0, *accumulate(fate is _KEPT for fate in decided)]
    for element in layout.elements:
        if element.tag in WHOLES:
            first, last = element.first, element.last
            if last - first > 1 and 2 * (before[last] - before[first]) >= last - first:
                decided[first:last] = [_COMPLETED if fate is _LIGHT else fate for fate in decided[first:last]]


def is_title(block: Block, title_form: str) -> bool:
    """Whether the block says the title and no more; `title_form` is the title's `form`."""
    return 0 < len(title_form) <= 2 * block.chars <= 4 * len(title_form) and form(block.text) == title_form


def _repeats(blocks: Sequence[Block]) -> list[Block]:
    """What pages print again for another screen size, short lines among the long ones included."""
    seen: set[str] = set()
    found = []
    repeating = False
    for block in blocks:
        repeating = block.text in seen and bool(block.text) and (repeating or block.chars >= _REPEATED_CHARS)
        seen.add(block.text)
        if repeating:
            found.append(block)
    return found


def _idle_headings(blocks: Sequence[Block]) -> list[Block]:
    """The headings that nothing but a heading of their rank, or a higher one, or the end follows."""
    found: list[Block] = []
    below = 0  # the rank of the nearest heading below that has only headings between, 0 at the end
    for block in reversed(blocks):
        rank = _RANKS.get(block.element.tag)
        if rank is None:
            below = 7
        elif rank >= below:
            found.append(block)
        else:
            below = rank
    return found
