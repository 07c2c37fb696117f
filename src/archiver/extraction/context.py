"""What stands around a block says something of it, too: a second look, once every block has a weight and the text a place.

A paragraph weighs the same in the middle of the text and in a box below it. What tells them apart is the company: what
the blocks beside it and in the same element weigh, how far the text is read, and whether others look alike.
"""

from __future__ import annotations

from collections import Counter
from itertools import accumulate
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from archiver.extraction.layout import Block, Element, Layout
    from archiver.extraction.rows import Tables

HOPELESS = 9.0
"""Who lies so far below the surest text is not looked at again: no company raises a block that much."""
_DEEPEST = 10.0  # one advertisement does not speak for all its neighbours
_BESIDE = 3
_LATE = 0.7
_AT_THE_END = 0.9


def totals(layout: Layout, first: int, last: int, depths: Sequence[float], tables: Tables) -> list[int]:
    """For each block what the rows that count for its surroundings are worth in `tables`.

    Args:
        layout: the page's blocks.
        first, last: the text stands in the blocks `first <= index < last`.
        depths: how far each block by itself weighs less than the surest text.
        tables: the rows.
    """
    sums = [0.0, *accumulate([min(_DEEPEST, depth) for depth in depths])]
    candidates = [block for block, depth in zip(layout.blocks, depths, strict=True) if depth <= HOPELESS]
    looks = [_look(block) for block in candidates]
    alike = Counter(looks)
    worth_alike = {look: tables.alike.at(times) for look, times in alike.items()}
    kin: dict[Element, int] = {}
    found = [0] * len(depths)
    for block, look in zip(candidates, looks, strict=True):
        index = block.index
        home = block.home
        if home not in kin:
            kin[home] = tables.kin.at((sums[home.last] - sums[home.first]) / (home.last - home.first))
        begin, end = max(0, index - _BESIDE), min(len(depths), index + _BESIDE + 1)
        beside = tables.beside.at((sums[end] - sums[begin]) / (end - begin))
        found[index] = tables.places[_place(index, first, last)] + kin[home] + beside + worth_alike[look]
    return found


def _look(block: Block) -> tuple[str, str, str]:
    """What two blocks share that a style sheet would show alike."""
    element = block.element
    around = element.parent
    return element.tag, element.hint, around.hint if around is not None else ""


def _place(index: int, first: int, last: int) -> str:
    """Which row of `PLACES` counts for a block."""
    if index < first:
        return "above" if index >= first - _BESIDE else "far above"
    if index >= last:
        return "below" if index < last + _BESIDE else "far below"
    share = (index - first) / (last - first)
    return "inside" if share < _LATE else "late in" if share < _AT_THE_END else "at the end of"
