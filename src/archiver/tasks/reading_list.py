"""A reading list from elsewhere: into the queue, and from there into the archive."""

from __future__ import annotations

import dataclasses
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from archiver import urls
from archiver.errors import ArchiveUnwritable, InvalidInput, LockHeld, NotInArchive, NotYet
from archiver.reading_lists import Broken
from archiver.remarks import clean_label
from archiver.tasks.archive_pages import Batch, Target
from archiver.tasks.read_page import rfc3339
from archiver.wanted import Wanted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archiver.errors import ArchiverError
    from archiver.reading_lists import Item, ReadingList
    from archiver.settings import Settings
    from archiver.store import Store
    from archiver.tasks.archive_pages import Result
    from archiver.tasks.site_rules import SiteRules

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
    taken = Taken()
    wanted = []
    for item in reading_list.items:
        page = item if isinstance(item, Broken) else _wanted(item, reading_list.written_by)
        if isinstance(page, Broken):
            taken.broken.append(page)
        elif _is_remarked(page, store):
            taken.held += 1
        else:
            wanted.append(page)
    taken.queued = store.queue.add(wanted) if wanted else 0
    return taken


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


def _is_remarked(page: Wanted, store: Store) -> bool:
    """Whether the archive holds the page; what is said of it stands with its remarks then."""
    try:
        article_id = store.find(page.url)
    except NotInArchive:
        return False
    store.remark(article_id, page.remarked)
    return True


class WorkOff:
    """One run over the queue: what is due is fetched, and leaves the queue when it is safe in the archive.

    Nobody typed these URLs one by one, so robots.txt counts.

    Args:
        limit: how many pages may be fetched; None: all.
        again: whether pages are asked for that are not due, or were given up.
    """

    def __init__(  # what a run needs to know
        self,
        store: Store,
        settings: Settings,
        rules: SiteRules | None = None,
        *,
        limit: int | None = None,
        again: bool = False,
    ) -> None:
        self._store = store
        today = datetime.now(UTC).date().isoformat()
        due = [page for page in store.queue.pages() if again or page.is_due(today)]
        self._pages = {page.article_id: page for page in due[:limit]}
        self._settled: dict[str, Wanted | None] = {}
        self.counts: Counter[str] = Counter()
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
        try:
            for result in self._batch.results():
                if isinstance(result.error, (ArchiveUnwritable, LockHeld)):
                    raise result.error
                self._settle(self._pages[urls.article_id(result.name)], result)
                yield result
        finally:
            self._write()

    def _targets(self) -> Iterator[Target]:
        for page in self._pages.values():
            yield Target(page.url)

    def _settle(self, page: Wanted, result: Result) -> None:
        if result.outcome is not None:
            self._store.remark(str(result.outcome.article.id), page.remarked)
            self._settled[page.article_id] = None
        elif isinstance(result.error, NotYet):
            return  # its host asks to wait; it stays as it is
        else:
            assert result.error is not None
            self._settled[page.article_id] = failed(page, result.error)
        if len(self._settled) >= SETTLED_AT_ONCE:
            self._write()

    def _write(self) -> None:
        settled, self._settled = self._settled, {}
        if settled:
            self._store.queue.settle(settled)


def failed(page: Wanted, error: ArchiverError) -> Wanted:
    """`page` after it could not be had because of `error`."""
    wait = FIRST_WAIT * 2**page.attempts
    not_before = (datetime.now(UTC) + wait).date().isoformat()
    return dataclasses.replace(page, attempts=page.attempts + 1, failed=error.reason, not_before=not_before)
