"""Pages without scripts."""

from __future__ import annotations

import base64
import hashlib
import re

import pytest
from selectolax.lexbor import LexborHTMLParser

from archiver.article import Body
from archiver.export.model import Picture, Wishes
from archiver.remarks import Remarks
from tests.support.browser import DARK, LIGHT, dom, pdf, screenshot
from tests.support.exports import Held, article, folder
from tests.support.hostile import hostile

OURS = {"a", "article", "bdi", "em", "h1", "header", "li", "main", "nav", "p", "span", "ul", "html", "head", "body", "title"}
IN_HEAD = {"meta", "style"}
IN_TEXT = {"img"}
ATTRIBUTES = {"lang", "dir", "href", "rel", "class", "alt", "src", "charset", "content", "name", "http-equiv"}
GIF = Picture(base64.b64decode("R0lGODlhAQABAIAAAP///wAAACwAAAAAAQABAAACAkQBADs="), "image/gif", ".gif")


def page(one, **wishes):
    files = folder("html", one, wishes=Wishes(**wishes))
    assert list(files)[-1] == "index.html"
    return next(iter(files.values())).decode()


def test_a_page_says_what_is_known():
    tree = LexborHTMLParser(page(Held(article(title="A <b> & c"), Remarks(("coast",), note="Mine.\n\nToo."))))
    assert [node.text() for node in tree.css("title, h1")] == ["A <b> & c", "A <b> & c"]
    assert [node.text() for node in tree.css("header p")] == [
        "Three storms and a quarrel",
        "By Ana de la Cruz, Jo Smith",
        "The Coast Review, published 2026-03-14, updated 2026-03-15, reviewed 2026-04",
        "https://example.org/1",
        "Fetched 2026-11-23",
        "Tags: coast",
        "Mine.",
        "Too.",
    ]
    assert [node.text() for node in tree.css("article > p")] == [
        "The quay was built of oak.",
        "It stood for two hundred years.",
    ]
    assert [node.attributes for node in tree.css("html")] == [{"lang": "en", "dir": "ltr"}]


def test_the_policy_lets_nothing_in_but_our_style():
    text = page(article())
    (policy,) = (node.attributes["content"] for node in LexborHTMLParser(text).css("meta[http-equiv=Content-Security-Policy]"))
    written = re.search("<style>(.*?)</style>", text, re.DOTALL)
    assert written is not None
    digest = base64.b64encode(hashlib.sha256(written[1].encode()).digest()).decode()
    assert policy == f"default-src 'none'; style-src 'sha256-{digest}'; img-src data:; base-uri 'none'; form-action 'none'"
    assert text.index("Content-Security-Policy") < text.index("<title>")


@pytest.mark.parametrize(
    ("language", "direction"), [("he-IL", "rtl"), ("ar", "rtl"), ("az-Arab", "rtl"), ("ar-Latn", "ltr"), (None, "ltr")]
)
def test_the_direction_is_that_of_the_language(language, direction):
    (found,) = LexborHTMLParser(page(article(language=language))).css("article")
    assert found.attributes == {"lang": language or "und", "dir": direction}


@pytest.mark.parametrize("held", list(hostile()), ids=lambda held: held.article.title[:20].encode("ascii", "replace").decode())
def test_no_attack_gets_through(held):
    for name, content in folder("html", held).items():
        assert re.fullmatch(r"[\w.-]+\.html", name)
        text = content.decode()
        assert not set(text) & set("\x00\x07\x1b")
        assert "\u202e" not in text.partition("</header>")[0]
        tree = LexborHTMLParser(text)
        for node in tree.css("*"):
            assert node.tag in OURS | IN_HEAD | IN_TEXT
            assert not any(key.startswith("on") for key in node.attributes)
            assert set(node.attributes) <= {
                "lang",
                "dir",
                "href",
                "rel",
                "class",
                "alt",
                "src",
                "charset",
                "content",
                "name",
                "http-equiv",
            }
            href = node.attributes.get("href") or ""
            assert re.match(r"https?://|(?:\.\./)*[\w.%-]+\.html$|$", href)
        assert len(tree.css("meta")) == 4
        assert len(tree.css("style")) == 1
        assert [node.tag for node in tree.css("head > *")] == ["meta", "meta", "meta", "meta", "title", "style"]


def test_the_index_leads_to_every_page():
    files = folder("html", article(1, title="Á/b"), article(2), wishes=Wishes("{publisher}/{title}", title="My <shelf>"))
    tree = LexborHTMLParser(files["index.html"].decode())
    assert [node.text() for node in tree.css("h1")] == ["My <shelf>"]
    assert [node.attributes["href"] for node in tree.css("li a")] == [
        "the-coast-review/%C3%A1-b.html",
        "the-coast-review/story-2.html",
    ]
    assert 'href="../index.html"' in files["the-coast-review/á-b.html"].decode()


def test_no_article_takes_the_place_of_the_index():
    files = folder("html", article(title="Index"), wishes=Wishes("{title}"))
    assert list(files) == [f"index-{str(article().id)[:10]}.html", "index.html"]


def test_an_empty_export_is_an_index():
    assert "No articles." in folder("html")["index.html"].decode()


def test_images_are_embedded_where_wished_for():
    body = Body("x", '<p><img src="https://example.org/a.png" alt="A"></p>')
    shown = page(article(body=body), picture=lambda _: Picture(b"PNG", "image/png", ".png"))
    assert '<img src="data:image/png;base64,UE5H" alt="A"/>' in shown
    assert "<img" not in page(article(body=body))


def test_a_browser_shows_it_in_light_and_dark_without_complaint(tmp_path):
    body = Body(
        "x", '<p>Before <img src="https://example.org/a.png" alt="A"> and <code>x</code></p><table><tr><th>1</th></tr></table>'
    )
    for name, content in folder("html", article(body=body), *hostile(), wishes=Wishes(picture=lambda _: GIF)).items():
        (tmp_path / name).write_bytes(content)
        light, dark = tmp_path / "light.png", tmp_path / "dark.png"
        assert screenshot(tmp_path / name, light, LIGHT) == [], "the policy refuses nothing that the page needs"
        assert screenshot(tmp_path / name, dark, DARK) == []
        assert light.read_bytes() != dark.read_bytes()
        shown = dom(tmp_path / name)
        assert "<h1" in shown
        assert "<script" not in shown


def test_a_browser_prints_it(tmp_path):
    (name, content), _ = folder("html", article()).items()
    (tmp_path / name).write_bytes(content)
    assert pdf(tmp_path / name, tmp_path / "printed.pdf", DARK).count(b"/Type /Page\n") == 1
