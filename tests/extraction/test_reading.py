"""A record's HTML is read as an HTML parser reads it."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup, Tag
from hypothesis import given, settings
from hypothesis import strategies as st

from archiver.extraction import reading, render
from tests.support.pages import golden_pages


def parsed(html):
    """The events of a real parser."""
    found = []
    for event, node in render.events(BeautifulSoup(html, "html.parser")):
        found.append(
            (event, (node.name, {key: node.get_attribute_list(key) for key in node.attrs}))
            if isinstance(node, Tag)
            else (event, str(node))
        )
    return found


def shortened(events):
    """The events with white space between tags as one character, as a real parser has it outside of `<pre>`."""
    return [
        (event, node if not isinstance(node, str) or node.strip() else "\n" if "\n" in node else " ") for event, node in events
    ]


def read(html):
    found: list[tuple[str, object]] = []
    for event, node in reading.events(html):
        if isinstance(node, str):
            found.append((event, node))
        else:
            lists = {key: value.split() if key == "class" else [value] for key, value in node.attributes.items()}
            found.append((event, (node.name, lists)))
    return found


@pytest.mark.parametrize("page", golden_pages(), ids=lambda page: page.name)
def test_what_extraction_writes_is_read_whole(page):
    html = (page.expected().get("body") or {}).get("html") or page.extracted()["body"]["html"]
    assert read(html) == parsed(html)


@pytest.mark.parametrize(
    ("html", "events"),
    [
        ("a < b &amp;amp; c", [("text", "a < b &amp; c")]),
        ("<p>a<p>b", [("start", "p"), ("text", "a"), ("end", "p"), ("start", "p"), ("text", "b"), ("end", "p")]),
        ("<b onclick=x>a</i></b><script>alert(1)</script>", [("text", "a")]),
        ("<!-- --><img src='http://x.example/?a>b\"'>", [("start", "img"), ("end", "img")]),
    ],
)
def test_what_somebody_wrote_by_hand_is_cleaned(html, events):
    assert [(event, node if isinstance(node, str) else node.name) for event, node in reading.events(html)] == events


PIECES = st.sampled_from(
    [*"<>&='x", '"', "\n", "<p>", "</p>", '<a href="http://x.example/>\'">', "</a>", "<ul><li>", "<br/>", "<pre>", "</pre>"]
)
TABLES = st.sampled_from(["<table><tr><td colspan=2>", "</table>", "&lt;", "<svg><p>", "<math><mi>", "<!--", "-->"])


@settings(deadline=None)
@given(st.lists(PIECES | TABLES, max_size=12).map("".join))
def test_any_markup_is_read_as_cleaned(html):
    cleaned = render.safe_html(html)
    assert shortened(read(html)) == shortened(parsed(cleaned))
