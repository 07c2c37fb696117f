"""The article's text is found in a page's state, whatever the framework, and told from everything else in there."""

from __future__ import annotations

import json
from html import escape

import pytest
from selectolax.lexbor import LexborHTMLParser

from archiver.extraction import state
from archiver.extraction.rules.unseen import ESCAPES, KEYS
from archiver.extraction.title import form
from tests.support.articles import paragraphs

TITLE = "How the Old Harbour Was Built"
TEXT = paragraphs(4)
ARTICLE = {"title": TITLE, "body": TEXT}


def script(value: object, kind: str = "application/json") -> str:
    return f'<script type="{kind}" id="data">{json.dumps(value)}</script>'


def found(html: str, title: str = TITLE) -> list[state.Text]:
    return state.texts(LexborHTMLParser(f"<body>{html}"), {form(title)})


def words_of(role: str) -> list[str]:
    return [word for row in KEYS if row.role == role for word in row.words.split()]


IN_SCRIPTS = {
    "JSON": script(ARTICLE),
    "JSON of another kind": script(ARTICLE, "application/vnd.site+json"),
    "assigned": f"<script>window.__STATE__ = {json.dumps(ARTICLE)};</script>",
    "assigned by its name": f"<script>window['__STATE__']={json.dumps(ARTICLE)}</script>",
    "a JavaScript object": f"<script>var state={{title:{json.dumps(TITLE)},body:{json.dumps(TEXT)}}}</script>",
    "a string of JSON": f"<script>a = JSON.parse({json.dumps(json.dumps(ARTICLE))})</script>",
    "JSON in JSON": script({"cache": json.dumps({"a": ARTICLE})}),
    "percent-encoded": "<script>a = JSON.parse(decodeURIComponent('{}'))</script>".format(
        json.dumps(ARTICLE).replace("%", "%25").replace("{", "%7B").replace('"', "%22").replace("'", "%27").replace("\\n", " ")
    ),
    "an argument": f"<script>render('page', {json.dumps(ARTICLE)})</script>",
    "an attribute": f'<div data-page="{escape(json.dumps({"props": ARTICLE}))}"></div>',
    "Nuxt 3": script([["Reactive", 1], {"data": 2}, {"post": 3, "next": 2}, {"title": 4, "body": 5}, TITLE, TEXT]),
    "Angular": script(ARTICLE).replace('"', "&q;").replace("&q;", '"', 4),  # after the script's own attributes
    "a title of several parts": script({"title": {"rendered": TITLE}, "content": {"rendered": TEXT}}),
    "a title with the site's name": script({"title": f"{TITLE} – The Coast", "body": TEXT}),
    "a title above": script({"page": {"headline": TITLE, "parts": [{"type": "block", "props": {"html": TEXT}}]}}),
    "a title in the text": script({"id": 1, "html": f"<h1 class=a>{TITLE}</h1>{TEXT}"}),
}


@pytest.mark.parametrize("place", IN_SCRIPTS)
def test_a_text_with_the_page_s_title(place: str):
    text = found(IN_SCRIPTS[place])[0]
    assert text.titled
    assert text.html.split() == TEXT.split() or text.html.partition("</h1>")[2] == TEXT


def test_texts_of_one_path_belong_together():
    sections = [{"heading": f"Stage {number}", "paragraphs": [f"{number} {TEXT[3:90]}", TEXT[93:180]]} for number in range(3)]
    text = found(script({"title": TITLE, "sections": sections}))[0]
    assert text.at == "script#data.sections[].paragraphs[]"
    assert text.html.count("<p>") == 6


@pytest.mark.parametrize(
    "other",
    [
        {"title": "Another Harbour", "url": "/another", "body": TEXT},
        {"title": TITLE, "items": [{"title": "Another Harbour", "slug": "another", "body": TEXT}]},
        {"title": TITLE, "comments": [{"text": TEXT}]},
        {"title": TITLE, "description": TEXT},
        {"title": TITLE, "i18n": {"en": {"checkout.body": TEXT}}},
        {"title": TITLE, "seo": {"content": TEXT}},
        {"title": TITLE, "count": 3, "body": None},
    ],
)
def test_what_belongs_to_something_else_is_left_out(other: dict[str, object]):
    assert found(script(other)) == []


def test_a_text_without_the_title_is_named_as_such():
    assert [text.titled for text in found(script({"title": "Another Harbour", "body": TEXT}))] == [False]


