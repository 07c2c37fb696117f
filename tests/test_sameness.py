from __future__ import annotations

from typing import Any

import pytest

from archiver import sameness
from archiver.article import Credit, Source
from tests.store.conftest import make_article

OWN = "https://news.example.org/2026/tides"


def claim(own: str, claimed: str | None, **fields: Any) -> str | None:
    return sameness.canonical(make_article(own, canonical_url=claimed, **fields))


@pytest.mark.parametrize(
    ("own", "claimed"),
    [
        (OWN + "?print=1", OWN),
        ("https://amp.example.org/tides", "https://example.org/tides"),
        ("https://www.example.org/a", "https://news.example.org/a"),
        ("https://example-org.cdn.ampproject.org/c/s/example.org/tides", "https://example.org/tides"),
        (OWN + "/amp", OWN),
        (OWN + "/print", OWN),
        (OWN, "https://news.example.org/?p=12"),
    ],
)
def test_plausible_claims(own, claimed):
    assert claim(own, claimed) == claimed


@pytest.mark.parametrize(
    ("own", "claimed"),
    [
        (OWN, OWN),
        (OWN, "http://www.news.example.org/2026/tides/?utm_source=x"),
        (OWN, None),
        (OWN, "https://news.example.org/"),
        (OWN, "https://news.example.org/2026"),
        (OWN, "https://news.example.org/2026/"),
        (OWN, "https://elsewhere.example/tides"),
        (OWN, "https://ws.example.org/tides"),
        (OWN, "https://[bad"),
    ],
)
def test_claims_that_are_none(own, claimed):
    assert claim(own, claimed) is None


def test_a_credited_origin_may_be_claimed():
    source = Source("The Example", "news.example.org", (Credit("Wire", "https://wire.example/"),))
    assert claim(OWN, "https://wire.example/2026/7", source=source) == "https://wire.example/2026/7"


def test_where_redirects_led():
    article = make_article(OWN)
    asked = [
        "https://short.example/x",
        "http://user:secret@old.example/tides",
        OWN + "?utm_source=a",
        "https://news.example.org/",
    ]
    assert sameness.led_here(article, asked) == ["https://short.example/x", "http://old.example/tides"]


@pytest.mark.parametrize(("own", "verdict"), [(OWN, "error"), (OWN, "listing"), ("https://news.example.org/", "article")])
def test_redirects_to_no_article_say_nothing(own, verdict):
    assert sameness.led_here(make_article(own, verdict=verdict), ["https://short.example/x"]) == []


LONG = " ".join(f"Sentence number {number} of the tide." for number in range(20))


def test_same_text():
    whole = make_article(text=LONG)
    assert sameness.same_text(whole, make_article(text=LONG + " And one more."))
    assert sameness.same_text(whole, make_article(text=LONG[: len(LONG) // 2]))
    assert not sameness.same_text(whole, make_article(text=LONG.replace("Sentence number", "Verse")))
    short = make_article(text="The sea rose.")
    assert not sameness.same_text(short, short), "too short to be known by its words"
