"""What a fresh extraction means for what the archive holds."""

from __future__ import annotations

import dataclasses

import pytest

from archiver.article import Article, Body, CaptureIdentity, Dates, Evidence
from archiver.tasks.decide import Decision, decide

TEXT = "One sentence of the article. " * 40
HELD = Article(
    title="A title",
    dates=Dates(published="2026-01-02"),
    body=Body(text=TEXT, html=f"<p>{TEXT}</p>", words=200),
)


def changed(**fields) -> Article:
    return dataclasses.replace(HELD, **fields)


def test_a_page_seen_for_the_first_time_is_new():
    assert decide(None, HELD) is Decision.NEW


def test_the_same_page_is_unchanged():
    assert decide(HELD, HELD) is Decision.UNCHANGED


def test_capture_evidence_white_space_and_markup_are_no_change():
    capture = CaptureIdentity("2026-01-01T00:00:00Z", 200, "text/html", "utf-8", 10, "ab")
    noisy = changed(
        capture=capture,
        evidence={"title": Evidence("dom", "h1", "A title")},
        body=Body(text=TEXT.replace(" ", "\n"), html="<p>other links</p>", words=200),
        archiver="9.9",
    )
    assert decide(HELD, noisy) is Decision.UNCHANGED


@pytest.mark.parametrize(
    "fields",
    [
        {"title": "Another title"},
        {"dates": Dates(published="2026-01-02", modified="2026-01-03")},
        {"body": Body(text=TEXT + "A correction.", words=202)},
    ],
)
def test_other_words_or_fields_are_a_change(fields):
    assert decide(HELD, changed(**fields)) is Decision.CHANGED


@pytest.mark.parametrize("verdict", ["thin", "paywalled", "challenge", "consent", "error", "listing"])
def test_a_page_that_is_no_article_any_more_is_worse(verdict):
    assert decide(HELD, changed(verdict=verdict)) is Decision.WORSE


def test_a_body_that_shrank_to_a_fraction_is_worse():
    assert decide(HELD, changed(body=Body(text="Gone.", words=60))) is Decision.WORSE


def test_an_article_after_a_wall_is_a_change_however_short():
    assert decide(changed(verdict="challenge"), changed(body=Body(text="Short.", words=1))) is Decision.CHANGED
