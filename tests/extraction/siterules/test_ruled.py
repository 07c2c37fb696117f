"""The body by a rule, and what is stripped."""

from __future__ import annotations

import contextlib

import pytest

from archiver.errors import EmptyPage
from archiver.extraction import examine, extract
from archiver.extraction.explanation import explain
from archiver.extraction.xpath import tree as trees
from tests.support.site_rules import rule_of
from tests.support.small_pages import TITLE, URL
from tests.support.small_pages import page as small_page

BODY = '[fields]\nbody = "{}"'


def body(html: str, text: str) -> list[str]:
    return extract(html, url=URL, rule=rule_of(text)).body.text.split("\n\n")


def test_the_body_is_all_that_stands_inside():
    html = small_page(behind="<div id=b><p>One.</p><div>Two <i>and</i> three</div><ul><li>Four</li></ul></div>")
    assert body(html, BODY.format("#b")) == ["One.", "Two and three", "Four"]


def test_of_several_matches_all_are_the_body():
    html = small_page(behind="<p class=b>One.</p><p>Two.</p><p class=b>Three.</p>")
    assert body(html, BODY.format(".b")) == ["One.", "Three."]


def test_a_body_may_be_part_of_a_block():
    html = small_page(behind="<p>Before. <span class=b>One.</span> Behind.</p>")
    assert body(html, BODY.format(".b")) == ["One."]


def test_no_picture_from_between_the_parts_joins_them():
    picture = "<p><img src=/a.jpg width=600 height=400></p><figure><img src=/b.jpg width=600 height=400></figure>"
    html = small_page(behind=f"<p class=b>One.</p>{picture}<div class=b><p>Two.</p>{picture}<p>Three.</p></div>")
    article = extract(html.replace("/a.jpg", "/else.jpg", 1), url=URL, rule=rule_of(BODY.format(".b")))
    assert "else.jpg" not in article.body.html
    assert article.body.html.index("Two.") < article.body.html.index("a.jpg") < article.body.html.index("Three.")


@pytest.mark.parametrize(
    "inside",
    [
        f"<h2>{TITLE}</h2>",
        "<p>By Jo Smith</p>",
        "<p hidden>Hidden.</p>",
        "<p style='display: none'>Hidden.</p>",
        "<script>x</script>",
    ],
    ids=["title", "byline", "hidden", "undisplayed", "script"],
)
def test_a_body_is_clean_whatever_stands_in_it(inside):
    html = small_page(below="<p class=byline>By Jo Smith</p>", behind=f"<div id=b>{inside}<p>One.</p></div>")
    assert body(html, BODY.format("#b")) == ["One."]


def test_a_body_that_is_hidden_as_a_whole_is_taken():
    html = small_page(behind="<div id=b hidden><p>One.</p></div>")
    assert body(html, BODY.format("#b")) == ["One."]


@pytest.mark.parametrize("selector", ["#nothing", "#empty", "#picture", "title"])
def test_what_has_no_text_is_no_body(selector):
    html = small_page(behind="<div id=empty> </div><div id=picture><img src=/a.jpg></div>")
    article = extract(html, url=URL, rule=rule_of(BODY.format(selector)))
    assert article.body == extract(html, url=URL).body
    assert article.evidence["body"].from_ == "dom"


def test_the_evidence_names_the_file_and_the_selector():
    evidence = extract(small_page(behind="<p id=b>One.</p>"), url=URL, rule=rule_of(BODY.format("#b"))).evidence["body"]
    assert (evidence.from_, evidence.at, evidence.value) == ("rule", "quay-gazette.example.toml: #b", "1 block")


def test_strip_takes_from_any_body():
    html = small_page(
        behind="<p>The boats <b class=ad>Buy!</b> came back in the morning, all of them, and nobody was hurt.</p>"
    )
    text = extract(html, url=URL, rule=rule_of('strip = ".ad"')).body.text
    assert text.endswith("The boats came back in the morning, all of them, and nobody was hurt.")


