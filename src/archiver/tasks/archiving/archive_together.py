"""Several pages that came at the same time, archived together: each as one alone is, but made durable all at once."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

from archiver.errors import StoreError
from archiver.tasks.archiving.archive_page import steps
from archiver.tasks.unforeseen import ours

if TYPE_CHECKING:
    from collections.abc import Generator, Sequence

    from archiver.capture import Capture
    from archiver.errors import ArchiverError
    from archiver.store import Store
    from archiver.tasks.archiving.archive_page import Outcome
    from archiver.tasks.site_rules import SiteRules


def archive_together(
    captures: Sequence[Capture], store: Store, rules: SiteRules | None = None
) -> list[Outcome | ArchiverError]:
    """What becomes of each of `captures`, which are of different articles; what is given is safe on disk."""
    walks = [_Walk(steps(store, capture, capture.page_url, rules), capture.page_url) for capture in captures]
    for together in (store.writing_together, contextlib.nullcontext, store.writing_together):  # capture, article, record
        under_way = [walk for walk in walks if walk.end is None]
        try:
            with together():
                for walk in under_way:
                    walk.step()
        except StoreError as error:
            for walk in under_way:
                walk.end = error
    return [walk.end for walk in walks if walk.end is not None]


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
