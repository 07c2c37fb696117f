"""Kept blocks become a small clean tree."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from archiver.extraction import blocks, fragment, page, render

if TYPE_CHECKING:
    from bs4 import Tag

URL = "https://news.example/2026/story.html"


def built(html: str, *, kept: str = "") -> Tag:
    """The fragment of the blocks that hold the text `kept`."""
    read = page.read(html, url=URL)
    layout = blocks.measure(read.body)
    return fragment.build(read, [block for block in layout.blocks if kept in block.text])


def html_of(html: str, *, kept: str = "") -> str:
    return render.body(built(html, kept=kept)).html.replace("\n<", "<")


@pytest.mark.parametrize(
    ("given_html", "expected"),
    [
        ("<p>one <b>two </b>three<i> four</i>.</p>", "<p>one <strong>two</strong> three <em>four</em>.</p>"),
        ("<p>a<span>b</span><u>c</u></p>", "<p>abc</p>"),
        ("<p>a\n  b\u00a0\t c</p>", "<p>a b c</p>"),
        ("<p>hy&shy;phen &#x200B;</p>", "<p>hyphen \u200b</p>"),
        ("<p>H<sub>2</sub>O <kbd>k</kbd> <mark>m</mark> <del>d</del> <tt>t</tt></p>",
         "<p>H<sub>2</sub>O <kbd>k</kbd> <mark>m</mark> <del>d</del> <code>t</code></p>"),
        ("<p><b><strong>x</strong></b></p>", "<p><strong>x</strong></p>"),
        ("<p>x<b></b><i> </i>y</p>", "<p>x y</p>"),
        ("<p><b>two</b><strong>fold</strong> <b>x</b></p>", "<p><strong>twofold</strong> <strong>x</strong></p>"),
        ("<p><a href=/1>a</a><a href=/1>b</a><a href=/2>c</a></p>",
         '<p><a href="https://news.example/1">ab</a><a href="https://news.example/2">c</a></p>'),
        ("<p><kbd>A</kbd><kbd>B</kbd></p>", "<p><kbd>A</kbd><kbd>B</kbd></p>"),
    ],
)  # fmt: skip
def test_inline_markup_keeps_its_meaning_and_adds_no_space(given_html: str, expected: str):
    assert html_of(given_html) == expected


def test_runs_of_text_become_paragraphs():
    assert html_of("<div>one<div>two</div>three</div>") == "<p>one</p><p>two</p><p>three</p>"


def test_breaks_stay_in_verse_and_two_of_them_part_stanzas():
    expected = "<p>one<br>two</p><p>three</p>"
    assert html_of("<p>one<br>two<br><br>three<br></p>") == expected
    assert html_of("<div><br>one<br>\ntwo<br> <br>three</div>") == expected
    assert html_of("<p><em>one<br>two<br><br>three</em></p>") == "<p><em>one<br>two</em></p><p><em>three</em></p>"


def test_markup_around_blocks_is_opened_again_in_each():
    assert html_of("<a href=/x><div>one</div><div>two</div></a>") == (
        '<p><a href="https://news.example/x">one</a></p><p><a href="https://news.example/x">two</a></p>'
    )


@pytest.mark.parametrize(
    ("href", "expected"),
    [
        ("../a?b=1&amp;c=2#d", "https://news.example/a?b=1&amp;c=2#d"),
        ("//cdn.example/x", "https://cdn.example/x"),
        ("#note", "https://news.example/2026/story.html#note"),
        (" HTTPS://Other.example/ ", "https://Other.example/"),
        ("mailto:desk@news.example", "mailto:desk@news.example"),
    ],
)
def test_links_are_absolute(href: str, expected: str):
    assert html_of(f'<p><a href="{href}">x</a></p>').lower() == f'<p><a href="{expected}">x</a></p>'.lower()


@pytest.mark.parametrize("href", ["javascript:alert(1)", "data:text/html,x", "ftp://x.example/", "http://", "tel:1", ""])
def test_links_that_lead_nowhere_are_plain_text(href: str):
    assert html_of(f'<p>a <a href="{href}">x</a> b</p>') == "<p>a x b</p>"


@pytest.mark.parametrize(
    ("given_html", "expected"),
    [
        ("<ul><li>a<ul><li>b</ul><li>c</ul>", "<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>"),
        ("<ul><li>a</li><ul><li>b</li></ul></ul>", "<ul><li>a<ul><li>b</li></ul></li></ul>"),
        ("<ol start=3><li><p>a</p><p>b</p></ol>", '<ol start="3"><li><p>a</p><p>b</p></li></ol>'),
        ("<menu><li>a</menu>", "<ul><li>a</li></ul>"),
        ("<ul>x<li>a</ul>", "<ul><li>x</li><li>a</li></ul>"),
        ("<li>stray</li>", "<p>stray</p>"),
        ("<dl><div><dt>t<dd>d</div></dl>", "<dl><dt>t</dt><dd>d</dd></dl>"),
        ("<blockquote>a<p>b</p></blockquote>", "<blockquote><p>a</p><p>b</p></blockquote>"),
        ("<h2><div>a</div><div>b</div></h2>", "<h2>a b</h2>"),
        ("<h2>a<ul><li>b</ul></h2>", "<h2>a b</h2>"),
        ("<h2><b>a <i>b</i></b></h2>", "<h2>a <em>b</em></h2>"),
        ("<details><summary>More</summary>text</details>", "<p><strong>More</strong></p><p>text</p>"),
        ("<p>a<table><tr><th>b<th>c<tr><td>1<td>2</table>d</p>",
         "<p>a</p><table><tr><th>b</th><th>c</th></tr><tr><td>1</td><td>2</td></tr></table><p>d</p>"),
    ],
)  # fmt: skip
def test_containers_keep_their_meaning(given_html: str, expected: str):
    assert html_of(given_html) == expected


def test_code_keeps_its_lines_and_language():
    assert html_of('<pre class="language-Py">\ndef f():\n    return  1\n\n</pre>') == (
        '<pre><code class="language-py">def f():\n    return  1</code></pre>'
    )
    assert html_of("<pre><code><div>a</div><div>  b</div></code></pre>") == "<pre><code>a\n  b</code></pre>"
    assert html_of("<div class='highlight-source-c'><pre>x<br>y</pre></div>") == (
        '<pre><code class="language-c">x\ny</code></pre>'
    )


def test_data_tables_stay_and_layout_tables_are_dissolved():
    data = "<table><caption>c</caption><tr><th>a<th>b<tr><td colspan=2>1</table>"
    assert html_of(data) == ('<table><caption>c</caption><tr><th>a</th><th>b</th></tr><tr><td colspan="2">1</td></tr></table>')
    assert html_of("<table><tr><td>menu<td><h2>Title</h2><p>text</p><tr><td>x<td>y</table>") == (
        "<p>menu</p><h2>Title</h2><p>text</p><p>x</p><p>y</p>"
    )
    assert html_of("<table role=presentation><tr><td>a<td>b<tr><td>c<td>d</table>") == "<p>a</p><p>b</p><p>c</p><p>d</p>"
    assert html_of(f"<table><tr><td>{data}<td>b</table>").startswith("<table><caption>")
    assert html_of("<table><tr><td>only<tr><td>column</table>") == "<p>only</p><p>column</p>"


@pytest.mark.parametrize(
    ("image", "address"),
    [
        ("<img src=a.jpg>", "https://news.example/2026/a.jpg"),
        ("<img src=data:image/gif;base64,R0 data-src=/a.jpg>", "https://news.example/a.jpg"),
        ("<img src=/img/spacer.gif data-original=/a.jpg>", "https://news.example/a.jpg"),
        ("<img src=/s.jpg srcset='/s.jpg 320w, /l.jpg 1280w, /print.jpg 9000w'>", "https://news.example/l.jpg"),
        ("<img src=/s.jpg srcset='/print.jpg 9000w, /l.jpg 1280w'>", "https://news.example/l.jpg"),
        ("<img src=/s.jpg srcset='/w_10,h_20/s.jpg, /w_20,h_40/s.jpg 2x'>", "https://news.example/w_20,h_40/s.jpg"),
        ("<picture><source srcset='/l.webp 800w, /m.webp 400w'><img src=/s.jpg></picture>", "https://news.example/l.webp"),
        ("<img class=lazy src=data:,x><noscript><img src=/real.jpg></noscript>", "https://news.example/real.jpg"),
    ],
)
def test_an_image_has_its_best_address(image: str, address: str):
    assert built(f"<figure>{image}<figcaption>caption</figcaption></figure>").find_all("img")[0]["src"] == address


@pytest.mark.parametrize(
    "image", ["<img src=x.gif width=1 height=1>", "<img src=data:,x>", "<img alt=x>", "<img src=javascript:x>"]
)
def test_what_shows_nothing_is_no_image(image: str):
    assert html_of(f"<p>text {image}</p>") == "<p>text</p>"


def test_an_image_that_stands_for_a_character_is_that_character():
    assert html_of("<p>fine<img src=/e.png alt='😀'></p>") == "<p>fine😀</p>"


def test_pictures_between_kept_blocks_are_kept_and_others_are_not():
    figure = "<figure><a><img src=/{0}.jpg></a><figcaption>said {0}</figcaption></figure>"
    page_html = f"<div>{figure.format(1)}<p>keep a</p>{figure.format(2)}<p>keep b</p>{figure.format(3)}</div>"
    assert html_of(page_html, kept="keep") == (
        "<p>keep a</p>"
        '<figure><img src="https://news.example/2.jpg" alt=""><figcaption>said 2</figcaption></figure>'
        "<p>keep b</p>"
    )


def test_only_kept_blocks_are_in_it():
    html = "<ul><li>keep</li><li>drop <b>me</b></li></ul><section><p>drop</p></section><p>keep<br>too</p>"
    assert html_of(html, kept="keep") == "<ul><li>keep</li></ul><p>keep<br>too</p>"
    assert html_of(html, kept="nothing") == ""


def test_the_page_is_not_changed():
    read = page.read("<ul><li>a<p>b</p></ul><img src=x>", url=URL)
    before = read.tree.html
    fragment.build(read, blocks.measure(read.body).blocks)
    assert read.tree.html == before


TAGS = """
<p> </p> <div> </div> <b> </b> <i> </i> <a_href=/x> </a> <ul> <li> </li> </ul> <ol> </ol> <h2> </h2> <pre> </pre> <code> </code>
<table> <tr> <td> <th> </table> <br> <img_src=/a.png> <blockquote> </blockquote> <dl> <dt> <dd> </dl> <figure> <figcaption>
</figure> <q> </q> <sub> </sub> <details> <summary> </details>
"""
TEXTS = [
    "word",
    " ",
    "two words",
    "*",
    "_",
    "1.",
    "#",
    "\n",
    "&lt;",
    "&amp;",
    "`",
    "|",
    "[x](y)",
    "!",
    "中文",
    "~~",
    "\\",
    "-",
    "=",
]
MARKUP = st.lists(
    st.sampled_from(TAGS.split()).map(lambda tag: tag.replace("_", " ")) | st.sampled_from(TEXTS), max_size=40
).map("".join)


@given(MARKUP)
def test_the_tree_is_linked_as_bs4_links_one(html: str):
    tree = built(html)
    nodes = list(tree.descendants)
    chain, node = [], tree.next_element
    while node is not None:
        chain.append(node)
        node = node.next_element
    assert [id(node) for node in chain] == [id(node) for node in nodes]
    for node in nodes:
        assert node.previous_element is not None
        assert node.parent is not None
        siblings = node.parent.contents
        place = next(index for index, sibling in enumerate(siblings) if sibling is node)
        assert node.previous_sibling is (siblings[place - 1] if place else None)
        assert node.next_sibling is (siblings[place + 1] if place + 1 < len(siblings) else None)


@given(MARKUP)
def test_no_text_is_lost_and_no_tag_is_empty(html: str):
    read = page.read(html, url=URL)
    layout = blocks.measure(read.body)
    tree = fragment.build(read, layout.blocks)
    assert "".join(tree.get_text().split()) == "".join("".join(block.text.split()) for block in layout.blocks)
    for tag in tree.find_all(True):
        assert tag.contents or tag.name in {"br", "img"}


@given(MARKUP)
@example("<dl><dd><li><dt>word")
@example("<ul><li><dd><li>word")
def test_the_sanitiser_changes_nothing_in_it(html: str):
    tree = built(html)
    body = render.body(tree)
    assert body.html == render._written(tree)[0].replace("\u00a0", "&nbsp;")
    assert render.to_text(body.html) == body.text


def test_nesting_in_the_tree_is_bounded():
    tree = built("<blockquote>x" * 4000 + "deep")
    assert "deep" in tree.get_text()
    assert max(len(list(tag.parents)) for tag in tree.find_all(True)) < 100
