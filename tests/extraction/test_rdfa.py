"""RDFa of the page's main item."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archiver.extraction import marks, microdata, page, rdfa
from archiver.extraction.claims import Claim, Claims
from tests.support.small_pages import URL


def claims_of(html: str, field: str) -> list[Claim]:
    read = page.read(html, url=URL)
    claims = Claims(marks.find(read.tree))
    rdfa.collect(read, claims)
    return claims.of(field)


def values(html: str, field: str) -> list[str]:
    return [one.value for one in claims_of(html, field)]


@pytest.mark.parametrize(
    "html",
    [
        '<h1 property="schema:headline">Boats</h1>',
        '<meta property="schema:headline" content="Boats">',
        '<h1 property="http://schema.org/headline">Boats</h1>',
        '<h1 property="https://schema.org/headline" content="Boats">Hulls</h1>',
        '<div vocab="https://schema.org/" typeof="NewsArticle"><h1 property="name headline">Boats</h1></div>',
        '<body vocab="http://schema.org"><div typeof="Person"><i vocab="" typeof="x:y"></i></div><h1 property=headline>Boats',
        '<div prefix="og: http://ogp.me/ns# s: http://schema.org/"><h1 property="s:headline">Boats</h1></div>',
        '<h1 property="dc:title">Boats</h1>',
        '<span property="DCTerms:title" content="Boats"></span>',
    ],
)
def test_a_term_is_known_by_address_prefix_or_vocabulary(html: str):
    assert values(html, "title") == ["Boats"]


@pytest.mark.parametrize(
    "html",
    [
        '<h1 property="headline">Boats</h1>',
        '<div vocab="https://other.example/"><h1 property="headline">Boats</h1></div>',
        '<div vocab="https://schema.org/"><div vocab="https://other.example/"><h1 property="headline">Boats</h1></div></div>',
        '<div prefix="s: http://other.example/"><h1 property="s:headline">Boats</h1></div>',
        '<div prefix="s:"><h1 property="s:headline">Boats</h1></div>',
        '<h1 property="https://other.example/headline">Boats</h1>',
        '<h1 property="schema:">Boats</h1>',
        "<h1 property>Boats</h1>",
        '<h1 property="schema:headline"></h1>',
    ],
)
def test_no_claim(html: str):
    assert values(html, "title") == []


@pytest.mark.parametrize("kind", ["Comment", "schema:Person", "sioc:Post sioct:Comment", "https://schema.org/Event"])
def test_the_date_of_another_thing_is_not_the_articles(kind: str):
    other = f'<div typeof="{kind}"><p><time property="datePublished dc:date">2020-01-01</time></p></div>'
    assert values(f'<div vocab="https://schema.org/" typeof="Article">{other}</div>', "published") == []


def test_a_person_is_named_by_its_name_and_linked_to_its_page():
    html = """<div vocab="https://schema.org/" typeof="Article"><span property="author" typeof="Person">Our writer
        <a property="url" href="/wanda"><span property="name">Wanda Birk</span></a>, who sails</span></div>"""
    assert [(one.value, one.url) for one in claims_of(html, "author")] == [("Wanda Birk", "https://quay-gazette.example/wanda")]


def test_a_date_that_two_terms_mark_is_claimed_once_for_each():
    html = '<span property="dc:date dc:created" content="2017-03-18T09:30:00+01:00" datatype="xsd:dateTime">18 March</span>'
    assert values(html, "published") == ["2017-03-18T09:30:00+01:00"] * 2


def test_many_terms_are_cut():
    assert len(values('<p property="schema:keywords">boat</p>' * 1_000, "tags")) <= microdata.MAX_PROPERTIES


PIECES = (
    '<div vocab="https://schema.org/" typeof="x:Comment">',
    "<div typeof>",
    "<div prefix='s: '>",
    "</div>",
    '<p property="author schema:headline s:image dc:date :">',
    '<a href="//[">',
    "Wanda",
    "<b property>",
)


@given(st.lists(st.sampled_from(PIECES), max_size=25))
def test_any_markup_gives_claims_that_are_not_empty(pieces: list[str]):
    html = "".join(pieces)
    assert all("" not in values(html, field) for field in ("author", "title", "image", "published"))
