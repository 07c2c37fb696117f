"""The walk of one page into the archive; what users see of it is in tests/cli/test_fetch.py."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from archiver.capture import Capture, Exchange, SavedPage
from archiver.entry import FeedEntry
from archiver.errors import ArchiveUnwritable, EmptyPage, HttpStatus
from archiver.store import Filters, Store
from archiver.tasks.archiving import look
from archiver.tasks.archiving.archive_page import archive_entry_text, archive_saved
from archiver.tasks.archiving.decide import Decision
from archiver.tasks.archiving.read_page import DOWNGRADED, read_capture
from tests.support.articles import article_page

URL = "https://example.org/harbour"
NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


def saved(html: str) -> SavedPage:
    return SavedPage(URL, NOON, html.encode())


@pytest.fixture
def store(tmp_path):
    with Store.open(tmp_path / "archive", create=True) as store:
        yield store


def warcs(store):
    return sorted(store.root.glob("captures/*/*/*.warc.gz"))


def test_the_capture_survives_a_fault_in_the_extraction(store, monkeypatch):
    def broken(*_arguments, **_options):
        raise ZeroDivisionError

    monkeypatch.setattr("archiver.extraction.extract", broken)
    with pytest.raises(ZeroDivisionError):
        archive_saved(saved(article_page()), store)
    assert len(warcs(store)) == 1
    assert list(store.rows(Filters())) == []


def test_an_empty_page_leaves_nothing(store):
    with pytest.raises(EmptyPage) as raised:
        archive_saved(saved(" \n "), store)
    assert raised.value.subject == URL
    assert warcs(store) == []


def test_a_record_that_cannot_be_written_leaves_the_article_as_it_was(store, monkeypatch):
    first = archive_saved(saved(article_page()), store)

    def full(*_arguments, **_options):
        raise ArchiveUnwritable("cannot be written: No space left on device")

    monkeypatch.setattr(Store, "save", full)
    with pytest.raises(ArchiveUnwritable):
        archive_saved(saved(article_page(body="<p>Another paragraph, added later on.</p>")), store)
    assert store.load(str(first.article.id)) == first.article


def test_the_record_names_its_capture(store):
    outcome = archive_saved(saved(article_page()), store)
    assert outcome.decision is Decision.NEW
    identity = outcome.article.capture
    assert identity is not None
    assert identity.fetched_at == "2026-11-23T12:00:00Z"
    assert warcs(store) == [store.root / str(identity.warc)]


def test_a_redirect_to_plain_http_is_a_warning_in_the_record():
    def exchange(url: str, status: int, body: bytes) -> Exchange:
        return Exchange(url, "GET", (), NOON, "HTTP/1.1", status, "", (("Content-Type", "text/html"),), body)

    page = article_page().encode()
    hops = (exchange("https://example.org/a", 302, b""), exchange("http://example.org/b", 200, page))
    article = read_capture(Capture("https://example.org/a", hops, page))
    assert DOWNGRADED in article.warnings
    assert article.requested_url == "https://example.org/a"
    assert article.url == "http://example.org/b"


@pytest.mark.parametrize("text", [article_page(), article_page("Another headline")], ids=["the same", "another"])
def test_a_feeds_own_text_says_nothing_of_a_page_that_is_gone(store, text):
    outcome = archive_saved(saved(article_page()), store)
    look.failed(store, URL, HttpStatus("the host answered 410 Gone", status=410))
    later = SavedPage(URL, datetime.now(UTC) + timedelta(days=1), text.encode())
    archive_entry_text(later, store, FeedEntry("https://example.org/feed"), "410 Gone")
    assert store.sightings.load(str(outcome.article.id)).gone_since
    archive_saved(later, store)
    assert store.sightings.load(str(outcome.article.id)).gone_since is None
