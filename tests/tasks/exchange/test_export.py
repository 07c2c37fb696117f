"""What formats are given of an archive."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from archiver.capture import SavedPage
from archiver.export import FORMATS
from archiver.export.model import Wishes
from archiver.remarks import Remarks
from archiver.store import Filters, Store
from archiver.tasks.archiving.archive_page import archive_saved
from archiver.tasks.exchange.export import StoredSelection, chosen, export
from tests.support.articles import article_page

if TYPE_CHECKING:
    from archiver.errors import ArchiverError

URLS = ("https://example.org/harbour", "https://example.org/lighthouse", "https://example.org/pier")


@pytest.fixture
def store(tmp_path):
    with Store.open(tmp_path / "archive", create=True) as store:
        for hour, url in enumerate(URLS, start=10):
            archive(store, url, hour)
        yield store


def archive(store, url, hour, body=""):
    page = article_page(f"A story at {hour}", body=body).encode()
    archive_saved(SavedPage(url, datetime(2026, 11, 23, hour, tzinfo=UTC), page), store)


def named(store, *urls):
    return [store.find(url) for url in urls]


def selection(store, ids):
    errors: list[ArchiverError] = []
    return StoredSelection(store, ids, errors.append), errors


def test_those_fetched_first_come_first(store):
    assert chosen(store, Filters(), sort=None, reverse=False, limit=None) == named(store, *URLS)
    assert chosen(store, Filters(), sort=None, reverse=True, limit=2) == named(store, *URLS[:0:-1])


def test_a_format_reads_all_that_the_archive_holds_of_an_article(store):
    archive(store, URLS[0], 14, body="<p>And then the harbour wall sank again, and was built again, of stone this time.</p>")
    (article_id,) = named(store, URLS[0])
    store.remark(article_id, lambda remarks: remarks.labelled(["coast"]))
    found, errors = selection(store, [article_id])
    (exported,) = found
    assert exported.article == store.load(article_id)
    assert exported.remarks == Remarks(labels=("coast",))
    assert [name.partition("/")[0] for name in exported.names] == ["articles", "remarks", "versions", "captures", "captures"]
    for name in exported.names:
        assert exported.read(name) == (store.root / name).read_bytes()
    assert errors == []


def test_what_cannot_be_read_is_counted_and_the_rest_exported(store):
    ids = named(store, *URLS)
    store.path(ids[1]).write_text("no record")
    found, errors = selection(store, [*ids, "f" * 16])
    output = io.BytesIO()
    export(found, FORMATS["jsonl"], output, Wishes())
    assert output.getvalue().count(b"\n") == 2
    assert found.failures == len(errors) == 2


def test_remarks_that_cannot_be_read_are_not_left_out_silently(store):
    (article_id,) = named(store, URLS[0])
    store.remark(article_id, lambda remarks: remarks.labelled(["coast"]))
    next(store.root.glob("remarks/*/*.json")).write_text("no remarks")
    found, errors = selection(store, [article_id])
    assert list(found) == []
    assert "no JSON" in str(errors[0])
