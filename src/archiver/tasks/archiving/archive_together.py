"""Several pages that came at the same time, archived together: each as one alone is, but made durable all at once."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

from archiver.errors import StoreError
from archiver.tasks.archiving.archive_page import steps
from archiver.tasks.archiving.read_page import begin_reading_here
from archiver.tasks.unforeseen import ours

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Sequence

    from archiver.capture import Capture, SavedPage
    from archiver.errors import ArchiverError
    from archiver.store import Store
    from archiver.tasks.archiving.archive_page import Outcome
    from archiver.tasks.archiving.read_page import BeginReading
    from archiver.tasks.site_rules import SiteRules


class Together:
    """The pages `captures`, which are of different articles, on their way.

    Args:
        begin_reading: as for `archive_page.steps`.
    """

    def __init__(
        self,
        captures: Sequence[Capture | SavedPage],
        store: Store,
        rules: SiteRules | None = None,
        begin_reading: BeginReading = begin_reading_here,
    ) -> None:
        self._store = store
        walks = (steps(store, one, one.page_url, rules, begin_reading=begin_reading) for one in captures)
        self._walks = [_Walk(walk, one.page_url) for walk, one in zip(walks, captures, strict=True)]

    def begin(self) -> None:
        """Makes the captures durable, and has their reading begin."""
        self._step(self._store.writing_together)
        self._step(contextlib.nullcontext)

    def finish(self) -> list[Outcome | ArchiverError]:
        """What becomes of each page; what is given is safe on disk."""
        self._step(contextlib.nullcontext)
        self._step(self._store.writing_together)
        return [walk.end for walk in self._walks if walk.end is not None]

    def _step(self, together: Callable[[], contextlib.AbstractContextManager[None]]) -> None:
        under_way = [walk for walk in self._walks if walk.end is None]
        try:
            with together():
                for walk in under_way:
                    walk.step()
        except StoreError as error:
            for walk in under_way:
                walk.end = error


class _Walk:
    """One page on its way; `end` is what became of it."""

    def __init__(self, walk: Generator[None, None, Outcome], url: str) -> None:
        self._walk = walk
        self._url = url
        self.end: Outcome | ArchiverError | None = None

    def step(self) -> None:
        try:
            next(self._walk)
        except StopIteration as ended:
            self.end = ended.value
        except Exception as error:  # noqa: BLE001  # one page must not keep the others from being archived
            self.end = ours(error, self._url)
