from __future__ import annotations

import dataclasses
import gzip
from datetime import UTC, datetime

import pytest

from archiver.capture import Capture, SavedPage
from archiver.store import captures
from archiver.store.checking import warcs
from tests.store.conftest import make_capture, make_exchange

NAME = "captures/2026/11/x.warc.gz"


def test_what_was_written_is_read_back():
    way = make_exchange("https://example.org/old", status=301, reason="Moved", body=b"", headers=(("Location", "/new"),))
    page = b"<p>The sea rose.</p>" * 100
    final = make_exchange(
        "https://example.org/new",
        body=gzip.compress(page),
        headers=(
            ("Content-Type", "text/html"),
            ("Content-Encoding", "gzip"),
            ("ETag", '"1"'),
            ("Transfer-Encoding", "chunked"),
        ),
    )
    capture = make_capture(way, final=final, payload=page)
    content, offset = captures.encode(capture, NAME)
    read, at = warcs.decode(content)
    assert at == offset
    assert isinstance(read, Capture)
    assert read.payload == page
    assert [one.url for one in read.exchanges] == ["https://example.org/old", "https://example.org/new"]
    for before, after in zip(capture.exchanges, read.exchanges, strict=True):
        assert dict(before.headers).items() <= dict(after.headers).items()
        same = dataclasses.replace(before, headers=(), request_headers=())
        assert dataclasses.replace(after, headers=(), request_headers=()) == same
        assert set(before.request_headers) <= set(after.request_headers)
    assert warcs.target(content) == "https://example.org/new"


def test_a_saved_page_is_read_back():
    page = SavedPage("https://example.org/saved", datetime(2026, 11, 23, 8, 14, tzinfo=UTC), b"<p>The sea rose.</p>")
    content, offset = captures.encode(page, NAME)
    assert warcs.decode(content) == (page, offset)


@pytest.mark.parametrize("content", [b"", b"garbage", gzip.compress(b"garbage")])
def test_what_is_no_capture_is_refused(content):
    with pytest.raises(ValueError):
        warcs.decode(content)
    assert warcs.target(content) is None
