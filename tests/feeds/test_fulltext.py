"""The text that a feed carries."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from archiver.extraction import extract
from archiver.feeds import Entry
from archiver.feeds.fulltext import CUTS, as_page, full_text
from tests.support.articles import paragraphs

LINK = "https://quay.example/a"


def test_a_long_content_is_the_whole_text():
    assert full_text(Entry(LINK, content=paragraphs())) == paragraphs()


def test_a_short_content_may_be_an_excerpt():
    assert full_text(Entry(LINK, content="<p>Short.</p>")) is None


@pytest.mark.parametrize("end", ["word…", "word [&hellip;]", "word ...", '<a href="/a">Read more</a>', "Full story »"])
def test_a_text_that_goes_on_elsewhere_is_an_excerpt(end):
    assert full_text(Entry(LINK, content=f"{paragraphs()}<p>{end}</p>")) is None


def test_a_summary_must_be_longer():
    assert full_text(Entry(LINK, summary="word " * 200)) is None
    assert full_text(Entry(LINK, summary="word " * 300)) is not None


def test_every_cut_has_its_reason():
    assert all(row.reason for row in CUTS)


def test_the_page_says_what_the_entry_says():
    entry = Entry(
        LINK,
        title="Tide & time",
        published=datetime(2026, 3, 10, 9, tzinfo=UTC),
        authors=("Ana de la Cruz",),
        content=paragraphs(),
    )
    page = as_page(entry, "The Coast Review")
    assert page is not None
    article = extract(page, url=LINK)
    assert article.title == "Tide & time"
    assert article.authors[0].name == "Ana de la Cruz"
    assert article.dates.published is not None
    assert article.dates.published.startswith("2026-03-10")
    assert article.source.publisher == "The Coast Review"
    assert article.verdict == "article"


def test_there_is_no_page_without_the_text():
    assert as_page(Entry(LINK, title="x"), None) is None
