"""An article extracted again from its capture."""

from __future__ import annotations

import dataclasses
import json
from datetime import UTC, datetime

import pytest

from archiver.capture import Capture, Exchange, SavedPage
from archiver.entry import FeedEntry
from archiver.store import Store
from archiver.tasks.archiving.archive_page import archive_capture, archive_entry_text, archive_saved
from archiver.tasks.archiving.read_page import DOWNGRADED
from archiver.tasks.versions.reread import differing, reread
from tests.support.articles import article_page

URL = "https://example.org/harbour"
NOON = datetime(2026, 4, 23, 12, tzinfo=UTC)
ENTRY = FeedEntry("https://example.org/feed", "g1", "A title", ("Jo Smith",), "2026-03-13T09:00:00Z", None, None, ("sea",))


def exchange(url=URL, *, status=200, headers=(), body=b""):
    return Exchange(url, "GET", (), NOON, "HTTP/1.1", status, "OK", (("Content-Type", "text/html"), *headers), body)


def captured(*before, headers=(), page=None, requested=URL):
    body = (page or article_page()).encode()
    return Capture(requested, (*before, exchange(headers=headers, body=body)), body)


@pytest.fixture
def store(tmp_path):
    with Store.open(tmp_path / "archive", create=True) as opened:
        yield opened


BARE = "<html><body><article><h1>On the sea</h1>" + "".join(f"<p>Line {n} of many stands here.</p>" for n in range(30))


@pytest.mark.parametrize(
    "archived",
    [
        lambda store: archive_capture(captured(), store),
        lambda store: archive_capture(captured(page=BARE), store, entry=ENTRY),
        lambda store: archive_capture(
            captured(page=BARE, headers=(("Last-Modified", "Wed, 01 Apr 2026 07:28:00 GMT"), ("Content-Language", "en"))), store
        ),
        lambda store: archive_capture(
            captured(exchange("https://example.org/old", status=301), exchange("http://example.org/h", status=301),
                     requested="https://example.org/old"), store),
        lambda store: archive_saved(SavedPage(URL, NOON, article_page().encode()), store),
        lambda store: archive_entry_text(SavedPage(URL, NOON, article_page().encode()), store, ENTRY, "404 Not Found"),
    ],
    ids=["fetched", "from a feed", "with headers", "over a redirect to http", "saved", "the feed's own text"],
)  # fmt: skip
def test_the_same_archiver_reads_the_same_again(store, archived):
    held = archived(store).article
    outcome = reread(store, held, None)
    assert (outcome.fate, outcome.error) == ("unchanged", None)
    assert outcome.article == held


def test_what_the_response_said_is_used_again(store):
    headers = (("Last-Modified", "Wed, 01 Apr 2026 07:28:00 GMT"),)
    held = archive_capture(captured(page=BARE, headers=headers), store).article
    assert held.evidence["dates.modified"].from_ == "header"


def test_the_warning_about_the_way_stays(store):
    before = (exchange("http://example.org/h", status=301),)
    held = archive_capture(captured(exchange("https://example.org/old", status=301), *before), store).article
    assert DOWNGRADED in held.warnings
    outcome = reread(store, held, None)
    assert outcome.article is not None
    assert outcome.article.warnings == held.warnings


def test_what_differs_is_told_in_short(store):
    held = archive_capture(captured(), store).article
    older = dataclasses.replace(
        held, title="Old", archiver="0.0.1", evidence={}, body=dataclasses.replace(held.body, html="<p>")
    )
    outcome = reread(store, older, None)
    assert outcome.fate == "changed"
    assert [(one.name, one.before) for one in outcome.changes] == [("title", "Old"), ("body.html", f"{held.body.words} words")]
    assert not differing(held, dataclasses.replace(held, archiver="9", evidence={}))


def test_a_page_that_was_not_kept(store):
    held = archive_capture(captured(), store).article
    assert held.capture is not None
    outcome = reread(store, dataclasses.replace(held, capture=dataclasses.replace(held.capture, warc=None)), None)
    assert outcome.fate == "failed"
    assert outcome.error == f"{URL}: its page was not kept (fetch it again)"


def test_a_page_in_which_nothing_is_found_any_more_is_worse(store, monkeypatch):
    from archiver.errors import EmptyPage

    held = archive_capture(captured(), store).article

    def nothing(*_arguments, **_options):
        raise EmptyPage("the page has no content")

    monkeypatch.setattr("archiver.extraction.extract", nothing)
    outcome = reread(store, held, None)
    assert (outcome.fate, outcome.article, outcome.error) == ("worse", None, f"{URL}: the page has no content")


def test_a_record_that_points_at_another_file_reads_none(store, tmp_path):
    held = archive_capture(captured(), store).article
    assert held.capture is not None
    (tmp_path / "secret.warc.gz").write_bytes((store.root / str(held.capture.warc)).read_bytes())
    moved = dataclasses.replace(held, capture=dataclasses.replace(held.capture, warc="../secret.warc.gz"))
    assert reread(store, moved, None).fate == "failed"


def test_the_record_is_the_same_document(store):
    held = archive_capture(captured(page=BARE), store, entry=ENTRY).article
    again = reread(store, held, None).article
    assert again is not None
    assert json.dumps(again.to_dict()) == json.dumps(held.to_dict())
