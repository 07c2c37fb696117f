"""Pages made to be expensive: what is built stays in proportion to the page, and no text is lost without a word."""

from __future__ import annotations

import pytest

import archiver
from archiver.extraction import blocks, page

WORDS = 10_000
ATTRIBUTES = " ".join(f"a{number}" for number in range(1_000_000))
PAGES = {
    "paragraphs": "<p>word</p>" * WORDS,
    "unclosed p": "<p>word " * WORDS,
    "unclosed b": "".join(f"<b id=x{number}>word " for number in range(WORDS)),
    "unclosed b in p": "".join(f"<b id=x{number}><p>word " for number in range(WORDS)),
    "unclosed a": "".join(f"<a href=x{number}>word " for number in range(WORDS)),
    "unclosed a in div": "".join(f"<a href=x{number}><div>word " for number in range(WORDS)),
    "unclosed div": "<div>word " * WORDS,
    "unclosed table": "<table><tr><td>word " * WORDS,
    "unclosed li": "<ul><li>word " * WORDS,
    "few unclosed div": "<div>word " * 9_000 + "word " * 1_000,
    "nested div": "<div>" * 100_000 + "word " * WORDS + "</div>" * 100_000,
    "nested span": "<span>" * 100_000 + "word " * WORDS + "</span>" * 100_000,
    "nested b": "<b>" * 100_000 + "word " * WORDS + "</b>" * 100_000,
    "nested li": "<ul><li>" * 50_000 + "word " * WORDS + "</li></ul>" * 50_000,
    "nested table": "<table><tr><td>" * 30_000 + "word " * WORDS + "</table>" * 30_000,
    "nested blockquote": "<blockquote>" * 100_000 + "word " * WORDS + "</blockquote>" * 100_000,
    "attributes": f"<p {ATTRIBUTES}>" + "word " * WORDS,
    "long attribute": f"<p title='{'x ' * 5_000_000}'>" + "word " * WORDS,
    "NULs": "word \0" * WORDS,
    "lone surrogates": "word \ud800" * WORDS,
    "long comment": f"<!--{'a-b> ' * 1_000_000}-->" + "word " * WORDS,
    "long script": f"<script>{'if (a<b) x; ' * 400_000}</script>" + "word " * WORDS,
    "angles": "<" * 1_000_000 + " word" * WORDS,
}


@pytest.mark.parametrize("html", PAGES.values(), ids=PAGES.keys())
def test_every_word_survives_and_the_tree_stays_in_proportion(html: str):
    read = page.read(html)
    layout = blocks.measure(read.body)
    assert sum(block.text.count("word") for block in layout.blocks) == WORDS
    assert not layout.warnings
    root = read.tree.root
    assert root is not None
    assert sum(1 for _ in root.traverse(include_text=True)) < 30 * WORDS
    depths: dict[int, int] = {}
    for element in layout.elements:
        depths[id(element)] = depths[id(element.parent)] + 1 if element.parent is not None else 1
    assert max(depths.values()) <= blocks.MAX_DEPTH


def test_ten_megabytes_of_text_are_one_block():
    layout = blocks.measure(page.read("word " * 2_000_000).body)
    assert [len(block.text) for block in layout.blocks] == [10_000_000 - 1]


def test_the_record_says_what_was_left_out(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(blocks, "MAX_BLOCKS", 20)
    article = archiver.extract(f"<h1>Title</h1>{'<p>A sentence that is left out, or not.</p>' * 30}<p {ATTRIBUTES[:9000]}>")
    assert [warning.partition(" was ")[0].partition(" were ")[0] for warning in article.warnings] == [
        "attributes beyond the 200th of a tag",
        "text beyond 20 blocks",
    ]
