"""What the response's headers and the feed entry say of a page."""

from __future__ import annotations

import pytest

from archiver.article import Article, FeedOrigin
from archiver.entry import FeedEntry
from archiver.extraction import extract
from tests.support.small_pages import URL, page

FETCHED = "2024-06-01T12:00:00Z"


def with_headers(*headers: tuple[str, str], fetched_at: str | None = FETCHED, **parts: str) -> Article:
    return extract(page(**parts), url=URL, fetched_at=fetched_at, headers=headers)


def modified(value: str, *, fetched_at: str | None = FETCHED, **parts: str) -> str | None:
    return with_headers(("last-modified", value), fetched_at=fetched_at, **parts).dates.modified


def test_last_modified_is_believed_when_the_page_says_nothing():
    assert modified("Sat, 18 Mar 2017 09:30:00 GMT") == "2017-03-18T09:30:00Z"


@pytest.mark.parametrize(
    "value",
    ["Sat, 01 Jun 2024 11:59:00 GMT", "Fri, 31 May 2024 12:00:01 GMT", "Mon, 03 Jun 2024 12:00:00 GMT", "0", "yesterday", ""],
)
def test_last_modified_of_a_page_made_for_the_request_or_of_no_date_says_nothing(value):
    assert modified(value) is None


def test_last_modified_says_nothing_where_nobody_knows_when_the_page_was_fetched():
    assert modified("Sat, 18 Mar 2017 09:30:00 GMT", fetched_at=None) is None


def test_last_modified_is_never_before_published():
    article = with_headers(("Last-Modified", "Sat, 18 Mar 2017 09:30:00 GMT"), below="<p>Published 19 March 2018</p>")
    assert (article.dates.published, article.dates.modified) == ("2018-03-19", None)


@pytest.mark.parametrize(
    ("value", "canonical"),
    [
        ("</a>; rel=canonical", "https://quay-gazette.example/a"),
        ('<https://quay-gazette.example/a>; rel="canonical"', "https://quay-gazette.example/a"),
        ('<b>; rel=next, </a>;title="a, <b>; rel=next"; Rel="alternate Canonical" , <c>', "https://quay-gazette.example/a"),
        ('<c>; title="rel=canonical"', None),
        ("<https://elsewhere.example/a>; rel=canonical", None),
        ("<http://[>; rel=canonical", None),
        ("</a>", None),
        ("rel=canonical", None),
        ("<" * 100_000 + ";rel=canonical" * 10_000, None),
    ],
)
def test_the_canonical_address_by_http(value, canonical):
    assert with_headers(("Link", value)).canonical_url == canonical


def test_the_page_is_asked_for_its_language_first():
    british = ("Content-Language", "en-GB")
    assert with_headers(british).language == "en"
    assert with_headers(british, lang="").language == "en-GB"
    assert with_headers(("Content-Language", "en-GB, en"), lang="").language == "en"  # as the text sounds


def test_headers_name_the_charset():
    latin = page(title="Café").encode("latin-1")
    assert extract(latin, url=URL, headers=(("content-type", "text/html; charset=latin1"),)).title == "Café"


def test_the_entry_that_led_to_the_page_is_noted():
    article = extract(page(), url=URL, entry=FeedEntry("https://quay-gazette.example/feed", "tag:1", "Boats"))
    assert article.feed == FeedOrigin("https://quay-gazette.example/feed", "tag:1", "Boats")
    assert extract(page(), url=URL).feed is None


def test_what_the_page_shows_is_believed_before_the_feed():
    entry = FeedEntry("https://quay-gazette.example/feed", authors=("webmaster", "Bo Lund"), published="2018-01-01T00:00:00Z")
    article = extract(page(below="<p>By Wanda Birk</p><p>Published 19 March 2017</p>"), url=URL, entry=entry)
    assert [author.name for author in article.authors] == ["Wanda Birk"]
    assert article.dates.published == "2017-03-19"
    assert [one.from_ for one in article.evidence["dates.published"].rejected] == ["feed"]
