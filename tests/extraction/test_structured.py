"""Meta tags, JSON-LD, microdata and links become claims with their place."""

from __future__ import annotations

from archiver.extraction import page, structured
from archiver.extraction.rules.claim_ranks import CLAIM_RANKS, RANKS
from tests.support.small_pages import URL


def claims_of(html: str, field: str) -> list[tuple[str, str]]:
    return [(one.source, one.value) for one in structured.collect(page.read(html, url=URL)).of(field)]


def test_meta_names_count_in_any_attribute_and_case():
    html = (
        '<meta name="Author" content="Wanda"><meta property="article:author" content="Bo"><meta name="unheard-of" content="x">'
    )
    assert claims_of(html, "author") == [("meta author", "Wanda"), ("meta article:author", "Bo")]


def test_share_cards_second_value_counts_under_its_label():
    values = {"label1": "Written by", "data1": "Wanda", "label2": "Reading time", "data2": "3 min"}
    html = "".join(f'<meta name="twitter:{name}" content="{value}">' for name, value in values.items())
    assert claims_of(html, "author") == [("meta twitter:data", "Wanda")]


def test_item_with_the_pages_address_is_the_main_one():
    html = """<script type="application/ld+json">[{"@type":"Article","headline":"Ferry","url":"https://quay-gazette.example/ferry"},
        {"@type":"Article","headline":"Boats","url":"https://quay-gazette.example/boats"}]</script>"""
    assert claims_of(html, "title") == [("json-ld headline", "Boats")]


def test_microdata_of_comments_and_people_is_not_the_articles():
    html = """<div itemscope itemtype="https://schema.org/Article"><h1 itemprop="headline">Boats</h1>
        <div itemscope itemprop="comment" itemtype="https://schema.org/Comment">
        <time itemprop="datePublished" datetime="2020-01-01"></time></div>
        <time itemprop="datePublished" datetime="2017-03-18">today</time></div>"""
    assert claims_of(html, "title") == [("microdata headline", "Boats")]
    assert claims_of(html, "published") == [("microdata datePublished", "2017-03-18")]


def test_lower_rank_comes_first():
    html = '<title>x</title><meta name="twitter:title" content="b"><meta property="og:title" content="a">'
    assert [value for _, value in claims_of(html, "title")] == ["a", "b", "x"]


def test_every_rank_has_a_reason_and_stands_once():
    assert all(row.reason for row in CLAIM_RANKS)
    assert len(RANKS) == len(CLAIM_RANKS)
