"""Archives that earlier versions wrote are read, and left as they are. Each schema has its fixture; none is ever changed."""

from __future__ import annotations

import hashlib
import json
import shutil
from typing import TYPE_CHECKING

import pytest

from archiver.errors import RecordDamaged
from archiver.feeds.opml import Opml
from archiver.store import Filters, Store
from archiver.store.bundles import bundles
from archiver.store.joining import Joined
from archiver.store.parcels import FolderParcel
from archiver.tasks.exchange.import_ import prefer
from tests.conftest import FIXTURES

if TYPE_CHECKING:
    from pathlib import Path

FROZEN = FIXTURES / "archives" / "schema-1-languages"
DIGEST = "12267bc2acf5b8aa21704358f5ab93db13631257f88c188fa17d393c74f4c941"
HARBOUR, FERRY, TEA = "5e10df555104f6b8", "d83efa503f7d67f3", "8e3e3b0f8e6adcdd"


def contents(root: Path) -> dict[str, bytes]:
    """The files that are no cache, by name."""
    derived = ("index.sqlite3", ".index.lock", ".lock", "tmp")
    found = [path for path in sorted(root.rglob("*")) if path.is_file()]
    names = {path.relative_to(root).as_posix(): path for path in found}
    return {name: path.read_bytes() for name, path in names.items() if not name.startswith(derived)}


@pytest.fixture
def root(tmp_path):
    shutil.copytree(FROZEN, tmp_path / "archive")
    return tmp_path / "archive"


@pytest.fixture
def store(root, notes):
    with Store.open(root, create=False, note=notes.append) as opened:
        yield opened


def test_it_is_as_it_was_frozen():
    digest = hashlib.sha256()
    for name, content in contents(FROZEN).items():
        digest.update(f"{name}\n".encode() + hashlib.sha256(content).digest())
    assert digest.hexdigest() == DIGEST


def test_it_is_listed_and_searched(store, notes):
    assert {row.id for row in store.rows(Filters())} == {HARBOUR, FERRY, TEA}
    assert [hit.row.id for hit in store.search("transbordador", Filters())] == [FERRY]
    assert [hit.row.id for hit in store.search("茶树", Filters())] == [TEA]
    assert [row.id for row in store.rows(Filters(labels=("coast",), starred=True))] == [HARBOUR]
    assert not [note for note in notes if "is made again" not in note]


def test_records_versions_remarks_and_captures_are_read(store):
    harbour = store.load(HARBOUR)
    assert (harbour.title, harbour.dates.published) == ("How the Old Harbour Was Built", "2026-03-14")
    assert "1842" in harbour.body.text
    versions = [store.load_version(path) for path in store.versions(HARBOUR)]
    assert [version.verdict for version in versions] == ["article", "error"]
    assert store.remarks(HARBOUR).note == "Compare with the ledger of 1842."
    assert store.remarks(TEA).read
    for article in (harbour, *versions, store.load(FERRY), store.load(TEA)):
        page = store.payload(article)
        assert article.capture
        assert page
        assert hashlib.sha256(page).hexdigest() == article.capture.sha256


def test_articles_are_found_by_every_address(store):
    assert store.find("https://short.example/h?utm_source=x") == HARBOUR
    assert store.find("http://www.coast-review.example/2026/harbour/") == HARBOUR
    assert store.find("https://中文.example/茶") == TEA
    assert store.find("d83e") == FERRY


def test_its_feeds_are_read(store):
    content = store.following.subscriptions()
    assert content
    assert [one.url for one in Opml.read(content).subscriptions()] == [
        "https://coast-review.example/feed",
        "https://costa.example/feed.xml",
    ]


def test_reading_changes_no_file(root, store):
    list(store.rows(Filters()))
    list(store.search("harbour", Filters()))
    store.load(HARBOUR)
    store.pairs(lambda found: found)
    assert contents(root) == contents(FROZEN)


def test_all_of_it_is_taken_into_another_archive(tmp_path):
    parcel = FolderParcel(FROZEN)
    found, strays = bundles(parcel)
    with Store.open(tmp_path / "other", create=True) as other:
        fates = [(one.fate, one.problems) for one in other.joining.join_all(found, parcel, prefer) if isinstance(one, Joined)]
    assert fates == [("new", ())] * 3
    assert strays == ["feeds.opml"]
    kept = {name: content for name, content in contents(FROZEN).items() if name != "feeds.opml"}
    assert contents(tmp_path / "other") == kept


@pytest.mark.parametrize(("folder", "article_id"), [("articles/*", FERRY), ("remarks/*", TEA)])
def test_a_newer_schema_is_refused_with_its_remedy(root, store, folder, article_id):
    path = next(root.glob(f"{folder}/*{article_id}.json"))
    path.write_text(path.read_text(encoding="utf-8").replace('"schema": 1', '"schema": 2'), encoding="utf-8")
    before = path.read_bytes()
    ask = store.load if folder == "articles/*" else lambda found: store.remark(found, lambda remarks: remarks.noted("New."))
    with pytest.raises(RecordDamaged) as caught:
        ask(article_id)
    said = str(caught.value)
    assert path.name in said
    assert "schema" in said
    assert "upgrade archiver" in said
    assert "\n" not in said
    assert path.read_bytes() == before


def test_keys_of_a_later_version_survive(root, store):
    def later(path: Path) -> object:
        return json.loads(path.read_bytes())["later"]

    store.remark(TEA, lambda remarks: remarks.noted("New."))
    assert later(next(root.glob(f"remarks/*/{TEA}.json"))) == [1, 2]
    store.merging.join(HARBOUR, FERRY)
    assert later(next(root.glob(f"versions/{HARBOUR}/20261121*.json"))) == {"kept": True}
