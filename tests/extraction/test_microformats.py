"""The page's h-entry, and the hAtom entry before it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archiver.extraction import blocks, microformats, page
from archiver.extraction.claims import Claim, Claims
from archiver.extraction.rules.claim_ranks import MICROFORMAT_FIELDS
from archiver.extraction.rules.microformats import CLASSES
from tests.support.small_pages import URL

ENTRY = '<div class="h-entry"><p>{}</p></div>'


def claims_of(html: str, field: str) -> list[Claim]:
    read = page.read(html, url=URL)
    claims = Claims()
    microformats.collect(read, blocks.measure(read.body), claims)
    return claims.of(field)


def values(html: str, field: str) -> list[str]:
    return [one.value for one in claims_of(html, field)]


@pytest.mark.parametrize(
    ("element", "field", "value"),
    [
        ('<b class="p-name">Boats</b>', "title", "Boats"),
        ('<b class="Entry-Title">Boats</b>', "title", "Boats"),
        ('<time class="dt-published" datetime="2017-03-18">last week</time>', "published", "2017-03-18"),
        (
            '<abbr class="published" title="2017-03-18T09:30:00+01:00">last week</abbr>',
            "published",
            "2017-03-18T09:30:00+01:00",
        ),
        ('<data class="dt-updated" value="2017-03-18"></data>', "modified", "2017-03-18"),
        ('<span class="updated">18 March 2017</span>', "modified", "18 March 2017"),
        ('<a class="p-category" href="/b">Boats</a>', "tags", "Boats"),
        ('<a rel="tag" href="/b">Boats</a>', "tags", "Boats"),
    ],
)
def test_the_value_of_a_property(element: str, field: str, value: str):
    assert values(ENTRY.format(element), field) == [value]
    assert values(ENTRY.format(element).replace("h-entry", "post hentry"), field) == [value]
    assert values(f"<div class='entry'>{element}</div>", field) == []


def test_a_date_that_is_both_is_that_of_publication():
    html = ENTRY.format('<time class="published updated" datetime="2017-03-18"></time>')
    assert (values(html, "published"), values(html, "modified")) == (["2017-03-18"], [])


def test_the_authors_card():
    card = """<span class="p-author h-card">Words by <b class="p-name">Wanda Birk</b> <a href="/x">x</a>
        <a class="u-url" href="/wanda">home</a> <i class="p-note">She sails.</i></span>"""
    (one,) = claims_of(ENTRY.format(card), "author")
    assert (one.value, one.url, one.bio) == ("Wanda Birk", "https://quay-gazette.example/wanda", "She sails.")
    assert values(ENTRY.format(card), "title") == []  # the name is the person's


@pytest.mark.parametrize(
    "card",
    [
        '<span class="author vcard"><a class="url fn n" href="/wanda">Wanda Birk</a></span>',
        '<a class="p-author h-card" href="/wanda">Wanda Birk</a>',
        '<span class="p-author"><a href="/wanda">Wanda Birk</a></span>',
    ],
)
def test_the_shorter_forms_of_a_card(card: str):
    assert [(one.value, one.url) for one in claims_of(ENTRY.format(card), "author")] == [
        ("Wanda Birk", "https://quay-gazette.example/wanda")
    ]


def test_an_author_around_the_whole_text_names_nobody():
    assert values(f'<div class="h-entry"><div class="p-author">{"Boats float. " * 60}</div></div>', "author") == []


@pytest.mark.parametrize("other", ["p-comment h-entry", "comment hentry", "h-cite", "comment", "h-event"])
def test_what_is_quoted_or_answered_is_not_the_articles(other: str):
    inner = f'<div class="{other}"><b class="p-name">Others</b> <b class="vcard"><b class="fn">Bo</b></b></div>'
    html = f'<div class="h-entry"><h1 class="p-name">Boats</h1>{inner}</div>'
    assert (values(html, "title"), values(html, "author")) == (["Boats"], [])


def test_of_several_entries_only_one_that_is_much_longer_is_the_pages():
    long, short = (f'<div class="hentry"><p class="entry-title">{word}</p></div>' for word in ("Boats " * 40, "Tides "))
    assert values(short + long, "title") == [" ".join(["Boats"] * 40)]
    assert values(short * 5, "title") == []
    assert values(long * 2, "title") == []


def test_many_properties_are_cut():
    html = ENTRY.format('<i class="p-category">boat</i>' * 1_000)
    assert len(values(html, "tags")) == microformats.MAX_PROPERTIES


def test_each_class_is_read():
    for name, meaning in CLASSES.items():
        field = MICROFORMAT_FIELDS[meaning]
        assert values(ENTRY.format(f'<b class="{name}">Boats</b>'), field) == ["Boats"]


PIECES = (
    '<div class="h-entry">',
    '<article class="post hentry">',
    "</div>",
    '<p class="p-author h-card vcard">',
    '<a class="u-url" href="//[" rel="tag">',
    '<abbr class="published updated" title>',
    "Wanda",
    '<b class="p-name fn">',
)


@given(st.lists(st.sampled_from(PIECES), max_size=25))
def test_any_markup_gives_claims_that_are_not_empty(pieces: list[str]):
    html = "".join(pieces)
    assert all("" not in values(html, field) for field in ("author", "title", "tags", "published"))
