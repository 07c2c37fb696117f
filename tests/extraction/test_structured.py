"""Meta tags, JSON-LD, microdata and links become claims with their place."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archiver.extraction import page, structured
from archiver.extraction.claims import MAX_CLAIM_CHARACTERS, MAX_CLAIMS_PER_FIELD
from archiver.extraction.rules.claim_ranks import CLAIM_RANKS
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


# --- meta tags


def test_meta_in_the_body_counts_too():
    assert claims_of('<body><p>x</p><meta name="author" content="Wanda"></body>', "author") == [("meta author", "Wanda")]


def test_entities_escaped_twice_are_read():
    assert claims_of('<meta property="og:title" content="Tea &amp;amp; Boats">', "title") == [("meta og:title", "Tea & Boats")]


def test_several_names_in_one_attribute_are_several_claims():
    html = '<meta property="og:title twitter:title" content="Boats">'
    assert claims_of(html, "title") == [("meta og:title", "Boats"), ("meta twitter:title", "Boats")]


@pytest.mark.parametrize("html", ['<meta name="author">', '<meta name="author" content>', '<meta name="author" content="  ">'])
def test_an_empty_tag_claims_nothing(html: str):
    assert claims_of(html, "author") == []


@pytest.mark.parametrize("label", ["Written by", "WRITTEN BY", "Verfasst von", "Écrit par", "Escrito por", "Author"])
def test_a_share_card_names_the_author_in_several_languages(label: str):
    html = f'<meta name="twitter:data1" content="Wanda"><meta name="twitter:label1" content="{label}">'
    assert claims_of(html, "author") == [("meta twitter:data", "Wanda")]


def test_link_elements_are_claims():
    html = '<link rel="Canonical nofollow" href="/boats"><link rel="image_src" href="/boats.jpg"><link rel="next" href="/2">'
    assert claims_of(html, "canonical") == [("dom canonical", "/boats")]
    assert claims_of(html, "image") == [("dom image_src", "/boats.jpg")]


# --- JSON-LD


def script(text: str) -> str:
    return f'<script type="application/ld+json">{text}</script>'


@pytest.mark.parametrize(
    ("author", "names"),
    [
        ('"Wanda"', ["Wanda"]),
        ('["Wanda", "Bo"]', ["Wanda", "Bo"]),
        ('{"@type":"Person","name":"Wanda"}', ["Wanda"]),
        ('[{"@type":"Person","name":"Wanda"},{"name":"Bo"}]', ["Wanda", "Bo"]),
        ('{"@type":"Person","name":["Wanda","Bo"]}', ["Wanda", "Bo"]),
        ('{"@type":"Person","name":{"@value":"Wanda"}}', ["Wanda"]),
        ('{"@id":"#w"}', ["Wanda Birk"]),
        ("null", []),
        ("[]", []),
        ("{}", []),
        ("true", []),
        ('[[["Wanda"]]]', ["Wanda"]),
        ('{"name":null}', []),
        ('{"name":""}', []),
    ],
)
def test_people_are_read_in_every_shape(author: str, names: list[str]):
    person = '{"@type":"Person","@id":"#w","name":"Wanda Birk"}'
    html = script(f'[{{"@type":"Article","author":{author}}}, {person}]')
    assert [value for _, value in claims_of(html, "author")] == names


def test_person_and_organisation_are_told_apart_and_have_address_and_bio():
    html = script("""{"@type":"Article","author":[
        {"@type":"Person","name":"Wanda","url":"/wanda","description":"Sails."},
        {"@type":"NewsMediaOrganization","name":"Gazette","sameAs":["https://g.example/"]},{"name":"Bo"}]}""")
    claims = structured.collect(page.read(html, url=URL)).of("author")
    assert [(one.value, one.kind, one.url, one.bio) for one in claims] == [
        ("Wanda", "person", "/wanda", "Sails."),
        ("Gazette", "organization", "https://g.example/", None),
        ("Bo", None, None, None),
    ]


def test_a_trail_is_in_order_of_its_positions():
    steps = '{"position":"3","item":{"name":"Hulls"}},{"position":1,"name":"Home"},{"position":2,"name":"Boats"},7,null'
    html = script(f'{{"@type":"BreadcrumbList","itemListElement":[{steps}]}}')
    assert [value for _, value in claims_of(html, "section")] == ["Home", "Boats", "Hulls"]


@pytest.mark.parametrize("position", ['"first"', "null", "[]", "{}", '"NaN"', "NaN", "Infinity", '"1e999"', "9" * 5000, "-1"])
def test_a_position_that_is_no_number_is_survived(position: str):
    step = f'{{"position":{position},"name":"Boats"}}'
    html = script(f'{{"@type":"BreadcrumbList","itemListElement":[{step},{{"position":2,"name":"Hulls"}}]}}')
    assert {value for _, value in claims_of(html, "section")} == {"Boats", "Hulls"}


def test_the_item_with_the_pages_title_is_the_main_one():
    items = '{"@type":"Article","headline":"Ferry"},{"@type":"Article","headline":"Boats Float"}'
    html = "<title>Boats Float - Quay Gazette</title>" + script(f"[{items}]")
    assert ("json-ld headline", "Boats Float") in claims_of(html, "title")
    assert ("json-ld headline", "Ferry") not in claims_of(html, "title")


# --- bounds


def test_long_values_and_many_tags_are_cut():
    html = f'<meta name="author" content="{"x" * 1_000_000}">' + '<meta name="keywords" content="boat">' * 3_000
    claims = structured.collect(page.read(html, url=URL))
    assert len(claims.of("author")[0].value) == MAX_CLAIM_CHARACTERS
    assert len(claims.of("tags")) == MAX_CLAIMS_PER_FIELD


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=12) | st.sampled_from(["#a", "Article"]),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(
                [
                    "@type",
                    "@id",
                    "@graph",
                    "@value",
                    "name",
                    "author",
                    "headline",
                    "url",
                    "image",
                    "datePublished",
                    "position",
                    "itemListElement",
                    "item",
                    "mainEntity",
                    "mainEntityOfPage",
                    "publisher",
                    "keywords",
                    "isAccessibleForFree",
                ]
            ),
            inner,
            max_size=6,
        )
    ),
    max_leaves=30,
)


@given(JSON, st.sampled_from(["Article", "WebPage", "BreadcrumbList", "Organization", ["Article", "WebPage"], None, 7]))
def test_any_json_gives_claims_that_are_not_empty(document: object, kind: object):
    item = {**document, "@type": kind} if isinstance(document, dict) else {"@type": kind, "author": document, "name": document}
    claims = structured.collect(page.read(script(json.dumps([item, document])), url=URL))
    for field in {row.field for row in CLAIM_RANKS}:
        for one in claims.of(field):
            assert one.value == " ".join(one.value.split()) != ""
            assert one.value.encode()
