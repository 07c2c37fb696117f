"""What pages say about where to go on. Each row of the tables has an example that no other row knows."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archiver import urls
from archiver.extraction import onward
from archiver.extraction.onward import held_address, look, part_number
from archiver.extraction.rules import paging
from archiver.extraction.siterules.toml_rules import parse

URL = "https://example.org/story"


def seen(html: str, url: str = URL, **given_too):
    return look(html.encode(), url, **given_too)


# -- rows


@pytest.mark.parametrize("row", paging.PART_MARKERS, ids=lambda row: row.name)
def test_each_way_to_number_a_page_is_needed(row, monkeypatch):
    first = "example.org/story.html" if row.example.endswith(".html") else "example.org/story"
    assert part_number(f"https://{row.example}", first) == 2
    rest = tuple(re.compile(other.pattern, re.IGNORECASE) for other in paging.PART_MARKERS if other is not row)
    monkeypatch.setattr(onward, "MARKERS", rest)
    assert part_number(f"https://{row.example}", first) is None


@pytest.mark.parametrize("table", ["NEXT_PAGE", "SINGLE_PAGE"])
def test_each_row_of_words_is_needed(table):
    rows = getattr(paging, f"{table}_WORDS")
    for row in rows:
        assert getattr(paging, table).fullmatch(row.example), row.example
        rest = paging._compiled(tuple(other for other in rows if other is not row))
        assert rest.fullmatch(row.example) is None, row.example


@pytest.mark.parametrize("row", paging.FORM_MARKERS, ids=lambda row: row.example)
def test_each_sign_of_a_form_is_needed(row, monkeypatch):
    assert seen("<p>x", f"https://{row.example}").form == row.form
    rest = tuple((r.form, re.compile(r.pattern, re.IGNORECASE)) for r in paging.FORM_MARKERS if r is not row)
    monkeypatch.setattr(onward, "FORMS", rest)
    assert seen("<p>x", f"https://{row.example}").form is None


@pytest.mark.parametrize("row", paging.HOLDERS, ids=lambda row: row.reason)
def test_each_holder_of_addresses_is_needed(row, monkeypatch):
    assert held_address(row.example) == "https://example.org/story"
    monkeypatch.setattr(onward, "HOLDING", tuple(re.compile(r.pattern) for r in paging.HOLDERS if r is not row))
    assert held_address(row.example) is None


@pytest.mark.parametrize("row", paging.COLLECTIONS, ids=lambda row: row.example)
def test_each_kind_of_collection_is_needed(row, monkeypatch):
    html, url = '<a href="?page=2">2</a>', f"https://{row.example}"
    assert seen(html, url).parts == ()
    monkeypatch.setattr(onward, "COLLECTED", tuple(re.compile(r.pattern) for r in paging.COLLECTIONS if r is not row))
    assert seen(html, url).part(2) == f"{url}?page=2"


@pytest.mark.parametrize("path", ["news/a-story", "blog/2026/a-story", "articles/a-story", "questions-of-the-day"])
def test_articles_stand_in_such_folders(path):
    assert seen('<a href="?page=2">2</a>', f"https://example.org/{path}").part(2)


# -- refreshes


@pytest.mark.parametrize(
    ("content", "target"),
    [
        ("0;url=/b", "https://example.org/b"),
        ("0; URL='/b'", "https://example.org/b"),
        ('3,url="b"', "https://example.org/b"),
        (" 1.5 ; /b", "https://example.org/b"),
        ("0", None),
        ("300;url=/b", None),
        ("0;url=javascript:x()", None),
        ("soon;url=/b", None),
        ("", None),
    ],
)
def test_a_refresh_at_once(content, target):
    quoted = content.replace('"', "&quot;")
    assert seen(f'<head><meta http-equiv="Refresh" content="{quoted}"></head><p>x').refresh == target


def test_a_refresh_for_readers_without_scripts_is_told_apart():
    found = seen('<noscript><meta http-equiv="refresh" content="0;url=https://other.example/b"></noscript>')
    assert (found.refresh, found.elsewhere) == (None, "https://other.example/b")


# -- forms


def test_a_page_for_telephones_says_so_in_its_markup():
    assert seen("<!doctype html><html amp><p>x").form == "amp"
    assert seen("<!doctype html><html ⚡ lang=en><p>x").form == "amp"


@pytest.mark.parametrize(
    "path", ["story", "amplifiers", "camp/fire", "the-amp", "printing", "print-media", "story?m=1", "story?campaign=amp"]
)
def test_what_only_looks_like_a_form_is_none(path):
    assert seen("<p>x", f"https://example.org/{path}").form is None


@pytest.mark.parametrize(
    "url",
    ["https://www.google.com/search?q=amp", "https://example.org/amp/s/other", "https://www.google.com/amp/", "http://x/"],
)
def test_other_addresses_hold_none(url):
    assert held_address(url) is None


# -- pages


@pytest.mark.parametrize(
    ("url", "first"),
    [
        ("https://example.org/other?page=2", "example.org/story"),
        ("https://example.org/story-2", "example.org/story"),
        ("https://example.org/story/2017", "example.org/story"),
        ("https://example.org/story?cpage=2", "example.org/story"),
        ("https://example.org/story/comment-page-2", "example.org/story"),
        ("https://example.org/117855.html", "example.org/117854.html"),
        ("https://example.org/?p=124", "example.org/?p=123"),
        ("https://other.example/story?page=2", "example.org/story"),
        ("not a url", "example.org/story"),
    ],
)
def test_what_is_no_page_of_the_article(url, first):
    assert part_number(url, first) is None


def test_links_with_numbers_are_pages():
    found = seen('<a href="?page=2">2</a><a href="?page=3">3</a><a href="/story?page=2">Next</a><a href="/other?page=4">4</a>')
    assert found.part(2) == "https://example.org/story?page=2"
    assert found.part(3) == "https://example.org/story?page=3"
    assert found.part(4) is None


def test_a_number_in_an_address_is_no_page_unless_the_link_says_so():
    assert seen('<a href="/story/2">Ten more things about oak</a>').part(2) is None


@pytest.mark.parametrize(
    "html",
    ['<link rel="next" href="/story/2">', '<a rel="next" href="/story/2/">go on</a>', '<a href="2/">Weiter &gt;</a>'],
)
def test_the_next_page_is_named_as_such(html):
    assert seen(html, "https://example.org/story/").part(2) in ("https://example.org/story/2", "https://example.org/story/2/")


def test_the_next_page_in_a_header():
    assert seen("<p>x", headers=(("Link", '</story?page=2>; rel="next"'),)).part(2) == "https://example.org/story?page=2"


def test_the_next_article_is_no_next_page():
    assert seen('<link rel="next" href="https://example.org/another-story">').parts == ()


def test_a_system_that_counts_from_0():
    found = seen('<a href="?page=0">1</a><a href="?page=1">2</a><a href="?page=2">3</a>')
    assert found.part(2) == "https://example.org/story?page=1"
    assert seen('<link rel=next href="?page=1">').part(2) == "https://example.org/story?page=1"


def test_pages_of_comments_are_none():
    assert seen('<div id="comments"><nav><a href="?page=2">2</a></nav></div>').parts == ()


def test_the_first_page_may_say_that_it_is_the_first():
    found = seen('<a href="?page=2">2</a>', "https://example.org/story?page=1")
    assert found.family == "example.org/story"
    assert found.part(2) == "https://example.org/story?page=2"


def test_the_canonical_address_tells_what_of_a_query_counts():
    html = '<link rel="canonical" href="https://example.org/story"><a href="/story?page=2">2</a>'
    assert seen(html, "https://example.org/story?from=front").part(2) == "https://example.org/story?page=2"


def test_a_front_page_has_no_pages():
    assert seen('<a href="/?page=2">2</a><link rel=next href="/page/2">', "https://example.org/").parts == ()


def test_all_pages_in_one():
    found = seen('<a href="/story/all">View as a single page</a><a href="/other/all">View as a single page</a>')
    assert found.single == ("https://example.org/story/all",)


# -- site rules


def test_a_site_rule_names_the_links():
    rule = parse('next_page = "a.more"\nsingle_page_link = "a.all"', "example.org.toml").rule
    found = seen('<a class="more" href="/b">x</a><a class="all" href="/c">y</a>', rule=rule)
    assert (found.ruled_next, found.ruled_single) == ("https://example.org/b", "https://example.org/c")


@given(st.binary(max_size=300), st.sampled_from(["https://example.org/a", "http://[::1]/", "https://example.org/%FF%"]))
def test_any_bytes_say_something(html, url):
    found = look(b'<a href="?page=2">2</a><meta http-equiv=refresh content="' + html, url)
    assert found.family == urls.key(url)
