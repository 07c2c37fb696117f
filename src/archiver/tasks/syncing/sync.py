"""One polling run over the subscriptions: ask what is due, archive what is new, remember what was done.

The network is in threads (`lanes`), everything else in the thread that calls `Sync.run`: what arrives is archived one by one,
and remembered only when it is safe on disk. A run may end at any moment: what was not done stands in the polling state as
waiting, and a feed's validators count only when none of its entries waits.
"""

from __future__ import annotations

import functools
import time
from collections import Counter, deque
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from archiver import urls
from archiver.capture import Validators
from archiver.errors import ConnectionFailed, HttpStatus, NameNotFound, NotYet, TimedOut
from archiver.fetch.status import ASKS_TO_WAIT
from archiver.tasks.manners.lanes import Done, Lanes
from archiver.tasks.manners.pace import Pace
from archiver.tasks.reaching.reach import Reach
from archiver.tasks.syncing import schedule
from archiver.tasks.syncing.arrivals import Arrivals, Asker
from archiver.tasks.syncing.entry_claims import feed_entry
from archiver.tasks.syncing.health import drifts
from archiver.tasks.syncing.memory import Memory
from archiver.tasks.syncing.poll import poll
from archiver.tasks.unforeseen import ours

if TYPE_CHECKING:
    from collections.abc import Iterable

    from archiver.feeds.outlines import Subscription
    from archiver.settings import Settings
    from archiver.store import Store
    from archiver.tasks.site_rules import SiteRules
    from archiver.tasks.syncing.summary import Listener, Summary

SILENCE = (TimedOut, ConnectionFailed, NameNotFound)
SILENCES = 2
"""After so many requests in a row that a host did not answer, the rest of what it would be asked waits for the next run."""
WAKE_SECONDS = 0.25
"""How often a run that waits looks whether it is to stop."""


@dataclass(frozen=True, slots=True)
class Limits:
    """Where a run ends; None: where there is nothing left to do.

    Attributes:
        seconds: how long it may take; what is on its way then is left.
        articles: how many pages it may fetch.
    """

    seconds: float | None = None
    articles: int | None = None

    def left(self, summary: Summary) -> Limits | None:
        """What is left for others after the run that `summary` tells of; None: nothing."""
        seconds = None if self.seconds is None else self.seconds - summary.duration_seconds
        fetched = summary.new + summary.updated + summary.unchanged + summary.failed
        articles = None if self.articles is None else self.articles - fetched
        used_up = (seconds is not None and seconds <= 0) or (articles is not None and articles <= 0)
        return None if used_up else Limits(seconds, articles)


@dataclass(frozen=True, slots=True)
class _Page:
    """The page of an entry, on its way; `Sync._asked` has all who wait for it."""

    url: str
    article_id: str


