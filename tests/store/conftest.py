"""Articles and captures to store, made up for the purpose."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from archiver import urls
from archiver.article import Article, Author, Body, CaptureIdentity, Dates, Source
from archiver.capture import Capture, Exchange
from archiver.store import Filters, Store

URL = "https://news.example.org/2026/tides"


def make_article(
    url: str = URL, *, text: str = "The sea rose.", fetched_at: str = "2026-11-23T08:14:00Z", **fields: Any
) -> Article:
    host = urls.host(url)
    values: dict[str, Any] = {
        "id": urls.article_id(url),
        "url": url,
        "requested_url": url,
        "title": "Tides of the north",
        "byline": "By Zoë Ångström",
        "authors": (Author("Zoë Ångström"),),
        "dates": Dates(published="2026-11-20"),
        "source": Source(publisher="The Example", host=host),
        "body": Body(text=text, html=f"<p>{text}</p>", words=len(text.split())),
        "capture": CaptureIdentity(fetched_at, 200, "text/html", "utf-8", len(text), "0" * 64),
    }
    return Article(**(values | fields))


def make_exchange(url: str = URL, *, body: bytes = b"<p>The sea rose.</p>", **fields: Any) -> Exchange:
    values: dict[str, Any] = {
        "url": url,
        "method": "GET",
        "request_headers": (("User-Agent", "archiver"),),
        "started_at": datetime(2026, 11, 23, 8, 14, tzinfo=UTC),
        "http_version": "HTTP/1.1",
        "status": 200,
        "reason": "OK",
        "headers": (("Content-Type", "text/html"),),
        "body": body,
        "peer": "192.0.2.7",
    }
    return Exchange(**(values | fields))


def make_capture(*before: Exchange, final: Exchange | None = None, payload: bytes | None = None) -> Capture:
    last = final or make_exchange()
    exchanges = (*before, last)
    return Capture(exchanges[0].url, exchanges, last.body if payload is None else payload)


def titles(store: Store, filters: Filters = Filters(), **options: Any) -> list[str | None]:  # noqa: B008  # immutable
    return [row.title for row in store.rows(filters, **options)]


@pytest.fixture
def notes() -> list[str]:
    return []


@pytest.fixture
def store(tmp_path, notes):
    with Store.open(tmp_path / "archive", create=True, note=notes.append) as opened:
        yield opened
