"""What two sequences have in common, in bounded time. Pure.

The beginnings and ends that agree are set aside; then items that stand once on each side are anchors, as in Bram Cohen's
patience diff; what lies between two anchors is done in the same way. Where none is left, few edits are looked for, then many by
difflib, whose cost grows with the product of the lengths. What exceeds the bounds counts as different throughout.
"""

from __future__ import annotations

import bisect
import itertools
from collections import Counter
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from archiver.tasks.versions import few_edits

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

MAX_PAIRS = 250_000
"""Of a stretch without anchors: items of one side by items of the other. A tenth of a second."""
MAX_PAIRS_IN_ALL = 2_000_000
MAX_ITEMS_IN_ALL = 4_000_000
"""Items looked at, each as often as it was; a million words with anchors everywhere take a third of it."""


@dataclass(slots=True)
class Allowance:
    """What is left of the work that one comparison may cost."""

    pairs: int = MAX_PAIRS_IN_ALL
    items: int = MAX_ITEMS_IN_ALL


@dataclass(frozen=True, slots=True)
class Stretch:
    """`before[i:i_end]` stands in the place of `after[j:j_end]`; with the same items where `same`."""

    same: bool
    i: int
    i_end: int
    j: int
    j_end: int


def stretches(before: Sequence[str], after: Sequence[str], allowance: Allowance | None = None) -> Iterator[Stretch]:
    """Both sequences from beginning to end: what is the same, and what lies between."""
    i = j = 0
    for block_i, block_j, length in _joined(_matches(before, after, allowance or Allowance())):
        if block_i > i or block_j > j:
            yield Stretch(False, i, block_i, j, block_j)  # its name stands above
        i, j = block_i + length, block_j + length
        yield Stretch(True, block_i, i, block_j, j)
    if i < len(before) or j < len(after):
        yield Stretch(False, i, len(before), j, len(after))


def _matches(before: Sequence[str], after: Sequence[str], allowance: Allowance) -> list[tuple[int, int, int]]:
    """Where equal items stand, as starts on both sides and a length; sorted."""
    found: list[tuple[int, int, int]] = []
    ahead = [(0, len(before), 0, len(after))]
    while ahead:
        i, i_end, j, j_end = ahead.pop()
        start = i
        while i < i_end and j < j_end and before[i] == after[j]:
            i, j = i + 1, j + 1
        if i > start:
            found.append((start, j - (i - start), i - start))
        end = i_end
        while i < i_end and j < j_end and before[i_end - 1] == after[j_end - 1]:
            i_end, j_end = i_end - 1, j_end - 1
        if i_end < end:
            found.append((i_end, j_end, end - i_end))
        if i == i_end or j == j_end:
            continue
        allowance.items -= (i_end - i) + (j_end - j)
        if allowance.items < 0:
            continue
        anchors = _anchors(before, after, (i, i_end, j, j_end))
        if anchors:
            found += [(*anchor, 1) for anchor in anchors]
            edges = [(i - 1, j - 1), *anchors, (i_end, j_end)]
            ahead += [(low_i + 1, high_i, low_j + 1, high_j) for (low_i, low_j), (high_i, high_j) in itertools.pairwise(edges)]
        else:
            blocks = _without_anchors(before[i:i_end], after[j:j_end], allowance)
            found += [(i + block_i, j + block_j, length) for block_i, block_j, length in blocks]
    return sorted(found)


def _without_anchors(before: Sequence[str], after: Sequence[str], allowance: Allowance) -> Iterable[tuple[int, int, int]]:
    steps = 4 * (len(before) + len(after))
    if steps <= allowance.items:
        allowance.items -= steps
        found = few_edits.matches(before, after, max_steps=steps)
        if found is not None:
            return found
    pairs = len(before) * len(after)
    if pairs > min(MAX_PAIRS, allowance.pairs):
        return ()
    allowance.pairs -= pairs
    blocks = SequenceMatcher(None, before, after, autojunk=False).get_matching_blocks()
    return [(block.a, block.b, block.size) for block in blocks if block.size]


def _anchors(before: Sequence[str], after: Sequence[str], within: tuple[int, int, int, int]) -> list[tuple[int, int]]:
    """Items that stand once on each side, as far as they stand in the same order: their places."""
    i, i_end, j, j_end = within
    counts = Counter(before[i:i_end])
    places = {item: place for place, item in enumerate(after[j:j_end], j) if counts.get(item) == 1}
    counts_after = Counter(after[j:j_end])
    pairs = [
        (place, places[item]) for place, item in enumerate(before[i:i_end], i) if item in places and counts_after[item] == 1
    ]
    return _rising(pairs)


def _rising(pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest run of `pairs`, sorted by their first, in which the second rises too (patience sorting)."""
    tops: list[int] = []
    piles: list[int] = []
    previous: list[int] = []
    for number, (_, place) in enumerate(pairs):
        pile = bisect.bisect_left(tops, place)
        previous.append(piles[pile - 1] if pile else -1)
        if pile == len(tops):
            tops.append(place)
            piles.append(number)
        else:
            tops[pile] = place
            piles[pile] = number
    run = []
    number = piles[-1] if piles else -1
    while number >= 0:
        run.append(pairs[number])
        number = previous[number]
    return run[::-1]


def _joined(matches: list[tuple[int, int, int]]) -> Iterator[tuple[int, int, int]]:
    """The matches, those that follow on one another as one."""
    current: tuple[int, int, int] | None = None
    for i, j, length in matches:
        if current and current[0] + current[2] == i and current[1] + current[2] == j:
            current = (current[0], current[1], current[2] + length)
        else:
            if current:
                yield current
            current = (i, j, length)
    if current:
        yield current
