"""The index among strangers: other processes, other programs' databases, and unreadable folders."""

from __future__ import annotations

import errno
import os
import shutil
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

from archiver.errors import StoreError
from archiver.store import Filters, Store
from archiver.store.indexing import contents, database
from archiver.store.indexing.marks import FILE_NAME
from tests.store.conftest import make_article, titles

LIST = """
import sys
from pathlib import Path
from archiver.store import Filters, Store
sys.stdin.readline()
with Store.open(Path(sys.argv[1]), create=False) as store:
    print(len(list(store.rows(Filters()))))
"""


@pytest.fixture
def filled(tmp_path, monkeypatch):
    monkeypatch.setattr(contents, "RACY_SECONDS", 0.0)
    with Store.open(tmp_path / "archive", create=True) as store:
        for number in range(30):
            store.save(make_article(f"https://h{number % 5}.example/{number}", title=f"Article {number}"))
    return tmp_path / "archive"


def test_several_processes_may_make_the_index_at_once(filled):
    (filled / FILE_NAME).unlink()
    command = [sys.executable, "-c", LIST, str(filled)]
    environment = os.environ | {"PYTHONPATH": str(Path.cwd())}
    pipe = subprocess.PIPE
    readers = [subprocess.Popen(command, text=True, env=environment, stdin=pipe, stdout=pipe, stderr=pipe) for _ in range(4)]
    for reader in readers:
        assert reader.stdin
        reader.stdin.write("go\n")
        reader.stdin.flush()
    answers = [reader.communicate(timeout=60) for reader in readers]
    assert answers == [("30\n", "")] * 4
    with Store.open(filled, create=False) as store:
        assert len(titles(store)) == 30


def test_another_programs_database_is_never_written_to(filled, tmp_path):
    foreign = tmp_path / "foreign.sqlite3"
    with closing(sqlite3.connect(foreign)) as db:
        db.executescript("CREATE TABLE articles (a); INSERT INTO articles VALUES (7); PRAGMA user_version = 1;")
    before = foreign.read_bytes()
    (filled / FILE_NAME).unlink()
    (filled / FILE_NAME).symlink_to(foreign)
    with Store.open(filled, create=False) as store:
        assert len(titles(store)) == 30
    assert foreign.read_bytes() == before
    assert not (filled / FILE_NAME).is_symlink()


def test_another_databases_log_does_no_harm(filled, tmp_path):
    other = tmp_path / "other.sqlite3"
    with closing(sqlite3.connect(other)) as db:
        db.execute("PRAGMA journal_mode = WAL")
        db.executescript("CREATE TABLE articles (a); INSERT INTO articles VALUES (7);")
        shutil.copy(f"{other}-wal", filled / f"{FILE_NAME}-wal")
    with Store.open(filled, create=False) as store:
        assert len(titles(store)) == 30
        assert len(list(store.search("article", Filters()))) == 30


def test_who_meets_a_run_that_writes_the_index_is_told(filled, tmp_path, monkeypatch):
    monkeypatch.setattr(database, "BUSY_SECONDS", 0.05)
    with Store.open(tmp_path / "other", create=True) as other:
        path = other.save(make_article("https://h0.example/new", title="New"))
    shutil.copy(path, filled / "articles/h0.example")
    notes: list[str] = []
    with closing(sqlite3.connect(filled / FILE_NAME, isolation_level=None)) as db:
        db.execute("BEGIN IMMEDIATE")
        with Store.open(filled, create=False, note=notes.append) as store:
            assert len(titles(store)) == 30
        db.execute("ROLLBACK")
    assert len(notes) == 1
    assert "another run is writing" in notes[0]
    with Store.open(filled, create=False, note=notes.append) as store:
        assert "New" in titles(store)


def test_a_folder_that_cannot_be_read_is_noted_and_not_taken_for_empty(filled, monkeypatch):
    with Store.open(filled, create=False) as store:
        assert len(titles(store)) == 30
    time.sleep(0.01)
    (filled / "articles/h1.example/new.txt").touch()
    scandir = os.scandir

    def refused(folder):
        if str(folder).endswith("h1.example"):
            raise PermissionError(errno.EACCES, "Permission denied")
        return scandir(folder)

    monkeypatch.setattr(os, "scandir", refused)
    notes: list[str] = []
    with Store.open(filled, create=False, note=notes.append) as store:
        assert len(titles(store)) == 30
    assert len(notes) == 1
    assert "h1.example: cannot be read: Permission denied" in notes[0]


def test_an_archive_that_cannot_be_read_is_an_error(filled, monkeypatch):
    def refused(_folder):
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(os, "scandir", refused)
    with Store.open(filled, create=False) as store, pytest.raises(StoreError, match="articles: cannot be read"):
        store.rows(Filters())
