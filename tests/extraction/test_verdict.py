"""What a page is, when it is no article."""

from __future__ import annotations

import random

import pytest

from archiver.extraction import extract, verdict
from archiver.extraction.rules.verdicts import SIGNS, Sign
from tests.support.small_pages import TEXT, TITLE, URL, extracted


@pytest.mark.parametrize(
    ("page", "verdict"),
    [
        ("<title>Just a moment...</title><p>Checking your browser</p>", "challenge"),
        ("<title>x</title><p>Please verify you are human</p>", "challenge"),
        ("<title>404 - Page not found</title><h1>Not found</h1><p>Sorry.</p>", "error"),
        ("<title>Seite nicht gefunden</title><p>Leider.</p>", "error"),
        ("<title>Before you continue</title><p>We use cookies.</p><button>Accept all cookies</button>", "consent"),
        (
            f"<h1>{TITLE}</h1><p>The harbour has been silted up for so long.</p><p>Subscribe to continue reading.</p>",
            "paywalled",
        ),
        ("<h1>Hello</h1><p>World.</p>", "thin"),
    ],
)
def test_verdict(page: str, verdict: str):
    article = extract(page, url=URL)
    assert article.verdict == verdict
    assert article.evidence["verdict"].from_ == "rule"


def test_text_marked_as_not_free_and_short():
    page = (
        '<script type="application/ld+json">{"@type":"Article","headline":"Boats","isAccessibleForFree":"False"}</script>'
        "<h1>Boats</h1><p>The harbour has been silted up for so long that nobody remembers the sea.</p>"
    )
    assert extract(page, url=URL).verdict == "paywalled"


def test_front_page_is_a_listing():
    cards = "".join(f'<h2><a href="/{n}">Headline number {n} of the day</a></h2><p>Some words.</p>' for n in range(9))
    assert extract(f"<title>Gazette</title><h1>Gazette</h1>{cards}", url="https://gazette.example/").verdict == "listing"


@pytest.mark.parametrize("title", ["404: the number that haunts the web", "Just a moment: how bot checks work", TITLE])
def test_article_about_such_pages_is_an_article(title: str):
    assert extracted(title=title, behind=TEXT).verdict == "article"


def test_every_sign_has_a_reason():
    assert all(sign.reason and sign.max_words for sign in SIGNS)


PAGES = {
    "challenge title": "<title>Just a moment...</title><h1>gazette.example</h1><p>Wait.</p>",
    "challenge text": "<title>x</title><p>Please verify you are human</p>",
    "error title": "<title>Page not found</title><p>Sorry.</p>",
    "error text": "<title>Hm</title><p>The page you are looking for has been moved.</p>",
    "consent title": "<title>Before you continue</title><p>A word.</p>",
    "consent text": "<title>x</title><p>Accept all cookies</p>",
    "paywall text": f"<h1>{TITLE}</h1><p>The harbour has been silted up.</p><p>Subscribe to continue reading.</p>",
}


@pytest.mark.parametrize("sign", SIGNS, ids=lambda sign: sign.name)
def test_every_sign_is_missed(sign: Sign, monkeypatch: pytest.MonkeyPatch):
    assert extract(PAGES[sign.name], url=URL).verdict == sign.verdict
    monkeypatch.setattr(verdict, "SIGNS", tuple(other for other in SIGNS if other is not sign))
    assert extract(PAGES[sign.name], url=URL).verdict != sign.verdict


def test_bytes_that_are_no_text_are_no_article():
    article = extract(random.Random(7).randbytes(100_000), url=URL)
    assert article.verdict == "error"
    assert article.evidence["verdict"].at == "bytes that are no text"


def test_a_text_in_the_wrong_encoding_is_still_an_article():
    german = "".join(
        f"<p>Über Nacht fiel am Fluß so viel Schnee, daß {trains} Züge größtenteils für Stunden stillstanden.</p>"
        for trains in range(9)
    )
    assert extract(german.encode("latin-1"), url=URL, content_type="text/html; charset=utf-8").verdict == "article"
