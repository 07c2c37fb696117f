"""The fragment as text and as safe HTML."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup, Tag

from archiver.extraction import render


def body_of(html: str):
    return render.body(BeautifulSoup(html, "html.parser"))


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<h2>Head</h2><p>a<strong>b</strong>c.</p><p>d</p>", "Head\n\nabc.\n\nd"),
        ("<p>roses<br>are</p><p>red</p>", "roses\nare\n\nred"),
        ("<p>a</p><ul><li>b<ul><li>c</li></ul></li><li>d</li></ul><p>e</p>", "a\n\nb\nc\nd\n\ne"),
        ("<ul><li>a</li></ul><ol><li>b</li></ol>", "a\n\nb"),
        ("<dl><dt>t</dt><dd>d</dd></dl>", "t\nd"),
        ("<blockquote><p>a</p><p>b</p></blockquote>", "a\n\nb"),
        ("<pre><code>def f():\n    return 1</code></pre>", "def f():\n    return 1"),
        ("<table><caption>c</caption><tr><th>a</th><th>b</th></tr><tr><td><p>1</p><p>2</p></td><td>3</td></tr></table>",
         "c\na\tb\n1 2\t3"),
        ("<table><tr><td></td><td>b</td></tr></table>", "\tb"),
        ("<figure><img src='https://x.example/a.png' alt='not text'><figcaption>caption</figcaption></figure>", "caption"),
        ("<p><img src='https://x.example/a.png'> text</p><pre>  a\n b</pre>", "text\n\n  a\n b"),
        ("<p>she said <q>no</q></p>", "she said “no”"),
        ("<p><ruby>漢字<rt>かんじ</rt></ruby></p>", "漢字(かんじ)"),
        ("", ""),
    ],
)  # fmt: skip
def test_text_is_what_a_person_would_copy(html: str, text: str):
    assert body_of(html).text == text


def test_the_text_of_a_record_s_html_is_the_record_s_text():
    body = body_of("<p>a &lt;b&gt; &amp;amp; c</p><ul><li>d</li><li>e</li></ul><pre>x\n  y</pre>")
    assert render.to_text(body.html) == body.text


def test_html_holds_nothing_that_acts():
    body = body_of(
        "<p onclick=x style=y>a<script>b</script><a href='javascript:1' title=t>c</a><iframe src=x></iframe>"
        "<img src='data:,x' onerror=y alt=z></p>"
    )
    assert body.html == '<p>a<a>c</a><img alt="z"></p>'


def test_text_that_looks_like_markup_stays_text():
    body = body_of("<p>&lt;script&gt;alert(1)&lt;/script&gt; &amp;lt;</p>")
    assert body.html == "<p>&lt;script&gt;alert(1)&lt;/script&gt; &amp;lt;</p>"


def test_a_deep_tree_is_rendered_without_recursion():
    html = "<blockquote>" * 20_000 + "deep" + "</blockquote>" * 20_000
    root = BeautifulSoup("", "html.parser")
    tag: Tag = root
    for _ in range(20_000):
        inner = root.new_tag("blockquote")
        tag.contents.append(inner)
        inner.parent = tag
        tag = inner
    tag.append("deep")
    assert render._written(root) == (html, "deep")


FIGURE = "<figure><img src='https://a.example/1.jpg' alt=''><figcaption>{}</figcaption></figure>"


def test_captions_stand_beside_the_text():
    html = f"<p>The ferry is back.</p>{FIGURE.format('The ferry')}<p>It runs twice a day.</p>"
    assert render.to_text(html) == "The ferry is back.\n\nIt runs twice a day."
    assert render.to_text(FIGURE.format("first") + "<p>The ferry is back.</p>") == "The ferry is back."


def test_captions_that_say_more_than_the_text_are_the_text():
    html = f"<p>Pictures.</p>{FIGURE.format('The ferry at the landing')}{FIGURE.format('The cable on its reel')}"
    assert render.to_text(html) == "Pictures.\n\nThe ferry at the landing\n\nThe cable on its reel"
