from __future__ import annotations

import contextlib
import errno
import os

import pytest

from archiver.errors import StoreError
from archiver.store import together
from archiver.store.batches import write_all
from tests.support.failing import DEAD, FailingSystem, Killed

FIRST = {"captures/2026/11/a": b"a", "remarks/00/b": b"b"}
LAST = {"articles/example.org/c.json": b"c", "articles/example.org/d.json": b"d"}


def written(root):
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()}


@pytest.fixture(params=["together", "one by one"])
def way(request, monkeypatch):
    """With the call that flushes a whole file system, and without."""
    monkeypatch.setattr(together, "MANY", 1)
    if request.param == "one by one":
        monkeypatch.setattr(together, "_system_call", lambda: None)
    return request.param


def test_all_is_written(tmp_path, way):
    (tmp_path / "articles" / "example.org").mkdir(parents=True)
    (tmp_path / "articles/example.org/c.json").write_bytes(b"before")
    write_all(tmp_path, FIRST, LAST)
    assert written(tmp_path) == FIRST | LAST


@pytest.mark.parametrize("dead", [False, True], ids=["refused", "killed"])
def test_none_of_the_last_stands_before_all_of_the_first(tmp_path, monkeypatch, way, dead):
    failing = 0
    while True:
        failing += 1
        root = tmp_path / str(failing)
        root.mkdir()
        with monkeypatch.context() as patch:
            system = FailingSystem(patch, failing, DEAD if dead else errno.EIO)
            with contextlib.suppress(StoreError, Killed):
                write_all(root, FIRST, LAST)
        found = {name: content for name, content in written(root).items() if not name.startswith("tmp/")}
        assert found.items() <= (FIRST | LAST).items()
        assert not found.keys() & LAST.keys() or found.keys() >= FIRST.keys()
        if not dead:
            assert not list(root.glob("tmp/*"))
        if system.calls < failing:
            break
    assert found == FIRST | LAST
    assert failing > 15


def test_a_flush_that_fails_is_an_error(tmp_path, monkeypatch):
    import ctypes

    def failing(_: int) -> int:
        ctypes.set_errno(errno.EIO)
        return -1

    monkeypatch.setattr(together, "MANY", 1)
    monkeypatch.setattr(together, "_system_call", lambda: failing)
    with pytest.raises(StoreError, match=os.strerror(errno.EIO)):
        write_all(tmp_path, FIRST, LAST)
    assert written(tmp_path) == {}


def test_a_link_in_the_place_of_a_file_is_refused(tmp_path, way):
    (tmp_path / "articles/example.org").mkdir(parents=True)
    outside = tmp_path / "outside"
    outside.write_bytes(b"mine")
    (tmp_path / "articles/example.org/c.json").symlink_to(outside)
    with pytest.raises(StoreError, match="link"):
        write_all(tmp_path, FIRST, LAST)
    assert outside.read_bytes() == b"mine"
