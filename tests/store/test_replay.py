"""What was written comes back as it was."""

from __future__ import annotations

import dataclasses
from datetime import UTC, datetime

import pytest

from archiver.article import Article, CaptureIdentity, LaterPage, Snapshot
from archiver.capture import Capture, SavedPage
from archiver.store import captures, replay
from archiver.tasks.read_page import digest
from tests.store.conftest import URL, make_article, make_capture, make_exchange

HOP = make_exchange("https://example.org/old", status=301, reason="Moved", headers=(("Location", URL),), body=b"moved")


def recorded(capture: Capture) -> tuple[bytes, Article]:
    """The WARC file of `capture`, and an article that names it."""
    content, offset, later = captures.encode(capture, "x")
    identity = CaptureIdentity(
        "2026-11-23T08:14:00Z",
        200,
        "text/html",
        "utf-8",
        len(capture.payload),
        digest(capture.payload),
        pages=tuple(LaterPage(page.page_url, "utf-8", len(page.payload), digest(page.payload)) for page in capture.later),
        missing=capture.missing,
        snapshot=Snapshot(capture.final_url, f"{capture.taken_at:%Y-%m-%dT%H:%M:%SZ}") if capture.taken_at else None,
    )
    stored = captures.stored(content, offset, "captures/2026/11/x.warc.gz", later)
    article = make_article(capture.page_url, capture=stored.within(identity), requested_url=capture.requested_url)
    return content, article


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
        dataclasses.replace(
            make_capture(final=make_exchange("https://web.archive.org/web/2016id_/" + URL)),
            address=URL,
            taken_at=datetime(2016, 3, 4, 10, 15, tzinfo=UTC),
        ),
        at(1, headers=(("Transfer-Encoding", "chunked"), ("Content-Length", "7"), ("X-A", "1"), ("X-A", "2"))),
        at(1, status=203, reason="Non-Authoritative Information", peer=None, http_version="HTTP/1.0"),
    ],
    ids=["page", "hop", "hops of one body", "pages", "notes", "unverified", "address", "copy", "headers", "status"],
)
def test_a_capture_comes_back(capture):
    content, article = recorded(capture)
    assert replay.capture(content, article) == sent(capture)


def test_a_hop_with_a_body_that_was_there_before_is_a_revisit():
    content, *_ = captures.encode(make_capture(HOP, dataclasses.replace(HOP, url="https://example.org/older")), "x")

    from tests.store.test_captures import read_back

    records = read_back(content)
    assert [record["type"] for record in records][1:6:2] == ["response", "revisit", "response"]
    assert records[3]["warc"]["WARC-Refers-To"] == records[1]["warc"]["WARC-Record-ID"]
    assert records[3]["warc"]["WARC-Profile"].endswith("/1.1/revisit/identical-payload-digest")
    assert records[3]["body"] == b""


@pytest.mark.parametrize("content_type", [None, "text/html; charset=koi8-r"])
def test_a_saved_page_comes_back(content_type):
    page = SavedPage(URL, datetime(2026, 11, 23, tzinfo=UTC), b"<p>Saved.</p>", content_type)
    content, offset, _ = captures.encode(page, "x")
    identity = CaptureIdentity("2026-11-23T00:00:00Z", None, "text/html", "utf-8", 13, digest(page.payload), offset=offset)
    assert replay.capture(content, make_article(capture=identity)) == page


@pytest.mark.parametrize("end", [0, 1, 300, -500])
def test_a_capture_that_was_cut_gives_none(end):
    later = dataclasses.replace(make_capture(), later=(at(2, url=f"{URL}?page=2", body=b"two"),))
    content, article = recorded(later)
    assert replay.capture(content[:end], article) is None


def test_a_record_of_another_capture_gives_none():
    content, _ = recorded(make_capture())
    _, other = recorded(make_capture(HOP))
    assert replay.capture(content, other) is None
