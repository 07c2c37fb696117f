"""What a selector takes from what it matches."""

from __future__ import annotations

import pytest

from archiver.extraction import page, xpath
from archiver.extraction.siterules import selectors
from archiver.extraction.siterules.search import Search, readable
from archiver.extraction.xpath import tree as trees


def found(html: str, written: str, kind: str = "text") -> list[tuple[str, str | None]]:
    search = Search(page.read(html, url="https://quay-gazette.example/a"))
    return [(match.text, match.url) for match in search.matches(selectors.css(written), kind)]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("html", "selector", "kind", "text"),
    [
        ("<h1>One  <b>t</b>wo</h1>", "h1", "text", "One two"),
        ("<h1>One<br>two<div>three</div>four<script>x</script></h1>", "h1", "text", "One two three four"),
        ("<meta name=a content='b'>", "meta[name=a]", "text", "b"),
        ("<p data-day=2024-05-03>x</p>", "p@data-day", "date", "2024-05-03"),
        ("<time datetime=2024-05-03>Friday</time>", "time", "date", "2024-05-03"),
        ("<time datetime=2024-05-03>Friday</time>", "time", "text", "Friday"),
        ("<time>3 May</time>", "time", "date", "3 May"),
        ("<a href=/b>c</a>", "a", "address", "/b"),
        ("<link rel=next href=/b>", "link[rel=next]", "address", "/b"),
        ("<img data-src=/big.jpg src=data:x>", "img", "address", "https://quay-gazette.example/big.jpg"),
        ("<p>By: Jo</p>", "/html/body/p", "text", "By: Jo"),
        ("<p title=x>By: Jo</p>", "//p/@title", "text", "x"),
        ("<p><a>1</a></p>", "(//p/a)[1]", "text", "1"),
    ],
)
def test_values(html, selector, kind, text):
    assert [match[0] for match in found(html, selector, kind)] == [text]


def test_a_text_that_an_expression_gives():
    search = Search(page.read("<p>By: Jo</p>"))
    match = search.matches(selectors.xpath_("substring-after(//p, 'By: ')"))[0]
    assert (match.text, match.node) == ("Jo", None)
    assert search.matches(selectors.xpath_("//p = 'By: Jo'")) == [], "whether something is so is no value"
    assert search.matches(selectors.xpath_("substring-after(//p, 'Von: ')")) == []


def test_the_link_at_or_in_an_element():
    assert found("<p><a href=/jo>Jo</a></p>", "a") == [("Jo", "/jo")]
    assert found("<a href=/else>x</a><p>By <a href=/jo>Jo</a> <a href=/ana>Ana</a></p>", "p") == [("By Jo Ana", "/jo")]
    assert found("<a href=/else>x</a><p>Jo</p>", "p") == [("Jo", None)]


def test_what_has_no_value_is_no_match():
    assert found("<p> </p><p>a</p><p></p>", "p") == [("a", None)]


def test_only_as_many_as_are_asked_for():
    search = Search(page.read("<p></p><p>a</p><p>b</p><p>c</p>"))
    assert [match.text for match in search.matches(selectors.css("p"), limit=2)] == ["a", "b"]


def test_an_element_is_named_only_where_its_text_is_the_value():
    search = Search(page.read("<article data-day=2024-05-03><p>a</p></article>"))
    for written in ("article@data-day", "//article/@data-day"):
        assert search.matches(selectors.css(written))[0].node is None
    match = search.matches(selectors.css("p"))[0]
    assert match.node is not None
    assert match.node.tag == "p"


def test_reading_long_elements_again_and_again_costs_too(monkeypatch):
    html = "<div>" * 200 + "<i></i>" * 2_000 + "x"
    monkeypatch.setattr(trees, "MAX_STEPS", 20_000)
    search = Search(page.read(html))
    assert len(search.matches(selectors.css("div"))) < 20
    assert len(search.warnings) == 1


def test_long_texts_are_cut():
    tree = xpath.Tree(page.read("<p>" + "word " * 10_000).tree)
    assert len(readable(tree, tree.by_name["p"][0])) <= 2_000


def test_what_costs_too_much_is_said_and_ends_the_search(monkeypatch):
    monkeypatch.setattr(trees, "MAX_STEPS", 50)
    search = Search(page.read("<p>a</p>" * 100))
    assert search.matches(selectors.css("p")) == []
    assert search.nodes([selectors.css("p"), selectors.css("div")]) == []
    assert search.warnings == ["the site rule was left off at 'p': it takes more than 50 steps on this page"]
