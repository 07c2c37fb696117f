from __future__ import annotations

import pytest

from archiver.article import Article, Body, Dates, Evidence, Rejected
from archiver.tasks.reaching import same_article

FAMILY = "example.org/story"


def article(title: str = "How the harbour was built", text: str = "Some words of this page.", **fields) -> Article:
    return Article(title=title, body=Body(text, f"<p>{text}</p>", len(text.split())), **fields)


@pytest.mark.parametrize(
    "title",
    [
        "How the harbour was built - Page 2",
        "How the harbour was built (2/3)",
        "How the Harbour was built, page 2 of 4",
        "How the harbour was built | Seite 2",
        "How the harbour was built: the second wall",
    ],
)
def test_titles_of_further_pages(title):
    assert same_article.same_title(article(), article(title))


@pytest.mark.parametrize("title", ["How the lighthouse was built", "The harbour", ""])
def test_titles_of_other_articles(title):
    assert not same_article.same_title(article(), article(title))


def test_a_title_that_lost_counts_too():
    other = article(
        "The second wall",
        evidence={"title": Evidence("dom", "h1", "x", (), (Rejected("meta", "og", "How the harbour was built"),))},
    )
    assert same_article.same_title(article(), other)


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({}, True),
        ({"canonical_url": "https://example.org/story"}, True),
        ({"canonical_url": "https://example.org/story?page=2"}, True),
        ({"canonical_url": "https://example.org/another"}, False),
        ({"dates": Dates("2026-03-14T09:30:00+02:00")}, True),
        ({"dates": Dates("2026-03")}, True),
        ({"dates": Dates("2026-03-15")}, False),
    ],
    ids=str,
)
def test_a_next_page_claims_nothing_else(fields, expected):
    first = article(dates=Dates("2026-03-14"))
    assert same_article.is_next(first, article(**fields), FAMILY) is expected


def test_a_page_that_says_the_same_again_does_not_go_on():
    before = same_article.lines(article(text="The first wall sank.\n\nThe second stood on oak."))
    assert not same_article.goes_on(before, article(text="The first wall sank.\n\nThe second stood on oak.\n\nA comment"))
    assert same_article.goes_on(before, article(text="The first wall sank.\n\nThe third was of stone, and it still stands."))


def test_a_whole_page_has_what_its_form_has():
    form, whole = article(text="One two three four."), article(text="One two three four.\n\nFive.")
    assert same_article.is_whole(form, whole)
    assert same_article.is_whole(form, article("Another headline", "One two three four.\n\nFive."))
    assert not same_article.is_whole(form, article("Another headline", "Quite other words and more of them."))
    assert not same_article.is_whole(form, article(text="One."))
    assert not same_article.is_whole(form, article(text="One two three four.", verdict="paywalled"))


def test_all_pages_in_one_are_more_than_the_first():
    first = article(text="One two three four.")
    assert same_article.has_all(first, article(text="One two three four.\n\nFive six."))
    assert not same_article.has_all(first, article(text="One two three four."))
    assert not same_article.has_all(first, article(text="Quite other words and more of them."))
    assert not same_article.has_all(None, article(verdict="listing"))
