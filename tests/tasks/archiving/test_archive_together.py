"""Several pages together become what each would become alone."""

from __future__ import annotations

import contextlib
import errno
import os
from datetime import UTC, datetime
from unittest import mock

import pytest

from archiver import record, urls
from archiver.capture import Capture, Exchange
from archiver.errors import ArchiverError, ArchiveUnwritable, EmptyPage, HttpStatus
from archiver.store import Filters, Store, flushing, together
from archiver.tasks.archiving import look
from archiver.tasks.archiving.archive_page import Outcome
from archiver.tasks.archiving.archive_together import Together
from archiver.tasks.archiving.decide import Decision
from archiver.tasks.archiving.read_page import read_capture
from archiver.tasks.keeping.check import findings
from tests.support.articles import LISTING_PAGE, article_page
from tests.support.failing import FAULTS, NAMES, FailingSystem, Killed

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


def capture(path: str, html: str, moment: datetime = NOON, host: str = "example.org") -> Capture:
    url = f"https://{host}/{path}"
    head = (("Content-Type", "text/html"),)
    exchange = Exchange(url, "GET", (("Host", host),), moment, "HTTP/1.1", 200, "OK", head, html.encode())
    return Capture(url, (exchange,), html.encode())


@pytest.fixture
def store(tmp_path):
    with Store.open(tmp_path / "archive", create=True) as store:
        yield store


def archive_together(captures, store):
    together = Together(captures, store)
    together.begin()
    return together.finish()


def decisions(ends):
    return [end.decision if isinstance(end, Outcome) else type(end) for end in ends]


def test_each_is_archived_listed_and_captured(store):
    ends = archive_together([capture(name, article_page(f"Story {name}")) for name in "abc"], store)
    assert decisions(ends) == [Decision.NEW] * 3
    assert all(isinstance(end, Outcome) and end.path.exists() for end in ends)
    assert len(list(store.rows(Filters()))) == 3
    assert len(list(store.root.glob("captures/*/*/*"))) == 3
    assert all(store.payload(end.article) == end.capture.payload for end in ends if isinstance(end, Outcome))


def test_the_index_is_written_once_for_all_of_them_and_removals_are_looked_for_once_a_step(store, monkeypatch):
    archive_together([capture("first", article_page("First"))], store)
    add, finish_all = mock.Mock(wraps=store._parts.index.add), mock.Mock(wraps=store._parts.removals.finish_all)
    monkeypatch.setattr(store._parts.index, "add", add)
    monkeypatch.setattr(store._parts.removals, "finish_all", finish_all)
    archive_together([capture(name, article_page(f"Story {name}")) for name in "abc"], store)
    assert [len(call.args[0]) for call in add.call_args_list] == [3]
    assert finish_all.call_count == 2
    assert len(list(store.rows(Filters()))) == 4


def test_again_or_changed_or_worse_or_empty(store):
    archive_together([capture(name, article_page(f"Story {name}")) for name in "abc"], store)
    again = [
        capture("a", article_page("Story a")),
        capture("b", article_page("Story b", body="<p>Correction: pine.</p>")),
        capture("c", LISTING_PAGE),
        capture("d", "   "),
        capture("e", article_page("Story e")),
    ]
    ends = archive_together(again, store)
    assert decisions(ends) == [Decision.UNCHANGED, Decision.CHANGED, Decision.WORSE, EmptyPage, Decision.NEW]
    assert len(list(store.root.glob("versions/*/*"))) == 2
    assert len(list(store.root.glob("captures/*/*/*"))) == 6
    assert not list((store.root / "tmp").iterdir())


def test_a_fault_in_reading_one_leaves_its_capture_and_the_others(store, monkeypatch):
    def broken(page, *arguments):
        if page.final_url.endswith("b"):
            raise ZeroDivisionError
        return read_capture(page, *arguments)

    monkeypatch.setattr("archiver.tasks.archiving.read_page.read_capture", broken)
    ends = archive_together([capture(name, article_page(f"Story {name}")) for name in "abc"], store)
    assert decisions(ends) == [Decision.NEW, ArchiverError, Decision.NEW]
    assert len(list(store.root.glob("captures/*/*/*"))) == 3


@pytest.mark.parametrize("flushes", [0, 1, 3, 4])
def test_a_full_disk_is_the_end_of_all_that_are_not_safe(store, monkeypatch, flushes):
    real, done = flushing.flush_file, []

    def flush(path):
        done.append(path)
        if len(done) > flushes:
            raise OSError(errno.ENOSPC, "No space left on device")
        real(path)

    monkeypatch.setattr(flushing, "flush_file", flush)
    ends = archive_together([capture(name, article_page(f"Story {name}")) for name in "ab"], store)
    expected = [ArchiveUnwritable] * 2 if flushes < 4 else [Decision.NEW] * 2
    assert decisions(ends) == expected
    assert len(list(store.root.glob("articles/*/*"))) == (2 if flushes == 4 else 0)


STORY = "https://example.org/story"


