"""The index follows the files of remarks, as it follows the records."""

from __future__ import annotations

import dataclasses
import json

import pytest

from archiver.store import Filters, Store, paths
from archiver.store.indexing import contents
from archiver.store.indexing.marks import FILE_NAME
from tests.store.conftest import make_article, titles

NAMES = ("One", "Two", "Three")


@pytest.fixture
def ids(store, monkeypatch):
    """The IDs of three articles in `store`, by title."""
    monkeypatch.setattr(contents, "RACY_SECONDS", 0.0)
    articles = [make_article(f"https://example.org/{name}", title=name) for name in NAMES]
    for article in articles:
        store.save(article)
    return {article.title: article.id for article in articles}


def starred(held):
    return dataclasses.replace(held, starred=True)


def reopened(store, filters, notes=None):
    note = (lambda _: None) if notes is None else notes.append
    with Store.open(store.root, create=False, note=note) as again:
        return set(titles(again, filters))


def test_filters_choose_by_labels(store, ids):
    store.remark(ids["One"], lambda held: held.labelled(["Tides", "ebb"]))
    store.remark(ids["Two"], lambda held: held.labelled(["tides and more"]))
    assert titles(store, Filters(labels=("tides",))) == ["One"]
    assert titles(store, Filters(labels=("TIDES", "ebb"))) == ["One"]
    assert titles(store, Filters(labels=("tides", "flow"))) == []
    assert titles(store, Filters(labels=("%",))) == []


def test_filters_choose_by_star_and_reading(store, ids):
    store.remark(ids["One"], starred)
    store.remark(ids["Two"], lambda held: dataclasses.replace(held, read=True))
    assert titles(store, Filters(starred=True)) == ["One"]
    assert set(titles(store, Filters(unread=True))) == {"One", "Three"}
    assert titles(store, Filters(unread=True, starred=True, labels=("tides",))) == []


def test_a_search_is_filtered_too(store, ids):
    store.remark(ids["One"], starred)
    assert [hit.row.title for hit in store.search("sea", Filters(starred=True))] == ["One"]
    assert len(list(store.search("sea", Filters()))) == len(NAMES)


def test_rows_carry_them(store, ids):
    store.remark(ids["One"], lambda held: starred(held).labelled(["b", "a"]).noted("Line\nline"))
    row = store.row(ids["One"])
    assert (row.labels, row.starred, row.read, row.note) == (("a", "b"), True, False, "Line\nline")
    other = store.row(ids["Two"])
    assert (other.labels, other.starred, other.read, other.note) == ((), False, False, None)


def test_saving_the_article_again_keeps_them_in_the_index(store, ids):
    store.remark(ids["One"], starred)
    store.save(make_article("https://example.org/One", title="One", text="It fell.", fetched_at="2026-11-24T00:00:00Z"))
    assert titles(store, Filters(starred=True)) == ["One"]


def test_a_lost_index_is_made_again_from_the_files(store, ids):
    store.remark(ids["One"], starred)
    store.close()
    (store.root / FILE_NAME).unlink()
    assert reopened(store, Filters(starred=True)) == {"One"}


def test_files_that_came_changed_or_went_are_followed(store, ids):
    file = store.root / paths.remarks_file(ids["One"])
    document = {"schema": 1, "id": ids["One"], "starred": True}
    assert reopened(store, Filters(starred=True)) == set()
    file.parent.mkdir(parents=True)
    file.write_text(json.dumps(document))
    assert reopened(store, Filters(starred=True)) == {"One"}
    document |= {"labels": ["tides"]}
    file.write_text(json.dumps(document))  # in place: no folder's time tells
    with Store.open(store.root, create=False) as again:
        assert [row.labels for row in again.rows(Filters(starred=True))] == [("tides",)]
    file.unlink()
    assert reopened(store, Filters(starred=True)) == set()
    file.parent.rmdir()
    assert reopened(store, Filters(unread=True)) == set(NAMES)


def test_a_damaged_file_is_told_and_its_article_is_listed(store, ids, notes):
    file = store.root / paths.remarks_file(ids["One"])
    file.parent.mkdir(parents=True)
    file.write_text("half")
    assert reopened(store, Filters(), notes) == set(NAMES)
    assert [str(file) in note for note in notes] == [True]


def test_files_of_no_article_and_other_files_are_passed_over(store, ids, notes):
    folder = store.root / "remarks" / "00"
    folder.mkdir(parents=True)
    (folder / ("0" * 16 + ".json")).write_text(json.dumps({"schema": 1, "id": "0" * 16, "starred": True}))
    (folder / "readme.json").write_text("mine")
    assert reopened(store, Filters(starred=True), notes) == set()
    assert notes == []


def test_remarks_may_come_before_the_first_article(store, notes):
    article = make_article(title="One")
    store.remark(article.id, starred)
    store.save(article)
    assert titles(store, Filters(starred=True)) == ["One"]
    assert notes == []


def test_those_of_a_removed_article_are_gone(store, ids):
    store.remark(ids["One"], starred)
    store.remove(ids["One"])
    store.save(make_article("https://example.org/One", title="One"))
    assert titles(store, Filters(starred=True)) == []
