"""JSON-LD as pages write it."""

from __future__ import annotations

import pytest
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
