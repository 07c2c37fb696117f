"""The page as blocks, by one pass."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from selectolax.lexbor import LexborHTMLParser

from archiver.extraction import blocks
from archiver.extraction.rules.hidden import SCREEN_READER_CLASSES

if TYPE_CHECKING:
    from archiver.extraction.blocks import Layout


def measured(html: str) -> Layout:
    return blocks.measure(LexborHTMLParser(html).body)


def texts(html: str) -> list[str]:
    return [block.text for block in measured(html).blocks]


def test_nothing_gives_no_blocks():
    assert blocks.measure(None).blocks == []
    assert texts("") == []


def test_block_level_elements_part_runs_and_inline_ones_do_not():
    assert texts("<div>one <b>and</b> <a href=/>two</a><p>three</p>four</div>") == ["one and two", "three", "four"]


def test_white_space_collapses_and_a_break_is_a_new_line():
    assert texts("<p>  one\n\ttwo&nbsp;three<br> four </p>") == ["one two three\nfour"]


def test_two_breaks_begin_a_paragraph():
    assert texts("<td>one<br> <br>two<br><br><br>three<br>four") == ["one", "two", "three\nfour"]


def test_a_block_names_the_element_that_holds_it_and_its_leaves():
    layout = measured("<article class=Story id=x><p>one<br>two</p></article>")
    block = layout.blocks[0]
    assert block.element.tag == "p"
    assert [node.tag for node in block.nodes] == ["-text", "br", "-text"]
    assert block.element.parent is not None
    assert block.element.parent.hint == "story x"
    assert [element.tag for element in block.element.ancestors()] == ["p", "article", "body"]


def test_elements_span_the_blocks_inside_them():
    layout = measured("<p>one</p><section><p>two</p><p>three</p></section><p>four</p>")
    section = next(element for element in layout.elements if element.tag == "section")
    assert [block.text for block in layout.blocks[section.first : section.last]] == ["two", "three"]


@pytest.mark.parametrize("tag", ["script", "style", "template", "noscript", "svg", "iframe", "select", "textarea"])
def test_what_is_no_text_of_the_page_is_not_read(tag: str):
    assert texts(f"<p>one</p><{tag}>two</{tag}><p>three</p>") == ["one", "three"]


def test_characters_are_counted_without_white_space_and_apart_for_links():
    layout = measured("<p>ab cd <a href=/>ef <i>gh</i></a></p><p><a href=/>xyz</a></p>")
    assert [(block.chars, block.link_chars) for block in layout.blocks] == [(8, 4), (3, 3)]
    assert (layout.chars(0, 2), layout.link_chars(0, 2)) == (11, 7)
    assert (layout.chars(1, 2), layout.link_chars(1, 2)) == (3, 3)


def test_a_link_around_blocks_counts_in_each_of_them():
    assert [block.link_chars for block in measured("<a href=/><h3>one</h3><p>two</p></a><p>three</p>").blocks] == [3, 3, 0]


def test_a_picture_alone_is_a_block_without_text():
    layout = measured("<p><img src=a></p><p> </p>")
    assert [(block.text, block.chars, len(block.nodes)) for block in layout.blocks] == [("", 0, 1)]


@pytest.mark.parametrize("attributes", ["hidden", 'style="display: none"', 'style="color:red; VISIBILITY:hidden"'])
def test_hidden_reaches_down(attributes: str):
    layout = measured(f"<div {attributes}><p>one</p></div><p>two</p>")
    assert [block.element.hidden for block in layout.blocks] == [True, False]


def test_hidden_until_found_is_not_hidden():
    assert not measured('<div hidden="until-found">one</div>').blocks[0].element.hidden


def test_hidden_text_inside_a_line_is_no_part_of_it():
    html = "one <span{}>two <b>three</b></span>four"
    assert texts(html.format("")) == ["one two threefour"]
    for attributes in (" hidden", ' style="display:none"', " class='note Visually-Hidden'"):
        block = measured(html.format(attributes)).blocks[0]
        assert (block.text, block.chars) == ("one four", 7)
        assert [node.text_content for node in block.nodes] == ["one ", "four"]


@pytest.mark.parametrize("name", sorted(SCREEN_READER_CLASSES))
def test_text_for_screen_readers_is_not_displayed(name: str):
    layout = measured(f"<h2 class='x {name}'>Navigation</h2><p>one <span class={name}>(opens in a new window)</span> two</p>")
    assert [(block.text, block.element.hidden) for block in layout.blocks] == [("Navigation", True), ("one two", False)]


def test_class_names_that_only_resemble_those_for_screen_readers_hide_nothing():
    assert texts("one <span class='not-sr-only hidden-xs'>two</span>") == ["one two"]


def test_a_node_is_found_at_the_first_block_in_or_after_it():
    tree = LexborHTMLParser("<p>one</p><div><span></span><p>two <time>three</time></p></div><b></b>")
    layout = blocks.measure(tree.body)
    assert {name: layout.block_at(tree.css(name)[0]) for name in ("p", "div", "span", "time", "b")} == {
        "p": 0, "div": 1, "span": 1, "time": 1, "b": 2,
    }  # fmt: skip
    assert layout.block_at(tree.css("head")[0]) is None


def test_an_element_behind_text_is_found_at_its_own_block():
    tree = LexborHTMLParser("<div>one<p>two</p></div>")
    assert blocks.measure(tree.body).block_at(tree.css("p")[0]) == 1


def test_the_tree_is_not_changed():
    tree = LexborHTMLParser("<p>one <b>two</b><br><br><img src=x></p><div hidden>three</div>")
    before = tree.html
    blocks.measure(tree.body)
    assert tree.html == before


@pytest.mark.parametrize("depth", [3, 3000])
def test_elements_nested_too_deep_part_text_but_are_none_of_their_own(depth: int, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(blocks, "MAX_DEPTH", 4)
    layout = measured("<div>" * depth + "deep<p>er</p>est" + "</div>" * depth + "after")
    assert [block.text for block in layout.blocks] == ["deep", "er", "est", "after"]
    assert max(len(element.ancestors()) for element in layout.elements) == 4
    assert [block.element.tag for block in layout.blocks] == ["div", "div", "div", "body"]
    assert [(element.first, element.last) for element in layout.elements[:2]] == [(0, 4), (0, 3)]


def test_elements_without_number_part_text_but_are_none_of_their_own(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(blocks, "MAX_ELEMENTS", 3)
    layout = measured("<p>one</p>" * 5)
    assert [block.element.tag for block in layout.blocks] == ["p", "p", "body", "body", "body"]
    assert len(layout.elements) == 3


def test_text_beyond_the_last_block_is_counted_and_said(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(blocks, "MAX_BLOCKS", 2)
    assert measured("<p>one</p><p>two</p><p> </p>").warnings == ()
    layout = measured("<p>one</p>" * 2 + "<p>thr ee</p><ul><li>four</ul>")
    assert [block.text for block in layout.blocks] == ["one", "one"]
    assert layout.warnings == ("text beyond 2 blocks was left out (characters: 9)",)
