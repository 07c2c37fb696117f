"""A search ends within its budget, whatever the expression and the page."""

from __future__ import annotations

import pytest
from selectolax.lexbor import LexborHTMLParser

from archiver.extraction import xpath
from archiver.extraction.xpath import tree as trees

FLAT = "<div>" + "<p>x</p>" * 5_000 + "</div>"
DEEP = "<div>" * 250 + "<p>x</p>" * 500 + "</div>" * 250


def steps(expression: str, html: str) -> int:
    tree = xpath.Tree(LexborHTMLParser(html))
    xpath.evaluate(xpath.parse(expression), tree)
    return trees.MAX_STEPS - tree.steps_left


@pytest.mark.parametrize(
    "expression", ["//p[preceding::q]", "//p[preceding::q[preceding::r]]", "//p[. = //p]", "//p[count(//p) > 1]"]
)
def test_what_is_quadratic_ends(expression):
    with pytest.raises(xpath.TooCostly):
        steps(expression, FLAT)


@pytest.mark.parametrize(
    "expression",
    [
        "//div//div//div//p",
        "//q//div//div//p",
        "//p/ancestor::div/descendant::p/ancestor::div",
        "//p/following-sibling::p/following-sibling::p",
        "//p/preceding-sibling::p/preceding-sibling::p",
        "//p/following::p/preceding::p",
        "//p[1]",
        "//div/p[last()]",
        "//p[@class = 'a']/..",
    ],
)
@pytest.mark.parametrize("html", [FLAT, DEEP], ids=["flat", "deep"])
def test_each_step_looks_at_a_node_but_a_few_times(expression, html):
    nodes = html.count("<p>") * 2 + html.count("<div>")
    assert steps(expression, html) < 20 * nodes


def test_long_texts_cost_by_their_length():
    html = f"<p>{'word ' * 20_000}</p>"
    assert steps("//p[contains(., 'q')]", html) > 1_000


def test_a_page_with_too_many_nodes_is_not_laid_out(monkeypatch):
    monkeypatch.setattr(trees, "MAX_NODES", 100)
    with pytest.raises(xpath.TooCostly, match="nodes"):
        steps("//p", FLAT)
