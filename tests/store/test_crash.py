"""Writers that are killed, that meet, or whose disk is full; tests/tasks/test_faults.py fails them at every call."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from archiver.errors import StoreError
from archiver.store import Filters, Store
from tests.store.conftest import make_article, titles
from tests.support.archives import assert_whole

FIRST = make_article()
OTHER = make_article("https://example.net/other", title="Other")


WRITER = """
import sys
from pathlib import Path
from archiver.store import Store
from tests.store.conftest import make_article, make_capture
start = int(sys.argv[2])
with Store.open(Path(sys.argv[1]), create=True) as store:
    for number in range(start, start + int(sys.argv[3])):
        article = make_article(f"https://example.org/{number}", title=f"Article {number}")
        store.save_capture(make_capture(), article.id)
        store.save(article)
        print(article.id, flush=True)
"""


def writer(root: Path, start: int, count: int) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", WRITER, str(root), str(start), str(count)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=os.environ | {"PYTHONPATH": str(Path.cwd())})


def test_a_killed_writer_loses_nothing_it_acknowledged(tmp_path):
    root, acknowledged = tmp_path / "archive", set()
    for turn in range(4):
        process = writer(root, turn * 1000, 1000)
        assert process.stdout
        acknowledged.add(process.stdout.readline().strip())
        time.sleep(0.05 * turn)
        process.kill()
        # the last line may be cut short; then it was not said
        acknowledged |= set(process.communicate()[0].split("\n")[:-1])
    assert_whole(root)
    with Store.open(root, create=False) as store:
        assert acknowledged <= {row.id for row in store.rows(Filters())}
        store.save(OTHER)
        assert not list((root / "tmp").glob("*"))


def test_two_writers_at_once_lose_nothing(tmp_path):
    root = tmp_path / "archive"
    processes = [writer(root, 0, 20), writer(root, 10, 20)]
    outputs = [process.communicate(timeout=60)[0] for process in processes]
    assert [process.returncode for process in processes] == [0, 0]
    said = set("".join(outputs).split())
    assert len(said) == 30
    with Store.open(root, create=False) as store:
        assert sorted(row.id for row in store.rows(Filters())) == sorted(said)
        assert len(list(root.glob("articles/*/*"))) == 30
        assert len(list(root.glob("captures/*/*/*"))) == 40


FULL = """
import sys
from pathlib import Path
from archiver.errors import ArchiveUnwritable
from archiver.store import Filters, Store
from tests.store.conftest import make_article
root, filler, saved = Path(sys.argv[1], "archive"), Path(sys.argv[1], "filler"), []
filler.write_bytes(bytes(1_000_000))
try:
    with Store.open(root, create=True) as store:
        for number in range(500):
            article = make_article(f"https://example.org/{number}", text="word " * 2000)
            store.save(article)
            saved.append(article.id)
except ArchiveUnwritable as error:
    print(error.reason)
with Store.open(root, create=False) as store:
    print(sorted(saved) == sorted(row.id for row in store.rows(Filters())), len(saved) > 3)
filler.unlink()
with Store.open(root, create=False) as store:
    store.save(make_article(text="small"))
    print(len(list(store.rows(Filters()))) == len(saved) + 1, list((root / "tmp").iterdir()))
"""


@pytest.mark.parametrize("kilobytes", [1600, 1800, 2048])
def test_a_full_disk_is_said_and_what_was_saved_is_listed(tmp_path, kilobytes):
    mount = 'mount -t tmpfs -o size="$4k" tmpfs "$1" && exec "$2" -c "$3" "$1"'
    command = ["unshare", "-m", "sh", "-c", mount, "sh", str(tmp_path), sys.executable, FULL, str(kilobytes)]
    ran = subprocess.run(command, capture_output=True, text=True, check=False, env=os.environ | {"PYTHONPATH": str(Path.cwd())})
    if "unshare:" in ran.stderr or "mount:" in ran.stderr:
        pytest.skip(f"cannot mount a small disk here: {ran.stderr.strip()}")
    assert ran.stderr == ""
    assert ran.stdout.splitlines() == ["cannot be written: No space left on device", "True True", "True []"]


def test_an_index_that_cannot_follow_is_a_note(tmp_path, monkeypatch):
    notes: list[str] = []
    with Store.open(tmp_path / "archive", create=True, note=notes.append) as store:
        store.save(OTHER)
        index = store._parts.index

        def refuse(*_: object) -> None:
            raise StoreError("the index cannot be used: disk I/O error")

        monkeypatch.setattr(index, "add", refuse)
        store.save(FIRST)
    assert len(notes) == 1
    assert "the article is safe" in notes[0]
    with Store.open(tmp_path / "archive", create=False, note=notes.append) as store:
        assert sorted(map(str, titles(store))) == ["Other", "Tides of the north"]


def test_without_any_index_a_record_still_keeps_its_file(tmp_path, monkeypatch):
    with Store.open(tmp_path / "archive", create=True) as store:
        path = store.save(FIRST)
        index = store._parts.index

        def refuse(*_: object) -> None:
            raise StoreError("the index cannot be used: disk I/O error")

        monkeypatch.setattr(index, "paths", refuse)
        assert store.save(make_article(title="Another title")) == path
