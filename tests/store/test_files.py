from __future__ import annotations

import errno
import os
import stat
from pathlib import Path, PurePosixPath

import pytest

from archiver.errors import ArchiveUnwritable, StoreError
from archiver.store import files

NAME = PurePosixPath("a/b/c.json")


def test_what_was_written_is_read(tmp_path):
    path = files.write(tmp_path, NAME, b"one")
    assert path == tmp_path / "a/b/c.json"
    assert files.read(tmp_path, NAME) == b"one"
    files.write(tmp_path, NAME, b"two")
    assert files.read(tmp_path, NAME) == b"two"
    assert list((tmp_path / "tmp").iterdir()) == []


def test_files_are_private(tmp_path):
    path = files.write(tmp_path, NAME, b"x")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_the_content_is_flushed_before_it_has_its_name_and_the_folder_after(tmp_path, monkeypatch):
    calls: list[str] = []
    fsync, replace = os.fsync, os.replace

    def seen_fsync(descriptor: int) -> None:
        calls.append(Path(f"/proc/self/fd/{descriptor}").readlink().parent.name)
        fsync(descriptor)

    def seen_replace(*names: str) -> None:
        calls.append("rename")
        replace(*names)

    files.write(tmp_path, NAME, b"the folders are there")
    monkeypatch.setattr(os, "fsync", seen_fsync)
    monkeypatch.setattr(os, "replace", seen_replace)
    files.write(tmp_path, NAME, b"x")
    assert calls == ["tmp", "rename", "a"]


def test_a_short_write_is_gone_on_with(tmp_path, monkeypatch):
    write = os.write
    monkeypatch.setattr(os, "write", lambda descriptor, content: write(descriptor, content[:3]))
    files.write(tmp_path, NAME, b"0123456789")
    assert files.read(tmp_path, NAME) == b"0123456789"


@pytest.mark.parametrize(
    ("number", "reason"),
    [(errno.ENOSPC, "No space left"), (errno.EDQUOT, "quota"), (errno.EROFS, "Read-only"), (errno.EACCES, "Permission denied")],
)
def test_a_refusal_names_the_file_the_reason_and_a_remedy(tmp_path, monkeypatch, number, reason):
    files.write(tmp_path, NAME, b"before")

    def refuse(*_: object) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, "fsync", refuse)
    with pytest.raises(ArchiveUnwritable, match=reason) as caught:
        files.write(tmp_path, NAME, b"after")
    assert caught.value.subject == str(tmp_path / NAME)
    assert caught.value.remedy
    assert files.read(tmp_path, NAME) == b"before"
    assert list((tmp_path / "tmp").iterdir()) == []


@pytest.mark.parametrize("link", ["a", "a/b", "tmp"])
def test_a_link_in_the_place_of_a_folder_is_refused(tmp_path, link):
    root, outside = tmp_path / "root", tmp_path / "outside"
    (root / link).parent.mkdir(parents=True)
    (outside / "b").mkdir(parents=True)
    (outside / "c.json").write_bytes(b"theirs")
    (outside / "b/c.json").write_bytes(b"theirs")
    (root / link).symlink_to(outside)
    with pytest.raises(StoreError):
        files.write(root, NAME, b"ours")
    if link != "tmp":
        with pytest.raises(StoreError):
            files.read(root, NAME)
        with pytest.raises(StoreError):
            files.remove(root, NAME)
    files.sweep(root)
    assert (outside / "c.json").read_bytes() == (outside / "b/c.json").read_bytes() == b"theirs"


def test_a_link_in_the_place_of_a_file_is_refused(tmp_path):
    root, outside = tmp_path / "root", tmp_path / "outside"
    (root / "a/b").mkdir(parents=True)
    outside.write_bytes(b"theirs")
    (root / NAME).symlink_to(outside)
    with pytest.raises(StoreError, match="symbolic link"):
        files.read(root, NAME)
    with pytest.raises(StoreError, match="symbolic link"):
        files.write(root, NAME, b"ours")
    assert outside.read_bytes() == b"theirs"


def test_the_archive_itself_may_be_a_link(tmp_path):
    (tmp_path / "real").mkdir()
    (tmp_path / "root").symlink_to("real")
    files.write(tmp_path / "root", NAME, b"x")
    assert (tmp_path / "real" / NAME).read_bytes() == b"x"


def test_a_pipe_in_the_place_of_a_file_does_not_block(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(StoreError, match="no regular file"):
        files.read(tmp_path, "pipe")


def test_removing_leaves_no_empty_folder_and_bears_repetition(tmp_path):
    files.write(tmp_path, NAME, b"x")
    files.remove(tmp_path, NAME)
    assert not (tmp_path / "a/b").exists()
    files.remove(tmp_path, NAME)


def test_a_new_archive_is_private(tmp_path):
    files.make_root(tmp_path / "deep/archive")
    assert stat.S_IMODE((tmp_path / "deep/archive").stat().st_mode) == 0o700


def test_a_file_is_no_archive(tmp_path):
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(StoreError):
        files.make_root(tmp_path / "file")
