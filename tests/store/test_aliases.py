from __future__ import annotations

import json
from typing import get_args

import pytest

from archiver import urls
from archiver.errors import NotInArchive
from archiver.store import Filters, paths
from archiver.store.aliases import Alias, Why
from tests.store.conftest import URL, make_article, make_capture

ID = urls.article_id(URL)
SHORT = "https://short.example/x"
SHORT_ID = urls.article_id(SHORT)


def alias(url: str = SHORT, article: str = ID, why: Why = "redirect") -> Alias:
    return Alias(urls.article_id(url), url, article, why)


@pytest.fixture
def held(store):
    store.save(make_article())
    return store


def put(store, *aliases: Alias) -> None:
    with store.writing():
        for one in aliases:
            store.aliases.put(one)


def test_an_alias_is_a_file_that_people_can_read(held):
    put(held, alias())
    path = held.root / "aliases" / SHORT_ID[:2] / f"{SHORT_ID}.json"
    assert json.loads(path.read_bytes()) == {
        "schema": 1, "id": SHORT_ID, "url": SHORT, "article": ID, "why": "redirect",
    }  # fmt: skip
    assert held.aliases.load(SHORT_ID) == alias()


def test_its_address_and_id_find_the_article(held):
    put(held, alias())
    assert held.find(SHORT) == held.find(SHORT + "?utm_source=x") == held.find(SHORT_ID) == held.find(SHORT_ID[:5]) == ID
    assert held.holds(SHORT)


def test_what_a_page_only_claims_does_not_keep_a_page_from_being_fetched(held):
    put(held, alias(why="canonical"))
    assert held.find(SHORT) == ID
    assert not held.holds(SHORT)


def test_an_alias_that_leads_nowhere_means_nothing(held):
    put(held, alias(article="f" * 16))
    assert not held.holds(SHORT)
    with pytest.raises(NotInArchive):
        held.find(SHORT)


def test_aliases_lead_on_and_never_in_circles(held):
    middle = "https://middle.example/y"
    put(held, alias(article=urls.article_id(middle)), alias(middle, article=ID))
    assert held.find(SHORT) == ID
    assert [found.url for found in held.aliases.leading_to(ID)] == sorted([SHORT, middle], key=urls.article_id)
    put(held, alias(middle, article=SHORT_ID))
    assert not held.holds(SHORT)


def test_an_article_at_the_address_itself_comes_first(held):
    put(held, alias())
    held.save(make_article(SHORT))
    assert held.find(SHORT) == SHORT_ID
    assert held.aliases.load(SHORT_ID) is None


@pytest.mark.parametrize("weaker", range(4))
@pytest.mark.parametrize("stronger", range(4))
def test_the_newest_word_counts_but_never_against_a_better_one(held, weaker, stronger):
    ranks: tuple[Why, ...] = ("canonical", "redirect", "copy", "merged")
    assert set(ranks) == set(get_args(Why))
    other = make_article("https://news.example.org/other")
    held.save(other)
    put(held, alias(why=ranks[stronger]), alias(article=str(other.id), why=ranks[weaker]))
    assert held.find(SHORT) == (ID if weaker < stronger else other.id)


@pytest.mark.parametrize(
    "content", ["half", "[]", '{"schema": 2}', '{"schema": 1, "id": "x", "url": "", "article": "", "why": ""}']
)
def test_a_damaged_file_stands_for_nothing_and_is_left_alone(held, content):
    put(held, alias())
    path = held.root / paths.alias_file(SHORT_ID)
    path.write_text(content)
    assert not held.holds(SHORT)
    put(held, alias())
    assert path.read_text() == content


def test_a_link_in_the_place_of_the_folder_is_not_followed(held, tmp_path):
    outside = tmp_path / "outside"
    outside.mkdir()
    (held.root / "aliases").symlink_to(outside)
    put(held, alias())
    assert not list(outside.iterdir())


def test_they_go_with_the_article_and_so_do_the_captures_of_what_was_joined(held):
    other = "https://news.example.org/copy"
    put(held, alias())
    held.save(make_article(other, fetched_at="2026-11-24T00:00:00Z"))
    held.save_capture(make_capture(), urls.article_id(other))
    held.merging.join(ID, urls.article_id(other))
    assert len(list(held.root.glob("captures/*/*/*"))) == 1
    held.remove(ID)
    assert list(held.root.glob("a*/**/*.json")) == []
    assert list(held.root.glob("captures/*/*/*")) == []
    assert list(held.rows(Filters())) == []


def asked_by(url: str, **fields):
    return make_article(requested_url=url, **fields)


def test_the_address_by_which_an_older_version_was_asked_for_is_kept(store):
    """Records of archives without aliases have it in themselves alone."""
    store.save(asked_by(SHORT))
    assert store.find(SHORT) == ID
    store.save(make_article(text="The sea fell.", fetched_at="2026-11-24T00:00:00Z"))
    assert store.find(SHORT) == ID


def test_so_is_that_of_an_article_that_is_joined_to_another(store):
    other = "https://news.example.org/copy"
    store.save(make_article())
    store.save(make_article(other, requested_url=SHORT))
    store.merging.join(ID, urls.article_id(other))
    assert store.find(SHORT) == ID
