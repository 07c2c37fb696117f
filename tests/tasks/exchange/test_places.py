"""Files and folders outside the archive, written atomically."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from archiver.errors import InvalidInput, OutputUnwritable
from archiver.tasks.exchange.places import FilePlace, FolderPlace


def names(folder):
    return [path.name for path in folder.iterdir()]


def put(path, content=b"new", *, force=False):
    with FilePlace(path, force=force).opened() as output:
        output.write(content)


def test_a_file_appears_whole(tmp_path):
    path = tmp_path / "a.json"
    with FilePlace(path, force=False).opened() as output:
        output.write(b"new")
        assert not path.exists()
    assert path.read_bytes() == b"new"
    assert names(tmp_path) == ["a.json"]


def test_what_was_not_finished_leaves_nothing(tmp_path):
    def fail(place):
        with place.opened() as output:
            output.write(b"new") if isinstance(place, FilePlace) else output.put("x/y", b"new")
            raise KeyboardInterrupt

    for place in (FilePlace(tmp_path / "a", force=False), FolderPlace(tmp_path / "b", force=False)):
        with pytest.raises(KeyboardInterrupt):
            fail(place)
    assert names(tmp_path) == []


def test_nothing_is_written_over_unless_forced(tmp_path):
    path = tmp_path / "a"
    path.write_bytes(b"old")
    with pytest.raises(InvalidInput, match=r"is there already.*--force"):
        put(path)
    assert path.read_bytes() == b"old"
    put(path, force=True)
    assert path.read_bytes() == b"new"


def test_a_folder_is_no_file_and_the_other_way_round(tmp_path):
    with pytest.raises(InvalidInput, match="is a folder"):
        FilePlace(tmp_path, force=True)
    (tmp_path / "a").touch()
    with pytest.raises(InvalidInput, match="is no folder"):
        FolderPlace(tmp_path / "a", force=True)


def test_a_link_stands_for_what_it_leads_to(tmp_path):
    (tmp_path / "far").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "far" / "a")
    put(tmp_path / "link")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "far" / "a").read_bytes() == b"new"


def test_a_device_is_written_to_and_stays_one():
    put(Path(os.devnull))
    assert stat.S_ISCHR(Path(os.devnull).stat().st_mode)


def test_a_folder_that_is_not_there_is_an_error_of_ours(tmp_path):
    with pytest.raises(OutputUnwritable, match=r"none/a.*cannot be written: No such file"):
        put(tmp_path / "none" / "a")


def test_a_new_folder_appears_whole(tmp_path):
    with FolderPlace(tmp_path / "out", force=False).opened() as folder:
        folder.put("a/b.md", b"1")
        folder.put("c.md", b"2")
        assert not (tmp_path / "out").exists()
    assert (tmp_path / "out" / "a" / "b.md").read_bytes() == b"1"
    assert names(tmp_path) == ["out"]


def test_a_folder_is_brought_up_to_date(tmp_path):
    out = tmp_path / "out"
    out.mkdir()
    for name in ("same", "changed", "mine"):
        (out / name).write_bytes(b"old")
        os.utime(out / name, (1, 1))
    with pytest.raises(InvalidInput, match="not empty"):
        FolderPlace(out, force=False)
    with FolderPlace(out, force=True).opened() as folder:
        for name in ("same", "changed"):
            folder.put(name, b"old" if name == "same" else b"new")
    assert {path.name: (path.read_bytes(), path.stat().st_mtime == 1) for path in out.iterdir()} == {
        "same": (b"old", True),
        "changed": (b"new", False),
        "mine": (b"old", True),
    }


def test_a_link_in_a_folder_is_replaced_not_followed(tmp_path):
    out, victim = tmp_path / "out", tmp_path / "victim"
    out.mkdir()
    victim.write_bytes(b"old")
    (out / "a").symlink_to(victim)
    with FolderPlace(out, force=True).opened() as folder:
        folder.put("a", b"new")
    assert victim.read_bytes() == b"old"
    assert (out / "a").read_bytes() == b"new"


def test_new_files_have_the_users_usual_permissions(tmp_path):
    before = os.umask(0o027)
    try:
        put(tmp_path / "a")
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "a").stat().st_mode) == 0o640
