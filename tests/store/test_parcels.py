from __future__ import annotations

import hashlib
import io
import tarfile

import pytest

from archiver.errors import InvalidInput, StoreError
from archiver.store.bundles import bundles
from archiver.store.parcels import MAX_DOCUMENT_BYTES, SUMS, FolderParcel, TarParcel, is_safe

RECORD = "articles/example.org/x-0123456789abcdef.json"


def packed(
    *members: tuple[str, bytes], kind: bytes = tarfile.REGTYPE, size: int | None = None, sums: str | None = None
) -> bytes:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as tar:
        for name, content in members:
            info = tarfile.TarInfo(name)
            info.type, info.size = kind, len(content)
            tar.addfile(info, io.BytesIO(content))
        if sums is None:
            sums = "".join(f"{hashlib.sha256(content).hexdigest()}  {name}\n" for name, content in members)
        info = tarfile.TarInfo(SUMS)
        info.size = len(sums.encode())
        tar.addfile(info, io.BytesIO(sums.encode()))
    made = buffer.getvalue()
    if size is not None:  # the first header claims it
        info = tarfile.TarInfo(members[0][0])
        info.size = size
        made = info.tobuf() + made[512:]
    return made


def opened(content: bytes) -> TarParcel:
    return TarParcel(io.BytesIO(content), "x.tar")


def test_what_is_in_it_is_read():
    parcel = opened(packed((RECORD, b"{}"), ("feeds.opml", b"<opml/>")))
    assert parcel.names == (RECORD, "feeds.opml")
    assert [parcel.read(name) for name in parcel.names] == [b"{}", b"<opml/>"]


@pytest.mark.parametrize("kind", [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.CHRTYPE, tarfile.FIFOTYPE, tarfile.GNUTYPE_SPARSE])
def test_what_is_no_plain_file_is_refused(kind):
    with pytest.raises(InvalidInput):
        opened(packed((RECORD, b""), kind=kind))


@pytest.mark.parametrize("size", [MAX_DOCUMENT_BYTES + 1, 2**40])
def test_sizes_that_are_too_large_are_refused_before_they_are_read(size):
    with pytest.raises(InvalidInput, match="too large"):
        opened(packed((RECORD, b"{}"), size=size))


def test_a_file_that_claims_more_than_there_is_was_cut_short():
    with pytest.raises(InvalidInput):
        opened(packed((RECORD, b"{}"), size=10**7))


@pytest.mark.parametrize("sums", ["", f"{'0' * 64}  {RECORD}\n", f"{hashlib.sha256(b'{}').hexdigest()}  other\n"])
def test_digests_that_are_wrong_or_missing_are_refused(sums):
    with pytest.raises(InvalidInput, match="damaged"):
        opened(packed((RECORD, b"{}"), sums=sums))


@pytest.mark.parametrize("content", [b"", b"\0" * 1024, b"x" * 2000, b"\x1f\x8b" + bytes(600)])
def test_what_is_no_tar_file_of_ours_is_refused(content):
    with pytest.raises(InvalidInput):
        opened(content)


@pytest.mark.parametrize(
    "name", ["../x", "a/../x", "/x", "a//x", "./x", "", "a\\x", "C:x", "a/nul\0", "a/line\nend", "a/\u202ex", ".."]
)
def test_names_that_lead_out_or_hide(name):
    assert not is_safe(name)


def test_names_that_stay():
    assert is_safe(RECORD)
    assert is_safe("articles/example.org/Möwen-0123456789abcdef.json")


def test_a_folder_gives_what_an_archive_has_and_follows_no_link(tmp_path):
    (tmp_path / "articles" / "example.org").mkdir(parents=True)
    (tmp_path / RECORD).write_bytes(b"{}")
    (tmp_path / "index.sqlite3").write_bytes(b"derived")
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "secret-0123456789abcdef.json").write_bytes(b"secret")
    (tmp_path / "articles" / "linked").symlink_to(tmp_path / "elsewhere")
    (tmp_path / "captures").symlink_to(tmp_path / "elsewhere")
    parcel = FolderParcel(tmp_path)
    assert parcel.names == (RECORD, "articles/linked")
    with pytest.raises(StoreError):
        parcel.read("articles/linked")
    found, strays = bundles(parcel)
    assert [bundle.records for bundle in found] == [[RECORD]]
    assert strays == ["articles/linked"]


def test_a_folder_brings_what_was_seen_of_a_page(tmp_path):
    sighted = "sightings/01/0123456789abcdef.json"
    for name in (RECORD, sighted):
        (tmp_path / name).parent.mkdir(parents=True)
        (tmp_path / name).write_text("{}")
    (bundle,), strays = bundles(FolderParcel(tmp_path))
    assert (bundle.sightings, strays) == ([sighted], [])


def test_a_file_that_is_too_large_is_refused(tmp_path):
    path = tmp_path / RECORD
    path.parent.mkdir(parents=True)
    with path.open("wb") as file:
        file.truncate(MAX_DOCUMENT_BYTES + 1)
    with pytest.raises(StoreError, match="larger"):
        FolderParcel(tmp_path).read(RECORD)


def exported(folder):
    """A folder with a record and a capture, and the digests of both and of a file that is gone; gives the capture's name."""
    capture = "captures/2026/11/0123456789abcdef-20261123T081400Z.warc.gz"
    for name in (RECORD, capture):
        (folder / name).parent.mkdir(parents=True)
        (folder / name).write_bytes(b"{}")
    lines = [f"{hashlib.sha256(b'{}').hexdigest()}  {name}" for name in (RECORD, capture, "versions/gone")]
    (folder / SUMS).write_text("\n".join(lines))
    return capture


def test_a_document_of_a_folder_is_what_its_digests_say(tmp_path):
    capture = exported(tmp_path)
    parcel = FolderParcel(tmp_path)
    assert parcel.missing == ("versions/gone",)
    assert parcel.read(RECORD) == b"{}"
    (tmp_path / RECORD).write_bytes(b"[]")
    with pytest.raises(StoreError, match=f"is not what {SUMS} says"):
        parcel.read(RECORD)
    (tmp_path / capture).write_bytes(b"[]")
    assert parcel.read(capture) == b"[]", "its record remembers what it was"
    (tmp_path / SUMS).unlink()
    assert FolderParcel(tmp_path).read(RECORD) == b"[]"
