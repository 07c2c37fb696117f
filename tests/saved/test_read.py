"""Files of every kind, as they are named on the command line."""

from __future__ import annotations

import contextlib
import gzip
import io
import os
from datetime import UTC, datetime

import pytest

from archiver import saved
from archiver.capture import SavedPage
from archiver.errors import EmptyPage, InvalidInput
from archiver.saved import formats
from tests.saved.test_comments import SINGLE_FILE
from tests.saved.test_mhtml import whole
from tests.saved.test_warc import PAGE, Written

CHANGED_AT = datetime(2020, 5, 1, tzinfo=UTC)


@pytest.fixture
def read(tmp_path):
    """Gives the pages in a file with this content, last changed at CHANGED_AT."""

    def read(content: bytes, url: str | None = None):
        path = tmp_path / "file"
        path.write_bytes(content)
        os.utime(path, (CHANGED_AT.timestamp(), CHANGED_AT.timestamp()))
        return list(saved.read(path, url=url, max_bytes=100_000))

    return read


@pytest.mark.parametrize(
    "pack", [bytes, gzip.compress, lambda content: gzip.compress(content[:10]) + gzip.compress(content[10:])]
)
def test_html_counts_as_saved_when_the_file_changed(read, pack):
    assert read(pack(PAGE)) == [SavedPage(None, CHANGED_AT, PAGE)]
    assert read(pack(PAGE), "https://ann:x@example.org/a") == [SavedPage("https://example.org/a", CHANGED_AT, PAGE)]


def test_what_the_file_says_outranks_that_and_what_the_user_says_both(read):
    page = SINGLE_FILE.format(url="https://example.org/a").encode()
    at = datetime(2026, 3, 14, 9, tzinfo=UTC)
    assert read(page) == [SavedPage("https://example.org/a", at, page)]
    assert read(page, "https://example.org/b") == [SavedPage("https://example.org/b", at, page)]


def test_a_date_that_has_not_come_yet_does_not_count(read):
    page = SINGLE_FILE.format(url="https://example.org/a").replace("2026", "2226").encode()
    assert read(page)[0].started_at == CHANGED_AT


@pytest.mark.parametrize("pack", [bytes, gzip.compress])
def test_mhtml(read, pack):
    [page] = read(pack(whole()))
    assert page.url.startswith("https://example.org/a-very-long")


def test_a_warc_file_gives_all_pages_or_the_one_that_is_named(read):
    written = Written()
    for name in "abc":
        written.response(PAGE, url=f"https://example.org/{name}")
    content = written.file.getvalue()
    assert [page.final_url[-1] for page in read(content)] == ["a", "b", "c"]
    assert [page.final_url[-1] for page in read(content, "http://www.example.org/b/")] == ["b"]
    with pytest.raises(InvalidInput, match=r"holds no page of https://example\.org/d"):
        read(content, "https://example.org/d")


def crawl() -> bytes:
    """A WARC file that is not packed, with a long record between two pages."""
    written = Written(packed=False)
    written.response(PAGE, url="https://example.org/a")
    written.response(os.urandom(300_000), ("Content-Type", "image/png"), url="https://example.org/picture")
    written.response(PAGE, url="https://example.org/b")
    return written.file.getvalue()


def test_a_warc_file_that_is_packed_as_a_whole(read):
    assert [page.final_url[-1] for page in read(gzip.compress(crawl()))] == ["a", "b"]


def test_a_warc_file_that_is_packed_as_a_whole_and_breaks_off(read):
    found = formats.by_record(io.BytesIO(gzip.compress(crawl())[:200_000]))
    with pytest.raises(InvalidInput, match="breaks off in record 2"):
        list(saved.warc.pages(found, CHANGED_AT, 1_000_000))


def test_an_unpacked_stream_can_be_read_from_any_place():
    content = os.urandom(200_000)
    head = b"WARC/1.0\r\nContent-Length: 10\r\n\r\n"
    stream = formats.by_record(io.BytesIO(gzip.compress(head + content)))
    stream.seek(len(head) + 150_000)
    assert stream.read(10) == content[150_000:150_010]
    stream.seek(len(head) + 5)
    assert (stream.read(10), stream.tell()) == (content[5:15], len(head) + 15)


@pytest.mark.parametrize("content", [b"", b" \n", gzip.compress(b"")])
def test_an_empty_file_says_so(read, content):
    with pytest.raises(EmptyPage, match="file: is empty"):
        read(content)


def test_a_file_that_is_no_warc_file_says_so(tmp_path):
    path = tmp_path / "crawl.warc.gz"
    path.write_bytes(gzip.compress(PAGE))
    with pytest.raises(InvalidInput, match="is no WARC file"):
        list(saved.read(path, url=None, max_bytes=100_000))


def test_a_warc_file_without_a_page_is_refused(read):
    written = Written()
    written.response(b"gone", status="404 Not Found")
    with pytest.raises(InvalidInput, match="file: holds no page"):
        read(written.file.getvalue())


def test_a_warc_file_is_read_as_it_is_needed(tmp_path):
    written = Written()
    for number in range(20):
        written.response(os.urandom(50_000).hex().encode(), url=f"https://example.org/{number}")
    path = tmp_path / "file.warc.gz"
    path.write_bytes(written.file.getvalue())
    pages = saved.read(path, url=None, max_bytes=200_000)
    next(pages)
    path.write_bytes(written.file.getvalue()[:100_000])  # what is not there any more was not read before
    rest: list[object] = []
    with contextlib.suppress(InvalidInput):
        rest += pages
    assert len(rest) < 19


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (gzip.compress(PAGE)[:-20], "breaks off"),
        (b"\x1f\x8bnothing", "breaks off"),
        (formats.ZSTD + b"xxx", "zstd"),
        (gzip.compress(bytes(1_000_001)), "larger than"),
    ],
)
def test_what_cannot_be_unpacked_is_named(read, monkeypatch, content, words):
    monkeypatch.setattr(saved, "MAX_FILE_BYTES", 1_000_000)
    with pytest.raises(InvalidInput, match=f"file: .*{words}"):
        read(content)


def test_a_file_that_is_not_there(tmp_path):
    with pytest.raises(InvalidInput, match="cannot be read"):
        list(saved.read(tmp_path / "none", url=None, max_bytes=1))


def test_bytes_that_came_just_now():
    before = datetime.now(UTC)
    [page] = saved.pages_in(gzip.compress(PAGE), url=None, max_bytes=1)
    assert isinstance(page, SavedPage)
    assert page.payload == PAGE
    assert before <= page.started_at <= datetime.now(UTC)


def test_nothing_in_a_file_is_searched_for_warc_beyond_its_first_bytes():
    file = io.BytesIO(PAGE)
    assert not formats.is_warc(file)
    assert file.tell() == 0
