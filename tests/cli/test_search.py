"""`archiver search`."""

from __future__ import annotations

import json

import pytest

from archiver.cli import views
from archiver.store import Filters, Store


def test_all_words_must_match(filled):
    assert len(json.loads(filled("search", "oak", "piles", "--json").out)) == 2
    assert len(json.loads(filled("search", "oak", "keepers", "--json").out)) == 1


def test_a_match_in_the_title_comes_first(filled):
    assert json.loads(filled("search", "harbour", "--json").out)[0]["title"] == "How the Old Harbour Was Built"


def test_a_hit_shows_the_passage(filled):
    hit = json.loads(filled("search", "oak", "--json", "--limit", "1").out)
    assert len(hit) == 1
    assert "oak piles" in hit[0]["excerpt"]


def test_a_phrase_must_stand_as_it_is(filled):
    assert json.loads(filled("search", '"piles oak"', "--json").out) == []


def test_filters_apply(filled):
    assert len(json.loads(filled("search", "oak", "--author", "Jo Smith", "--json").out)) == 1


def test_nothing_found_is_an_empty_list(filled):
    ran = filled("search", "glacier", "--json")
    assert (ran.code, ran.out) == (0, "[]\n")


@pytest.mark.parametrize("words", ['"', "AND", "NEAR(", "*", "title:x", "a' OR 1=1 --", "-", "()", "\x1b[31m", "{}"])
def test_no_text_is_a_syntax_error(filled, words):
    ran = filled("search", "--json", "--", words)
    assert ran.code == 0
    json.loads(ran.out)


def test_too_many_words_are_a_usage_error(filled):
    assert filled("search", *(f"w{number}" for number in range(100))).code == 2


@pytest.mark.parametrize(
    ("words", "count"),
    [
        (["title:harbour"], 1),
        (["title:harbour OR title:keepers"], 2),
        (["oak -keepers"], 1),
        (["author:(cruz OR smith)", "after:2026"], 1),
        (["site:127.0.0.1"], 2),
        (["oak piles"], 2),
        (["piles oak"], 0),
    ],
)
def test_the_search_language_is_understood(filled, words, count):
    assert len(json.loads(filled("search", "--json", "--", *words).out)) == count


@pytest.mark.parametrize("words", ["before:soon", "site:a%20b", "oak OR site:example.org", "a*", "oak OR NOT piles"])
def test_what_cannot_be_asked_is_one_line(filled, words):
    ran = filled("search", words)
    assert (ran.code, ran.out) == (2, "")
    assert len(ran.err.splitlines()) == 1


def test_hits_can_be_sorted_and_cut_to_columns(filled):
    ran = filled("search", "oak", "--sort", "title", "--columns", "title")
    assert ran.out.splitlines() == ["How the Old Harbour Was Built", "The Lighthouse Keepers' Strike"]


def test_a_title_that_is_a_whole_document_is_cut_on_a_terminal(filled, archive, capsys):
    path = next(archive.glob("articles/*/*.json"))
    path.write_text(json.dumps(json.loads(path.read_text()) | {"title": "harbour " * 100_000}))
    with Store.open(archive, create=False) as store:
        views.print_hits(list(store.search("harbour", Filters())))
    assert 1000 < len(capsys.readouterr().out) < 10_000
