"""WARC: read back with warcio, every digest verified."""

from __future__ import annotations

import dataclasses
import gzip
import io
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from warcio.archiveiterator import ArchiveIterator

from archiver.export import FORMATS
from archiver.export.model import Wishes
from archiver.store import captures
from tests.store.conftest import URL, make_capture, make_exchange
from tests.support.exports import Held, Selected, article, written

if TYPE_CHECKING:
    from archiver.capture import Capture

PAGE = b"<p>The sea rose.</p>"


def held(number: int, *fetched: Capture) -> Held:
    files = {
        f"captures/2026/11/{number}-{place}.warc.gz": captures.encode(capture, "x")[0] for place, capture in enumerate(fetched)
    }
    return Held(article(number), files={f"articles/{number}.json": b"{}", **files})


def read_back(content: bytes) -> list[tuple[Any, bytes]]:
    found = []
    for record in ArchiveIterator(io.BytesIO(content), check_digests="raise"):
        body = record.content_stream().read()
        assert record.digest_checker.passed in (True, None)
        found.append((record, body))
    return found


def types(content: bytes) -> list[str]:
    return [record.rec_type for record, _ in read_back(content)]


def test_one_file_of_all_captures_each_behind_its_warcinfo():
    other = make_exchange("https://example.org/other", body=b"<p>Other.</p>")
    content = written("warc", held(1, make_capture()), held(2, make_capture(final=other)))
    assert types(content) == ["warcinfo", "response", "request"] * 2
    pages = [
        (record.rec_headers.get_header("WARC-Target-URI"), body)
        for record, body in read_back(content)
        if record.rec_type == "response"
    ]
    assert pages[0] == (URL, make_capture().payload)
    assert pages[1] == ("https://example.org/other", b"<p>Other.</p>")


def test_records_stand_as_they_stood():
    capture = held(1, make_capture())
    (name,) = [name for name in capture.names if name.startswith("captures/")]
    assert written("warc", capture) == capture.files[name]


def test_the_oldest_capture_of_an_article_comes_first():
    one = held(1)
    for name, body in (("0f-20261125T124009Z-1", b"two"), ("0f-20261125T124009Z", b"one"), ("0a-20261126T000000Z", b"three")):
        capture = make_capture(final=make_exchange(body=body))
        one.files[f"captures/2026/11/{name}.warc.gz"] = captures.encode(capture, "x").content
    assert [body for record, body in read_back(written("warc", one)) if record.rec_type == "response"] == [
        b"one",
        b"two",
        b"three",
    ]


def test_a_capture_without_a_warcinfo_gets_one():
    content, offset, _ = captures.encode(make_capture(), "x")
    one = held(1)
    one.files["captures/2026/11/1.warc.gz"] = content[offset:]
    assert types(written("warc", one)) == ["warcinfo", "response", "request"]
    assert written("warc", one) == written("warc", one)


def test_a_payload_stands_once():
    later = make_capture(final=dataclasses.replace(make_exchange(), started_at=make_exchange().started_at + timedelta(days=1)))
    content = written("warc", held(1, make_capture(), later))
    assert types(content) == ["warcinfo", "response", "request", "warcinfo", "revisit", "request"]
    (_, (first, body), _, _, (revisit, nothing), _) = read_back(content)
    header = revisit.rec_headers.get_header
    assert header("WARC-Profile").endswith("/revisit/identical-payload-digest")
    assert header("WARC-Refers-To") == first.rec_headers.get_header("WARC-Record-ID")
    assert header("WARC-Refers-To-Target-URI") == URL
    assert header("WARC-Refers-To-Date") == first.rec_headers.get_header("WARC-Date") != header("WARC-Date")
    assert header("WARC-Payload-Digest") == first.rec_headers.get_header("WARC-Payload-Digest")
    assert revisit.http_headers.get_statuscode() == "200"
    assert (body, nothing) == (make_capture().payload, b"")


def test_what_was_cut_is_no_copy_of_anything():
    cut = make_capture(final=make_exchange(truncated="length"))
    assert "revisit" not in types(written("warc", held(1, cut, cut)))


def test_nothing_gives_nothing():
    assert written("warc") == b""


@pytest.mark.parametrize(
    "damaged",
    [
        b"x",
        captures.encode(make_capture(), "x").content[:-9],
        gzip.compress(b"no warc"),
        gzip.compress(b"WARC/1.1\r\nA: b\r\n\r\n"),
    ],
)
def test_a_damaged_capture_is_told_and_left_out(damaged):
    bad, output = held(1, make_capture()), io.BytesIO()
    bad.files["captures/2026/11/1-0.warc.gz"] = damaged
    selection = Selected(bad, held(2, make_capture()), Held(article(3)))
    FORMATS["warc"].write(selection, output, Wishes())
    assert [error.subject for error in selection.errors] == ["captures/2026/11/1-0.warc.gz", str(article(3).id)]
    assert types(output.getvalue()) == ["warcinfo", "response", "request"]
