"""The page as blocks, by one pass."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from selectolax.lexbor import LexborHTMLParser

from archiver.extraction import blocks

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


def test_a_node_is_found_at_the_first_block_in_or_after_it():
    tree = LexborHTMLParser("<p>one</p><div><span></span><p>two <time>three</time></p></div><b></b>")
    layout = blocks.measure(tree.body)
    assert {name: layout.block_at(tree.css(name)[0]) for name in ("p", "div", "span", "time", "b")} == {
        "p": 0, "div": 1, "span": 1, "time": 1, "b": 2,
    }  # fmt: skip
    assert layout.block_at(tree.css("head")[0]) is None


def test_the_tree_is_not_changed():
    tree = LexborHTMLParser("<p>one <b>two</b><br><br><img src=x></p><div hidden>three</div>")
    before = tree.html
    blocks.measure(tree.body)
    assert tree.html == before


def test_a_deeply_nested_page_is_read_to_its_end():
    assert texts("<div>" * 3000 + "deep" + "</div>" * 3000 + "after") == ["deep", "after"]
