"""What is done with what arrives in a sync: feeds are planned, pages archived, and both remembered, in this order.

An entry is done when its article is safe on disk. A page that could not be had is tried again later; where the feed carries the
whole text, that is archived meanwhile, and marked.
"""

from __future__ import annotations

import functools
from datetime import UTC, datetime
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlsplit

from archiver import urls
from archiver.capture import Capture, SavedPage
from archiver.errors import (
    AddressRefused,
    ArchiveUnwritable,
    Disallowed,
    HttpStatus,
    InvalidInput,
    InvalidUrl,
    LockHeld,
    NotAnArticle,
    NotHtml,
    StoreError,
)
from archiver.tasks.archiving import look
from archiver.tasks.archiving.archive_page import archive_capture, archive_entry_text
from archiver.tasks.archiving.decide import SAYS_NOTHING, Decision
from archiver.tasks.syncing import schedule
from archiver.tasks.syncing.entry_claims import feed_entry
from archiver.tasks.syncing.plan import plan
from archiver.tasks.syncing.poll import Poll
from archiver.tasks.syncing.summary import Summary
from archiver.tasks.unforeseen import ours

if TYPE_CHECKING:
    from collections.abc import Sequence

    from archiver.entry import FeedEntry
    from archiver.errors import ArchiverError, NotYet
    from archiver.feeds.outlines import Subscription
    from archiver.store import Store
    from archiver.store.polling import EntryState
    from archiver.tasks.archiving.archive_page import Outcome
    from archiver.tasks.site_rules import SiteRules
    from archiver.tasks.syncing.memory import Memory
    from archiver.tasks.syncing.summary import Listener

NO_PAGE = (NotHtml, AddressRefused, InvalidUrl)
"""Errors that trying again does not mend: the link leads to a picture or a recording, or to where we must not go."""
PREVIEWS = SAYS_NOTHING | {"paywalled"}
"""Verdicts of pages behind which the article stands: they are tried again, and the feed's own text is better."""
ENDS = (ArchiveUnwritable, LockHeld)
"""Errors that end a run: what stopped this page would stop every other."""


class Asker(NamedTuple):
    """A feed's entry whose page is wanted."""

    wish: Subscription
    entry: EntryState


