"""What becomes of what is remembered."""

from __future__ import annotations

import dataclasses
from datetime import UTC, datetime, timedelta

from archiver.capture import Validators
from archiver.errors import ConnectionFailed, HttpStatus
from archiver.feeds import Entry, Feed, rhythm
from archiver.store.polling import DONE, FAILED, WAITING, EntryState, FeedState
from archiver.tasks.syncing import schedule
from archiver.tasks.syncing.poll import Poll

NOW = datetime(2026, 3, 10, 12, tzinfo=UTC)
URL = "https://quay.example/feed"
NEW = Validators('"2"', None)
STATE = FeedState(URL, etag='"1"', failures=3, error="oops", interval_seconds=3600.0)
REFUSED = ConnectionFailed("refused")
ENTRY = EntryState(1, None, None, None, url="https://quay.example/a", content="<p>x", number=1)


def answer(*entries, **values):
    return Poll(Feed("rss", title="Quay", entries=entries), URL, NEW, **values)


def after(hours):
    return f"{NOW + timedelta(hours=hours):%Y-%m-%dT%H:%M:%SZ}"


def test_a_feed_is_due_when_its_time_has_come_or_nearly():
    assert schedule.is_due(None, NOW)
    assert schedule.is_due(FeedState(URL), NOW)
    assert schedule.is_due(FeedState(URL, due_at="2026-03-10T12:01:00Z"), NOW)
    assert not schedule.is_due(FeedState(URL, due_at="2026-03-10T12:10:00Z"), NOW)


def test_a_poll_forgives_failures_and_its_validators_wait():
    state = schedule.polled(STATE, answer(), NOW, 0)
    assert (state.failures, state.error, state.title) == (0, None, "Quay")
    assert (state.etag, state.next_etag) == ('"1"', '"2"')
    assert state.due_at == after(1)
    assert schedule.safe(state).etag == '"2"'


def test_a_feed_goes_by_its_rhythm():
    entries = [Entry(None, published=NOW - timedelta(hours=8 * number)) for number in range(1, 11)]
    assert schedule.polled(STATE, answer(*entries), NOW, 0).due_at == after(4)


def test_an_unchanged_feed_is_asked_a_little_later_each_time():
    state = STATE
    for _ in range(3):
        state = schedule.polled(state, Poll(None, URL, NEW), NOW, 0)
    assert state.interval_seconds is not None
    assert round(state.interval_seconds) == round(3600 * 1.2**3)
    for _ in range(50):
        state = schedule.polled(state, Poll(None, URL, NEW), NOW, 0)
    assert state.interval_seconds == rhythm.LONGEST.total_seconds()


def test_a_server_that_says_how_long_is_heeded():
    assert schedule.polled(STATE, Poll(None, URL, NEW, max_age=timedelta(hours=5)), NOW, 0).due_at == after(5)
    assert schedule.polled(STATE, answer(max_age=timedelta(days=9999)), NOW, 0).due_at == after(24)


def test_a_failure_backs_off_and_keeps_the_validators():
    state = schedule.poll_failed(STATE, ConnectionFailed("refused"), NOW, 0)
    assert (state.failures, state.error, state.etag) == (4, "refused", '"1"')
    assert state.due_at == after(8)


def test_a_refusal_drops_the_validators():
    refused = schedule.poll_failed(dataclasses.replace(STATE, next_etag='"1"'), HttpStatus("x", status=412), NOW, 0)
    assert schedule.safe(refused).etag is None
    assert schedule.poll_failed(STATE, HttpStatus("x", status=503), NOW, 0).etag == '"1"'


def test_a_move_is_believed_when_it_was_said_often_enough():
    state = FeedState(URL)
    for _ in range(2):
        state = schedule.polled(state, answer(moved_to="https://new.example/"), NOW, 0)
        assert schedule.moved(state) is None
    state = schedule.polled(state, answer(moved_to="https://new.example/"), NOW, 0)
    assert schedule.moved(state) == "https://new.example/"


def test_a_move_that_is_taken_back_counts_from_the_start():
    state = FeedState(URL)
    for target in ("https://new.example/", "https://new.example/", None, "https://new.example/", "https://other.example/"):
        state = schedule.polled(state, answer(moved_to=target), NOW, 0)
    assert state.moved_times == 1


def test_a_done_entry_keeps_its_signs_only():
    done = schedule.entry_done(ENTRY, NOW)
    assert (done.link, done.number, done.state) == (1, 1, DONE)
    assert (done.url, done.content) == (None, None)


def test_a_failed_entry_is_tried_later_and_given_up_at_last():
    entry, states = ENTRY, []
    for _ in range(len(rhythm.ENTRY_DELAYS) + 1):
        entry = schedule.entry_failed(entry, NOW, REFUSED)
        states.append(entry.state)
    assert states == [FAILED] * len(rhythm.ENTRY_DELAYS) + [DONE]


def test_an_entry_waits_as_long_as_its_host_asks():
    busy = HttpStatus("x", status=429, retry_after_seconds=5 * 3600)
    assert schedule.entry_failed(ENTRY, NOW, busy).due_at == after(5)


def test_an_entry_is_open_when_its_time_has_come():
    assert ENTRY.state == WAITING
    assert schedule.is_open(ENTRY, NOW)
    failed = schedule.entry_failed(ENTRY, NOW, REFUSED)
    assert not schedule.is_open(failed, NOW)
    assert schedule.is_open(failed, NOW + timedelta(hours=1))
    assert not schedule.is_open(schedule.entry_done(ENTRY, NOW), NOW)
