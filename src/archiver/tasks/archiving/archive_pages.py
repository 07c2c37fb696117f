"""The walk of many pages into the archive: the network side by side (`lanes`), all else in the thread that asks for results.

One page at a time from each host, and as many hosts as the settings say. However many are named, a bounded number is read
ahead. What is yielded is safe on disk.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from archiver import urls
from archiver.capture import Capture
from archiver.errors import ArchiverError, InvalidInput
from archiver.tasks.archiving import look
from archiver.tasks.archiving.ahead import Ahead
from archiver.tasks.archiving.groups import Groups
from archiver.tasks.manners.lanes import Done, Lanes
from archiver.tasks.manners.pace import Pace
from archiver.tasks.unforeseen import ours

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from archiver.saved import Found
    from archiver.settings import Settings
    from archiver.store import Store
    from archiver.tasks.archiving.archive_page import Outcome
    from archiver.tasks.archiving.readers import Readers
    from archiver.tasks.reaching.reach import Reach
    from archiver.tasks.site_rules import SiteRules

MAX_WAITING = 4096
"""So many URLs may wait for their hosts; more are read when some of them are done."""
WAKE_SECONDS = 0.25
"""How often one who waits looks whether to stop, and whether another URL has come."""


@dataclass(frozen=True, slots=True)
class Target:
    """What a user named.

    Attributes:
        name: a URL, or what else it is called.
        pages: those in it, and why others cannot be had; None where it is a URL, whose page is to be fetched.
    """

    name: str
    pages: Iterable[Found] | None = None


@dataclass(frozen=True, slots=True)
class Result:
    """What became of a page: `outcome`, or `error` where it could not be archived; `name` is its URL or what the user named."""

    name: str
    outcome: Outcome | None = None
    error: ArchiverError | None = None


class Batch:
    """One run over `targets`, which are read as they are needed.

    Args:
        rules: those of sites.
        obey_robots: whether robots.txt counts, though a person named the URLs.
        near: the day nearest to which a copy is wanted of a page that is gone; None: the newest.
        readers: may read pages where many come at once; they are closed with the run. By the rules of the settings.
    """

    def __init__(  # noqa: PLR0913  # what a run needs to know
        self,
        targets: Iterable[Target],
        store: Store,
        settings: Settings,
        rules: SiteRules | None = None,
        *,
        obey_robots: bool = False,
        near: str | None = None,
        readers: Readers | None = None,
    ) -> None:
        self._targets = targets
        self._store = store
        self._settings = settings
        self._rules = rules
        self._pace = Pace(store, settings.pace_seconds)
        self._obey_robots = obey_robots
        self._near = near
        self._readers = readers
        self._groups = Groups(store, rules, readers)
        self._lanes: Lanes[str] = Lanes(self._pace.of_host, settings.jobs, _size)
        self._stopped = False

    def stop(self) -> None:
        """Ends the run before the next page; may be called from a signal's handler."""
        self._stopped = True

    def results(self) -> Iterator[Result]:
        """What becomes of each page, in the order of being done."""
        ahead = Ahead(self._targets)
        try:
            while not self._stopped:
                while self._lanes.open < MAX_WAITING and (target := self._next(ahead)) is not None:
                    yield from self._begin(target)
                if ahead.ended and not self._lanes.open and not self._groups.under_way:
                    break
                patience = 0 if self._groups.under_way else WAKE_SECONDS
                yield from self._arrived(self._lanes.next(patience) if self._lanes.open else None)
            yield from _results(self._groups.settle())
        finally:
            self._lanes.close()
            if self._readers is not None:
                self._readers.close()

    def _next(self, ahead: Ahead[Target]) -> Target | None:
        waits = not self._lanes.open and not self._groups.under_way
        return None if self._stopped else ahead.next(WAKE_SECONDS if waits else 0)

    def _begin(self, target: Target) -> Iterator[Result]:
        """Sends a URL on its way; of a file takes the pages in, and gives what came of those that are safe."""
        if target.pages is not None:
            yield from self._from_file(target.name, target.pages)
            return
        try:
            url = urls.parse(target.name)
        except ArchiverError as error:
            yield Result(target.name, error=error)
            return
        work = functools.partial(self._reach.article, url, obey_robots=self._obey_robots, near=self._near)
        self._lanes.add(urlsplit(url).hostname or "", url, work)

    @functools.cached_property
    def _reach(self) -> Reach:
        from archiver.tasks.reaching.reach import Reach  # needs the network's libraries, which a saved page does not

        return Reach(self._store, self._settings, self._pace, self._rules)

    def _from_file(self, name: str, pages: Iterable[Found]) -> Iterator[Result]:
        try:
            for page in pages:
                if self._stopped:
                    return
                if isinstance(page, ArchiverError):
                    yield from _results(self._groups.settle())  # those before it, in their order
                    yield Result(page.subject or name, error=page)
                elif not page.page_url:
                    raise InvalidInput("does not say where it was saved from", remedy="give its address with --url")
                else:
                    yield from _results(self._groups.add(page.page_url, page, waiting=self._lanes.open))
        except ArchiverError as error:
            yield from _results(self._groups.settle())
            error.subject = error.subject or name
            yield Result(name, error=error)

    def _arrived(self, first: Done[str] | None) -> Iterator[Result]:
        """What becomes of the pages that are there: `first`, and those behind it."""
        done = first
        while done is not None and not self._stopped:
            url = urls.without_credentials(done.tag)
            if done.error is not None:
                error = ours(done.error, url)
                look.failed(self._store, url, error)
                yield Result(url, error=error)
            else:
                assert isinstance(done.result, Capture)
                yield from _results(self._groups.add(url, done.result, waiting=self._lanes.open))
            done = self._lanes.next(0) if self._lanes.open else None
        yield from _results(self._groups.send(waiting=self._lanes.open))


def _results(ends: Iterable[tuple[str, Outcome | ArchiverError]]) -> Iterator[Result]:
    for url, end in ends:
        yield Result(url, error=end) if isinstance(end, ArchiverError) else Result(url, end)


def _size(result: object) -> int:
    assert isinstance(result, Capture)
    return result.size
