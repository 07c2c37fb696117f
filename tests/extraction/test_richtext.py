"""Rich text of any editor becomes HTML."""

from __future__ import annotations

import json

import pytest

from archiver.extraction import richtext
from archiver.extraction.rules.unseen import KINDS

EDITORS = {
    "ProseMirror": {
        "type": "doc",
        "content": [
            {"type": "heading", "attrs": {"level": 3}, "content": [{"type": "text", "text": "Head"}]},
            {"type": "paragraph", "content": [{"type": "text", "text": "One "}, {"type": "text", "text": "two."}]},
        ],
    },
    "Contentful": {
        "nodeType": "document",
        "data": {},
        "content": [
            {"nodeType": "heading-3", "data": {}, "content": [{"nodeType": "text", "value": "Head", "marks": []}]},
            {
                "nodeType": "paragraph",
                "content": [{"nodeType": "text", "value": "One "}, {"nodeType": "text", "value": "two."}],
            },
        ],
    },
    "Portable Text": [
        {"_type": "block", "style": "h3", "children": [{"_type": "span", "text": "Head"}]},
        {
            "_type": "block",
            "style": "normal",
            "children": [{"_type": "span", "text": "One "}, {"_type": "span", "text": "two."}],
        },
    ],
    "Slate": [
        {"type": "heading-three", "children": [{"text": "Head"}]},
        {"type": "p", "children": [{"text": "One "}, {"text": "two."}]},
    ],
    "Draft.js": {
        "blocks": [{"type": "header-three", "text": "Head"}, {"type": "unstyled", "text": "One two."}],
        "entityMap": {},
    },
    "Editor.js": {
        "blocks": [
            {"type": "header", "data": {"text": "Head", "level": 3}},
            {"type": "paragraph", "data": {"text": "One two."}},
        ]
    },
    "Arc": [{"type": "header", "level": 3, "content": "Head"}, {"type": "text", "content": "One two."}],
    "Gutenberg": [
        {"name": "core/heading", "attributes": {"content": "Head", "level": 3}},
        {"name": "core/paragraph", "attributes": {"content": "One two."}},
    ],
    "React": [
        "$",
        "div",
        None,
        {"children": [["$", "h3", None, {"children": "Head"}], ["$", "p", "1", {"children": ["One ", "two."]}]]},
    ],
    "JsonML": ["div", {"class": "a"}, ["h3", "Head"], ["p", "One ", "two."]],
    "strings with tags": ["<h3>Head</h3>", "<p>One two.</p>"],
    "escaped tags": "&lt;h3&gt;Head&lt;/h3&gt;&lt;p&gt;One two.&lt;/p&gt;",
    "a string of JSON": json.dumps([{"type": "h3", "text": "Head"}, {"type": "p", "text": "One two."}]),
}


@pytest.mark.parametrize("editor", EDITORS)
def test_editors(editor: str):
    html = richtext.to_html(EDITORS[editor])
    assert html.removeprefix("<div>").removesuffix("</div>") == "<h3>Head</h3><p>One two.</p>"


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("One.\nTwo.\r\n\r\nThree & four < five", "<p>One.</p><p>Two.</p><p>Three &amp; four &lt; five</p>"),
        ("Q&amp;A", "<p>Q&amp;A</p>"),
        ("\ud83d\ude00 \ud83d", "<p>😀 \ufffd</p>"),
        (["One.", "Two."], "<p>One.</p><p>Two.</p>"),
        ({"type": "list", "items": ["One", "Two"]}, "<ul><li>One</li><li>Two</li></ul>"),
        ({"type": "list", "data": {"style": "unordered", "items": ["One"]}}, "<ul><li>One</li></ul>"),
        ({"type": "ol", "children": [{"type": "li", "children": [{"text": "One"}]}]}, "<ol><li>One</li></ol>"),
        (
            {"type": "p", "children": [{"text": "See "}, {"type": "link", "data": {"uri": '/a"b'}, "content": "that"}]},
            '<p>See <a href="/a&quot;b">that</a></p>',
        ),
        ({"type": "paragraph", "text": "All of it.", "children": [{"text": "All of it."}]}, "<p>All of it.</p>"),
        ([{"type": "text", "content": "One."}, {"type": "image", "caption": "No.", "text": "No."}], "<p>One.</p>"),
        ({"type": "p", "children": [{"text": "One"}, {"type": "br"}, {"text": "two"}]}, "<p>One<br>two</p>"),
        (
            {"type": "section", "content": [{"type": "text", "text": "One."}, {"type": "text", "text": "Two."}]},
            "<div><p>One.</p><p>Two.</p></div>",
        ),
        ([1, True, None, {}, []], ""),
    ],
)
def test_nodes(value: object, expected: str):
    assert richtext.to_html(value) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ([{"type": "paragraph"}, {"type": "image"}], True),
        ([{"type": "article", "title": "Another"}, {"type": "article"}], False),
        ([{"id": 1}, {"id": 2}], False),
        (["$", "p", None, {"children": "a"}], True),
        (["$", "$L5", None, {"children": "a"}], False),
        (["one", "two"], False),
        ([], False),
        ({"type": "paragraph"}, False),
    ],
)
def test_lists_of_text_are_told_from_other_lists(value: object, expected: bool):
    assert richtext.is_rich(value) is expected


@pytest.mark.parametrize("word", [word for row in KINDS for word in row.words.split()])
def test_every_word_for_a_kind_counts(word: str, monkeypatch: pytest.MonkeyPatch):
    node = {"type": word, "content": [{"text": "One."}, {"text": "Two."}]}

    def read() -> tuple[str, bool]:
        return richtext.to_html(node), richtext.is_rich([node])

    with_it = read()
    monkeypatch.delitem(richtext._TAGS, word)
    assert read() != with_it


def test_nesting_has_a_bound():
    value: object = "deep"
    for _ in range(10_000):
        value = {"type": "section", "children": [value]}
    assert "deep" not in richtext.to_html(value)


def test_what_refers_to_itself_many_times_over_has_a_bound():
    value: list[object] = [{"type": "p", "text": "One."}]
    for _ in range(35):
        value = [value, value]
    assert len(richtext.to_html(value)) < 100 * richtext.MAX_NODES
