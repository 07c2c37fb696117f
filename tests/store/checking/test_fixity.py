from __future__ import annotations

import dataclasses
import io

import pytest

from archiver.article import CaptureIdentity
from archiver.store import captures
from archiver.store.checking import fixity
from archiver.tasks.archiving.read_page import read_capture
from tests.store.conftest import make_capture, make_exchange
from tests.support.archives import capture_of

NAME = "captures/2026/11/7f3a9c2e510b4d66-20261123T081400Z.warc.gz"
CAPTURE = capture_of("https://example.org/a", "The Harbour")
CONTENT, OFFSET, _ = captures.encode(CAPTURE, NAME)
OTHER = captures.encode(capture_of("https://example.org/b", "The Lighthouse"), NAME).content

DAMAGES = {
    "10 bytes cut": CONTENT[:-10],
    "trailer cut": CONTENT[:-8],
    "one byte cut": CONTENT[:-1],
    "half": CONTENT[: len(CONTENT) // 2],
    "cut between two records": CONTENT[:OFFSET],
    "bit flip in the page": CONTENT[: OFFSET + 300] + bytes([CONTENT[OFFSET + 300] ^ 1]) + CONTENT[OFFSET + 301 :],
    "garbage tail": CONTENT + b"garbage",
    "zeros behind it": CONTENT + bytes(512),
    "empty": b"",
    "zeros": bytes(len(CONTENT)),
    "swapped": OTHER,
}


def identity(**changes):
    page = CaptureIdentity("2026-11-01T08:00:00Z", 200, "text/html", "utf-8", len(CAPTURE.payload), digest())
    return dataclasses.replace(captures.stored(CONTENT, OFFSET, NAME).within(page), **changes)


def digest() -> str:
    import hashlib

    return hashlib.sha256(CAPTURE.payload).hexdigest()


@pytest.fixture
def fault(tmp_path):
    def written(content: bytes | None, *, deep: bool = False, **changes):
        if content is not None:
            (tmp_path / NAME).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / NAME).write_bytes(content)
        return fixity.fault(tmp_path, identity(**changes), deep=deep)

    return written


def test_a_whole_capture_has_no_fault(fault):
    assert fault(CONTENT) is None
    assert fault(CONTENT, deep=True) is None
    assert fault(CONTENT, deep=True, warc_bytes=None, warc_sha256=None) is None


@pytest.mark.parametrize("damage", DAMAGES)
def test_every_damage_is_seen_without_reading_the_warc(fault, damage):
    kind, detail = fault(DAMAGES[damage])
    assert kind == "capture-damaged"
    assert detail.startswith(NAME)


@pytest.mark.parametrize("damage", sorted(DAMAGES.keys() - {"cut between two records", "swapped"}))
def test_without_a_digest_the_checksums_of_gzip_tell(fault, damage):
    kind, _ = fault(DAMAGES[damage], warc_bytes=None, warc_sha256=None)
    assert kind == "capture-damaged"


@pytest.mark.parametrize("damage", ["cut between two records", "swapped"])
def test_without_a_digest_only_a_deep_look_tells_that_the_page_is_another(fault, damage):
    assert fault(DAMAGES[damage], warc_bytes=None, warc_sha256=None) is None
    kind, detail = fault(DAMAGES[damage], warc_bytes=None, warc_sha256=None, deep=True)
    assert kind == "capture-damaged"
    assert "not hold the page" in detail


def test_a_missing_capture_and_one_elsewhere(fault):
    assert fault(None) == ("capture-missing", NAME)
    assert fault(None, warc=None) is None
    assert fault(None, warc="captures/../../etc/passwd") == ("capture-elsewhere", "'captures/../../etc/passwd'")


def test_a_link_in_the_place_of_a_capture_is_not_followed(fault, tmp_path):
    fault(CONTENT)
    (tmp_path / NAME).rename(tmp_path / "outside")
    (tmp_path / NAME).symlink_to(tmp_path / "outside")
    assert fault(None) == ("capture-damaged", f"{NAME} is no regular file")


def test_a_member_that_inflates_to_much_is_read_to_its_end():
    import gzip

    whole = gzip.compress(bytes(20_000_000)) + gzip.compress(b"x")
    assert fixity.gzip_fault(io.BytesIO(whole)) is None
    assert fixity.gzip_fault(io.BytesIO(whole[:-1])) == "is cut short"
    assert fixity.gzip_fault(io.BytesIO(b"")) == "is empty"


def test_a_deep_look_compares_the_digest_of_every_payload():
    assert fixity.payload_fault(CONTENT) is None
    way = make_exchange("https://example.org/way", status=301, body=b"moved")
    content, *_ = captures.encode(make_capture(way), NAME)
    assert fixity.payload_fault(content) is None
    import gzip

    plain = gzip.decompress(content)
    assert b"moved" in plain
    assert "digest" in str(fixity.payload_fault(plain.replace(b"moved", b"mOved")))
    without = b"\r\n".join(line for line in plain.split(b"\r\n") if not line.startswith(b"WARC-Payload-Digest"))
    without = b"\r\n".join(line for line in without.split(b"\r\n") if not line.startswith(b"WARC-Block-Digest"))
    assert fixity.payload_fault(without) is not None


def test_a_further_page_that_is_not_the_one_meant_is_a_fault(tmp_path):
    capture = dataclasses.replace(CAPTURE, later=(capture_of("https://example.org/a?page=2", "The Harbour, on"),))
    content, offset, later = captures.encode(capture, NAME)
    article = read_capture(capture)
    assert article.capture
    meant = captures.stored(content, offset, NAME, later).within(article.capture)
    (tmp_path / NAME).parent.mkdir(parents=True)
    (tmp_path / NAME).write_bytes(content)
    assert fixity.fault(tmp_path, meant, deep=True) is None
    (page,) = meant.pages
    for wrong in (dataclasses.replace(page, sha256="0" * 64), dataclasses.replace(page, offset=offset)):
        kind, detail = fixity.fault(tmp_path, dataclasses.replace(meant, pages=(wrong,)), deep=True) or ("", "")
        assert (kind, "does not hold the page" in detail) == ("capture-damaged", True)
