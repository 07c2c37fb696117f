"""The whole extraction: pure, bounded, and the same whatever a site calls itself."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archiver import urls
from archiver.errors import EmptyPage
from archiver.extraction import extract
from archiver.record import dumps, loads
from tests.support.pages import PAGES
from tests.support.small_pages import TEXT, URL, extracted, page

FOUNDING = (PAGES / "founding-contradicting" / "page.html").read_text(encoding="utf-8")
OTHER_NAMES = {
    "Psych Central": "Mind Herald",
    "psychcentral": "mindherald",
    "Traci Pedersen": "Wanda Birk-Olsen",
    "Pedersen, T.": "Birk-Olsen, W.",
    "Icahn School of Medicine at Mount Sinai": "Northern Coast Institute",
    "Last updated": "Updated",
    "Originally": "First published",
    "Last reviewed: By": "Medically reviewed by",
    "APA Reference": "How to cite",
    ">Depression</a>": ">Mood</a>",
}
FRAGMENTS = [
    "<p>",
    "</p>",
    "<h1>",
    "<script type='application/ld+json'>",
    "{",
    "}",
    '"@type":',
    '"Article"',
    "</script>",
    "<meta content='",
    "' name=author>",
    "<time datetime='2020-01-01'>",
    "By ",
    "Updated 3 May 2020",
    "&#xD800;",
    "\x00",
    "<table>",
    "<svg>",
    "<br>",
    "»",
    "Source: x",
    "<a href='http://[",
    "'>",
]


def test_founding_page_under_other_names():
    page = FOUNDING
    for old, new in OTHER_NAMES.items():
        assert old in page
        page = page.replace(old, new)
    article = extract(page, url="https://mindherald.example/n/1", fetched_at="2018-08-09T09:00:00Z")
    assert [author.name for author in article.authors] == ["Wanda Birk-Olsen"]
    assert (article.dates.published, article.dates.modified, article.dates.reviewed) == (
        "2017-03-18",
        "2018-08-08",
        "2018-08-08",
    )
    assert article.reviewed_by == "a member of our scientific advisory board"
    assert (article.source.publisher, [one.name for one in article.source.credited]) == (
        "Mind Herald",
        ["Northern Coast Institute"],
    )
    assert article.section == ("Mood",)
    assert article.body.text.startswith("Medicines that act")
    assert article.body.text.endswith("who will respond.")


@pytest.mark.parametrize("name", ["founding-plain", "founding-no-meta", "founding-contradicting"])
def test_founding_page_gives_one_record_in_all_its_variants(name: str):
    html = (PAGES / name / "page.html").read_bytes()
    article = extract(html, url="https://psychcentral.com/news/117854.html", fetched_at="2018-08-09T09:00:00Z")
    expected = extract(FOUNDING, url="https://psychcentral.com/news/117854.html", fetched_at="2018-08-09T09:00:00Z")
    for field in ("title", "byline", "authors", "dates", "reviewed_by", "source", "section", "body", "verdict"):
        assert getattr(article, field) == getattr(expected, field), field


def test_every_field_with_a_value_has_evidence():
    article = extract(FOUNDING, url="https://psychcentral.com/news/117854.html")
    keys = {
        "title",
        "byline",
        "authors",
        "dates.published",
        "dates.modified",
        "dates.reviewed",
        "reviewed_by",
        "source.publisher",
        "source.credited",
    }
    assert keys | {"section", "language", "verdict"} <= article.evidence.keys()


def test_address_is_cleaned_and_gives_the_id():
    article = extracted(url="https://me:secret@quay-gazette.example/boats?utm_source=x#top")
    assert article.url == article.requested_url == "https://quay-gazette.example/boats?utm_source=x"
    assert article.id == urls.article_id(URL)
    assert "secret" not in dumps(article)


@pytest.mark.parametrize("url", [None, "not an address", "ftp://x.example/"])
def test_without_an_address_there_is_no_id(url: str | None):
    article = extracted(url=url)
    assert (article.id, article.url, article.source.host, article.capture) == (None, None, None, None)
    assert article.body.text


@pytest.mark.parametrize("html", ["", b"", "   ", "<html><head></head><body></body></html>"])
def test_empty_page(html: str | bytes):
    with pytest.raises(EmptyPage):
        extract(html, url=URL)


def test_same_page_gives_the_same_record():
    assert dumps(extracted()) == dumps(extracted())


@pytest.mark.parametrize("fetched_at", ["yesterday", "0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z", ""])
def test_strange_capture_times_do_no_harm(fetched_at: str):
    assert extracted(fetched_at=fetched_at, below="<p>3 days ago</p>").body.text


@pytest.mark.parametrize(
    "bomb",
    [
        '<script type="application/ld+json">' + "[" * 100_000 + "</script>",
        '<script type="application/ld+json">{"@type":"Article","author":' + '{"name":' * 900 + '"x"' + "}" * 900 + "}</script>",
        '<script type="application/ld+json">{"@type":' + "[" * 900 + "]" * 900 + "}</script>",
        '<script type="application/ld+json">{"@type":"Article","headline":"\\ud800","url":"https://x.example/\\udfff"}</script>',
        '<meta name="author" content="' + "Jo Smith, " * 50_000 + '">',
        "<p>" + "3 May 2020, 4/5/2020 " * 20_000 + "</p>",
        "<p>" + "1.1." * 100_000 + "</p>",
        '<div itemprop="author headline">' * 150 + TEXT,
        '<div class="title">' * 150 + TEXT,
        "<a rel=author>" + "<b>Jo Smith</b>" * 20_000 + "</a>",
        '<div class="breadcrumb">' + "a » " * 50_000 + "</div>",
    ],
    ids=range(11),
)
def test_bombs_neither_crash_nor_hide_the_article(bomb: str):
    article = extract(page(above=bomb), url=URL, fetched_at="2024-06-01T00:00:00Z")
    assert loads(dumps(article), subject="bomb") == article
    assert "Engineers will measure" in article.body.text


@settings(max_examples=150, deadline=None)
@given(
    st.one_of(
        st.binary(max_size=400), st.text(max_size=400), st.lists(st.sampled_from([*FRAGMENTS, TEXT]), max_size=30).map("".join)
    )
)
def test_anything_gives_a_record_or_an_empty_page(html: str | bytes):
    try:
        article = extract(html, url=URL, fetched_at="2024-06-01T00:00:00Z")
    except EmptyPage:
        return
    assert loads(dumps(article), subject="anything") == article
