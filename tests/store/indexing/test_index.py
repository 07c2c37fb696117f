from __future__ import annotations

import errno
import json
import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from archiver import urls
from archiver.errors import RecordDamaged
from archiver.store import Filters, Store
from archiver.store.indexing import contents
from archiver.store.indexing.marks import FILE_NAME
from tests.store.conftest import make_article, titles

TITLES = ["Five", "Four", "Three", "Two", "One"]


@pytest.fixture
def filled(tmp_path, notes, monkeypatch):
    """An archive of five articles on three hosts, closed; its index knows every folder's time."""
    monkeypatch.setattr(contents, "RACY_SECONDS", 0.0)
    with Store.open(tmp_path / "archive", create=True) as store:
        for number, title in enumerate(reversed(TITLES)):
            url = f"https://h{number % 3}.example/{number}"
            text = f"{title} " * 400
            store.save(make_article(url, title=title, text=text, fetched_at=f"2026-11-23T0{number}:00:00Z"))
    with Store.open(tmp_path / "archive", create=False) as store:
        assert titles(store) == TITLES
    return tmp_path / "archive"


def reopened(root, notes):
    with Store.open(root, create=False, note=notes.append) as store:
        found = titles(store)
        assert [hit.row.title for title in found for hit in store.search(title or "", Filters())] == found
        return found


def scribble(index, offset, length=200):
    with index.open("r+b") as file:
        file.seek(offset, os.SEEK_SET if offset >= 0 else os.SEEK_END)
        file.write(os.urandom(length))


def set_pragma(index, statement):
    with closing(sqlite3.connect(index)) as db:
        db.execute(statement)
        db.commit()


def damage_text_tables(index):
    with closing(sqlite3.connect(index)) as db:
        db.execute("DELETE FROM texts_data")
        db.commit()


