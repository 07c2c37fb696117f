from __future__ import annotations

import json

import pytest

from archiver.errors import RecordDamaged
from archiver.remarks import Remarks
from archiver.store import paths
from tests.store.conftest import make_article


@pytest.fixture
def article(store):
    article = make_article()
    store.save(article)
    return article


@pytest.fixture
def file(store, article):
    return store.root / paths.remarks_file(article.id)


def test_remarks_stand_in_a_file_of_their_own(store, article, file):
    record = store.path(article.id).read_bytes()
    remarks = store.remark(article.id, lambda held: held.labelled(["tides"]).noted("Read twice."))
    assert remarks == store.remarks(article.id) == Remarks(("tides",), note="Read twice.")
    assert json.loads(file.read_bytes()) == {
        "schema": 1, "id": article.id, "labels": ["tides"], "starred": False, "read": False, "note": "Read twice.",
        "added_at": None,
    }  # fmt: skip
    assert store.path(article.id).read_bytes() == record


def test_saving_the_article_again_leaves_them_alone(store, article, file):
    store.remark(article.id, lambda held: held.noted("Mine."))
    before = file.stat().st_mtime_ns
    store.save(make_article(text="The sea fell.", fetched_at="2026-11-24T00:00:00Z"))
    assert store.remarks(article.id).note == "Mine."
    assert file.stat().st_mtime_ns == before


def test_saying_the_same_writes_nothing(store, article, file):
    store.remark(article.id, lambda held: held.labelled(["tides"]))
    before = file.stat().st_ino
    store.remark(article.id, lambda held: held.labelled(["TIDES"]))
    assert file.stat().st_ino == before


def test_when_nothing_is_said_any_more_the_file_is_gone(store, article, file):
    store.remark(article.id, lambda held: held.labelled(["tides"]))
    assert file.exists()
    store.remark(article.id, lambda held: held.unlabelled(["tides"]))
    assert not file.exists()


def test_they_go_with_the_article(store, article, file):
    store.remark(article.id, lambda held: held.noted("Mine."))
    store.remove(article.id)
    assert not file.exists()


def test_a_damaged_file_is_named_and_left_alone(store, article, file):
    file.parent.mkdir(parents=True)
    file.write_text("half")
    with pytest.raises(RecordDamaged, match=article.id):
        store.remark(article.id, lambda held: held.noted("Mine."))
    assert file.read_text() == "half"


def test_a_link_in_the_place_of_the_folder_is_not_followed(store, article, tmp_path):
    outside = tmp_path / "outside"
    outside.mkdir()
    (store.root / "remarks").symlink_to(outside)
    with pytest.raises(Exception, match="link"):
        store.remark(article.id, lambda held: held.noted("Mine."))
    assert not list(outside.iterdir())


@pytest.mark.parametrize("name", ["remarks/00/7f3a9c2e51aabbcc.json", "remarks/7f/7f.json", "remarks/7f3a9c2e51aabbcc.json"])
def test_other_files_are_no_remarks(name):
    assert paths.remarked_id(name) is None
    assert paths.remarked_id("remarks/7f/7f3a9c2e51aabbcc.json") == "7f3a9c2e51aabbcc"
