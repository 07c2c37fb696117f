"""What two sequences have in common where few edits lead from one to the other. Pure.

E. Myers, An O(ND) Difference Algorithm and Its Variations, Algorithmica 1 (1986): the furthest point that so many insertions
and deletions reach on each diagonal. Cheap for few edits, however long the sequences are, and however often items repeat.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

MAX_EDITS = 40


def matches(before: Sequence[str], after: Sequence[str], *, max_steps: int) -> list[tuple[int, int, int]] | None:
    """Runs of equal items, as starts on both sides and a length, from the end; None where it takes more edits or steps.

    Args:
        max_steps: so many items may be compared.
    """
    reached: dict[int, int] = {1: 0}
    rounds: list[dict[int, int]] = []
    for edits in range(MAX_EDITS + 1):
        rounds.append(dict(reached))
        for diagonal in range(-edits, edits + 1, 2):
            i = _entered(reached, diagonal, edits)
            start = i
            while i < len(before) and i - diagonal < len(after) and before[i] == after[i - diagonal]:
                i += 1
            max_steps -= i - start + 1
            reached[diagonal] = i
            if i >= len(before) and i - diagonal >= len(after):
                return _walked_back(rounds, len(before), len(after))
        if max_steps < 0:
            return None
    return None


def _inserts(reached: dict[int, int], diagonal: int, edits: int) -> bool:
    """Whether the last edit on `diagonal` is an insertion, which comes from the one above, and no deletion, from below."""
    return diagonal == -edits or (diagonal != edits and reached[diagonal - 1] < reached[diagonal + 1])


def _entered(reached: dict[int, int], diagonal: int, edits: int) -> int:
    return reached[diagonal + 1] if _inserts(reached, diagonal, edits) else reached[diagonal - 1] + 1


def _walked_back(rounds: list[dict[int, int]], i: int, j: int) -> list[tuple[int, int, int]]:
    found = []
    for edits in range(len(rounds) - 1, -1, -1):
        reached, diagonal = rounds[edits], i - j
        start = _entered(reached, diagonal, edits)
        if i > start:
            found.append((start, start - diagonal, i - start))
        if edits:
            inserts = _inserts(reached, diagonal, edits)
            i, j = (start, start - diagonal - 1) if inserts else (start - 1, start - diagonal)
    return found
