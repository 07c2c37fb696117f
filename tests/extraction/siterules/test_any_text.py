"""Whatever a file says, reading it gives a rule or problems, and never fails otherwise."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from archiver.errors import EmptyPage
from archiver.extraction import extract, xpath
from archiver.extraction.siterules import selectors
from tests.support.site_rules import parsed
from tests.support.small_pages import URL
from tests.support.small_pages import page as small_page

WORDS = st.sampled_from(
    [
        "//p",
        "/",
        "//",
        "[",
        "]",
        "(",
        ")",
        "@class",
        ".",
        "..",
        "*",
        "|",
        "and",
        "or",
        "not(",
        "contains(",
        ",'a'",
        "'b'",
        '"',
        "'",
        "=",
        "!=",
        "<",
        "1",
        "-1",
        "position()",
        "last()",
        "ancestor::",
        "following::",
        "preceding-sibling::",
        "text()",
        "node()",
        "string(",
        "count(",
        "substring(",
        "translate(",
        "div",
        "mod",
        "+",
        "a:b",
        "$x",
        "é",
    ]
)
EXPRESSIONS = st.lists(WORDS, max_size=14).map(" ".join)
CSS = st.lists(
    st.sampled_from(
        [
            "p",
            ".a",
            "#b",
            "[c]",
            "[c='d']",
            ">",
            "+",
            "~",
            ",",
            "*",
            ":not(",
            ":has(",
            ":is(",
            ")",
            ":nth-child(2n+1)",
            ":first-child",
            "::x",
            "@d",
            "\\",
            '"',
            "1",
            "é",
        ]
    ),
    max_size=10,
).map("".join)
NAMES = ("quay-gazette.example.toml", "quay-gazette.example.txt")


def holds(value: object) -> bool:
    return isinstance(value, (str, float, bool, list))


@given(EXPRESSIONS)
@example("//p[position() = last()]/following::*[1]")
def test_any_expression_has_a_value_or_is_refused(text):
    from archiver.extraction import page

    with contextlib.suppress(xpath.BadExpression, ValueError):
        expression = xpath.parse(text)
        tree = xpath.Tree(page.read(small_page()).tree)
        with contextlib.suppress(xpath.TooCostly):
            assert holds(xpath.evaluate(expression, tree))


@given(CSS)
def test_any_css_is_a_selector_or_is_refused(text):
    with contextlib.suppress(selectors.BadSelector):
        assert selectors.css(text).written == text.strip()


@pytest.mark.parametrize("name", NAMES)
@given(text=st.text(max_size=60) | EXPRESSIONS | CSS)
@example(text='[fields]\ntitle = "p\\u0000"')
@example(text="title: \x00")
@example(text='hosts = ["\\u0000", "a b.c", "[::1]", "a..b", "."]\n[fields]\ntitle = "p"')
@example(text='[[examples]]\nurl = "http://[::"\nexpected = {body = [[1]]}')
def test_any_text_gives_a_rule_or_problems(name, text):
    for written in (text, f"strip: {text}\ntitle: {text}\ntest_url: {text}\nreplace_string({text}): {text}"):
        found = parsed(written, name)
        assert found.rule is not None or found.errors
        if found.rule is not None:
            with contextlib.suppress(EmptyPage):
                assert extract(small_page(), url=URL, rule=found.rule).schema == 1