class Arrivals:
    """Takes in what a run fetched; `rules` are those of sites.

    Attributes:
        summary: what came of it so far.
        hosts: of whom something was archived.
    """

    def __init__(self, store: Store, memory: Memory, listener: Listener, rules: SiteRules | None) -> None:
        self._store = store
        self._rules = rules
        self._memory = memory
        self._listener = listener
        self.summary = Summary()
        self.hosts: set[str] = set()
        self._disallowed: set[str] = set()

    # -- feeds

    def feed(self, wish: Subscription, answer: object, error: ArchiverError | None) -> None:
        """Takes in the answer to a poll, or why there is none."""
        now = datetime.now(UTC)
        self.summary.feeds += 1
        if error is None:
            assert isinstance(answer, Poll)
            try:
                self._plan(wish, answer, now)
            except StoreError:
                raise
            except InvalidInput as wrong:
                error = InvalidInput(f"its rule {wrong}", subject=urls.without_credentials(wish.url))
            except Exception as bug:  # noqa: BLE001  # one feed must not keep every later run from the others
                error = ours(bug, urls.without_credentials(wish.url))
        if error is None:
            return
        self.summary.feeds_failed += 1
        self._listener.failed(error)
        self._memory.poll_failed(wish, error, now)
        if isinstance(error, HttpStatus) and error.status == schedule.GONE:
            self._memory.pause(wish, f"410 Gone on {now:%Y-%m-%d}")

    def not_polled(self, error: NotYet) -> None:
        """Takes in that a feed may not be asked for now; it stays due."""
        self.summary.feeds += 1
        self.summary.feeds_failed += 1
        self._listener.failed(error)

    def _plan(self, wish: Subscription, answer: Poll, now: datetime) -> None:
        shown = urls.without_credentials(wish.url)
        if answer.feed is None:
            self.summary.feeds_unchanged += 1
            self._listener.log(f"{shown}: unchanged")
            self._memory.polled(wish, answer, (), now)
        else:
            planned = plan(answer.feed, self._memory.known(wish), wish, now)
            for problem in answer.feed.problems:
                self._listener.log(f"{shown}: {problem}")
            for entry, reason in planned.refused:
                self._listener.log(f"{shown}: passed over {entry.link or entry.guid or entry.title}: {reason}")
            passed_over = len(planned.refused) + planned.beyond
            self._listener.log(
                f"{shown}: {len(answer.feed.entries)} entries, {len(planned.waiting)} to fetch, {passed_over} passed over"
            )
            self.summary.skipped += passed_over
            self._memory.polled(wish, answer, planned.entries, now)
        if target := self._memory.move(wish):
            self._listener.log(f"{shown}: has moved for good and is followed at {target}")

    # -- pages

    def is_settled(self, asker: Asker) -> bool:
        """Whether an entry's page need not be fetched: it is in the archive already, or its address is none."""
        entry = asker.entry
        try:
            url = urls.parse(entry.url or "")
        except InvalidUrl as error:
            self._listener.log(str(error))
        else:
            if entry.attempts or entry.tried_at or not self._store.holds(url):
                return False
        self.summary.skipped += 1
        self._memory.settle([asker], schedule.entry_done, news=False)
        return True

    def page(self, askers: Sequence[Asker], capture: object, error: ArchiverError | None) -> None:
        """Takes in the page of an entry that `askers` have, or why there is none."""
        first = askers[0]
        said = feed_entry(urls.without_credentials(first.wish.url), first.entry)
        labels = tuple(label for asker in askers for label in asker.wish.labels)
        kept = False
        if error is not None and first.entry.url:
            look.failed(self._store, first.entry.url, error)
        if error is None:
            assert isinstance(capture, Capture)
            kept, error = self._archive(capture, said, labels)
        if error is None:
            self._memory.settle(askers, schedule.entry_done, news=True)
        elif isinstance(error, Disallowed):
            kept = self._keep_text(first.entry, said, labels, error)
            self.summary.skipped += not kept
            self._pass_over(error, told=not kept)
            self._memory.settle(askers, schedule.entry_done, news=kept)
        elif isinstance(error, NO_PAGE):
            self.summary.skipped += 1
            self._listener.log(str(error))
            self._memory.settle(askers, schedule.entry_done, news=False)
        else:
            kept = self._keep_text(first.entry, said, labels, error) or kept
            if not kept:
                self.summary.failed += 1
                self._listener.failed(error)
            self._memory.settle(askers, functools.partial(schedule.entry_failed, error=error), news=kept)

    def _pass_over(self, error: Disallowed, *, told: bool) -> None:
        """Says once in a run that a host wants its pages left alone."""
        host = urlsplit(error.subject).hostname or ""
        if told and host not in self._disallowed:
            self._disallowed.add(host)
            self._listener.failed(error)
        else:
            self._listener.log(str(error))

    def _archive(self, capture: Capture, said: FeedEntry, labels: tuple[str, ...]) -> tuple[bool, ArchiverError | None]:
        """Archives a page; gives whether it says something of the article, and why it is not the whole, where it is not."""
        try:
            outcome = archive_capture(capture, self._store, self._rules, entry=said, labels=labels)
        except ENDS:
            raise
        except Exception as error:  # noqa: BLE001  # one page must not keep every later run from the others
            return False, ours(error, capture.page_url)
        verdict = outcome.seen.verdict
        kept = verdict not in SAYS_NOTHING
        if kept:
            self._count(outcome)
        if verdict not in PREVIEWS:
            return kept, None
        reason = f"fetched, but it is no article: {verdict}"
        return kept, NotAnArticle(reason, subject=str(outcome.seen.url), remedy="it is tried again later")

    def _keep_text(self, entry: EntryState, said: FeedEntry, labels: tuple[str, ...], why: ArchiverError) -> bool:
        """Whether the article is in the archive in the feed's own words; it is put there after the first failure."""
        if entry.content is None or entry.url is None:
            return False
        if entry.attempts:
            return self._store.holds(entry.url)
        page = SavedPage(urls.without_credentials(urls.parse(entry.url)), datetime.now(UTC), entry.content.encode())
        try:
            outcome = archive_entry_text(page, self._store, said, why.reason, labels=labels)
        except ENDS:
            raise
        except Exception:  # noqa: BLE001  # the page's own failure is what is told
            return False
        if outcome.decision is not Decision.WORSE:
            self._listener.log(f"{page.url}: kept the feed's own text ({why.reason})")
        self._count(outcome)
        return True

    def _count(self, outcome: Outcome) -> None:
        if outcome.decision in (Decision.NEW, Decision.CHANGED) and outcome.article.source.host:
            self.hosts.add(outcome.article.source.host)
        self.summary.count(outcome)
        self._listener.archived(outcome)
