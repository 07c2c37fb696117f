"""A record's HTML in a page or a book."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from lxml import etree

from archiver.article import Body
from archiver.export import markup
from tests.extraction.test_reading import PIECES, TABLES
from tests.support.exports import article
from tests.support.pages import golden_pages

PIECE = PIECES | TABLES


def written(html, place=lambda _: None):
    return markup.written(html, place)


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p>a &amp; b &lt; c</p>", "<p>a &amp; b &lt; c</p>"),
        ("<p>a<br>b</p><hr>", "<p>a<br/>b</p><hr/>"),
        ('<a href="https://x.example/?a=1&amp;b=2">t</a>', '<a href="https://x.example/?a=1&amp;b=2" rel="noreferrer">t</a>'),
        ('<a href="mailto:a@x.example">t</a>', '<a href="mailto:a@x.example" rel="noreferrer">t</a>'),
        ('<a href="javascript:alert(1)">t</a><a href="/local">u</a><a href="//x.example">v</a>', "tuv"),
        ('<a href="#n">1</a><p id="n">x</p><p id="n">y</p><p id="other">z</p>',
         '<a href="#n">1</a><p id="n">x</p><p>y</p><p>z</p>'),
        ('<a href="#gone">1</a>', "1"),
        ('<img src="https://x.example/a.png" alt="A &lt; B">',
         '<a href="https://x.example/a.png" rel="noreferrer">[A &lt; B]</a>'),
        ('<a href="https://x.example/"><img src="https://x.example/a.png"></a>',
         '<a href="https://x.example/" rel="noreferrer">[image]</a>'),
        ('<img src="data:text/html,x" alt="d">', "[d]"),
        ("<li>a</li><td>b</td><figcaption>c</figcaption><rt>d</rt>", "<div>a</div>b<div>c</div>d"),
        ('<ol start="3"><li>a</li></ol><ol start="x"><li>b</li></ol>', '<ol start="3"><li>a</li></ol><ol><li>b</li></ol>'),
        ('<pre><code class="language-py evil">x</code></pre><code class="language-py">y</code>',
         '<pre><code>x</code></pre><code class="language-py">y</code>'),
        ("<p>a\x0c\x1bb\ufffe</p>", "<p>a\x0cb</p>".replace("\x0c", "")),
    ],
)  # fmt: skip
def test_what_is_written(html, expected):
    assert written(html) == expected


def test_an_image_that_is_at_hand_is_shown():
    found = written(
        '<p><img src="https://x.example/a.png" alt="&quot;A&quot;"></p>', {"https://x.example/a.png": "i/1.png"}.get
    )
    assert found == '<p><img src="i/1.png" alt="&quot;A&quot;"/></p>'


@settings(deadline=None)
@given(PIECE.flatmap(lambda first: PIECE.map(lambda second: first + second)))
def test_whatever_somebody_wrote_it_is_xml(html):
    etree.fromstring(f"<div>{written(html * 3)}</div>")


@pytest.mark.parametrize("page", golden_pages(), ids=lambda page: page.name)
def test_the_text_of_articles_stays(page):
    html = page.extracted()["body"]["html"]
    root = etree.fromstring(f"<div>{written(html, lambda _: 'x.png')}</div>")
    plain = etree.HTML(f"<body><div>{html or '-'}</div></body>")
    assert "".join(root.itertext()).split() == "".join(plain.itertext()).replace("-" if not html else "\0", "").split()


def test_a_record_without_html_gives_its_paragraphs():
    assert markup.body_html(article(body=Body("a < b\n\nc"))) == "<p>a &lt; b</p>\n<p>c</p>"
