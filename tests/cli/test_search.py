"""`archiver search`."""

from __future__ import annotations

import json

import pytest


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
