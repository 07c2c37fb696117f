"""Microdata of the page's main item."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archiver.extraction import marks, microdata, page
from archiver.extraction.claims import Claim, Claims
from tests.support.small_pages import URL

ARTICLE = '<div itemscope itemtype="https://schema.org/Article">{}</div>'


def claims_of(html: str, field: str) -> list[Claim]:
    read = page.read(html, url=URL)
    claims = Claims(marks.find(read.tree))
    microdata.collect(read, claims)
    return claims.of(field)


def values(html: str, field: str) -> list[str]:
    return [one.value for one in claims_of(html, field)]


@pytest.mark.parametrize(
    ("element", "field", "value"),
    [
        ('<h1 itemprop="headline"> Boats\n <b>float</b></h1>', "title", "Boats float"),
        ('<meta itemprop="datePublished" content="2017-03-18">', "published", "2017-03-18"),
        ('<time itemprop="datePublished" datetime="2017-03-18">last week</time>', "published", "2017-03-18"),
        ('<time itemprop="dateModified">18 March 2017</time>', "modified", "18 March 2017"),
        ('<img itemprop="image" src="/boat.jpg">', "image", "/boat.jpg"),
        ('<link itemprop="image" href="/boat.jpg">', "image", "/boat.jpg"),
        ('<span itemprop="datePublished headline">Boats</span>', "title", "Boats"),
    ],
)
def test_the_value_of_a_property(element: str, field: str, value: str):
    assert values(ARTICLE.format(element), field) == [value]
    assert values(element, field) == [value]  # without an item around it, it is the page's


@pytest.mark.parametrize(
    "element",
    ['<p itemprop="headline"></p>', "<p itemprop>x</p>", '<p itemprop="shoeSize">9</p>'],
)
def test_no_claim(element: str):
    assert values(ARTICLE.format(element), "title") == []


@pytest.mark.parametrize("kind", ["Comment", "Review", "Product", "Person", "Organization", "ImageObject", "Event", "ListItem"])
def test_the_name_and_date_of_another_thing_are_not_the_articles(kind: str):
    other = f'<div itemscope itemtype="http://schema.org/{kind}"><p><time itemprop="datePublished">2020-01-01</time></p></div>'
    assert values(ARTICLE.format(other), "published") == []


@pytest.mark.parametrize("kind", ["Article", "NewsArticle", "BlogPosting", "WebPage", "CreativeWork"])
def test_of_nested_items_the_nearest_counts(kind: str):
    inner = f'<div itemscope itemtype="http://schema.org/{kind}"><time itemprop="datePublished">2017-03-18</time></div>'
    assert values(f'<div itemscope itemtype="http://schema.org/Comment">{inner}</div>', "published") == ["2017-03-18"]


def test_a_person_is_named_by_its_name_and_linked_to_its_page():
    person = """<span itemprop="author" itemscope itemtype="https://schema.org/Person">Our writer
        <a href="/wanda"><span itemprop="name">Wanda Birk</span></a>, who sails</span>"""
    assert [(one.value, one.url) for one in claims_of(ARTICLE.format(person), "author")] == [
        ("Wanda Birk", "https://quay-gazette.example/wanda")
    ]


def test_a_link_that_is_the_author_gives_its_address():
    (one,) = claims_of(ARTICLE.format('<a itemprop="author" href="javascript:x()">Bo</a>'), "author")
    assert (one.value, one.url) == ("Bo", None)
    (one,) = claims_of(ARTICLE.format('<a itemprop="author" href="/bo">Bo</a>'), "author")
    assert (one.value, one.url) == ("Bo", "https://quay-gazette.example/bo")


def test_an_author_property_around_the_whole_text_names_nobody():
    assert values(ARTICLE.format(f'<div itemprop="author">{"Boats float. " * 60}</div>'), "author") == []


def test_long_texts_and_many_properties_are_cut():
    html = ARTICLE.format(f'<p itemprop="headline">{"word " * 100_000}</p>' + '<p itemprop="keywords">boat</p>' * 1_000)
    assert len(values(html, "title")[0]) <= microdata.MAX_VALUE_CHARACTERS
    assert len(values(html, "tags")) < microdata.MAX_PROPERTIES


def test_deep_nesting_is_climbed_only_so_far():
    html = ARTICLE.format("<div>" * 200 + '<p itemprop="headline">Boats</p>')
    assert values(html, "title") == ["Boats"]


PIECES = (
    '<div itemscope itemtype="x/Comment">',
    "<div itemscope>",
    "</div>",
    '<p itemprop="author headline">',
    '<a href="//[">',
    '<span itemprop="name">',
    "Wanda",
    '<img itemprop="image">',
    '<time itemprop="datePublished" datetime>',
    "<b property>",
)


@given(st.lists(st.sampled_from(PIECES), max_size=25))
def test_any_markup_gives_claims_that_are_not_empty(pieces: list[str]):
    html = "".join(pieces)
    assert all("" not in values(html, field) for field in ("author", "title", "image", "published"))
