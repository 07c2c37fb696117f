"""The index as it stands, without a look at the files."""

from __future__ import annotations

import contextlib
import sqlite3
from datetime import UTC, datetime
from operator import methodcaller

import pytest

from archiver.capture import SavedPage
from archiver.store import Store
from archiver.store.indexing import glimpse
from archiver.store.indexing.marks import FILE_NAME
from archiver.tasks.archiving.archive_page import archive_saved
from tests.support.articles import article_page


@pytest.fixture
def home(tmp_path):
    with Store.open(tmp_path / "archive", create=True) as store:
        for hour in range(5):
            page = SavedPage(
                f"https://example.org/{hour}", datetime(2026, 11, 23, hour, tzinfo=UTC), article_page(f"Story {hour}").encode()
            )
            archive_saved(page, store)
    return tmp_path / "archive"


def test_those_that_begin_so_are_given(home):
    every = glimpse.beginning(home, "", limit=9)
    assert [one.title for one in every] == [f"Story {hour}" for hour in (4, 3, 2, 1, 0)]
    assert glimpse.beginning(home, "", limit=2) == every[:2]
    for one in every:
        assert glimpse.beginning(home, one.id[:8], limit=9) == [one]
        assert one.url == f"https://example.org/{(one.title or '')[-1]}"
    assert [glimpse.beginning(home, digit, limit=9) for digit in "0123456789abcdef"] == [
        sorted(one for one in every if one.id[0] == digit) for digit in "0123456789abcdef"
    ]
    assert glimpse.beginning(home, "z", limit=9) == []


def test_tags_are_given_once(home):
    with Store.open(home, create=False) as store:
        for one, labels in zip(glimpse.beginning(home, "", limit=2), (["tides", "Boats"], ["tides"]), strict=True):
            store.remark(one.id, methodcaller("labelled", labels))
    assert glimpse.labels(home) == ["Boats", "tides"]


@pytest.mark.parametrize("content", [None, b"", b"no database at all, but longer than a header" * 100])
def test_where_there_is_no_index_an_error_says_so(home, content):
    (home / FILE_NAME).unlink()
    if content is not None:
        (home / FILE_NAME).write_bytes(content)
    with pytest.raises(sqlite3.Error):
        glimpse.beginning(home, "", limit=9)
    assert (home / FILE_NAME).exists() is (content is not None), "nothing is made"


def test_an_index_of_another_version_is_none(home):
    with contextlib.closing(sqlite3.connect(home / FILE_NAME)) as db:
        db.execute("PRAGMA user_version = 999")
    with pytest.raises(sqlite3.Error):
        glimpse.labels(home)
