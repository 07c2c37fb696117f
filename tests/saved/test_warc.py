from __future__ import annotations

import gzip
import io
import zlib
from datetime import UTC, datetime

import pytest
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from archiver.capture import Capture, SavedPage
from archiver.errors import BadResponse, InvalidInput, TooLarge
from archiver.saved import warc
from archiver.store.captures import encode
from tests.support.articles import article_page

CHANGED_AT = datetime(2020, 1, 1, tzinfo=UTC)
PAGE = article_page().encode()
MAX_BYTES = 100_000


class Written:
    """A WARC file in the making."""

    def __init__(self, *, packed: bool = True) -> None:
        self.file = io.BytesIO()
        self.writer = WARCWriter(self.file, gzip=packed)

    def response(
        self, body: bytes, *fields: tuple[str, str], url: str = "https://example.org/a", status: str = "200 OK", **facts
    ):
        kind = [] if any(name == "Content-Type" for name, _ in fields) else [("Content-Type", "text/html")]
        head = StatusAndHeaders(status, [*kind, *fields], protocol="HTTP/1.1")
        self.add(url, "response", body, http_headers=head, facts=facts)

    def add(self, url: str, kind: str, body: bytes, *, facts=None, **options):
        dated = {"WARC-Date": "2017-03-18T08:14:00Z", **(facts or {})}
        self.writer.write_record(
            self.writer.create_warc_record(
                url, kind, payload=io.BytesIO(body), length=len(body), warc_headers_dict=dated, **options
            )
        )

    def pages(self, max_bytes: int = MAX_BYTES):
        return list(warc.pages(io.BytesIO(self.file.getvalue()), CHANGED_AT, max_bytes))


@pytest.mark.parametrize("packed", [True, False])
def test_each_page_in_it_with_its_address_and_date(packed):
    written = Written(packed=packed)
    written.writer.write_record(written.writer.create_warcinfo_record("x.warc", {"software": "y"}))
    written.response(PAGE, ("ETag", '"1"'), **{"WARC-IP-Address": "93.184.216.34"})
    written.add("https://example.org/a", "request", b"", http_headers=StatusAndHeaders("/a HTTP/1.1", [], protocol="GET"))
    written.add("https://example.org/saved", "resource", PAGE, warc_content_type="text/html; charset=utf-8")
    first, second = written.pages()
    assert isinstance(first, Capture)
    assert (first.final_url, first.payload) == ("https://example.org/a", PAGE)
    assert first.started_at == datetime(2017, 3, 18, 8, 14, tzinfo=UTC)
    assert ("ETag", '"1"') in first.final.headers
    assert (first.final.status, first.final.reason, first.final.peer) == (200, "OK", "93.184.216.34")
    assert second == SavedPage("https://example.org/saved", first.started_at, PAGE, "text/html; charset=utf-8")


def test_what_is_no_page_is_passed_over():
    written = Written()
    written.response(b"gone", status="404 Not Found")
    written.response(b"", ("Location", "/b"), status="301 Moved")
    written.response(b"\x89PNG", ("Content-Type", "image/png"))
    written.response(PAGE, url="dns:example.org")
    written.add("https://example.org/a", "revisit", b"", http_headers=StatusAndHeaders("200 OK", [], protocol="HTTP/1.1"))
    written.add("https://example.org/a", "resource", b"%PDF", warc_content_type="application/pdf")
    written.add("https://example.org/a", "metadata", b"<p>x", warc_content_type="text/html")
    assert written.pages() == []


def chunked(body: bytes) -> bytes:
    return b"%x\r\n%b\r\n0\r\n\r\n" % (len(body), body)


@pytest.mark.parametrize(
    ("body", "fields"),
    [
        (gzip.compress(PAGE), [("Content-Encoding", "gzip")]),
        (zlib.compress(PAGE), [("Content-Encoding", "deflate")]),
        (chunked(PAGE), [("Transfer-Encoding", "chunked")]),
        (chunked(gzip.compress(PAGE)), [("Transfer-Encoding", "chunked"), ("Content-Encoding", "gzip")]),
        (PAGE, [("Content-Encoding", "br")]),
    ],
    ids=["gzip", "deflate", "chunked", "chunked gzip", "undone before"],
)
def test_codings_are_undone(body, fields):
    written = Written()
    written.response(body, *fields)
    [page] = written.pages()
    assert page.payload == PAGE


def test_what_cannot_be_had_is_named_and_the_rest_goes_on():
    written = Written()
    written.response(PAGE * 100, url="https://example.org/large")
    written.response(gzip.compress(PAGE * 1000), ("Content-Encoding", "gzip"), url="https://example.org/bomb")
    written.response(b"\x1b\x00\x00", ("Content-Encoding", "zstd"), url="https://example.org/zstd")
    written.response(PAGE, url="https://example.org/good")
    *wrong, good = written.pages()
    assert [(type(error), error.subject) for error in wrong] == [
        (TooLarge, "https://example.org/large"),
        (TooLarge, "https://example.org/bomb"),
        (BadResponse, "https://example.org/zstd"),
    ]
    assert isinstance(good, Capture)


def test_a_file_that_breaks_off_gives_what_was_whole():
    written = Written(packed=False)
    written.response(PAGE, url="https://example.org/whole")
    written.response(PAGE, url="https://example.org/torn")
    written.file = io.BytesIO(written.file.getvalue()[:-1000])
    whole, torn = written.pages()
    assert isinstance(whole, Capture)
    assert isinstance(torn, BadResponse)


def test_a_file_that_breaks_off_in_what_is_no_page_says_so():
    written = Written(packed=False)
    written.response(PAGE)
    written.response(b"x" * 1000, ("Content-Type", "image/png"), url="https://example.org/picture")
    with pytest.raises(InvalidInput, match="breaks off in record 2"):
        list(warc.pages(io.BytesIO(written.file.getvalue()[:-500]), CHANGED_AT, MAX_BYTES))


def test_nothing_is_written_past_us_to_the_terminal(capsys):
    written = Written(packed=False)
    written.response(PAGE)
    content = written.file.getvalue().replace(b"\r\n\r\n", b"\r\n\r\n", 1)[:-4] + b"rest\r\n\r\n"
    assert len(list(warc.pages(io.BytesIO(content), CHANGED_AT, MAX_BYTES))) == 1
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize(("said", "kept"), [("Time", "time"), ("length", "length"), ("because", "unspecified")])
def test_why_a_body_was_cut(said, kept):
    written = Written()
    written.response(PAGE, **{"WARC-Truncated": said})
    [page] = written.pages()
    assert page.final.truncated == kept


def test_a_damaged_file_says_so():
    written = Written(packed=False)
    written.response(PAGE)
    written.file.write(b"nonsense\r\n\r\nmore nonsense")
    with pytest.raises(InvalidInput, match="damaged after record 1"):
        written.pages()


def test_our_own_captures_come_back():
    written = Written()
    written.response(PAGE, ("Content-Encoding", "identity"))
    [capture] = written.pages()
    content, *_ = encode(capture, "captures/x.warc.gz")
    assert b"WARC-Type: request" not in gzip.decompress(content), "nobody knows how it was asked for"
    [again] = warc.pages(io.BytesIO(content), CHANGED_AT, MAX_BYTES)
    assert isinstance(again, Capture)
    assert (again.payload, again.final_url, again.started_at) == (PAGE, capture.final_url, capture.started_at)


def test_passwords_in_an_address_are_dropped():
    written = Written()
    written.response(PAGE, url="https://ann:secret@example.org/a")
    [page] = written.pages()
    assert page.final_url == "https://example.org/a"
