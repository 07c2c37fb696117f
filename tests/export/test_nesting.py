"""Elements where they may stand."""

from __future__ import annotations

import pytest
from lxml import etree

from archiver.export import facts, markup
from archiver.extraction.render import safe_html
from tests.support.awkward import HTML


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<ul>a<li>b</li><ul><li>c</li></ul></ul>", "<ul><li>a</li><li>b</li><li><ul><li>c</li></ul></li></ul>"),
        ("<ul>\n<li>a</li>\n</ul>", "<ul>\n<li>a</li>\n</ul>"),
        ("<dl><dt>a</dt><dd>b</dd><dd>c</dd></dl>", "<dl><dt>a</dt><dd>b</dd><dd>c</dd></dl>"),
        ("<dl><dt>a</dt></dl>", "<div><div>a</div></div>"),
        ("<dl><dd>a</dd><dt>b</dt></dl>", "<div><div>a</div><div>b</div></div>"),
        ("<em>a<p>b</p></em>", "a<p>b</p>"),
        ("<h2>a<p>b</p></h2>", "a<p>b</p>"),
        ('<a href="https://x.example/"><p>a</p></a>', '<a href="https://x.example/" rel="noreferrer"><p>a</p></a>'),
        ('<em><a href="https://x.example/"><p>a</p></a></em>', '<a href="https://x.example/" rel="noreferrer"><p>a</p></a>'),
        ("<table><caption>a</caption><tr><th><h3>b</h3></th></tr></table>",
         "<table><caption>a</caption><tr><th>b</th></tr></table>"),
        ("<table><tr><td>a</td></tr><caption>b</caption></table>",
         "<table><tr><td>a</td></tr><tr><td><div>b</div></td></tr></table>"),
        ("<figure><figcaption>a</figcaption><p>b</p><figcaption>c</figcaption></figure>",
         "<figure><figcaption>a</figcaption><p>b</p><figcaption>c</figcaption></figure>"),
        ("<figure><p>b</p><figcaption>c</figcaption></figure>", "<figure><p>b</p><figcaption>c</figcaption></figure>"),
        ("<figure>a<figcaption>b</figcaption>c</figure>", "<figure>a<div>b</div>c</figure>"),
        ("<ruby>a<rt>b</rt></ruby>", "<ruby>a<rt>b</rt></ruby>"),
        ("<ruby><rt>a</rt></ruby><ruby>b<rt>c</rt>d</ruby>", "abcd"),
        ('<em id="n"><p>a</p></em><a href="#n">b</a>', "<p>a</p>b"),
    ],
)  # fmt: skip
def test_what_stands_in_the_end(html, expected):
    assert markup.written(html, lambda _: None) == expected


@pytest.mark.parametrize("html", HTML)
def test_no_text_is_lost(html):
    before = "".join(etree.HTML(f"<div>{safe_html(html)}</div>").itertext()) if html else ""
    after = etree.fromstring(f"<div>{markup.written(html, lambda _: 'x.png')}</div>")
    assert "".join("".join(after.itertext()).replace("[image]", "").split()) == "".join(facts.clean(before).split())
