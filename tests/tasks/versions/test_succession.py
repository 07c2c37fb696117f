"""The records of one article, as they came."""

from __future__ import annotations

import dataclasses

import pytest

from archiver.article import Body
from archiver.errors import InvalidInput
from archiver.tasks.versions.succession import chosen, earlier, kept, replayed
from tests.store.conftest import make_article, notes, store

__all__ = ["notes", "store"]

LONG = "Words of the article that stand here. " * 30


def record(day, text=LONG, **fields):
    article = make_article(text=text, fetched_at=f"2026-11-{day:02}T08:00:00Z", **fields)
    assert article.capture
    return dataclasses.replace(article, capture=dataclasses.replace(article.capture, sha256=f"{day:064}"))


def kinds(store, article):
    return [(step.kept.number, step.kind, step.kept.current) for step in replayed(store, str(article.id))]


def test_an_edit_a_worse_page_and_a_re_extraction(store):
    first, edit = record(1), record(3, LONG + "And more.")
    store.save(first)
    store.save_beside(record(2, "Gone.", verdict="error"))
    store.save(edit)
    again = dataclasses.replace(edit, title="Read again")
    store.save(again)
    assert kinds(store, first) == [(1, "first", False), (2, "worse", False), (3, "edit", False), (4, "re-extraction", True)]


def test_what_the_archive_holds_is_never_worse(store):
    store.save(record(1))
    store.save(record(2, "Next to nothing is left."))
    assert kinds(store, record(1)) == [(1, "first", False), (2, "edit", True)]


def test_an_older_page_that_was_saved_later_stands_where_it_belongs(store):
    store.save(record(5))
    store.save(record(3, LONG + "Older."))
    assert kinds(store, record(3)) == [(1, "first", True), (2, "edit", False)]


def test_what_the_page_said_before(store):
    grown = record(4, LONG * 5)
    store.save(record(1, "A first line of news."))
    store.save_beside(record(2, "Gone.", verdict="error"))
    store.save(grown)
    again = dataclasses.replace(grown, title="Read again")
    store.save(again)
    found = earlier(store, again)
    assert found is not None
    assert found.body.text == "A first line of news."


def test_the_first_that_we_know_has_none_before(store):
    first = record(1)
    store.save(dataclasses.replace(first, title="As an older archiver read it"))
    store.save(first)
    assert earlier(store, first) is None


def test_a_damaged_version_is_passed_over(store):
    store.save(record(1))
    store.save(record(2, LONG + "Two."))
    store.save(record(3, LONG + "Three."))
    store.versions(str(record(1).id))[1].write_text("{")
    found = earlier(store, record(3))
    assert found == record(1)
    assert [kind for _, kind, _ in kinds(store, record(1))] == ["first", "damaged", "edit"]


def test_without_numbers_the_last_two_versions_are_chosen(store):
    store.save(record(1))
    store.save(record(2, LONG + "Two."))
    store.save_beside(record(3, "Gone.", verdict="error"))
    article_id = str(record(1).id)
    assert [number for number, _ in chosen(store, article_id, ())] == [1, 2]
    assert [number for number, _ in chosen(store, article_id, (3, 1))] == [3, 1]
    with pytest.raises(InvalidInput, match="no version 4"):
        chosen(store, article_id, (1, 4))


def test_a_damaged_record_is_the_last(store):
    store.save(record(1))
    path = store.save(record(2, body=Body("x", "x", 1), verdict="thin"))
    article_id = str(record(1).id)
    path.write_text("{")
    assert [(one.number, one.current) for one in kept(store, article_id)] == [(1, False), (2, True)]
    assert kinds(store, record(1))[-1] == (2, "damaged", True)
