"""Work done in a thread of its own, ahead of who wants it: records are read while SQLite writes without Python's lock."""

from __future__ import annotations

import itertools
from collections import deque
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from concurrent.futures import Future

T = TypeVar("T")
R = TypeVar("R")
AT_ONCE = 32
"""So many items are handed over together."""
AHEAD = 4
"""So many hand-overs are worked on ahead, at most."""


def in_advance(items: Iterable[T], work: Callable[[T], R]) -> Iterator[list[tuple[T, R]]]:
    """The items, each with what `work`, in a thread of its own, makes of it: `AT_ONCE` together, in order, some ahead.

    `items` are gone through in the caller's thread. What `work` raises is raised here.
    """
    from concurrent.futures import ThreadPoolExecutor

    rest = iter(items)
    waiting: deque[Future[list[tuple[T, R]]]] = deque()

    def worked(some: list[T]) -> list[tuple[T, R]]:
        return [(item, work(item)) for item in some]

    with ThreadPoolExecutor(1) as pool:
        try:
            while True:
                while len(waiting) < AHEAD and (some := list(itertools.islice(rest, AT_ONCE))):
                    waiting.append(pool.submit(worked, some))
                if not waiting:
                    return
                yield waiting.popleft().result()
        finally:
            for future in waiting:
                future.cancel()
