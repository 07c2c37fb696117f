"""Markdown says what the HTML says, whoever parses it."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from markdown_it import MarkdownIt

from archiver.extraction import blocks, fragment, page, render
from tests.extraction.test_fragment import MARKUP, URL
from tests.support.pages import golden_pages

PARSER = MarkdownIt("commonmark").enable(["table", "strikethrough"])


def text_in(markdown: str) -> list[str]:
    """The words that a Markdown parser finds."""
    found = []
    for token in PARSER.parse(markdown):
        if token.type in {"fence", "code_block", "html_block"}:
            found.append(token.content)
        for child in token.children or ():
            if child.type in {"text", "code_inline"}:
                found.append(child.content)
            elif child.type in {"softbreak", "hardbreak"} or child.content == "<br>":
                found.append("\n")
        found.append("\n")
    return "".join(found).split()


def body_html(html: str | bytes) -> str:
    read = page.read(html, url=URL)
    return render.body(fragment.build(read, blocks.measure(read.body).blocks)).html


@pytest.mark.parametrize(
    ("html", "markdown"),
    [
        ("<h3>Head #</h3><p>a <strong>b</strong> <em>c</em> <s>d</s></p>", "### Head \\#\n\na **b** *c* ~~d~~"),
        ("<p>a<strong>b</strong>c <em>“d”</em>e</p>", "a**b**c <em>“d”</em>e"),
        ("<p><strong>a <em>b</em></strong></p>", "<strong>a <em>b</em></strong>"),
        ("<p>x<sub>2</sub></p>", "x<sub>2</sub>"),
        ('<p><a href="https://x.example/a_(b)">t [1]</a></p>', "[t \\[1\\]](<https://x.example/a_(b)>)"),
        ('<p><img src="https://x.example/a.png" alt="an *alt*"></p>', "![an \\*alt\\*](https://x.example/a.png)"),
        ("<p>one<br>two</p>", "one\\\ntwo"),
        ("<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>", "- a\n  - b\n- c"),
        ('<ol start="9"><li>a</li><li><p>b</p><p>c</p></li></ol>', "9. a\n\n10. b\n\n    c"),
        ("<ul><li>a</li></ul><ul><li>b</li></ul>", "- a\n\n* b"),
        ("<blockquote><p>a</p><p>b</p></blockquote>", "> a\n>\n> b"),
        ('<pre><code class="language-py">a = "```"\n\n  b</code></pre>', '````py\na = "```"\n\n  b\n````'),
        ("<p><code>a`b</code> <code> </code></p>", "``a`b``"),
        ("<table><tr><th>a</th><th>b</th></tr><tr><td>1|2</td><td><p>x</p><p>y</p></td></tr></table>",
         "| a | b |\n| --- | --- |\n| 1\\|2 | x<br>y |"),
        ("<p>1. a</p><p># b</p><p>- c</p><p>&amp;amp; *d*_e_</p>", "1\\. a\n\n\\# b\n\n\\- c\n\n\\&amp; \\*d\\*\\_e\\_"),
    ],
)  # fmt: skip
def test_markdown_is_written_as_a_person_would(html: str, markdown: str):
    assert render.to_markdown(html) == markdown + "\n"


@settings(deadline=None)
@given(MARKUP)
def test_a_parser_reads_the_same_text_back(html: str):
    kept = body_html(html)
    with_captions = render.to_text(kept.replace("figcaption>", "p>"))
    assert text_in(render.to_markdown(kept)) == with_captions.split()


@pytest.mark.parametrize("golden", golden_pages(), ids=lambda golden: golden.name)
def test_a_parser_reads_the_text_of_a_golden_page_back(golden):
    kept = body_html(golden.html)
    with_captions = render.to_text(kept.replace("figcaption>", "p>"))
    assert text_in(render.to_markdown(kept)) == with_captions.split()
