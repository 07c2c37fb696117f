"""Where a body ends, by servers that say it well, wrongly, or twice."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from archiver.errors import BadResponse
from archiver.fetch import fetch
from tests.support.servers import Handler, reply, serve_raw

if TYPE_CHECKING:
    from archiver.capture import Capture
    from archiver.settings import Settings

PAGE = b"<p>Once upon a time.</p>" * 100


def fetched(handler: Handler, settings: Settings) -> Capture:
    with serve_raw(handler) as site:
        return fetch(site.url(), settings)


def chunks(*pieces: bytes, end: bytes = b"0\r\n\r\n") -> bytes:
    return b"".join(b"%x\r\n%s\r\n" % (len(piece), piece) for piece in pieces) + end


@pytest.mark.parametrize(
    "handler",
    [
        reply(f"Content-Length: {len(PAGE)}", body=PAGE),
        reply(f"Content-Length: {len(PAGE)}", f"Content-Length: {len(PAGE)}", body=PAGE),
        reply(body=PAGE),
        reply(body=PAGE, status="HTTP/1.0 200 OK"),
        reply("Transfer-Encoding: Chunked", body=chunks(PAGE[:5], PAGE[5:])),
        reply("Transfer-Encoding: chunked", body=chunks(PAGE, end=b"0\r\nX-Trailer: 1\r\n\r\n")),
    ],
    ids=["length", "length twice", "until close", "HTTP/1.0", "chunks", "trailer"],
)
def test_sound(handler, settings):
    assert fetched(handler, settings).payload == PAGE


def test_a_length_smaller_than_the_body_is_believed(settings):
    assert fetched(reply("Content-Length: 24", body=PAGE), settings).payload == PAGE[:24]


def test_cut_short(settings):
    with pytest.raises(BadResponse, match=r"cut short \(35 of 100000 bytes\)"):
        fetched(reply("Content-Length: 100000", body=PAGE[:35]), settings)


def test_cut_short_at_the_first_byte(settings):
    with pytest.raises(BadResponse, match=r"cut short \(0 of 100000 bytes\)"):
        fetched(reply("Content-Length: 100000"), settings)


@pytest.mark.parametrize("end", [b"", b"100\r\n<p>cut", b"no number\r\n"])
def test_chunks_cut_short(settings, end):
    with pytest.raises(BadResponse, match="cut short"):
        fetched(reply("Transfer-Encoding: chunked", body=chunks(PAGE, end=end)), settings)


@pytest.mark.parametrize(
    "lines",
    [
        ("Content-Length: 5", "Content-Length: 7"),
        ("Content-Length: 5, 7",),
        ("Content-Length: -5",),
        ("Content-Length: +5",),
        ("Content-Length: five",),
        ("Content-Length: 5", "Transfer-Encoding: chunked"),
        ("Transfer-Encoding: gzip, chunked",),
        ("Transfer-Encoding: chunked", "Transfer-Encoding: chunked"),
        ("Transfer-Encoding: identity",),
    ],
)
def test_contradictions(settings, lines):
    with pytest.raises(BadResponse):
        fetched(reply(*lines, body=chunks(PAGE)), settings)


@pytest.mark.parametrize(
    ("lines", "reason"),
    [
        ([f"X-{n}: 1" for n in range(5000)], "more than 100 headers"),
        ([f"X: {'x' * 10_000_000}"], "a line of its headers is too long"),
    ],
)
def test_too_many_headers(settings, lines, reason):
    with pytest.raises(BadResponse, match=reason):
        fetched(reply(*lines, body=PAGE), settings)


def test_not_http(settings):
    with pytest.raises(BadResponse, match="the answer is not HTTP"):
        fetched(reply(status="220 mail.example ESMTP"), settings)
