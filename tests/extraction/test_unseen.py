"""The article is taken from where no reader sees it only if the page lacks it, and only if it is this page's.

The golden pages `unseen-*` show the ways that articles hide, one page each.
"""

from __future__ import annotations

import json

import pytest

from archiver.extraction import examine, extract, unseen
from tests.support.articles import SENTENCES, paragraphs

TITLE = "How the Old Harbour Was Built"
TEXT = paragraphs(6)
PLAIN = TEXT.replace("<p>", "").replace("</p>", "\n")
NOTICE = "We use cookies to measure how our pages are read, and share what we learn with those who pay for advertisements. "
HEADING = f"<h1>{TITLE}</h1>"


def page(body: str, *items: dict[str, object], title: str = TITLE) -> str:
    scripts = "".join(f'<script type="application/ld+json">{json.dumps(item)}</script>' for item in items)
    return f"<!DOCTYPE html><title>{title}</title>{scripts}<body>{body}"


def state(value: object) -> str:
    return f'<script id="data" type="application/json">{json.dumps(value)}</script>'


def news(**fields: object) -> dict[str, object]:
    return {"@type": "NewsArticle", "headline": TITLE, "articleBody": PLAIN} | fields


def origin(html: str) -> tuple[str, str] | None:
    """Where the body of the page comes from; None where it is what the page shows."""
    examined = examine(html, url="https://coast.example/harbour", content_type=None, fetched_at=None)
    if examined.unseen is None:
        return None
    assert unseen._size(examined.article.body.text) >= unseen.MIN_FOUND
    evidence = examined.article.evidence["body"]
    return evidence.from_, evidence.at


HIDDEN = {
    "noscript": (page(f"<p>Please turn on JavaScript.</p><noscript>{TEXT}</noscript>"), ("dom", "noscript")),
    "a noscript that is never closed": (page(f"<noscript><div></noscript>{HEADING}{TEXT}"), ("dom", "noscript")),
    "template": (page(f"{HEADING}<template id=a>{TEXT}</template>"), ("dom", "template")),
    "shadow root": (
        page(f"<a-b><template shadowrootmode=open>{HEADING}{TEXT}</template></a-b>"),
        ("dom", "template[shadowrootmode]"),
    ),
    "shadow roots, one for each paragraph": (
        page(HEADING + TEXT.replace("<p>", "<a-b><template shadowrootmode=open><p>").replace("</p>", "</p></template></a-b>")),
        ("dom", "template[shadowrootmode]"),
    ),
    "JSON-LD": (page(HEADING, news()), ("json-ld", "json-ld NewsArticle.articleBody")),
    "JSON-LD in a graph": (
        page(HEADING, {"@graph": [{"@type": "WebSite"}, news()]}),
        ("json-ld", "json-ld NewsArticle.articleBody"),
    ),
    "JSON-LD with tags": (page(HEADING, news(articleBody=TEXT)), ("json-ld", "json-ld NewsArticle.articleBody")),
    "JSON-LD with escaped tags": (
        page(HEADING, news(articleBody=TEXT.replace("<", "&lt;").replace(">", "&gt;"))),
        ("json-ld", "json-ld NewsArticle.articleBody"),
    ),
    "JSON-LD without a headline": (page(HEADING, news(headline=None)), ("json-ld", "json-ld NewsArticle.articleBody")),
    "JSON-LD, one item of several": (
        page(HEADING, news(headline="Another Harbour", articleBody=NOTICE * 20), news()),
        ("json-ld", "json-ld NewsArticle.articleBody"),
    ),
    "state with the title": (page(HEADING + state({"title": TITLE, "body": TEXT})), ("dom", "script#data.body")),
    "state of a shell": (
        page(state({"post": {"body": TEXT * 2}, "other": {"body": NOTICE}}), title="The Coast"),
        ("dom", "script#data.post.body"),
    ),
    "a teaser is seen": (
        page(f"{HEADING}{paragraphs(1)}<p>Subscribe to read on.</p>", news()),
        ("json-ld", "json-ld NewsArticle.articleBody"),
    ),
}


@pytest.mark.parametrize("way", HIDDEN)
def test_ways_to_hide(way: str):
    html, expected = HIDDEN[way]
    assert origin(html) == expected


def test_what_is_taken_is_the_article_with_its_markup_and_without_its_title():
    linked = TEXT.replace("stage 4", "<a href=/stages>stage 4</a>")
    body = extract(page(f"{HEADING}<template>{HEADING}{linked}</template>"), url="https://coast.example/a").body
    assert body.html.startswith(TEXT[:60])
    assert '<a href="https://coast.example/stages">stage 4</a>' in body.html