def test_strip_takes_pictures_and_their_captions():
    figure = "<figure class=ad><img src=/ad.jpg width=600 height=400><figcaption>An advertisement.</figcaption></figure>"
    middle = f"<p>The boats came back in the morning, all of them, as the tide had told.</p>{figure}"
    html = small_page(behind=f"{middle}<p>Nobody was hurt, and nobody had been afraid, they say in town.</p>")
    assert "ad.jpg" in extract(html, url=URL).body.html
    stripped = extract(html, url=URL, rule=rule_of('strip = ".ad"')).body.html
    assert "ad.jpg" not in stripped
    assert "advertisement" not in stripped
    inside = extract(html, url=URL, rule=rule_of('strip = ".ad img"')).body.html
    assert "ad.jpg" not in inside


def test_strip_leaves_other_fields_alone():
    html = small_page(below="<p class=byline>By Jo Smith</p>")
    assert extract(html, url=URL, rule=rule_of('strip = ".byline"')).byline == "Jo Smith"


def test_the_page_itself_is_never_stripped():
    html = small_page()
    assert extract(html, url=URL, rule=rule_of('strip = "html, body, head"')).body == extract(html, url=URL).body


def test_what_a_field_was_read_from_is_no_body():
    html = small_page(behind="<div id=b><p>One.</p><p class=tags>boats, quays</p></div>")
    article = extract(html, url=URL, rule=rule_of('[fields]\nbody = "#b"\ntags = ".tags"'))
    assert (article.body.text, article.tags) == ("One.", ("boats", "quays"))


@pytest.mark.parametrize(
    "field",
    ['published = "article@data-day"', 'published = "//article/@data-day"', 'publisher = "article"', 'image = "#i"'],
    ids=["attribute", "xpath", "long text", "image"],
)
def test_what_a_field_was_read_from_may_be_the_text_itself(field):
    picture = (
        "<p>Look at this, they said in the morning.</p><p><img id=i src=/a.jpg width=600 height=400></p><p>And we looked.</p>"
    )
    html = small_page(behind=picture).replace("<article>", "<article data-day=2024-05-03>")
    ruled = extract(html, url=URL, rule=rule_of(f"[fields]\n{field}"))
    assert ruled.body == extract(html, url=URL).body
    assert "a.jpg" in ruled.body.html
    assert "rule" in {one.from_ for key, one in ruled.evidence.items() if key != "verdict"}


def test_each_block_is_explained():
    html = small_page(behind="<div id=b><p>One.</p><p class=ad>Two.</p><p hidden>Three.</p></div>")
    rule = rule_of('strip = ".ad"\n' + BODY.format("#b"))
    explanation = explain(examine(html, url=URL, content_type=None, fetched_at=None, rule=rule))
    reasons = {block.text: (block.kept, block.reason) for block in explanation.blocks}
    assert reasons["One."] == (True, "in what the site rule calls the body")
    assert reasons["Two."] == (False, "stripped by the site rule")
    assert reasons["Three."] == (False, "in what the site rule calls the body, but not shown")
    assert reasons[TITLE] == (False, "outside of what the site rule calls the body")
    assert explanation.unseen is None


def test_a_page_that_costs_too_much_is_extracted_without_the_rest(monkeypatch):
    monkeypatch.setattr(trees, "MAX_STEPS", 10)
    html = small_page(behind="<div id=b><p>One.</p></div>")
    article = extract(html, url=URL, rule=rule_of(BODY.format("div p, #b")))
    assert article.body == extract(html, url=URL).body
    assert [warning.partition(":")[0] for warning in article.warnings] == ["the site rule was left off at 'div p, #b'"]


@pytest.mark.parametrize(
    "html",
    [
        b"\xff\xfe<",
        b"<div>" * 5_000,
        b"<p id=b>a" + b"<b>" * 300,
        b"a",
        b"<svg><p id=b>x</svg>",
        b"<template><p id=b>x</template>y",
    ],
    ids=["bytes", "deep", "formatting", "text", "svg", "template"],
)
def test_a_broken_page_is_no_reason_to_fail(html):
    rule = rule_of('strip = "b b, div div"\n[fields]\ntitle = "#b, div"\nauthors = "p"\npublished = "p"\nbody = "#b, div"')
    with contextlib.suppress(EmptyPage):
        assert extract(html, url=URL, rule=rule).title != ""


def test_a_replacement_cannot_blow_the_page_up():
    rule = rule_of("find_string: e\nreplace_string: " + "e" * 900 + "\nreplace_string(): x", "quay-gazette.example.txt")
    html = small_page(behind="e" * 60_000)
    assert extract(html, url=URL, rule=rule).body.words == extract(html, url=URL).body.words