class Sync:
    """One run.

    Args:
        wishes: what is followed and not paused.
        named: the URLs of those to be polled whether they are due or not; None polls all that are due.
        listener: told what happens.
        rules: those of sites.
    """

    def __init__(  # noqa: PLR0913  # what a run needs to know
        self,
        store: Store,
        settings: Settings,
        wishes: Iterable[Subscription],
        listener: Listener,
        *,
        named: frozenset[str] | None = None,
        limits: Limits | None = None,
        rules: SiteRules | None = None,
    ) -> None:
        self._store = store
        self._settings = settings
        self._listener = listener
        self._limits = limits or Limits()
        self._named = named
        self._memory = Memory(store, wishes)
        self._arrivals = Arrivals(store, self._memory, listener, rules)
        self._pace = Pace(store, settings.pace_seconds)
        self._reach = Reach(store, settings, self._pace, rules)
        self._lanes: Lanes[Subscription | _Page] = Lanes(self._pace.of_host, settings.jobs)
        self._ready: dict[str, deque[Asker]] = {}  # by feed: entries that may be fetched
        self._asked: dict[str, list[Asker]] = {}  # by article ID: who waits for the page on its way
        self._silent: Counter[str] = Counter()
        self._polls = 0
        self._fetched = 0
        self._left = False
        self._stopped = False

    @property
    def summary(self) -> Summary:
        """What came of the run so far."""
        return self._arrivals.summary

    def stop(self) -> None:
        """Ends the run before the next step; may be called from a signal's handler."""
        self._stopped = True

    def run(self) -> Summary:
        """Polls and archives until everything is done or a limit is reached.

        Raises:
            ArchiveUnwritable, LockHeld, StoreError: the archive cannot be used; what was archived is safe.
        """
        began = time.monotonic()
        end = began + self._limits.seconds if self._limits.seconds is not None else None
        summary = self.summary
        try:
            self._begin()
            while self._lanes.open and not self._is_over(end):
                done = self._lanes.next(WAKE_SECONDS)
                if done is not None:
                    self._take(done)
                self._release()
        finally:
            self._lanes.close()
            summary.duration_seconds = round(time.monotonic() - began, 3)
        summary.waiting = self._memory.waiting()
        summary.ended_early = self._left or self._lanes.open > 0 or summary.waiting > 0
        summary.next_due = self._memory.next_due()
        summary.drift = [str(drift) for drift in drifts(self._store, self._arrivals.hosts)]
        return summary

    # -- the run

    def _begin(self) -> None:
        """Asks every feed that is due, those that have waited longest first, and takes up what earlier runs left."""
        now = datetime.now(UTC)
        wanted = [wish for wish in self._memory.wishes.values() if self._named is None or wish.url in self._named]
        for wish in sorted(wanted, key=lambda wish: self._memory.state(wish).due_at or ""):
            if self._named is not None or schedule.is_due(self._memory.state(wish), now):
                self._poll(wish)
        for wish in sorted(wanted, key=lambda wish: self._memory.state(wish).news_at or ""):
            self._take_up(wish)
        self._release()

    def _is_over(self, end: float | None) -> bool:
        return self._stopped or (end is not None and time.monotonic() >= end)

    def _poll(self, wish: Subscription) -> None:
        state = self._memory.state(wish)
        host = urlsplit(wish.url).hostname or ""
        validators = Validators(state.etag, state.last_modified)
        self._polls += 1
        work = functools.partial(poll, wish.url, self._settings, validators=validators, turns=self._pace)
        self._lanes.add(host, wish, work)

    def _take_up(self, wish: Subscription) -> None:
        """Makes the entries of a feed ready that are to be fetched."""
        for entry in self._memory.to_fetch(wish):
            self._ready.setdefault(wish.url, deque()).append(Asker(wish, entry))

    def _release(self) -> None:
        """Sends entries on their way, one of each feed in turn; with a limit only when every feed has been heard."""
        if self._limits.articles is not None and self._polls:
            return
        while self._ready:
            for url in list(self._ready):
                if self._limits.articles is not None and self._fetched >= self._limits.articles:
                    return
                self._send(self._ready[url].popleft())
                if not self._ready[url]:
                    del self._ready[url]

    def _send(self, asker: Asker) -> None:
        """Has an entry's page fetched, unless it is in the archive, or on its way for another feed."""
        url = asker.entry.url or ""
        if self._arrivals.is_settled(asker):
            return
        host = urlsplit(url).hostname or ""
        if self._silent[host] >= SILENCES:
            return  # it stays waiting
        article_id = urls.article_id(url)
        if article_id in self._asked:
            self._asked[article_id].append(asker)
            return
        self._asked[article_id] = [asker]
        self._fetched += 1
        trusted = urlsplit(asker.wish.url).hostname or ""
        near = feed_entry(asker.wish.url, asker.entry).published
        work = functools.partial(self._reach.article, url, trusted_host=trusted, obey_robots=True, near=near)
        self._lanes.add(host, _Page(url, article_id), work)

    def _take(self, done: Done[Subscription | _Page]) -> None:
        """Does what an answer calls for."""
        url = done.tag.url if isinstance(done.tag, _Page) else urls.without_credentials(done.tag.url)
        error = ours(done.error, url) if done.error is not None else None
        self._listen_for_silence(done)
        if isinstance(error, NotYet):
            self._leave(done.tag, error)
        elif isinstance(done.tag, _Page):
            self._arrivals.page(self._asked.pop(done.tag.article_id), done.result, error)
        else:
            self._polls -= 1
            self._arrivals.feed(done.tag, done.result, error)
            self._take_up(done.tag)

    def _leave(self, tag: Subscription | _Page, error: NotYet) -> None:
        """Leaves for the next run what no host would be asked for now; it is no failure, unless a person waits for it."""
        if isinstance(tag, _Page):
            del self._asked[tag.article_id]
            self._fetched -= 1
        else:
            self._polls -= 1
            if self._named is not None:
                self._arrivals.not_polled(error)
                return
        self._left = True
        self._listener.log(f"{error}; left for the next run")

    def _listen_for_silence(self, done: Done[Subscription | _Page]) -> None:
        match done.error:
            case HttpStatus():
                asks_to_wait = done.error.status in ASKS_TO_WAIT
            case NotYet():
                asks_to_wait = done.error.host == done.host  # where not, a redirect led to the one that asks
            case _:
                asks_to_wait = False
        if not asks_to_wait and not isinstance(done.error, SILENCE):
            self._silent.pop(done.host, None)
            return
        self._silent[done.host] += SILENCES if asks_to_wait else 1
        if self._silent[done.host] >= SILENCES:
            dropped = self._lanes.drop(done.host)
            self._polls -= sum(not isinstance(tag, _Page) for tag in dropped)
            if dropped:
                self._listener.log(
                    f"{done.host}: does not answer or asks to wait; {len(dropped)} requests left for the next run"
                )
