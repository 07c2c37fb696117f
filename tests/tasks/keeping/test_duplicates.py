from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest

from archiver import urls
from archiver.store import Filters, Store
from archiver.tasks.keeping.duplicates import duplicates
from tests.store.conftest import make_article

if TYPE_CHECKING:
    from collections.abc import Collection

WORDS = [f"word{number}" for number in range(3000)]


def text(seed: int, words: int = 300) -> str:
    return " ".join(random.Random(seed).choices(WORDS, k=words))


def url(name: object) -> str:
    return f"https://example.org/{name}"


def ident(name: object) -> str:
    return urls.article_id(url(name))


@pytest.fixture
def store(tmp_path):
    with Store.open(tmp_path / "archive", create=True) as opened:
        yield opened


def save(store, name, words, **fields):
    store.save(make_article(url(name), text=words, **fields))


def found(store, **options):
    return [(one.id, one.other, one.reasons) for one in duplicates(store, list, **options)]


def test_an_empty_archive_has_none(store):
    assert found(store) == []
    assert found(Store.open(store.root / "none", create=False)) == []


def test_the_first_fetched_of_two_alike_is_kept(store):
    save(store, "later", text(1), fetched_at="2026-11-24T00:00:00Z")
    save(store, "first", text(1), fetched_at="2026-11-23T00:00:00Z")
    save(store, "other", text(2))
    assert found(store) == [(ident("first"), ident("later"), ("text",))]


def test_an_article_before_a_beginning_and_the_longer_before_the_shorter(store):
    save(store, "wall", text(1) + " and more and more", verdict="paywalled", fetched_at="2026-11-20T00:00:00Z")
    save(store, "short", text(1, 290), fetched_at="2026-11-21T00:00:00Z")
    save(store, "whole", text(1), fetched_at="2026-11-22T00:00:00Z")
    pairs = {frozenset(pair[:2]): pair[0] for pair in found(store)}
    assert pairs[frozenset({ident("wall"), ident("whole")})] == ident("whole")
    assert pairs[frozenset({ident("short"), ident("whole")})] == ident("whole")


def test_the_threshold(store):
    save(store, "one", text(1))
    save(store, "half", text(1, 225) + " " + text(9, 75))
    assert found(store) == []
    (candidate,) = duplicates(store, list, threshold=0.5)
    assert 0.5 <= candidate.likeness < 0.8


def test_the_claimed_address_is_kept_and_a_beginning_counts_as_the_same(store):
    save(store, "story", text(1, 100), fetched_at="2026-11-24T00:00:00Z")
    save(store, "print/story", text(1), canonical_url=url("story"), fetched_at="2026-11-23T00:00:00Z")
    assert found(store) == [(ident("story"), ident("print/story"), ("canonical",))]


def test_a_claim_alone_is_not_enough(store):
    save(store, "story", text(1))
    save(store, "print/story", text(2), canonical_url=url("story"))
    assert found(store) == []


def test_two_that_claim_one_address(store):
    for name in ("a", "b"):
        save(store, f"print/{name}", text(1), canonical_url=url("story"))
    ((_, _, reasons),) = found(store)
    assert reasons == ("canonical", "text")


def test_where_an_address_led_is_kept(store):
    save(store, "old", text(1), fetched_at="2026-11-20T00:00:00Z")
    save(store, "new", text(1), requested_url=url("old"), fetched_at="2026-11-24T00:00:00Z")
    assert found(store) == [(ident("new"), ident("old"), ("redirect", "text"))]


def test_only_those_of_some(store):
    for name, seed in (("a", 1), ("b", 1), ("c", 2), ("d", 2)):
        save(store, name, text(seed))
    assert len(found(store)) == 2
    assert {*found(store, of=frozenset({ident("c")}))[0][:2]} == {ident("c"), ident("d")}


def test_many_copies_are_not_all_pairs(store):
    for number in range(40):
        save(store, number, text(1))
    pairs = found(store)
    assert len(pairs) < 40 * 9
    assert {one for pair in pairs for one in pair[:2]} == {row.id for row in store.rows(Filters())}


def test_a_damaged_record_is_passed_over(store):
    save(store, "a", text(1))
    save(store, "b", text(1))
    store.path(ident("a")).write_text("half")
    assert found(store) == []


def test_an_index_made_again_finds_the_same(store):
    save(store, "a", text(1))
    save(store, "b", text(1))
    before = found(store)
    assert before
    store.close()
    for path in store.root.glob("index.sqlite3*"):
        path.unlink()
    read: list[str] = []

    def watched(paths: Collection[str]) -> Collection[str]:
        read.extend(paths)
        return paths

    again = [(one.id, one.other, one.reasons) for one in duplicates(store, watched)]
    assert again == before
    assert len(read) == 2
    assert len(found(store)) == 1


def test_a_changed_record_is_known_by_its_new_words(store):
    save(store, "a", text(1))
    save(store, "b", text(1))
    assert found(store)
    save(store, "b", text(2))
    assert found(store) == []