@pytest.mark.parametrize(
    "html",
    [
        pytest.param(page(HEADING + TEXT, news(articleBody=PLAIN * 5)), id="the page shows it"),
        pytest.param(page(f"{HEADING}{paragraphs(2)}", news(articleBody=f"{PLAIN[:700]}")), id="it is hardly longer"),
        pytest.param(page(HEADING, news(articleBody=SENTENCES[0] * 5)), id="it is short"),
        pytest.param(page(HEADING, *[news(headline=f"Harbour {number}") for number in range(5)]), id="it is one of many"),
        pytest.param(page(HEADING, {"@type": "ItemList", "itemListElement": [news()]}), id="it is an item of a list"),
        pytest.param(page(HEADING, news(articleBody="p{margin:0;color:#333;} " * 60)), id="it is a style sheet"),
        pytest.param(page(HEADING, news(articleBody="harbour tide sand wall oak pile " * 60)), id="it has no sentence"),
        pytest.param(page(HEADING, news(articleBody={"a": 1})), id="it is no text"),
        pytest.param(
            page(HEADING + state({"title": TITLE, "videoId": 7, "description": PLAIN * 3})),
            id="it is the description of a video",
        ),
        pytest.param(
            page(HEADING + state({"i18n": {f"key{n}.text": NOTICE for n in range(40)}})), id="it is the words on buttons"
        ),
        pytest.param(
            page(HEADING + state({"a": {"body": TEXT * 2}, "b": {"body": NOTICE * 25}})), id="another text is nearly as long"
        ),
        pytest.param(page(HEADING + state({"box": {"text": NOTICE * 8}})), id="it has no title and is too short for a guess"),
        pytest.param(
            page(f"{HEADING}<p>{NOTICE * 3}" + state({"body": TEXT * 2})), id="it has no title and nothing of what is seen"
        ),
        pytest.param(
            page(f"{HEADING}<p>{SENTENCES[0]} {SENTENCES[1]} {SENTENCES[2]}<template><p>{NOTICE * 12}</template>"),
            id="it is a notice",
        ),
    ],
)
def test_what_is_not_taken(html: str):
    assert origin(html) is None


@pytest.mark.parametrize(
    "text",
    [
        "湾口的旧灯塔在熄灭十一年之后重新亮起，第一晚有两百多人站在码头上，看那道光慢慢扫过海面。" * 6,
        "ประภาคารเก่าที่ปากอ่าวกลับมาส่องแสงอีกครั้งหลังจากดับไปสิบเอ็ดปี " * 14,
        "عادت منارة الخليج القديمة إلى الإضاءة بعد أحد عشر عاما من الظلام، وتجمع الناس على الرصيف. " * 10,
    ],
    ids=["Chinese", "Thai", "Arabic"],
)
def test_scripts_without_spaces_or_latin_marks(text: str):
    assert unseen._size(text) > unseen.MIN_FOUND
    assert origin(page(HEADING, news(articleBody=text))) is not None


def test_the_more_trusted_text_wins_unless_another_is_much_longer():
    rest = f"{HEADING}<p>Soon.</p><template>{TEXT}</template>"
    assert origin(page(rest, news())) == ("dom", "template")
    assert origin(page(rest, news(articleBody="\n".join(f"{number}. {PLAIN}" for number in range(3))))) is not None
    longer = paragraphs(20).replace("<p>", "").replace("</p>", "\n")
    assert origin(page(rest, news(articleBody=longer))) == ("json-ld", "json-ld NewsArticle.articleBody")


def test_a_page_that_shows_its_article_costs_nothing(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(unseen, "_candidates", lambda *_: pytest.fail("looked for what is seen"))
    extract(page(HEADING + paragraphs(12), news()), url="https://coast.example/harbour")


def test_hidden_markup_counts_for_the_verdict():
    assert extract(page(f"{HEADING}<noscript>{TEXT}</noscript>")).verdict == "article"


@pytest.mark.parametrize("body", ["[" * 100_000, '{"a":' * 100_000, '"' + "\\u0000" * 50_000, "x" * 500_000])
def test_broken_and_huge_scripts_are_passed_over(body: str):
    tags = ("<script>a=", "<script type=application/json>", "<script type=application/ld+json>articleBody:")
    scripts = "".join(f"{tag}{body}</script>" for tag in tags)
    assert origin(page(f"{HEADING}{scripts}<noscript>{TEXT}</noscript>")) == ("dom", "noscript")
