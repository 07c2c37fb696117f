from __future__ import annotations

import hashlib
import io
import tarfile

from archiver.export import FORMATS
from archiver.export.archive import SUMS
from archiver.export.model import Wishes
from archiver.store.parcels import SUMS as SUMS_OF_IMPORT
from tests.support.exports import Held, Selected, article, folder, written

RECORD, REMARKS, CAPTURE = "articles/example.org/x-1.json", "remarks/00/1.json", "captures/2026/11/1.warc.gz"


def held(number: int = 1) -> Held:
    return Held(article(number), files={RECORD: b"{}", REMARKS: b"said", CAPTURE: b"\x1f\x8b"})


def test_a_record_comes_after_all_that_is_its():
    with tarfile.open(fileobj=io.BytesIO(written("archive", held()))) as tar:
        assert tar.getnames() == [CAPTURE, REMARKS, RECORD, SUMS]
        assert {(member.mtime, member.uid, member.uname, member.mode) for member in tar} == {(0, 0, "", 0o600)}


def test_the_folder_has_the_same_files_and_their_digests():
    files = folder("archive", held())
    sums = dict(line.split("  ")[::-1] for line in files.pop(SUMS).decode().splitlines())
    assert files == held().files
    assert sums == {name: hashlib.sha256(content).hexdigest() for name, content in files.items()}
    assert SUMS == SUMS_OF_IMPORT


def test_feeds_come_last_when_they_are_wished():
    assert list(folder("archive", held(), wishes=Wishes(feeds=b"<opml/>")))[-2:] == ["feeds.opml", SUMS]


def test_a_long_name_is_kept_whole():
    name = f"articles/example.org/{'ü' * 200}-1.json"
    with tarfile.open(fileobj=io.BytesIO(written("archive", Held(article(), files={name: b"{}"})))) as tar:
        assert tar.getnames()[0] == name


def test_what_cannot_be_read_is_said_and_the_rest_comes():
    from archiver.errors import NotInArchive

    class Broken(Held):
        def read(self, name: str) -> bytes:
            if name == CAPTURE:
                raise NotInArchive("not in the archive any more", subject=name)
            return super().read(name)

    selection = Selected(Broken(article(), files=held().files))
    names = [file.name for file in FORMATS["archive"].files(selection, Wishes())]
    assert names == [REMARKS, RECORD, SUMS]
    assert [error.subject for error in selection.errors] == [CAPTURE]


def test_nothing_makes_an_archive_with_nothing_in_it():
    assert folder("archive") == {SUMS: b""}
