"""Files that become durable together: none is there before the end, and records come last."""

from __future__ import annotations

import errno
from pathlib import Path, PurePosixPath

import pytest

from archiver.errors import ArchiveUnwritable
from archiver.store import files, flushing, together

RECORD, CAPTURE = PurePosixPath("articles/h/a.json"), PurePosixPath("captures/2026/11/a.warc.gz")


@pytest.fixture
def steps(monkeypatch):
    """What is flushed and renamed, in order."""
    done: list[tuple[str, str]] = []
    flush_file, flush_folder, replace = flushing.flush_file, flushing.flush_folder, Path.replace

    def renamed(self, target):
        done.append(("rename", target.name))
        return replace(self, target)

    def file_flushed(path):
        done.append(("file", path.parent.name))
        flush_file(path)

    def folder_flushed(path):
        done.append(("folder", path.name))
        flush_folder(path)

    monkeypatch.setattr(Path, "replace", renamed)
    monkeypatch.setattr(flushing, "flush_file", file_flushed)
    monkeypatch.setattr(flushing, "flush_folder", folder_flushed)
    return done


def test_nothing_is_there_before_the_end_and_all_is_at_it(tmp_path):
    with files.written_together(tmp_path, "articles"):
        files.write(tmp_path, RECORD, b"record")
        files.write(tmp_path, CAPTURE, b"capture")
        assert not (tmp_path / RECORD).exists()
        assert not (tmp_path / CAPTURE).exists()
    assert (tmp_path / RECORD).read_bytes() == b"record"
    assert (tmp_path / CAPTURE).read_bytes() == b"capture"
    assert not list((tmp_path / "tmp").iterdir())


def test_contents_are_flushed_before_names_and_records_come_last(tmp_path, steps):
    for name in (RECORD, CAPTURE):
        files.write(tmp_path, name, b"old")
    steps.clear()
    with files.written_together(tmp_path, "articles"):
        files.write(tmp_path, RECORD, b"record")
        files.write(tmp_path, CAPTURE, b"capture")
    assert steps == [
        ("file", "tmp"),
        ("file", "tmp"),
        ("rename", "a.warc.gz"),
        ("folder", "11"),
        ("rename", "a.json"),
        ("folder", "h"),
    ]


def test_a_folder_is_flushed_once_for_all_its_files(tmp_path, steps):
    with files.written_together(tmp_path, "articles"):
        for number in range(5):
            files.write(tmp_path, PurePosixPath(f"captures/{number}"), b"x")
    assert steps.count(("folder", "captures")) == 1


def test_what_fails_before_the_end_leaves_everything_as_it_was(tmp_path):
    files.write(tmp_path, RECORD, b"old")

    def fail():
        with files.written_together(tmp_path, "articles"):
            files.write(tmp_path, RECORD, b"new")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        fail()
    assert (tmp_path / RECORD).read_bytes() == b"old"
    assert not list((tmp_path / "tmp").iterdir())


def test_a_disk_that_is_full_at_the_end_is_told_and_no_record_is_there(tmp_path, monkeypatch):
    def full(_path):
        raise OSError(errno.ENOSPC, "No space left on device")

    def write():
        with files.written_together(tmp_path, "articles"):
            files.write(tmp_path, RECORD, b"record")
            files.write(tmp_path, CAPTURE, b"capture")

    monkeypatch.setattr(flushing, "flush_file", full)
    with pytest.raises(ArchiveUnwritable, match="No space left"):
        write()
    assert not (tmp_path / RECORD).exists()
    assert not list((tmp_path / "tmp").iterdir())


def test_what_is_written_afterwards_is_flushed_by_itself(tmp_path, steps):
    with files.written_together(tmp_path, "articles"):
        pass
    files.write(tmp_path, CAPTURE, b"capture")
    assert [what for what, _ in steps[-3:]] == ["file", "rename", "folder"]


def test_a_file_that_somebody_wants_to_see_is_made_durable_first(tmp_path):
    with files.written_together(tmp_path, "articles"):
        files.write(tmp_path, RECORD, b"first")
        assert files.read(tmp_path, RECORD) == b"first"
        files.write(tmp_path, RECORD, b"second")
        files.write(tmp_path, CAPTURE, b"capture")
        files.remove(tmp_path, CAPTURE)
        assert files.read(tmp_path, RECORD) == b"second"
    assert (tmp_path / RECORD).read_bytes() == b"second"
    assert not (tmp_path / CAPTURE).exists()


@pytest.mark.parametrize("all_at_once", [True, False])
def test_many_files_are_flushed_with_their_file_system_where_that_is_possible(tmp_path, steps, monkeypatch, all_at_once):
    flushed = []

    def flush_file_system(root):
        flushed.append(root)
        return all_at_once

    monkeypatch.setattr(together, "_flush_file_system", flush_file_system)
    with files.written_together(tmp_path, "articles"):
        for number in range(together.MANY):
            files.write(tmp_path, PurePosixPath(f"captures/{number}"), b"x")
    assert flushed == [tmp_path]
    assert steps.count(("file", "tmp")) == (0 if all_at_once else together.MANY)
    assert steps.count(("folder", "captures")) == 1


def test_what_comes_afterwards_is_done_once_for_all_when_the_files_are_there(tmp_path):
    done: list[tuple[list[str], bool]] = []

    def act(items):
        done.append((items, (tmp_path / RECORD).exists()))

    with files.written_together(tmp_path, "articles"):
        files.write(tmp_path, RECORD, b"record")
        group = together.current()
        assert group is not None
        group.afterwards(act, "a")
        group.afterwards(act, "b")
        assert not done
        files.read(tmp_path, RECORD)
        assert done == [(["a", "b"], True)]
    assert len(done) == 1


def test_a_file_is_settled_by_its_own_name_and_in_its_own_folder_only(tmp_path):
    with files.written_together(tmp_path, "articles"):
        files.write(tmp_path, RECORD, b"record")
        files.settle(tmp_path, "captures", "a.json")
        files.settle(tmp_path, "articles", "h")
        assert not (tmp_path / RECORD).exists()
        files.settle(tmp_path, "articles", "a.json")
        assert (tmp_path / RECORD).exists()
