"""What is no expression, or is none of ours, is refused in a sentence."""

from __future__ import annotations

import pytest

from archiver.extraction import xpath
from archiver.extraction.xpath import grammar


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "it ends too early"),
        ("//", "it ends too early"),
        ("//div[", "it ends too early"),
        ("//div[@class='a'", "']' is missing, at character 17"),
        ("//div]", "unexpected ']', at character 6"),
        ("//div[@class='a]", '"\'a]" is not understood, at character 14'),
        ("//div//", "it ends too early"),
        ("concat('a')", "concat() does not take 1 arguments"),
        ("count(//a, //b)", "count() does not take 2 arguments"),
        ("//div[]", "unexpected ']'"),
        ("//p/@", "it ends too early"),
        ("//p#a", "'#a' is not understood, at character 4"),
        ("//foo()", "foo() is no node test"),
        ("a b", "unexpected 'b'"),
        ("1 +", "it ends too early"),
    ],
)
def test_what_is_no_expression(text, reason):
    with pytest.raises(xpath.BadExpression) as caught:
        xpath.parse(text)
    assert reason in str(caught.value)
    assert not isinstance(caught.value, xpath.Unsupported)


@pytest.mark.parametrize(
    "text", ["document('http://a/')", "//p[matches(., 'a+')]", "re:test(., 'a')", "$x", "//p/namespace::a"]
)
def test_what_is_right_elsewhere(text):
    with pytest.raises(xpath.Unsupported):
        xpath.parse(text)


@pytest.mark.parametrize(
    "text",
    [
        "(" * 40 + "1" + ")" * 40,
        "//a[" * 40 + "1" + "]" * 40,
        "1" + "+1" * grammar.MAX_TOKENS,
        "//p[. = '" + "a" * grammar.MAX_CHARACTERS + "']",
    ],
)
def test_what_is_too_much(text):
    with pytest.raises(xpath.BadExpression):
        xpath.parse(text)


@pytest.mark.parametrize("text", ["or or or", "//div/div", "* * *", "div div div", "//*[@mod mod 2]", "-(-1)", "- - 1"])
def test_words_that_are_operators_may_be_names(text):
    xpath.parse(text)
