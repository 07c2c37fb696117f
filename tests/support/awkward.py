"""Articles that no page gave us: HTML nested anyhow, languages and dates that are none, one title for all."""

# ruff: noqa: E501  # each case is a line

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from archiver.article import Author, Body, Dates
from tests.support.exports import article

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archiver.article import Article

LANGUAGES = ("ar", "en", "zh-Hant", "x-klingon", "en_US", "de-1996", "tlh-latn-x-foo", "", None, "EN", "abcdefgh-12", "a")
DATES = ("2020-13-45", "garbage", None, "0000")
HTML = (
    "<table><caption>Cap <b>x</b></caption><thead><tr><th colspan=3>a</th></tr></thead><tbody><tr><td rowspan=2>1</td><td>2</td></tr></tbody></table>",
    "<table></table><table><tr></tr></table><table><caption>only</caption></table><ul></ul><ol></ol><dl></dl><dl><dt>a</dt></dl><dl><dd>b</dd></dl>",
    '<table><tr><td colspan="9999" rowspan="0">x</td></tr><caption>late</caption></table><ol start="-5"><li>x</li></ol><ol start="99999999"><li>y</li></ol>',
    '<p>Text<a href="#fn1" id="ref1"><sup>1</sup></a> and <a href="#nowhere">x</a></p><ol><li id="fn1">Note <a href="#ref1">↩</a></li></ol>',
    '<p id="a">1</p><p id="a">2</p><p id="1x"><a href="#1x">n</a> <a href="#a">A</a></p>',
    '<p dir="rtl">عودة العبّارة <bdi>x</bdi> <bdo dir="rtl">abc</bdo></p>',
    "<p>E = mc<sup>2</sup> <code>\\frac{1}{2}</code> <math><mi>x</mi><mo>=</mo><mfrac><mn>1</mn><mn>2</mn></mfrac></math> $x&lt;y$</p>",
    '<figure><img src="https://example.org/a.png" alt="A &amp; &lt;B&gt;"><figcaption>C</figcaption><figcaption>D</figcaption></figure><figure><figcaption>first</figcaption><p>x</p></figure><img src="https://example.org/missing.png"><img>',
    '<a href="https://example.org/x"><img src="https://example.org/a.png" alt="in link"></a><a href="https://example.org/x"><p>block in link</p></a><a href="x"><a href="y">nested</a></a>',
    "<ruby>漢<rt>kan</rt>字<rt>ji</rt></ruby><ruby><rt>only</rt></ruby><ruby>x</ruby><rt>lonely</rt>",
    "<blockquote>bare <p>x</p><cite>y</cite></blockquote><p>a<blockquote>b</blockquote>c</p><h1>H</h1><h6>h</h6><h3></h3>",
    '<pre>  x\n\ty <b>b</b><code class="language-c++">z</code></pre><code><pre>q</pre></code><pre></pre>',
    "<li>stray</li><td>stray</td><dt>stray</dt><figcaption>stray</figcaption><caption>stray</caption><tr><td>x</td></tr>",
    "<ul>text<li>a<ul><li>b</li></ul></li><p>p in ul</p><ul><li>c</li></ul></ul><ol><ol><li>d</li></ol></ol><dl>text<p>q</p><dt>t</dt></dl>",
    "<p>ctl \x00\x01\x08\x0b\x0c\x1f\x7f\x85 \ufffe\uffff \U0001ffff \ud800 nbsp\u00a0 \u2028 \u202e</p><br><hr><wbr>",
    "<p>&amp;amp; &lt;script&gt; ]]&gt; &nbsp; &copy; &#0; &#x110000; &bogus;</p><!-- c --><![CDATA[x]]><?pi x?>",
    "<em><p>block in inline</p></em><strong><ul><li>x</li></ul></strong><q><blockquote>y</blockquote></q><sub><table><tr><td>z</td></tr></table></sub>",
    '<a href="mailto:a@b.example">m</a><a href="https://exa mple.org/ü?q=ä&x=%zz#fr ag">u</a><a href="http://[::1]/x">6</a><a href="http://[bad/">bad</a><a href="https://x.example:99999/">p</a><a href="http://">e</a><a href="https://ex..ample/">d</a><a href="https://é.example/a|b">i</a>',
    '<details><summary>s</summary>x</details><section><header>h</header></section><small>s</small><abbr title="x">a</abbr><time datetime="2020">t</time><var>v</var><samp>s</samp><kbd>k</kbd><mark>m</mark><ins>i</ins><del>d</del><s>s</s><u>u</u><dfn>d</dfn>',
    '<table><tr><td><table><tr><td>in</td></tr></table></td></tr></table><figure><figure><img src="https://example.org/a.png"></figure></figure>',
    "<h2>T</h2>" * 2 + "<p></p><p> </p><div>div <div>nested</div></div>text outside",
    "",
    "<br>",
    "just text",
)


def awkward() -> Iterator[Article]:
    """An article for each of `HTML`."""
    for number, html in enumerate(HTML):
        yield dataclasses.replace(
            article(number + 1),
            title=("Same title", "Same title\n\u202e\x07")[number % 2],
            body=Body("x", html, 1),
            language=LANGUAGES[number % len(LANGUAGES)],
            dates=Dates(DATES[number % len(DATES)], None, None),
            authors=(Author("A & <B>"), Author(""), Author("\x00")),
        )
