"""What becomes of what is remembered of a feed or an entry. Pure: a state and an event in, a state out."""

from __future__ import annotations

import dataclasses
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from archiver.errors import ArchiverError, HttpStatus
from archiver.feeds import rhythm
from archiver.store.polling import DONE, FAILED, WAITING
from archiver.tasks.archiving.read_page import rfc3339

if TYPE_CHECKING:
    from archiver.store.polling import EntryState, FeedState
    from archiver.tasks.syncing.poll import Poll

SLOWER = 1.2
"""A feed without news is left alone so much longer each time."""
MOVES_BELIEVED = 3
"""So many polls in a row must say that a feed has moved for good before it is followed there for good."""
DUE_EARLY = timedelta(minutes=2)
"""A feed due this soon is due: a job that runs each hour does not run at the same second each time."""
GONE = 410


def is_due(state: FeedState | None, now: datetime) -> bool:
    """Whether a feed is to be polled."""
    return state is None or state.due_at is None or state.due_at <= rfc3339(now + DUE_EARLY)


def polled(state: FeedState, answer: Poll, now: datetime, chance: float) -> FeedState:
    """`state` after a poll that succeeded; its validators wait until all entries are safe."""
    known = timedelta(seconds=state.interval_seconds) if state.interval_seconds else rhythm.USUAL
    if answer.feed is None:
        wait = min(rhythm.LONGEST, max(known * SLOWER, answer.max_age or known))
    else:
        moments = [entry.moment for entry in answer.feed.entries if entry.moment is not None]
        wait = rhythm.interval(moments, now, answer.feed.interval, answer.max_age)
    moved = answer.moved_to
    return dataclasses.replace(
        state,
        title=(answer.feed.title if answer.feed else None) or state.title,
        next_etag=answer.validators.etag,
        next_last_modified=answer.validators.last_modified,
        polled_at=rfc3339(now),
        due_at=rfc3339(now + rhythm.jittered(wait, chance)),
        interval_seconds=wait.total_seconds(),
        failures=0,
        error=None,
        moved_to=moved,
        moved_times=(state.moved_times + 1 if moved == state.moved_to else 1) if moved else 0,
    )


def safe(state: FeedState) -> FeedState:
    """`state` when every entry of the last poll is safe: its validators count from now on."""
    return dataclasses.replace(state, etag=state.next_etag, last_modified=state.next_last_modified)


def poll_failed(state: FeedState, error: ArchiverError, now: datetime, chance: float) -> FeedState:
    """`state` after a poll that failed; a refusal may be about the validators, so they are not sent again."""
    wait = rhythm.back_off(state.failures + 1, _asked_wait(error))
    refused = isinstance(error, HttpStatus) and 400 <= error.status < 500
    if refused:
        state = dataclasses.replace(state, etag=None, last_modified=None, next_etag=None, next_last_modified=None)
    return dataclasses.replace(
        state,
        polled_at=rfc3339(now),
        due_at=rfc3339(now + rhythm.jittered(wait, chance)),
        failures=state.failures + 1,
        error=error.reason,
    )


def _asked_wait(error: ArchiverError) -> timedelta | None:
    """How long the host asks to wait."""
    seconds = error.retry_after_seconds if isinstance(error, HttpStatus) else None
    return timedelta(seconds=seconds) if seconds is not None else None


def moved(state: FeedState) -> str | None:
    """Where the feed is to be followed from now on, or None."""
    return state.moved_to if state.moved_times >= MOVES_BELIEVED else None


def entry_done(entry: EntryState, now: datetime) -> EntryState:
    """`entry` when its page is archived, or will never be; what was kept for fetching it goes."""
    return dataclasses.replace(
        entry,
        state=DONE,
        url=None,
        entry_id=None,
        entry_title=None,
        claims=None,
        content=None,
        due_at=None,
        tried_at=rfc3339(now),
    )


def entry_failed(entry: EntryState, now: datetime, error: ArchiverError) -> EntryState:
    """`entry` when its page could not be had: to be tried again, not before the host asks for it, or given up."""
    delay = rhythm.entry_delay(entry.attempts + 1, _asked_wait(error))
    if delay is None:
        return entry_done(entry, now)
    return dataclasses.replace(
        entry, state=FAILED, attempts=entry.attempts + 1, due_at=rfc3339(now + delay), tried_at=rfc3339(now)
    )


def is_open(entry: EntryState, now: datetime) -> bool:
    """Whether the entry's page is to be fetched now."""
    return entry.state == WAITING or (entry.state == FAILED and (entry.due_at or "") <= rfc3339(now))