DAMAGES = {
    "missing": lambda index: index.unlink(),
    "empty": lambda index: index.write_bytes(b""),
    "garbage": lambda index: index.write_bytes(os.urandom(20_000)),
    "text": lambda index: index.write_text("not a database"),
    "garbage at the start": lambda index: scribble(index, 0),
    "garbage in the schema": lambda index: scribble(index, 100, 3000),
    "garbage in page 2": lambda index: scribble(index, 4096, 4096),
    "half": lambda index: os.truncate(index, index.stat().st_size // 2),
    "one page": lambda index: os.truncate(index, 4096),
    "another version": lambda index: set_pragma(index, "PRAGMA user_version = 99"),
    "another program's": lambda index: set_pragma(index, "PRAGMA application_id = 7"),
    "a table is gone": lambda index: set_pragma(index, "DROP TABLE records"),
    "the text is gone": lambda index: set_pragma(index, "DROP TABLE texts"),
    "damaged text": damage_text_tables,
    "a lone log": lambda index: (index.unlink(), index.with_name(f"{FILE_NAME}-wal").write_bytes(os.urandom(5000))),
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_index_is_made_again_with_one_note(filled, notes, damage):
    DAMAGES[damage](filled / FILE_NAME)
    assert reopened(filled, notes) == TITLES
    assert len(notes) == 1
    assert "made again from the records" in notes[0]
    notes.clear()
    assert reopened(filled, notes) == TITLES
    assert notes == []


def test_garbage_anywhere_leaves_every_article_listed(filled, notes):
    size = (filled / FILE_NAME).stat().st_size
    for offset in range(0, size, 4096):
        scribble(filled / FILE_NAME, offset)
        assert reopened(filled, notes) == TITLES, offset


def test_a_sound_index_is_used_as_it_is(filled, notes):
    before = (filled / FILE_NAME).stat().st_ino
    assert reopened(filled, notes) == TITLES
    assert (filled / FILE_NAME).stat().st_ino == before
    assert notes == []


def test_a_record_added_behind_its_back_is_listed(filled, notes, tmp_path):
    with Store.open(tmp_path / "other", create=True) as other:
        path = other.save(make_article("https://h0.example/new", title="New", text="New", fetched_at="2026-11-30T00:00:00Z"))
    shutil.copy(path, filled / "articles/h0.example")
    assert reopened(filled, notes) == ["New", *TITLES]


def test_a_new_folder_is_listed_and_one_that_is_gone_is_not(filled, notes):
    (filled / "articles/h1.example").rename(filled / "articles/moved.example")
    assert reopened(filled, notes) == TITLES
    shutil.rmtree(filled / "articles/moved.example")
    assert reopened(filled, notes) == ["Four", "Three", "One"]


def test_a_record_removed_behind_its_back_is_not_listed(filled, notes):
    next(filled.glob("articles/*/*three*")).unlink()
    assert reopened(filled, notes) == ["Five", "Four", "Two", "One"]


def test_a_record_edited_in_place_is_listed_as_it_is(filled, notes):
    path = next(filled.glob("articles/*/*three*"))
    path.write_text(path.read_text().replace('"Three"', '"Tres!"'))
    assert "Tres!" in reopened(filled, notes)


def test_an_archive_copied_without_its_index_is_listed(filled, notes, tmp_path):
    shutil.copytree(filled / "articles", tmp_path / "copy/articles")
    assert reopened(tmp_path / "copy", notes) == TITLES


def without(key):
    return lambda text: json.dumps({name: value for name, value in json.loads(text).items() if name != key}).encode()


BAD_RECORDS = {
    "empty": lambda _: b"",
    "half": lambda text: text[: len(text) // 2].encode(),
    "NULs": lambda text: b"\0" * len(text),
    "nested": lambda _: b"[" * 100_000 + b"]" * 100_000,
    "a list": lambda _: b"[]",
    "an empty object": lambda _: b"{}",
    "no id": without("id"),
    "another id": lambda text: text.replace(json.loads(text)["id"], "0" * 16).encode(),
    "wrong types": lambda text: text.replace('"title": "Three"', '"title": 3').encode(),
    "a huge number": lambda text: text.replace('"words": 400', f'"words": {"9" * 30}').encode(),
    "not UTF-8": lambda text: text.replace("Three", "\xff").encode("latin-1"),
    "a newer schema": lambda text: text.replace('"schema": 1', '"schema": 2').encode(),
}


@pytest.mark.parametrize("kind", BAD_RECORDS)
def test_a_damaged_record_is_noted_each_time_and_the_rest_is_listed(filled, notes, kind):
    path = next(filled.glob("articles/*/*three*"))
    bad = BAD_RECORDS[kind](path.read_text())
    path.write_bytes(bad)
    for _ in range(2):
        notes.clear()
        assert reopened(filled, notes) == ["Five", "Four", "Two", "One"]
        assert len(notes) == 1
        assert str(path) in notes[0]
    with Store.open(filled, create=False) as store, pytest.raises(RecordDamaged):
        store.load(store.find(urls.article_id("https://h2.example/2")))
    assert path.read_bytes() == bad
    path.unlink()
    notes.clear()
    reopened(filled, notes)
    assert notes == []


def test_a_record_with_a_byte_order_mark_or_a_key_from_later_is_read(filled, notes):
    path = next(filled.glob("articles/*/*three*"))
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b'"schema": 1', b'"schema": 1, "later": [1]'))
    assert reopened(filled, notes) == TITLES
    assert notes == []


def test_files_that_are_no_records_are_left_alone(filled, notes):
    for name in ("notes.txt", ".hidden.json", "x.json", "x-7f3a9c2e510b4d66.json.bak"):
        (filled / "articles/h0.example" / name).write_text("mine")
    (filled / "articles/mine.json").write_text("mine")
    (filled / f"articles/h0.example/folder-{'0' * 16}.json").mkdir()
    assert reopened(filled, notes) == TITLES
    assert notes == []


def test_a_reader_does_not_wait_for_a_writer(filled, notes):
    with closing(sqlite3.connect(filled / FILE_NAME, isolation_level=None)) as db:
        db.execute("BEGIN IMMEDIATE")
        db.execute("DELETE FROM records")
        assert reopened(filled, notes) == TITLES
        db.execute("ROLLBACK")
    assert notes == []


READ_ONLY = """
import sys
from pathlib import Path
from archiver.errors import ArchiveUnwritable
from archiver.store import Filters, Store
from tests.store.conftest import make_article
root = Path(sys.argv[1])
notes = []
with Store.open(root, create=False, note=notes.append) as store:
    print([row.title for row in store.rows(Filters())], [hit.row.title for hit in store.search("three", Filters())], notes)
    try:
        store.save(make_article())
    except ArchiveUnwritable as error:
        print("refused", error.reason)
"""


@pytest.mark.parametrize("index", ["as it is", "missing", "behind", "damaged"])
def test_a_read_only_archive_is_listed_and_searched(filled, index):
    expected = TITLES
    if index == "missing":
        (filled / FILE_NAME).unlink()
    if index == "damaged":
        scribble(filled / FILE_NAME, 0)
    if index == "behind":
        next(filled.glob("articles/*/*two*")).unlink()
        expected = [title for title in TITLES if title != "Two"]
    mount = 'mount --bind "$1" "$1" && mount -o remount,bind,ro "$1" && exec "$2" -c "$3" "$1"'
    command = ["unshare", "-m", "sh", "-c", mount, "sh", str(filled), sys.executable, READ_ONLY]
    ran = subprocess.run(command, capture_output=True, text=True, check=False, env=os.environ | {"PYTHONPATH": str(Path.cwd())})
    if "unshare:" in ran.stderr or "mount:" in ran.stderr:
        pytest.skip(f"cannot mount read-only here: {ran.stderr.strip()}")
    assert ran.stderr == ""
    shown, refused = ran.stdout.splitlines()
    assert shown.startswith(f"{expected} ['Three'] ")
    assert refused == "refused cannot be written: Read-only file system"


def test_a_file_that_could_not_be_read_once_is_read_again(tmp_path, monkeypatch):
    monkeypatch.setattr(contents, "RACY_SECONDS", 0.0)
    root = tmp_path / "archive"
    with Store.open(root, create=True) as store:
        article = make_article()
        path = store.save(article)
        store.remark(str(article.id), lambda remarks: remarks.labelled(["sea"]))
    (root / "index.sqlite3").unlink()
    opened = os.open
    with monkeypatch.context() as patch:

        def refuse(name, *arguments, **options):
            if str(name).endswith(".json"):
                raise OSError(errno.EMFILE, "Too many open files")
            return opened(name, *arguments, **options)

        patch.setattr(os, "open", refuse)
        with Store.open(root, create=False) as store:
            assert titles(store) == []
    with Store.open(root, create=False) as store:
        assert [(row.title, row.labels) for row in store.rows(Filters())] == [(article.title, ("sea",))]
        assert store.path(str(article.id)) == path
