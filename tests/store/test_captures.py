from __future__ import annotations

import gzip
import hashlib
import io
from datetime import UTC, datetime
from typing import Any

import pytest
from warcio.archiveiterator import ArchiveIterator

from archiver.article import CaptureIdentity
from archiver.capture import Capture, SavedPage
from archiver.store import captures
from archiver.store.replay import replay
from tests.store.conftest import URL, make_capture, make_exchange


def read_back(content: bytes) -> list[dict[str, Any]]:
    found = []
    for record in ArchiveIterator(io.BytesIO(content), check_digests=True):
        body = record.raw_stream.read()
        found.append(
            {
                "type": record.rec_type,
                "warc": dict(record.rec_headers.headers),
                "http": record.http_headers,
                "body": body,
                "digests": record.digest_checker.passed,
                "version": record.rec_headers.protocol,
            }
        )
    return found


def identity(payload: bytes, offset: int) -> CaptureIdentity:
    return CaptureIdentity("", 200, None, None, len(payload), hashlib.sha256(payload).hexdigest(), warc="x", offset=offset)


def test_every_exchange_gives_a_response_and_the_request_for_it():
    redirect = make_exchange("https://example.org/old", status=301, reason="Moved", headers=(("Location", URL),), body=b"")
    content, offset, _ = captures.encode(make_capture(redirect), "captures/2026/11/x.warc.gz")
    records = read_back(content)
    assert [record["type"] for record in records] == ["warcinfo", "response", "request", "response", "request"]
    assert all(record["version"] == "WARC/1.1" for record in records)
    assert [record["digests"] for record in records[1:]] == [True] * 4
    assert records[0]["warc"]["WARC-Filename"] == "x.warc.gz"
    assert records[2]["warc"]["WARC-Concurrent-To"] == records[1]["warc"]["WARC-Record-ID"]
    assert records[3]["warc"]["WARC-Target-URI"] == URL
    assert records[3]["warc"]["WARC-IP-Address"] == "192.0.2.7"
    assert records[3]["warc"]["WARC-Date"] == "2026-11-23T08:14:00.000000Z"
    assert {"WARC-Block-Digest", "WARC-Payload-Digest"} <= records[3]["warc"].keys()
    assert records[4]["http"].get_header("Host") == "news.example.org"
    page = next(iter(ArchiveIterator(io.BytesIO(content[offset:]))))
    assert page.rec_type == "response"
    assert page.http_headers.get_statuscode() == "200"


def test_headers_stand_as_they_came_but_for_the_transfer():
    headers = (
        ("Transfer-Encoding", "chunked"),
        ("Content-Length", "999"),
        ("X-A", "1"),
        ("X-A", "2"),
        ("Server", "Caf\xe9  x"),
    )
    content, *_ = captures.encode(make_capture(final=make_exchange(headers=headers, body=b"12345")), "x")
    kept = read_back(content)[1]["http"].headers
    assert kept == [
        ("X-Archive-Orig-Transfer-Encoding", "chunked"),
        ("X-Archive-Orig-Content-Length", "999"),
        ("X-A", "1"),
        ("X-A", "2"),
        ("Server", "Caf\xe9  x"),
        ("Content-Length", "5"),
    ]


@pytest.mark.parametrize("odd", ["Grüße", "日本", "a\r\nSet-Cookie: forged=1", "\0", "", "\ud800"])
def test_no_oddity_of_a_header_or_reason_loses_the_capture(odd):
    final = make_exchange(headers=(("X-Odd", odd), (odd or "x", "y")), reason=odd, peer=None)
    content, *_ = captures.encode(make_capture(final=final), "x")
    response = read_back(content)[1]
    assert response["digests"] is True
    assert response["body"] == final.body
    assert response["http"].get_header("Set-Cookie") is None
    assert response["http"].get_statuscode() == "200"


@pytest.mark.parametrize("why", ["length", "time", "disconnect"])
def test_a_body_that_was_cut_says_why(why):
    content, *_ = captures.encode(make_capture(final=make_exchange(truncated=why)), "x")
    assert read_back(content)[1]["warc"]["WARC-Truncated"] == why
    capture = replay(content).capture
    assert isinstance(capture, Capture)
    assert capture.final.truncated == why


def test_an_unknown_http_version_is_still_readable():
    content, *_ = captures.encode(make_capture(final=make_exchange(http_version="HTTP/2")), "x")
    assert read_back(content)[1]["http"].get_statuscode() == "200"


def test_a_saved_page_is_a_resource():
    page = SavedPage(URL, datetime(2026, 11, 23, tzinfo=UTC), b"<p>Saved.</p>")
    content, offset, _ = captures.encode(page, "x")
    records = read_back(content)
    assert [record["type"] for record in records] == ["warcinfo", "resource"]
    assert records[1]["warc"]["Content-Type"] == "text/html"
    assert records[1]["body"] == page.payload
    assert records[1]["digests"] is True
    assert captures.payload(content, identity(page.payload, offset)) == page.payload


def test_the_payload_comes_back_decoded():
    page = b"<p>The sea rose.</p>" * 50
    final = make_exchange(headers=(("Content-Encoding", "gzip"),), body=gzip.compress(page))
    content, offset, _ = captures.encode(make_capture(final=final, payload=page), "x")
    assert captures.payload(content, identity(page, offset)) == page


@pytest.mark.parametrize("damage", ["empty", "half", "flipped", "other"])
def test_a_damaged_capture_gives_no_payload(damage):
    page = b"<p>The sea rose.</p>"
    content, offset, _ = captures.encode(make_capture(), "x")
    middle = offset + 40
    damaged = {
        "empty": b"",
        "half": content[:middle],
        "flipped": content[:middle] + bytes([content[middle] ^ 1]) + content[middle + 1 :],
        "other": captures.encode(make_capture(final=make_exchange(body=b"another")), "x")[0],
    }[damage]
    assert captures.payload(damaged, identity(page, offset)) is None


def test_a_bomb_is_not_unpacked():
    bomb = gzip.compress(b"\0" * 50_000_000)
    final = make_exchange(headers=(("Content-Encoding", "gzip"),), body=bomb)
    content, offset, _ = captures.encode(make_capture(final=final, payload=b"x"), "x")
    assert captures.payload(content, identity(b"x", offset)) is None


def test_the_stored_identity_is_that_of_the_file():
    stored = captures.stored(b"abc", 7, "captures/x.warc.gz")
    assert (stored.warc, stored.warc_bytes, stored.offset) == ("captures/x.warc.gz", 3, 7)
    assert stored.warc_sha256 == hashlib.sha256(b"abc").hexdigest()
