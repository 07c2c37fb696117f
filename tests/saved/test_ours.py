"""Our own captures in a file of many, and what only looks like them; that they come back whole, `tests/cli` says."""

from __future__ import annotations

import dataclasses
import gzip
import io
from datetime import UTC, datetime, timedelta

import pytest

from archiver.capture import Capture, SavedPage
from archiver.errors import BadResponse
from archiver.saved import formats, warc
from archiver.store.captures import encode
from tests.export.test_warc import held
from tests.saved.test_warc import PAGE, Written
from tests.store.conftest import URL, make_capture, make_exchange
from tests.support.exports import written

CHANGED_AT = datetime(2020, 1, 1, tzinfo=UTC)
SECOND = f"{URL}?page=2"


def found(*files: bytes, max_bytes: int = 100_000):
    return list(warc.pages(formats.by_record(io.BytesIO(b"".join(files))), CHANGED_AT, max_bytes))


def of_two_pages() -> Capture:
    return dataclasses.replace(make_capture(), later=(make_capture(final=make_exchange(SECOND, body=b"<p>Two.</p>")),))


def content(capture: Capture | SavedPage) -> bytes:
    return encode(capture, "x").content


def test_captures_one_behind_the_other():
    page = SavedPage(URL, datetime(2026, 11, 23, tzinfo=UTC), PAGE)
    first, second, third = found(content(of_two_pages()), content(page), content(make_capture()))
    assert isinstance(first, Capture)
    assert [one.page_url for one in first.pages] == [URL, SECOND]
    assert second == page
    assert isinstance(third, Capture)
    assert third.payload == make_capture().payload


@pytest.mark.parametrize("pack", [bytes, gzip.decompress, lambda content: gzip.compress(gzip.decompress(content))])
def test_an_export_whose_payloads_stand_once(pack):
    day_later = make_exchange("https://example.org/other", started_at=make_exchange().started_at + timedelta(days=1))
    other = make_capture(final=day_later)
    first, second, again = found(pack(written("warc", held(1, make_capture(), other), held(2, other))))
    assert (first.page_url, first.payload) == (URL, make_capture().payload)
    assert second == again
    assert (second.page_url, second.payload, second.started_at) == (other.page_url, other.payload, day_later.started_at)


def test_what_another_program_wrote_ends_ours():
    other = Written()
    other.writer.write_record(other.writer.create_warcinfo_record("x.warc", {"software": "Wget/1.21"}))
    other.response(PAGE, url=URL)
    other.response(PAGE, url=SECOND)
    assert len(found(content(of_two_pages()), other.file.getvalue(), content(make_capture()))) == 4


def test_a_capture_that_breaks_off_is_told_and_those_before_are_there():
    torn = gzip.decompress(content(of_two_pages()))
    pages = warc.pages(io.BytesIO(gzip.decompress(content(make_capture())) + torn[:-30]), CHANGED_AT, 100_000)
    assert isinstance(next(pages), Capture)
    error = next(pages)
    assert isinstance(error, BadResponse)
    assert (error.subject, error.reason) == (URL, "its capture is damaged: breaks off")
    assert list(pages) == [], "told once"


@pytest.mark.parametrize(
    "change",
    [
        lambda capture: dataclasses.replace(capture, address="javascript:alert(1)"),
        lambda capture: dataclasses.replace(capture, address="https://ann:secret@example.org/"),
        lambda capture: dataclasses.replace(capture, payload=b"", exchanges=(make_exchange("ftp://example.org/x"),)),
    ],
)
def test_addresses_that_nothing_is_fetched_from_are_refused(change):
    [error] = found(content(change(make_capture())))
    assert isinstance(error, BadResponse)
    assert error.reason.startswith("its capture is damaged")


def test_more_than_any_capture_holds_is_refused():
    [error] = found(content(make_capture(final=make_exchange(body=b"x" * 5000))), max_bytes=1000)
    assert isinstance(error, BadResponse)
    assert "larger than any capture" in error.reason


def test_a_revisit_of_nothing_is_refused():
    crawl = Written()
    crawl.writer.write_record(crawl.writer.create_warcinfo_record("x.warc", {"software": "archiver/0.1.0"}))
    crawl.writer.write_record(
        crawl.writer.create_revisit_record(
            URL, "sha1:X", URL, "2026-01-01T00:00:00Z", warc_headers_dict={"WARC-Refers-To": "<x>"}
        )
    )
    [error] = crawl.pages()
    assert isinstance(error, BadResponse)
