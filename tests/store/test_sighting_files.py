"""The files of sightings in the archive."""

from __future__ import annotations

import pytest

from archiver.errors import RecordDamaged
from archiver.sightings import Sighting, Sightings
from archiver.store import Filters
from tests.store.conftest import make_article

LOOK = Sighting("gone", "2026-11-24T08:00:00Z", "2026-11-24T08:00:00Z", status=404)


@pytest.fixture
def article_id(store):
    article = make_article()
    store.save(article)
    return article.id


def noted(store, article_id, look=LOOK):
    return store.sightings.change(article_id, lambda held: held.with_look(look))


def test_what_is_changed_is_read_by_another_store(store, article_id):
    assert noted(store, article_id) == Sightings((LOOK,))
    assert type(store).open(store.root, create=False).sightings.load(article_id) == Sightings((LOOK,))
    assert (store.root / "sightings" / article_id[:2] / f"{article_id}.json").is_file()


def test_nothing_is_written_where_nothing_changes(store, article_id):
    store.sightings.change(article_id, lambda held: held.ended("2026-11-25T00:00:00Z"))
    assert not (store.root / "sightings").exists()
    noted(store, article_id)
    (file,) = store.root.glob("sightings/*/*.json")
    before = file.stat().st_mtime_ns, file.stat().st_ino
    noted(store, article_id)
    assert (file.stat().st_mtime_ns, file.stat().st_ino) == before


def test_a_damaged_file_is_left_alone(store, article_id):
    noted(store, article_id)
    (file,) = store.root.glob("sightings/*/*.json")
    file.write_text("{")
    with pytest.raises(RecordDamaged):
        noted(store, article_id)
    assert file.read_text() == "{"
    assert [row.gone_since for row in store.rows(Filters())] == [None]


def test_rows_tell_since_when_a_page_is_gone(store, article_id):
    store.save(make_article("https://news.example.org/2026/other"))
    noted(store, article_id)
    assert {row.id: row.gone_since for row in store.rows(Filters())}[article_id] == LOOK.first_at
    assert len([row for row in store.rows(Filters()) if row.gone_since]) == 1


def test_hits_tell_since_when_a_page_is_gone(store, article_id):
    noted(store, article_id)
    assert [hit.row.gone_since for hit in store.search("sea", Filters())] == [LOOK.first_at]


def test_the_articles_that_are_gone_can_be_asked_for(store, article_id):
    other = make_article("https://news.example.org/2026/other")
    store.save(other)
    assert not list(store.rows(Filters(gone=True)))
    noted(store, article_id)
    noted(store, other.id, Sighting("worse", LOOK.first_at, LOOK.first_at, verdict="thin", words=1))
    assert [row.id for row in store.rows(Filters(gone=True))] == [article_id]
    assert [hit.row.id for hit in store.search("sea", Filters(gone=True))] == [article_id]
    assert store.tallies(Filters(gone=True), top=1).articles == 1


def test_ids(store, article_id):
    assert list(store.sightings.ids()) == []
    noted(store, article_id)
    folder = store.root / "sightings" / article_id[:2]
    (folder / "notes.txt").write_text("")
    (folder / f"{'f' * 16 if article_id[:2] != 'ff' else '0' * 16}.json").write_text("")
    assert list(store.sightings.ids()) == [article_id]


def test_they_go_with_the_article(store, article_id):
    noted(store, article_id)
    store.remove(article_id)
    assert not list(store.root.glob("sightings/*/*.json"))
