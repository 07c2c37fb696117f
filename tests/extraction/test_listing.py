"""Front pages, sections, shop categories and search results."""

from __future__ import annotations

from typing import Any

import pytest
from selectolax.lexbor import LexborHTMLParser

from archiver.extraction import blocks, listing, structured
from archiver.extraction import page as pages
from archiver.extraction.rules.listings import LINKS, LISTING_SIGNS, TEASERS, ListingSign

TEXT = "<p>The small ferry between the two banks of the river is running again, nine years after the last one was sold.</p>"
"""With the allowance some 190 characters, white space aside."""
TEASER = (
    '<div class="card"><h3><a href="/1">A ferry for the river</a></h3><p>It is nine years since the last one sank.</p></div>'
)
"""50 characters, of which 17 in a link."""
NEITHER = "https://quay-gazette.example/ferry"


def found(*, teasers: str = "", text: str = TEXT, head: str = "", body: str = "", url: str | None = NEITHER, fields=()):
    """What is found on a page whose kept text is `text`."""
    read = pages.read(f"<html><head>{head}</head><body {body}><main>{text}</main>{teasers}</body></html>", url=url)
    layout = blocks.measure(read.body)
    kept = layout.blocks[: len(blocks.measure(LexborHTMLParser(text).body).blocks)]
    return listing.find(layout, structured.collect(read), kept, url=url, fields=fields)


def test_teasers_that_outweigh_the_text_make_a_listing():
    evidence = found(teasers=TEASER * 40)
    assert evidence is not None
    assert evidence.from_ == "rule"
    assert evidence.value == "40 teasers, 10.6 times as long as the text +2.8"


@pytest.mark.parametrize(
    "teasers",
    [
        TEASER * 20,
        "".join(f'<section class="part-{number}">{TEASER * 3}</section>' for number in range(12)),
        f"<div hidden>{TEASER * 40}</div>",
        "<p class=card>A <a href=/1>line of one block</a> is no teaser.</p>" * 40,
        TEASER.replace("<a ", "<b ").replace("</a>", "</b>") * 40,
        TEASER.replace("It is", "It is a long story. " * 40) * 40,
    ],
    ids=["too few for the text", "three in a row", "hidden", "of one block", "not linked", "long"],
)
def test_what_does_not_make_a_listing_alone(teasers: str):
    assert found(teasers=teasers) is None


def test_text_inside_teasers_is_no_text_beside_them():
    teaser = TEASER.replace("It is nine years since the last one sank.", TEXT)
    assert found(text=teaser * 6) is not None
    assert found(text=TEXT * 6, teasers=teaser * 6) is None


def test_teasers_inside_teasers_count_once():
    inner = TEASER.replace("card", "inner") * 4
    outer = f'<div class="card">{inner}</div>'
    evidence = found(teasers=outer * 12)
    assert evidence is not None
    assert evidence.value.startswith("12 teasers")


def test_a_text_made_of_links_is_a_listing():
    text = "".join(f"<p><a href=/{number}>The story of the ferry, told for the {number}th time</a></p>" for number in range(9))
    evidence = found(text=text)
    assert evidence is not None
    assert evidence.value == "100% of the text in links +3.0"


WITH: dict[str, dict[str, Any]] = {
    "home page": {"url": "https://quay-gazette.example"},
    "address of a listing": {"url": "https://quay-gazette.example/tag/boats"},
    "words of a title in the address": {"url": "https://quay-gazette.example/the-ferry-is-back-again"},
    "og:type website": {"head": '<meta property="og:type" content="website">'},
    "og:type product.group": {"head": '<meta property="og:type" content="product.group">'},
    "template of a listing": {"body": 'class="wide archive tag-boats"'},
    "template of an article": {"body": 'class="wide single postid-7"'},
    "author": {"fields": ["authors"]},
    "date": {"fields": ["dates.published"]},
}


@pytest.mark.parametrize("sign", LISTING_SIGNS, ids=lambda sign: sign.name)
def test_every_sign_is_missed(sign: ListingSign, monkeypatch: pytest.MonkeyPatch):
    teasers = TEASER * (12 if sign.weight > 0 else 40)  # not enough alone; more than enough alone
    assert (found(teasers=teasers, **WITH[sign.name]) is not None) is (sign.weight > 0)
    assert (found(teasers=teasers) is not None) is (sign.weight < 0)
    monkeypatch.setattr(listing, "LISTING_SIGNS", tuple(other for other in LISTING_SIGNS if other is not sign))
    assert (found(teasers=teasers, **WITH[sign.name]) is not None) is (sign.weight < 0)


@pytest.mark.parametrize(
    "url",
    [
        "https://quay-gazette.example/kategorie/boote/",
        "https://quay-gazette.example/de/rubrik/hafen/seite-2",
        "https://quay-shop.example/collections/ropes?page=2",
        "https://quay-shop.example/C/ropes",
    ],
)
def test_addresses_of_listings(url: str):
    assert found(teasers=TEASER * 12, url=url) is not None


@pytest.mark.parametrize(
    "url", ["https://quay-gazette.example/categoryless/boats", "https://quay-gazette.example/a/tagged", NEITHER, None]
)
def test_other_addresses(url: str | None):
    assert found(teasers=TEASER * 12, url=url) is None


def test_an_address_of_many_hyphens_costs_no_time():
    assert found(url=f"https://quay-gazette.example/{'a-' * 50_000}/{'b' * 50_000}") is None


def test_rows_have_names_of_their_own_and_reasons_and_steps_rise():
    assert len({sign.name for sign in LISTING_SIGNS}) == len(LISTING_SIGNS)
    assert all(sign.reason and sign.weight for sign in LISTING_SIGNS)
    for steps in (TEASERS, LINKS):
        assert list(steps.weights) == sorted(steps.weights)
