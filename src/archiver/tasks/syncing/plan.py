"""What a poll means: which entries of a feed are new, which have changed, which are passed over. Pure."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from archiver.feeds.choosing import refusal
from archiver.feeds.fulltext import as_page
from archiver.feeds.identity import Identity, Seen, identities
from archiver.store.polling import DONE, PASSED_OVER, WAITING, EntryState
from archiver.tasks.archiving.read_page import rfc3339
from archiver.tasks.syncing import entry_claims

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from archiver.feeds.model import Entry, Feed
    from archiver.feeds.outlines import Subscription

BACKLOG = 200
"""Most entries of a feed taken at its first poll, unless its subscription says otherwise."""
REVISIT_AFTER = timedelta(days=1)
"""An entry that says it has changed is fetched again, but not within a day: some feeds say so at every poll."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What a poll means, entry by entry.

    Attributes:
        entries: what is to be remembered, the oldest wanted entry first; those that are waiting are to be fetched.
        refused: those that are not wanted, each with the reason.
        beyond: how many were passed over because there were more than a first poll takes.
    """

    entries: tuple[EntryState, ...]
    refused: tuple[tuple[Entry, str], ...]
    beyond: int

    @property
    def waiting(self) -> tuple[EntryState, ...]:
        """Those to be fetched."""
        return tuple(entry for entry in self.entries if entry.state == WAITING)


def plan(feed: Feed, known: Sequence[EntryState], wish: Subscription, now: datetime) -> Plan:
    """What the entries of `feed` mean to somebody who knows `known` of it and wishes for `wish`.

    Raises:
        InvalidInput: a rule of the subscription cannot be applied.
    """
    seen = Seen(known)
    first_poll = not known
    fresh: list[tuple[Entry, Identity]] = []
    remembered: list[EntryState] = []
    refused: list[tuple[Entry, str]] = []
    for entry, identity in zip(feed.entries, identities(feed.entries), strict=True):
        place = seen.find(identity)
        if place is not None:
            if place < len(known) and (again := _revisited(known[place], entry, now)):
                remembered.append(again)
            continue
        seen.add(identity)
        reason = refusal(entry, wish.rules, wish.since) if entry.link else "it has no link to a page"
        if reason is None:
            fresh.append((entry, identity))
        else:
            refused.append((entry, reason))
            remembered.append(_state(entry, identity, feed, PASSED_OVER))
    newest = _newest_first(fresh, feed)
    most = (BACKLOG if wish.backlog is None else wish.backlog) if first_poll else len(newest)
    remembered += [_state(entry, identity, feed, PASSED_OVER) for entry, identity in newest[most:]]
    remembered += [_state(entry, identity, feed, WAITING) for entry, identity in newest[:most][::-1]]
    return Plan(tuple(remembered), tuple(refused), beyond=len(newest[most:]))


def _newest_first(entries: list[tuple[Entry, Identity]], feed: Feed) -> list[tuple[Entry, Identity]]:
    """By date where every entry has one; else as by convention: feeds begin with the newest, sitemaps end with it."""
    if any(entry.moment is None for entry, _ in entries):
        return entries[::-1] if feed.format.startswith("sitemap") else entries
    return sorted(entries, key=lambda pair: pair[0].moment.timestamp() if pair[0].moment else 0.0, reverse=True)


def _state(entry: Entry, identity: Identity, feed: Feed, state: str) -> EntryState:
    signs = EntryState(
        link=identity.link,
        guid=identity.guid,
        title=identity.title,
        published=identity.published,
        updated=entry.updated.isoformat() if entry.updated else None,
        state=state,
    )
    if state != WAITING:
        return signs
    return dataclasses.replace(
        signs,
        url=entry.link,
        entry_id=entry.guid,
        entry_title=entry.title,
        claims=entry_claims.dumps(entry),
        content=as_page(entry, feed.title),
    )


def _revisited(known: EntryState, entry: Entry, now: datetime) -> EntryState | None:
    """`known`, to be fetched again because the feed says it has changed since; None where it has not, or not long ago."""
    updated = entry.updated.isoformat() if entry.updated else None
    if known.state != DONE or updated is None or known.updated is None or updated <= known.updated or entry.link is None:
        return None
    if known.tried_at is not None and known.tried_at > rfc3339(now - REVISIT_AFTER):
        return None
    return dataclasses.replace(
        known,
        state=WAITING,
        attempts=0,
        url=entry.link,
        entry_id=entry.guid,
        entry_title=entry.title,
        claims=entry_claims.dumps(entry),
        updated=updated,
    )