@pytest.mark.parametrize(
    "html",
    [
        script(ARTICLE, "application/ld+json"),
        script(ARTICLE, "text/template"),
        script(ARTICLE, "importmap"),
        f"<script>element.innerHTML = {json.dumps(TEXT)};</script>",
        f'<script src="a.js">{json.dumps(ARTICLE)}</script>',
        "<script>{}</script>".format("if (a.b) { c = {d: 'e'}; }\n" * 1000),
        '<script type="application/json">{"title": </script>',
    ],
)
def test_other_scripts_hold_no_state(html: str):
    assert found(html) == []


@pytest.mark.parametrize(
    ("text", "title", "expected"),
    [
        (TITLE, TITLE, True),
        (f"{TITLE.upper()}!", TITLE, True),
        (f"{TITLE} | The Coast Review", TITLE, True),
        (TITLE, f"{TITLE} | The Coast Review", True),
        ("How", TITLE, False),
        ("How", "How", True),
        ("", "", False),
        ("How the Old", f"{TITLE}, and Why It Sank", False),
    ],
)
def test_titles_agree_when_one_has_most_of_the_other(text: str, title: str, expected: bool):
    assert state.is_title(text, {form(title)}) is expected


@pytest.mark.parametrize("word", words_of("text"))
def test_every_word_for_text_counts(word: str, monkeypatch: pytest.MonkeyPatch):
    html = script({"title": TITLE, f"{word}Long": TEXT})
    assert len(found(html)) == 1
    monkeypatch.delitem(state._ROLES, word)
    assert found(html) == []


@pytest.mark.parametrize("word", words_of("title"))
def test_every_word_for_titles_counts(word: str, monkeypatch: pytest.MonkeyPatch):
    html = script({f"the_{word}": TITLE, "body": TEXT})
    assert found(html)[0].titled
    monkeypatch.delitem(state._ROLES, word)
    assert not found(html)[0].titled


@pytest.mark.parametrize("word", words_of("address"))
def test_every_word_for_addresses_counts(word: str, monkeypatch: pytest.MonkeyPatch):
    html = script({"title": TITLE, "list": [{"title": "Another Harbour", word: "another", "body": TEXT}]})
    assert found(html) == []
    monkeypatch.delitem(state._ROLES, word)
    assert len(found(html)) == 1


@pytest.mark.parametrize("word", words_of("other"))
def test_every_word_for_other_things_counts(word: str, monkeypatch: pytest.MonkeyPatch):
    html = script({"title": TITLE, word: {"body": TEXT}})
    assert found(html) == []
    monkeypatch.delitem(state._ROLES, word)
    assert len(found(html)) == 1


@pytest.mark.parametrize("escape_row", ESCAPES, ids=lambda row: row.written)
def test_every_escape_counts(escape_row: object, monkeypatch: pytest.MonkeyPatch):
    written = json.dumps({"title": TITLE, "body": f"<p title='a'>Salt &amp; sand.</p>{TEXT}"})
    for row in reversed(ESCAPES):
        written = written.replace(row.meant, row.written)
    html = f'<script type="application/json">{written}</script>'
    whole = found(html)
    assert "<p title='a'>Salt &amp; sand.</p>" in whole[0].html
    monkeypatch.setattr(state, "ESCAPES", tuple(row for row in ESCAPES if row is not escape_row))
    assert found(html) != whole


def test_scripts_are_read_up_to_a_bound(monkeypatch: pytest.MonkeyPatch):
    html = script({"filler": "a" * 10_000}) + script(ARTICLE)
    assert len(found(html)) == 1
    monkeypatch.setattr(state, "MAX_CHARACTERS", 10_000)
    assert found(html) == []


def test_values_are_looked_through_up_to_a_bound(monkeypatch: pytest.MonkeyPatch):
    html = script([*([[]] * 1_000), ARTICLE])
    assert len(found(html)) == 1
    monkeypatch.setattr(state, "MAX_VALUES", 500)
    assert found(html) == []


def test_nesting_without_end_is_passed_over():
    deep = "[" * 100_000 + json.dumps(ARTICLE) + "]" * 100_000
    flat = json.dumps({"a": [0] * 10} | ARTICLE)
    assert found(f'<script type="application/json">{deep}</script>') == []
    assert len(found(f"<script>a={deep};b={flat}</script>")) == 1


def test_what_refers_to_itself_is_looked_through_once():
    ring = [["Reactive", 1], {"self": 1, "list": 2, "title": 3, "body": 4}, [1, 2, 1], TITLE, TEXT]
    assert [text.html for text in found(script(ring))] == [TEXT]
