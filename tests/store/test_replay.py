"""What was written comes back as it was."""

from __future__ import annotations

import contextlib
import dataclasses
import gzip
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archiver import urls
from archiver.article import CaptureIdentity, LaterPage
from archiver.capture import Capture, SavedPage, sha256
from archiver.store import captures
from archiver.store.replay import replay
from tests.store.conftest import URL, make_article, make_capture, make_exchange
from tests.store.test_captures import read_back

HOP = make_exchange("https://example.org/old", status=301, reason="Moved", headers=(("Location", URL),), body=b"moved")


def sent(capture: Capture) -> Capture:
    """`capture`, its requests as they went out."""
    exchanges = tuple(
        dataclasses.replace(one, request_headers=(("Host", one.url.split("/")[2]), *one.request_headers))
        for one in capture.exchanges
    )
    return dataclasses.replace(capture, exchanges=exchanges, later=tuple(map(sent, capture.later)))


def at(seconds: int, **fields) -> Capture:
    return make_capture(final=make_exchange(started_at=datetime(2026, 11, 23, 9, 0, seconds, tzinfo=UTC), **fields))


@pytest.mark.parametrize(
    "capture",
    [
        make_capture(),
        make_capture(HOP),
        make_capture(HOP, dataclasses.replace(HOP, url="https://example.org/older")),
        dataclasses.replace(
            make_capture(HOP), later=(at(2, url=f"{URL}?page=2", body=b"two"), at(3, url=f"{URL}?page=3", body=b"three"))
        ),
        dataclasses.replace(make_capture(), missing=(f"{URL}?page=2",), notes=("page 2 was späť", "and more")),
        dataclasses.replace(make_capture(), verified=False),
        dataclasses.replace(make_capture(), address="https://example.org/first"),
        dataclasses.replace(make_capture(), requested_url="https://viewer.example/https://example.org/first"),
        dataclasses.replace(
            make_capture(final=make_exchange("https://web.archive.org/web/2016id_/" + URL)),
            address=URL,
            taken_at=datetime(2016, 3, 4, 10, 15, tzinfo=UTC),
        ),
        at(1, headers=(("Transfer-Encoding", "chunked"), ("Content-Length", "7"), ("X-A", "1"), ("X-A", "2"))),
        at(1, status=203, reason="Non-Authoritative Information", peer=None, http_version="HTTP/1.0"),
    ],
    ids=[
        "page",
        "hop",
        "hops of one body",
        "pages",
        "notes",
        "unverified",
        "address",
        "held address",
        "copy",
        "headers",
        "status",
    ],
)
def test_a_capture_comes_back(capture):
    written = captures.encode(capture, "x")
    assert replay(written.content) == (sent(capture), written.offset, written.later_offsets)


def test_a_capture_that_its_exchanges_tell_has_no_more_than_them():
    types = [record["type"] for record in read_back(captures.encode(make_capture(HOP), "x").content)]
    assert types == ["warcinfo", "response", "request", "response", "request"]


def test_a_compressed_page_comes_back():
    page = b"<p>The sea rose.</p>" * 50
    final = make_exchange(headers=(("Content-Encoding", "gzip"),), body=gzip.compress(page))
    found = replay(captures.encode(make_capture(final=final, payload=page), "x").content).capture
    assert found.payload == page


def test_a_hop_with_a_body_that_was_there_before_is_a_revisit():
    content, *_ = captures.encode(make_capture(HOP, dataclasses.replace(HOP, url="https://example.org/older")), "x")
    records = read_back(content)
    assert [record["type"] for record in records][1:6:2] == ["response", "revisit", "response"]
    assert records[3]["warc"]["WARC-Refers-To"] == records[1]["warc"]["WARC-Record-ID"]
    assert records[3]["warc"]["WARC-Profile"].endswith("/1.1/revisit/identical-payload-digest")
    assert records[3]["body"] == b""


@pytest.mark.parametrize("content_type", [None, "text/html; charset=koi8-r"])
def test_a_saved_page_comes_back(content_type):
    page = SavedPage(URL, datetime(2026, 11, 23, tzinfo=UTC), b"<p>Saved.</p>", content_type)
    written = captures.encode(page, "x")
    assert replay(written.content) == (page, written.offset, ())


@pytest.mark.parametrize("content", [b"", b"x", b"WARC/1.1\r\n\r\n", captures.encode(make_capture(), "x").content[:200]])
def test_what_is_no_capture_is_told(content):
    with pytest.raises(ValueError, match="is no sound capture"):
        replay(content)


@given(st.integers(0, 2000), st.binary(min_size=1, max_size=3))
def test_damage_raises_nothing_else(place, damage):
    content = captures.encode(dataclasses.replace(make_capture(HOP), later=(at(2, url=f"{URL}?page=2"),)), "x").content
    with contextlib.suppress(ValueError):
        replay(content[:place] + damage + content[place + len(damage) :])


def test_the_store_gives_back_what_a_record_means(store):
    capture = dataclasses.replace(make_capture(), later=(at(2, url=f"{URL}?page=2", body=b"two"),))
    stored = store.save_capture(capture, urls.article_id(URL))
    pages = tuple(LaterPage(page.page_url, "utf-8", len(page.payload), sha256(page.payload)) for page in capture.later)
    identity = CaptureIdentity("", 200, None, None, len(capture.payload), sha256(capture.payload), pages=pages)
    article = make_article(capture=stored.within(identity))
    assert store.capture(article) == sent(capture)
    other = dataclasses.replace(stored.within(identity), sha256="0" * 64)
    assert store.capture(make_article(capture=other)) is None
    (store.root / stored.warc).write_bytes(b"damaged")
    assert store.capture(article) is None
    (store.root / stored.warc).unlink()
    assert store.capture(article) is None
    assert store.capture(make_article(capture=None)) is None
