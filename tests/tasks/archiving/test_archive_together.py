"""Several pages together become what each would become alone."""

from __future__ import annotations

import errno
from datetime import UTC, datetime

import pytest

from archiver.capture import Capture, Exchange
from archiver.errors import ArchiverError, ArchiveUnwritable, EmptyPage
from archiver.store import Filters, Store, files
from archiver.tasks.archiving.archive_page import Outcome
from archiver.tasks.archiving.archive_together import Together
from archiver.tasks.archiving.decide import Decision
from archiver.tasks.archiving.read_page import read_capture
from tests.support.articles import LISTING_PAGE, article_page

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


def capture(path: str, html: str, host: str = "example.org") -> Capture:
    url = f"https://{host}/{path}"
    head = (("Content-Type", "text/html"),)
    exchange = Exchange(url, "GET", (("Host", host),), NOON, "HTTP/1.1", 200, "OK", head, html.encode())
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
    real, done = files.flush_file, []

    def flush(path):
        done.append(path)
        if len(done) > flushes:
            raise OSError(errno.ENOSPC, "No space left on device")
        real(path)

    monkeypatch.setattr(files, "flush_file", flush)
    ends = archive_together([capture(name, article_page(f"Story {name}")) for name in "ab"], store)
    expected = [ArchiveUnwritable] * 2 if flushes < 4 else [Decision.NEW] * 2
    assert decisions(ends) == expected
    assert len(list(store.root.glob("articles/*/*"))) == (2 if flushes == 4 else 0)
