"""Joining two articles loses nothing of either, whatever fails, and when."""

from __future__ import annotations

import contextlib
import dataclasses
import errno
import json
import shutil

import pytest

from archiver import record, urls
from archiver.errors import NotInArchive, RecordDamaged, StoreError
from archiver.remarks import Remarks
from archiver.sightings import Sighting
from archiver.store import Filters, Store, paths
from archiver.store.bundles import bundles
from archiver.store.parcels import FolderParcel
from archiver.tasks.versions.history import history
from tests.store.conftest import URL, make_article, make_capture
from tests.support.failing import DEAD, FailingSystem, Killed

OTHER_URL = "https://copy.example/tides"
ID, OTHER = urls.article_id(URL), urls.article_id(OTHER_URL)
TEXTS = {"The sea rose.", "The sea fell.", "It rose there, too.", "It fell there."}


def fill(store: Store) -> None:
    """Two articles, each with a version, a capture and remarks."""
    first, second = "2026-11-23T08:14:00Z", "2026-11-24T08:14:00Z"
    for url, before, after in ((URL, "The sea rose.", "The sea fell."), (OTHER_URL, "It rose there, too.", "It fell there.")):
        article_id = urls.article_id(url)
        stored = store.save_capture(make_capture(), article_id)
        article = make_article(url, text=before, fetched_at=first)
        assert article.capture
        kept = stored.within(article.capture)
        store.save(dataclasses.replace(article, capture=kept))
        store.save(make_article(url, text=after, fetched_at=second))
        said = Remarks().labelled([after[:6]]).noted(after)
        store.remark(article_id, said.united)


def assert_joined(store: Store) -> None:
    assert [row.id for row in store.rows(Filters())] == [ID]
    assert store.find(OTHER_URL) == store.find(OTHER) == store.find(URL) == ID
    assert store.load(ID).body.text == "The sea fell."
    texts = [store.load(ID).body.text, *(store.load_version(path).body.text for path in store.versions(ID))]
    assert sorted(texts) == sorted(TEXTS)
    assert store.remarks(ID) == Remarks(("It fel", "The se"), note="The sea fell.\n\nIt fell there.")
    for path in store.versions(ID):
        capture = store.load_version(path).capture
        assert capture
        assert capture.warc is None or (store.root / capture.warc).is_file()
    owned = [path for path in store.root.rglob(f"*{OTHER}*") if path.is_file()]
    assert {path.relative_to(store.root).parts[0] for path in owned} == {"captures", "aliases"}


def test_both_histories_are_kept(store):
    fill(store)
    store.merging.join(ID, OTHER)
    assert_joined(store)


@pytest.mark.parametrize("dead", [False, True], ids=["refused", "killed"])
def test_a_failure_at_any_call_loses_nothing_and_a_second_run_completes(tmp_path, monkeypatch, dead):
    failing = 0
    with Store.open(tmp_path / "filled", create=True) as store:
        fill(store)
    while True:
        failing += 1
        root = tmp_path / str(failing)
        shutil.copytree(tmp_path / "filled", root)
        store = Store.open(root, create=False)
        with monkeypatch.context() as patch:
            system = FailingSystem(patch, failing, DEAD if dead else errno.EIO)
            with contextlib.suppress(StoreError, Killed):
                store.merging.join(ID, OTHER)
        store.close()
        with Store.open(root, create=False) as again:
            files = [*root.glob("articles/*/*.json"), *root.glob("versions/*/*.json")]
            assert {record.loads(path.read_text(), subject=str(path)).body.text for path in files} == TEXTS
            notes = [json.loads(path.read_bytes())["note"] for path in root.glob("remarks/*/*.json")]
            assert all(any(note in said for said in notes) for note in ("The sea fell.", "It fell there."))
            if OTHER in {row.id for row in again.rows(Filters())}:
                again.merging.join(ID, OTHER)
            assert_joined(again)
        if system.calls < failing:
            break
    assert failing > 20


def test_a_damaged_version_comes_along_as_it_is(store):
    fill(store)
    (version,) = store.versions(OTHER)
    version.write_text("half")
    store.merging.join(ID, OTHER)
    assert "half" in [path.read_text() for path in store.versions(ID)]


@pytest.mark.parametrize("damaged", ["record", "remarks"])
def test_what_cannot_be_read_is_not_joined(store, damaged):
    fill(store)
    path = store.path(OTHER) if damaged == "record" else store.root / paths.remarks_file(OTHER)
    path.write_text("half")
    before = {found: found.read_bytes() for found in store.root.rglob("*.json")}
    with pytest.raises(RecordDamaged):
        store.merging.join(ID, OTHER)
    assert {found: found.read_bytes() for found in store.root.rglob("*.json")} == before


def test_what_is_not_there_is_not_joined(store):
    fill(store)
    for pair in ((ID, "f" * 16), ("f" * 16, ID)):
        with pytest.raises(NotInArchive):
            store.merging.join(*pair)


def test_three_become_one(store):
    fill(store)
    third = "https://third.example/tides"
    store.save(make_article(third, text="A third."))
    store.merging.join(OTHER, urls.article_id(third))
    store.merging.join(ID, OTHER)
    assert store.find(third) == ID
    assert len(store.versions(ID)) == 4


def test_an_article_whose_alias_is_damaged_is_not_joined(tmp_path):
    with Store.open(tmp_path, create=True) as store:
        fill(store)
        damaged = tmp_path / paths.alias_file(OTHER)
        damaged.parent.mkdir(parents=True)
        damaged.write_text("no JSON")
        with pytest.raises(RecordDamaged, match=damaged.name):
            store.merging.join(ID, OTHER)
        assert store.find(OTHER_URL) == OTHER
        damaged.unlink()
        store.merging.join(ID, OTHER)
        assert_joined(store)


def test_the_looks_at_the_address_that_is_joined_stay_with_it(store, tmp_path):
    fill(store)
    at = "2026-11-25T08:14:00Z"
    store.sightings.change(OTHER, lambda held: held.with_look(Sighting("gone", at, at, status=410)))
    store.merging.join(ID, OTHER)
    assert store.sightings.load(OTHER).gone_since == at
    assert store.sightings.load(ID).gone_since is None
    assert [one.kind for one in store.checking.findings() if one.path.startswith("sightings/")] == []
    (event,) = (event for event in history(store, ID) if event.kind == "gone")
    assert (event.at, event.note) == (at, f"HTTP 410; {OTHER_URL}")
    assert str(paths.sightings_file(OTHER)) in store.files(ID)
    with Store.open(tmp_path / "elsewhere", create=True) as other:
        found, strays = bundles(parcel := FolderParcel(store.root))
        assert strays == []
        list(other.joining.join_all(found, parcel, lambda *_: False))
        assert other.sightings.load(OTHER) == store.sightings.load(OTHER)
    store.remove(ID)
    assert not list(store.root.glob("sightings/*/*.json"))
