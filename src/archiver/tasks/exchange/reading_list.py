"""A reading list from elsewhere: into the queue, and from there into the archive."""

from __future__ import annotations

import dataclasses
import math
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from archiver import urls
from archiver.errors import ArchiveUnwritable, InvalidInput, LockHeld, NotAnArticle, NotInArchive, NotYet
from archiver.reading_lists import Broken
from archiver.remarks import clean_label
from archiver.tasks.archiving.archive_pages import Batch, Target
from archiver.tasks.archiving.decide import SAYS_NOTHING
from archiver.tasks.archiving.read_page import rfc3339
from archiver.wanted import Wanted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archiver.errors import ArchiverError
    from archiver.reading_lists import Item, ReadingList
    from archiver.settings import Settings
    from archiver.store import Store
    from archiver.tasks.archiving.archive_pages import Result
    from archiver.tasks.site_rules import SiteRules
    from archiver.tasks.syncing.summary import Listener, Summary

SETTLED_AT_ONCE = 50
"""So many results are written to the queue together: what a killed run had not written is only looked at again."""
FIRST_WAIT = timedelta(days=1)
"""A page that could not be had is asked for again after so long, and after twice as long each time."""


@dataclass(slots=True)
class Taken:
    """What became of a reading list.

    Attributes:
        queued: how many pages are to be archived.
        held: how many were in the archive; what the list says of them stands with their remarks now.
        broken: what could not be taken, each with its place and the reason.
    """

    queued: int = 0
    held: int = 0
    broken: list[Broken] = field(default_factory=list)


def take(reading_list: ReadingList, store: Store) -> Taken:
    """Puts the pages of a reading list into the queue, and what it says of those that the archive holds into their remarks.

    Raises:
        ArchiveUnwritable, StoreError, LockHeld: nothing was queued.
    """
    taken, wanted, held = _sorted(reading_list, store)
    for article_id, page in held:
        store.remark(article_id, page.remarked)
    taken.queued = store.queue.add(wanted) if wanted else 0
    return taken


def weigh(reading_list: ReadingList, store: Store) -> Taken:
    """What `take` would do."""
    taken, wanted, _ = _sorted(reading_list, store)
    waiting = {page.article_id for page in store.queue.pages()}
    taken.queued = len({page.article_id for page in wanted} - waiting)
    return taken


def _sorted(reading_list: ReadingList, store: Store) -> tuple[Taken, list[Wanted], list[tuple[str, Wanted]]]:
    """What is broken, what is to be fetched, and what the archive holds, with its article's ID."""
    taken, wanted, held = Taken(), [], []
    for item in reading_list.items:
        page = item if isinstance(item, Broken) else _wanted(item, reading_list.written_by)
        if isinstance(page, Broken):
            taken.broken.append(page)
            continue
        try:
            held.append((store.find(page.url), page))
        except NotInArchive:
            wanted.append(page)
    taken.held = len(held)
    return taken, wanted, held


def _wanted(item: Item, written_by: str) -> Wanted | Broken:
    try:
        url = urls.without_credentials(urls.parse(item.url))
    except InvalidInput as error:
        return Broken(item.place, str(error))
    labels = []
    for label in item.labels:
        try:
            labels.append(clean_label(label.replace(",", " ")))
        except InvalidInput:
            continue  # a tag that cannot be one is less than the page
    return Wanted(
        url,
        item.title,
        tuple(dict.fromkeys(labels)),
        rfc3339(item.added_at) if item.added_at else None,
        item.starred,
        item.read,
        item.note,
        written_by,
    )


class WorkOff:
    """One run over the queue: what is due is fetched, and leaves the queue when it is safe in the archive.

    Nobody typed these URLs one by one, so robots.txt counts.

    Args:
        limit: how many pages may be fetched; None: all.
        seconds: how long the run may take; None: until all is done.
        again: whether pages are asked for that are not due, or were given up.
    """

    def __init__(  # noqa: PLR0913  # what a run needs to know
        self,
        store: Store,
        settings: Settings,
        rules: SiteRules | None = None,
        *,
        limit: int | None = None,
        seconds: float | None = None,
        again: bool = False,
    ) -> None:
        self._store = store
        self._seconds = seconds
        due = store.queue.pages() if again else store.queue.due()
        self._pages = {page.article_id: page for page in due[:limit]}
        self._settled: dict[str, Wanted | None] = {}
        self._batch = Batch(self._targets(), store, settings, rules, obey_robots=True)

    def __len__(self) -> int:
        return len(self._pages)

    def stop(self) -> None:
        """Ends the run before the next page; may be called from a signal's handler."""
        self._batch.stop()

    def results(self) -> Iterator[Result]:
        """What becomes of each page that is fetched, in the order of being done.

        Raises:
            ArchiveUnwritable, LockHeld: the archive cannot be written; the rest stays in the queue.
        """
        end = time.monotonic() + (math.inf if self._seconds is None else self._seconds)
        try:
            for result in self._batch.results():
                if time.monotonic() >= end:
                    self.stop()
                if isinstance(result.error, (ArchiveUnwritable, LockHeld)):
                    raise result.error
                self._settle(self._pages[urls.article_id(result.name)], result)
                yield result
        finally:
            self._write()

    def run(self, summary: Summary, listener: Listener) -> None:
        """Works the queue off, and adds what came of it to the `summary` of a sync.

        Raises:
            ArchiveUnwritable, LockHeld: as `results`.
        """
        for result in self.results():
            error = _why_not(result)
            if error is not None:
                summary.failed += not isinstance(error, NotYet)
                listener.failed(error)
                continue
            assert result.outcome is not None
            summary.count(result.outcome)
            listener.archived(result.outcome)
        waiting = len(self._store.queue.due())
        summary.waiting += waiting
        summary.ended_early = summary.ended_early or waiting > 0

    def _targets(self) -> Iterator[Target]:
        for page in self._pages.values():
            yield Target(page.url)

    def _settle(self, page: Wanted, result: Result) -> None:
        error = _why_not(result)
        if error is None:
            assert result.outcome is not None
            self._store.remark(str(result.outcome.article.id), page.remarked)
            self._settled[page.article_id] = None
        elif isinstance(error, NotYet):
            return  # its host asks to wait; it stays as it is
        else:
            self._settled[page.article_id] = failed(page, error)
        if len(self._settled) >= SETTLED_AT_ONCE:
            self._write()

    def _write(self) -> None:
        settled, self._settled = self._settled, {}
        if settled:
            self._store.queue.settle(settled)


def _why_not(result: Result) -> ArchiverError | None:
    """Why the page is still wanted; None where the archive holds something that says more than a wall."""
    if result.outcome is None:
        assert result.error is not None
        return result.error
    verdict = result.outcome.article.verdict
    if verdict not in SAYS_NOTHING:
        return None
    return NotAnArticle(f"fetched, but it is no article: {verdict}", subject=result.name, remedy="it is tried again later")


def failed(page: Wanted, error: ArchiverError) -> Wanted:
    """`page` after it could not be had because of `error`."""
    wait = FIRST_WAIT * 2**page.attempts
    not_before = (datetime.now(UTC) + wait).date().isoformat()
    return dataclasses.replace(page, attempts=page.attempts + 1, failed=error.reason, not_before=not_before)
