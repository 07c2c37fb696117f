"""JSON-LD as pages write it."""

from __future__ import annotations

import json
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from archiver.extraction import jsonld


def items(*scripts: str) -> jsonld.Items:
    return jsonld.read(LexborHTMLParser("".join(f'<script type="application/ld+json">{script}</script>' for script in scripts)))


@pytest.mark.parametrize(
    "script",
    [
        '{"@type":"NewsArticle","headline":"Boats"}',
        '[{"@type":["NewsArticle","Thing"],"headline":"Boats"}]',
        '{"@graph":[{"@type":"https://schema.org/NewsArticle","headline":"Boats"}]}',
        '{"@type":"WebPage","mainEntity":{"@type":"BlogPosting","headline":"Boats"}}',
        '{"@type":"NewsArticle","headline":"Boats",}',
        '<!--{"@type":"NewsArticle","headline":"Boats"}-->',
        '//<![CDATA[\n{"@type":"NewsArticle","headline":"Boats"}\n//]]>',
        '{"@type":"NewsArticle","headline":"Boats"};',
        '{"@type":"Thing"}{"@type":"NewsArticle","headline":"Boats"}',
        '{"@type":"NewsArticle","description":"two\nlines\tand a tab","headline":"Boats"}',
    ],
)
def test_article_is_found(script: str):
    assert [jsonld.text_of(item["headline"]) for item in items(script).articles] == ["Boats"]


@pytest.mark.parametrize(
    "script", ["", "{", "[" * 100_000, '{"a":' * 100_000, "9" * 100_000, '{"a":"' + '\\"' * 50_000, "null", '"text"']
)
def test_what_cannot_be_read_is_left_out(script: str):
    assert items(script).articles == []


def test_one_broken_script_does_not_hide_the_next():
    assert len(items("{", '{"@type":"Article","headline":"Boats"}').articles) == 1


def test_articles_of_a_list_are_not_this_pages():
    script = '{"@type":"ItemList","itemListElement":[{"@type":"Article","headline":"Another"}],"comment":{"@type":"Article"}}'
    assert items(script).articles == []


def test_reference_is_resolved():
    found = items(
        '{"@graph":[{"@type":"Person","@id":"#a","name":"Wanda"},{"@type":"Article","headline":"x","author":{"@id":"#a"}}]}'
    )
    assert jsonld.text_of(found.resolve(found.articles[0]["author"])) == "Wanda"


def test_text_has_entities_and_lone_surrogates_replaced():
    assert jsonld.text_of("Tea &amp; Boats") == "Tea & Boats"
    assert jsonld.text_of("a\ud800b") == "a?b"


# --- odd JSON


def headlines(*scripts: str) -> list[str]:
    return [jsonld.text_of(item.get("headline")) for item in items(*scripts).articles]


@pytest.mark.parametrize(
    "extra",
    [
        '"position":' + "9" * 5_000,
        '"position":NaN',
        '"position":-Infinity',
        '"position":1e99999',
        '"headline":"Ferry","headline":"Boats"',
        '"comment":' + "[" * 400 + "]" * 400,
        '"@graph":[{"@id":"#me","isPartOf":{"@id":"#me"}}]',
        '"mainEntity":null,"@graph":7,"hasPart":"x","publisher":[[]]',
        '"@id":7,"@type":["NewsArticle",7,null]',
        '"text":"tab\tand\u0001control"',
    ],
)
def test_an_odd_value_does_not_hide_the_rest(extra: str):
    assert headlines('{"@type":"NewsArticle","headline":"Boats",' + extra + "}") == ["Boats"]


@pytest.mark.parametrize(
    "nested",
    ['{"@graph":[' * 100_000, '{"a":' * 100_000 + "1" + "}" * 100_000, "[" * 100_000 + "]" * 100_000],
    ids=["graphs", "objects", "lists"],
)
def test_what_is_nested_too_deep_does_not_hide_the_next_script(nested: str):
    assert headlines(nested, '{"@type":"Article","headline":"Boats"}') == ["Boats"]


@pytest.mark.parametrize(
    "script",
    [
        '{"@type":"Article","headline":"Boats","keywords":["a","b",],}',
        '{"@type":"Article","headline":"Boats" , }',
        '[{"@type":"Article","headline":"Boats"},]',
        '{"@type":"Article","headline":"Boats",\n}\n;',
    ],
)
def test_trailing_commas_are_repaired(script: str):
    assert headlines(script) == ["Boats"]


def test_a_comma_inside_a_text_is_not_repaired_away():
    assert headlines(r'{"@type":"Article","headline":"Boats, ] and, } \" , }",}') == ['Boats, ] and, } " , }']


def test_what_is_damaged_otherwise_is_not_guessed():
    assert headlines('{"@type":"Article","headline":"Boats" "author":"Wanda"}', "{'@type':'Article','headline':'Boats'}") == []


def test_what_stood_before_the_damage_is_kept():
    assert headlines('{"@type":"Article","headline":"Boats"}{"@type":') == ["Boats"]


