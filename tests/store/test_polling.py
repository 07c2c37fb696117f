"""What polling remembers, and that losing it does no harm."""

from __future__ import annotations

import dataclasses
import sqlite3

import pytest

from archiver.errors import LockHeld, StoreError
from archiver.store import Store
from archiver.store.polling import DONE, FAILED, EntryState, FeedState, Polling

URL = "https://quay.example/feed"
FEED = FeedState(URL, title="Quay", etag='"1"', due_at="2026-03-10T10:00:00Z")
NOW = "2026-03-10T12:00:00Z"


def entry(number, **values):
    return EntryState(number, None, None, None, url=f"https://quay.example/{number}", content="<p>x", **values)


@pytest.fixture
def notes():
    return []


@pytest.fixture
def polling(tmp_path, notes):
    state = Polling(tmp_path, notes.append)
    yield state
    state.close()


def test_a_feed_and_its_entries_come_back(polling):
    polling.save(FEED, [entry(1), entry(2)])
    assert polling.feeds() == {URL: FEED}
    first, second = polling.entries(URL)
    assert dataclasses.replace(first, number=None, content="<p>x") == entry(1)
    assert second.number == 2


def test_open_entries_are_those_to_be_fetched_now(polling):
    due = entry(2, state=FAILED, due_at="2026-03-10T11:00:00Z")
    polling.save(FEED, [entry(1), due, entry(3, state=FAILED, due_at="2026-03-10T13:00:00Z"), entry(4, state=DONE)])
    assert [one.url for one in polling.open_entries(URL, NOW)] == ["https://quay.example/1", "https://quay.example/2"]
    assert polling.open_entries(URL, NOW)[0].content == "<p>x"
    assert polling.waiting(URL) == 1


def test_an_entry_is_changed_in_its_place(polling):
    polling.save(FEED, [entry(1)])
    (held,) = polling.entries(URL)
    polling.save(dataclasses.replace(FEED, failures=2), [dataclasses.replace(held, state=DONE)])
    assert [one.state for one in polling.entries(URL)] == [DONE]
    assert polling.feeds()[URL].failures == 2


def test_a_feed_is_forgotten_with_its_entries(polling):
    polling.save(FEED, [entry(1)])
    polling.save(dataclasses.replace(FEED, url="https://other.example/"), [entry(2)])
    polling.forget(URL)
    assert list(polling.feeds()) == ["https://other.example/"]
    assert polling.entries(URL) == []
    assert len(polling.entries("https://other.example/")) == 1


def test_a_feed_that_moves_keeps_its_entries(polling):
    polling.save(FEED, [entry(1)])
    polling.move(URL, "https://quay.example/new")
    assert len(polling.entries("https://quay.example/new")) == 1


def make_junk(path):
    path.write_bytes(b"junk" * 1000)


def make_other(path):
    with sqlite3.connect(path) as db:
        db.execute("CREATE TABLE mine (x)")
    db.close()


def make_other_version(path):
    Polling(path.parent, lambda _: None).close()
    with sqlite3.connect(path) as db:
        db.execute("PRAGMA user_version = 99")
    db.close()


@pytest.mark.parametrize("make", [make_junk, make_other, make_other_version])
def test_a_file_that_is_not_ours_makes_room(tmp_path, notes, make):
    make(tmp_path / "feeds.sqlite3")
    state = Polling(tmp_path, notes.append)
    assert state.feeds() == {}
    state.save(FEED)
    state.close()
    assert "begins anew" in notes[0]


def test_trouble_with_the_file_is_told(polling):
    polling._db.execute("DROP TABLE entries")
    with pytest.raises(StoreError, match=r"feeds\.sqlite3"):
        polling.save(FEED, [entry(1)])


def test_only_one_run_may_sync(tmp_path):
    with Store.open(tmp_path, create=True) as one, Store.open(tmp_path, create=True) as two:
        with one.following.syncing(), pytest.raises(LockHeld, match="syncing"), two.following.syncing():
            pass
        with one.following.syncing(), two.writing():
            pass  # who syncs keeps nobody from writing
        with two.following.syncing():
            pass


def test_subscriptions_are_a_file(tmp_path):
    with Store.open(tmp_path, create=True) as store:
        assert store.following.subscriptions() is None
        assert store.following.save_subscriptions(b"<opml/>") == tmp_path / "feeds.opml"
        assert store.following.subscriptions() == b"<opml/>"