def claiming(canonical: str, **parts: str) -> str:
    return article_page(**parts).replace("<head>", f'<head><link rel="canonical" href="{canonical}">')


def assert_sound(store):
    assert [one.kind for one in findings(store, deep=True)] == []


def test_an_article_and_a_page_that_claims_its_address_in_one_group_are_one(store):
    amp = claiming(STORY, publisher="Coast AMP")
    ends = archive_together([capture("story", article_page()), capture("amp/story", amp)], store)
    assert decisions(ends) == [Decision.NEW, Decision.COPY]
    assert [row.id for row in store.rows(Filters())] == [urls.article_id(STORY)]
    assert store.holds("https://example.org/amp/story")
    assert_sound(store)


def test_two_copies_of_what_is_held_in_one_second_each_keep_their_capture(store):
    archive_together([capture("story", article_page())], store)
    copies = [capture(name, claiming(STORY, publisher=name)) for name in ("amp/story", "print/story")]
    assert decisions(archive_together(copies, store)) == [Decision.COPY] * 2
    assert len(store.versions(urls.article_id(STORY))) == 2
    assert len(list(store.root.glob("captures/*/*/*"))) == 3
    assert_sound(store)


def test_two_pages_that_claim_one_address_are_one(store):
    pages = [capture(name, claiming(STORY, publisher=name)) for name in ("amp/story", "print/story")]
    assert decisions(archive_together(pages, store)) == [Decision.NEW, Decision.COPY]
    assert len(list(store.rows(Filters()))) == 1
    assert_sound(store)


def test_both_addresses_of_a_merged_article_in_one_group(store):
    archive_together([capture("a", article_page()), capture("b", article_page(publisher="B"))], store)
    a, b = (urls.article_id(f"https://example.org/{name}") for name in "ab")
    store.merging.join(a, b)
    again = [capture("a", article_page(body="<p>New.</p>")), capture("b", article_page(publisher="B", body="<p>News.</p>"))]
    assert decisions(archive_together(again, store)) == [Decision.CHANGED, Decision.COPY]
    assert len(list(store.root.glob("captures/*/*/*"))) == 4
    assert_sound(store)


def test_a_capture_that_gets_another_name_is_there_until_the_new_one_is(store, monkeypatch):
    archive_together([capture("story", article_page())], store)
    calls = []

    def flush(path):
        calls.append(path)
        raise OSError(errno.ENOSPC, "No space left on device")

    [walk] = [capture("amp/story", claiming(STORY, publisher="Coast AMP"))]
    real, steps = flushing.flush_file, []

    def third(path):
        steps.append(path)
        real(path) if len(steps) == 1 else flush(path)

    monkeypatch.setattr(flushing, "flush_file", third)
    assert decisions(archive_together([walk], store)) == [ArchiveUnwritable]
    assert len(list(store.root.glob("captures/*/*/*"))) == 2


@pytest.mark.parametrize("fault", FAULTS, ids=NAMES.get)
def test_whatever_fails_in_a_group_leaves_a_sound_archive(tmp_path, monkeypatch, fault):
    """With aliases, sightings that end, copies and merged articles; what was told is there."""
    monkeypatch.setattr(os, "fsync", lambda _: None)
    monkeypatch.setattr(together, "_flush_file_system", lambda _: True)
    first = [capture(name, article_page(f"Story {name}")) for name in ("story", "b", "c")]
    story = article_page("Story story", body="<p>Correction: pine.</p>")
    later = datetime(2099, 1, 1, tzinfo=UTC)
    pages = [
        capture("story", story, later),
        capture("amp/story", claiming(STORY, title="Story story", publisher="Coast AMP"), later),
        capture("b", LISTING_PAGE, later),
        capture("c", article_page("Story c"), later),
        capture("d", claiming("https://example.org/dd", title="Story d", body="<p>Deck.</p>"), later),
    ]
    at = FAULTS.index(fault)
    while True:
        at += 25
        root = tmp_path / f"{at}"
        with Store.open(root, create=True) as store:
            archive_together(first, store)
            look.failed(store, "https://example.org/c", HttpStatus("404", subject="x", status=404))
        ends, system = [], None
        with monkeypatch.context() as patch, Store.open(root, create=False) as store:
            system = FailingSystem(patch, at, fault)
            with contextlib.suppress(Killed):
                ends = archive_together(pages, store)
        with Store.open(root, create=False) as store:
            with store.writing():
                pass
            told = [end for end in ends if isinstance(end, Outcome)]
            assert all(record.loads(end.path.read_text("utf-8"), subject="").id == end.article.id for end in told)
            assert {urls.article_id(f"https://example.org/{name}") for name in ("story", "b", "c")} <= {
                row.id for row in store.rows(Filters())
            }
            assert_sound(store)
            redone = archive_together(pages, store)
            assert all(isinstance(end, Outcome) for end in redone), redone
            assert store.load(urls.article_id(STORY)).body.text.startswith("Correction")
            assert store.sightings.load(urls.article_id("https://example.org/c")).lasting is None
            assert_sound(store)
        if system.calls < at:
            return