def test_the_scripts_type_may_have_parameters():
    html = '<script type="application/ld+json; charset=utf-8">{"@type":"Article"}</script>'
    assert len(jsonld.read(LexborHTMLParser(html)).articles) == 1


def test_other_scripts_are_not_read():
    html = '<script>{"@type":"Article"}</script><script type="application/json">{"@type":"Article"}</script>'
    assert jsonld.read(LexborHTMLParser(html)).articles == []


# --- which items are the page's


@pytest.mark.parametrize("where", ["comment", "review", "relatedLink", "mentions", "itemListElement", "hasPart"])
def test_articles_in_what_is_about_others_are_not_the_pages(where: str):
    assert headlines(f'{{"@type":"WebPage","{where}":[{{"@type":"Article","headline":"Another"}}]}}') == []


@pytest.mark.parametrize("where", ["mainEntity", "mainEntityOfPage", "isPartOf", "@graph"])
def test_articles_in_what_is_about_this_page_are(where: str):
    assert headlines(f'{{"@type":"WebPage","{where}":[{{"@type":"Article","headline":"Boats"}}]}}') == ["Boats"]


def test_the_article_that_says_something_comes_first():
    assert headlines('[{"@type":"Article"},{"@type":"Article","headline":"Boats"}]') == ["Boats", ""]


def test_a_trail_inside_the_page_item_is_found():
    found = items('{"@type":"WebPage","breadcrumb":{"@type":"BreadcrumbList","itemListElement":[]}}')
    assert [jsonld.types(item) for item in found.others] == [["BreadcrumbList"]]


# --- values


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("  a\n b ", "a b"),
        (["a", "b"], "a"),
        ({"@value": "a", "@language": "en"}, "a"),
        ({"name": ["a"]}, "a"),
        ({"name": {"name": {"@value": "a"}}}, "a"),
        ([], ""),
        ({}, ""),
        (None, ""),
        (True, ""),
        (1.5, ""),
    ],
)
def test_the_text_of_any_value(value: object, text: str):
    assert jsonld.text_of(value) == text


@pytest.mark.parametrize(
    ("value", "address"),
    [
        (" /a ", "/a"),
        (["/a", "/b"], "/a"),
        ({"url": "/a", "@id": "/b"}, "/a"),
        ({"@type": "ImageObject", "contentUrl": "/a"}, "/a"),
        ({"@id": "/b"}, "/b"),
        ([{"url": ["/a"]}], "/a"),
        ({}, ""),
        (None, ""),
        (7, ""),
        ({"url": {"url": "/a"}}, ""),
    ],
)
def test_the_address_of_any_value(value: object, address: str):
    assert jsonld.address_of(value) == address


def test_an_unknown_reference_stays_what_it_is():
    assert jsonld.Items().resolve({"@id": "#nobody"}) == {"@id": "#nobody"}
    assert jsonld.Items().resolve([1]) == [1]


def test_types_have_no_vocabulary_before_them():
    assert jsonld.types({"@type": ["https://schema.org/Article", "schema:Report", "Thing", 7]}) == [
        "Article",
        "Report",
        "Thing",
    ]


# --- bounds


def test_items_are_bounded_in_number_and_size():
    many = json.dumps([{"@type": "Article", "headline": str(number)} for number in range(3 * jsonld.MAX_ITEMS)])
    assert len(headlines(many)) <= jsonld.MAX_ITEMS
    assert len(headlines('{"@type":"Article"}' * 3 * jsonld.MAX_ITEMS)) <= jsonld.MAX_ITEMS
    large = '{"@type":"Article","headline":"' + "x" * jsonld.MAX_CHARACTERS + '"}'
    assert headlines('{"@type":"Article","headline":"Boats"}', large) == ["Boats"]


JSON_LIKE = st.text(alphabet=st.sampled_from('{}[]",:\\ @typeArticlgrhnull0123456789.-<!>\n'), max_size=200)


@given(JSON_LIKE | st.text(max_size=200))
def test_any_text_in_a_script_gives_items(text: str):
    found = items(text, '{"@type":"Article","headline":"Boats"}')
    assert all(isinstance(item, dict) for item in (*found.articles, *found.pages, *found.others))


@pytest.mark.parametrize("piece", ['"', '\\"', ",", ", ", "[{},", '{"a":1,}', "<!--", "{}", '{"@id":"#a","b":[1,]} '])
def test_time_grows_no_faster_than_the_script(piece: str):
    """Sixteen times the text may take eighty times as long; what is quadratic takes 256 times."""

    def seconds(characters: int) -> float:
        tree = LexborHTMLParser(f'<script type="application/ld+json">{(piece * characters)[:characters]}</script>')
        best = float("inf")
        for _ in range(3):
            start = process_time()
            jsonld.read(tree)
            best = min(best, process_time() - start)
        return best

    assert seconds(320_000) < 80 * max(seconds(20_000), 0.0002)
