"""The table of claim ranks: every row is read, and every row decides something."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from archiver.entry import FeedEntry
from archiver.extraction import blocks, extract, microdata, microformats, page, rdfa, structured
from archiver.extraction.claims import Claims
from archiver.extraction.rules.claim_ranks import (
    CLAIM_RANKS,
    JSON_LD_FIELDS,
    META_FIELDS,
    META_SPELLINGS,
    MICRODATA_FIELDS,
    RANKS,
    RDFA_FIELDS,
    Rank,
)
from tests.support.small_pages import TEXT, TITLE, URL
from tests.support.small_pages import page as small_page

if TYPE_CHECKING:
    from archiver.article import Article

OWN_CASES = frozenset(
    {
        "json-ld image caption",
        "json-ld image creditText",
        "json-ld image creator",
        "meta twitter:data",
        "json-ld breadcrumb",
        "json-ld site name",
        "json-ld organization name",
        "json-ld type",
    }
    | {f"meta {spelled}" for spelled in META_SPELLINGS}
)
"""Sources that are more than the property of the same name."""
META, JSON_LD, MICRODATA, RDFA, MICROFORMATS = (
    [row for row in CLAIM_RANKS if row.source.startswith(f"{kind} ") and row.source not in OWN_CASES]
    for kind in ("meta", "json-ld", "microdata", "rdfa", "microformat")
)
VALUE = "https://quay-gazette.example/value"


def script(*items: object) -> str:
    return f'<script type="application/ld+json">{json.dumps(items)}</script>'


def values(html: str, row: Rank) -> list[str]:
    """What the page's source of `row` claims."""
    claims = structured.collect(page.read(html, url=URL))
    return [one.value for one in claims.of(row.field) if one.source == row.source]


def name_of(row: Rank) -> str:
    return f"{row.field}: {row.source}"


@pytest.mark.parametrize("row", META, ids=name_of)
def test_a_meta_tag_is_read_by_its_row_alone(row: Rank, monkeypatch: pytest.MonkeyPatch):
    name = row.source.removeprefix("meta ")
    html = f'<meta name="{name}" content="{VALUE}">'
    assert values(html, row) == [VALUE]
    monkeypatch.setattr(structured, "META_FIELDS", {key: field for key, field in META_FIELDS.items() if key != name})
    assert values(html, row) == []


@pytest.mark.parametrize(
    ("name", "source"),
    [
        ("pubdate", "~published"),
        ("publish-date", "~published"),
        ("date_published", "~published"),
        ("publication_date", "~published"),
        ("cXenseParse:recs:publishtime", "~published"),
        ("w-published-date", "~published"),
        ("shareaholic:article_published_time", "~published"),
        ("article:published", "~published"),
        ("date-pub", "~published"),
        ("firstPublished", "~published"),
        ("datemodified", "~modified"),
        ("modified-date", "~modified"),
        ("last_updated_date", "~modified"),
        ("lastPublishedDate", "~modified"),
        ("article:modified", "~modified"),
        ("expiration_time", None),
        ("published", "published"),
        ("public", None),
        ("update-frequency", None),
    ],
)
def test_a_name_is_read_in_its_many_spellings(name: str, source: str | None):
    claims = structured.collect(page.read(f'<meta name="{name}" content="2020-05-05">', url=URL))
    assert [one.source for one in (*claims.of("published"), *claims.of("modified"))] == ([f"meta {source}"] if source else [])


@pytest.mark.parametrize("row", JSON_LD, ids=name_of)
def test_a_json_ld_property_is_read_by_its_row_alone(row: Rank, monkeypatch: pytest.MonkeyPatch):
    name = row.source.removeprefix("json-ld ")
    kind = "WebPage" if name.startswith("page ") else "NewsArticle"
    html = script({"@type": kind, name.removeprefix("page "): VALUE})
    assert values(html, row) == [VALUE]
    monkeypatch.setattr(structured, "JSON_LD_FIELDS", {key: field for key, field in JSON_LD_FIELDS.items() if key != name})
    assert values(html, row) == []


@pytest.mark.parametrize("row", MICRODATA, ids=name_of)
def test_a_microdata_property_is_read_by_its_row_alone(row: Rank, monkeypatch: pytest.MonkeyPatch):
    name = row.source.removeprefix("microdata ")
    html = f'<div itemscope itemtype="https://schema.org/Article"><span itemprop="{name}">{VALUE}</span></div>'
    assert values(html, row) == [VALUE]
    monkeypatch.setattr(microdata, "MICRODATA_FIELDS", {key: field for key, field in MICRODATA_FIELDS.items() if key != name})
    assert values(html, row) == []


@pytest.mark.parametrize("row", RDFA, ids=name_of)
def test_an_rdfa_term_is_read_by_its_row_alone(row: Rank, monkeypatch: pytest.MonkeyPatch):
    name = row.source.removeprefix("rdfa ")
    html = f'<div typeof="sioc:Item foaf:Document"><span property="{name}">{VALUE}</span></div>'
    assert values(html, row) == [VALUE]
    monkeypatch.setattr(rdfa, "RDFA_FIELDS", {key: field for key, field in RDFA_FIELDS.items() if key != name})
    assert values(html, row) == []


@pytest.mark.parametrize("row", MICROFORMATS, ids=name_of)
def test_a_microformat_property_is_read_by_its_row_alone(row: Rank):
    name = row.source.removeprefix("microformat ")
    read = page.read(f'<div class="h-entry"><p class="{name}">{VALUE}</p></div>', url=URL)
    claims = Claims()
    microformats.collect(read, blocks.measure(read.body), claims)
    assert [one.value for one in claims.of(row.field) if one.source == row.source] == [VALUE]


CARD = '<meta name="twitter:label1" content="Written by"><meta name="twitter:data1" content="Wanda Birk">'
CONTRIBUTOR = '<meta name="dc.contributor" content="Bo Lund">'
UPLOAD = script({"@type": "NewsArticle", "uploadDate": "2018-08-08"})
FAR_AWAY = "<p>18 March 2017</p>" + "".join(f"<p>Another line of the menu {number}</p>" for number in range(20))
TRAIL = {"@type": "BreadcrumbList", "itemListElement": [{"position": 1, "name": "Home"}, {"position": 2, "name": "Boats"}]}

PICTURE = script(
    {
        "@type": "NewsArticle",
        "image": {"url": f"{URL}.jpg", "caption": "A ship", "creditText": "Bo Lund", "creator": "Jo Smith"},
    }
)
FIGURE = f'<figure><img src="{URL}.jpg"><figcaption>Afloat. <small>Wanda Birk</small> Photo: Kim Park</figcaption></figure>'
CC = "https://creativecommons.org/licenses/by"
SAID_OUTSIDE: dict[str, tuple[dict[str, Any], str, str]] = {
    "title: feed title": (
        {"heading": False, "entry": {"title": TITLE}, "head": '<meta name="twitter:title" content="Afloat once more">'},
        "title",
        TITLE,
    ),
    "author: feed author": (
        {"entry": {"authors": ("Wanda Birk",)}, "head": '<meta name="dc.contributor" content="Bo Lund">'},
        "authors",
        "Wanda Birk",
    ),
    "published: feed published": (
        {"entry": {"published": "2017-03-18T09:30:00Z"}, "head": '<meta name="date" content="2018-08-08">'},
        "published",
        "2017-03-18T09:30:00Z",
    ),
    "modified: feed updated": (
        {"entry": {"updated": "2017-03-18"}, "head": script({"@type": "WebPage", "dateModified": "2018-08-08"})},
        "modified",
        "2017-03-18",
    ),
    "modified: header last-modified": (
        {
            "headers": (("Last-Modified", "Sat, 18 Mar 2017 09:30:00 GMT"),),
            "head": script({"@type": "WebPage", "dateModified": "2018-08-08"}),
        },
        "modified",
        "2018-08-08",
    ),
    "licence: header link license": (
        {"headers": (("Link", f"<{CC}/4.0/>; rel=license"),), "head": f'<meta name="dcterms.license" content="{CC}/3.0/">'},
        "licence",
        "CC BY 4.0",
    ),
    "canonical: header link canonical": (
        {
            "headers": (("Link", f'</boats/1>; rel="canonical", <{URL}/2>; rel=next'),),
            "head": f'<meta property="og:url" content="{URL}/2">',
        },
        "canonical",
        f"{URL}/1",
    ),
    "tags: feed tags": (
        {"entry": {"tags": ("Boats", "Tides")}, "head": '<meta name="keywords" content="Sailing">'},
        "tags",
        "Boats",
    ),
    "language: header content-language": (
        {"lang": "", "headers": (("content-language", "en-AU"),), "head": '<meta property="og:locale" content="en-GB">'},
        "language",
        "en-GB",
    ),
}
DECIDED: dict[str, tuple[dict[str, Any], str, str]] = {
    **SAID_OUTSIDE,
    "author: meta twitter:data": ({"head": CARD + CONTRIBUTOR}, "authors", "Wanda Birk"),
    "author: dom bio": (
        {
            "behind": "<h4>Wanda Birk</h4><p>Wanda Birk is a writer who lives beside the harbour and has sailed for years.</p>",
            "head": CONTRIBUTOR,
        },
        "authors",
        "Wanda Birk",
    ),
    "author: dom author-class": (
        {"below": '<div class="author-name">Wanda Birk</div>', "head": CONTRIBUTOR},
        "authors",
        "Wanda Birk",
    ),
    "author: dom author-link": (
        {"below": '<div>Story: <a rel="author" href="/w">Wanda Birk</a></div>', "head": CONTRIBUTOR},
        "authors",
        "Wanda Birk",
    ),
    "author: dom name-line": ({"below": "<p>Wanda Birk | 18 March 2017</p>", "head": CONTRIBUTOR}, "authors", "Wanda Birk"),
    "section: json-ld breadcrumb": (
        {"head": script(TRAIL) + '<meta property="article:section" content="Sailing">'},
        "section",
        "Boats",
    ),
    "author: dom byline": (
        {"below": "<p>By Wanda Birk</p>", "head": '<meta name="author" content="Bo Lund">'},
        "authors",
        "Wanda Birk",
    ),
    "published: dom label": (
        {"below": "<p>Published 18 March 2017</p>", "head": '<meta name="date" content="2018-08-08">'},
        "published",
        "2017-03-18",
    ),
    "published: dom time": (
        {"below": '<time datetime="2017-03-18">then</time>', "head": '<meta name="date" content="2018-08-08">'},
        "published",
        "2017-03-18",
    ),
    "published: dom line": (
        {"below": "<p>18 March 2017</p>", "head": '<meta name="date" content="2018-08-08">'},
        "published",
        "2017-03-18",
    ),
    "published: meta ~published": (
        {"head": '<meta name="publish_date" content="2017-03-18"><meta name="date" content="2018-08-08">'},
        "published",
        "2017-03-18",
    ),
    "modified: meta ~modified": (
        {
            "head": '<meta name="last_updated_date" content="2017-03-18">'
            '<meta property="article:modified_time" content="2018-08-08">'
        },
        "modified",
        "2018-08-08",
    ),
    "published: url": ({"url": f"{URL}/2017/03/18/", "head": UPLOAD}, "published", "2017-03-18"),
    "published: dom text": ({"above": FAR_AWAY, "head": UPLOAD}, "published", "2018-08-08"),
    "modified: dom label": (
        {"below": "<p>Updated 18 March 2017</p>", "head": '<meta property="article:modified_time" content="2018-08-08">'},
        "modified",
        "2017-03-18",
    ),
    "reviewed: dom label": (
        {"below": "<p>Reviewed 18 March 2017</p>", "head": script({"@type": "WebPage", "lastReviewed": "2018-08-08"})},
        "reviewed",
        "2017-03-18",
    ),
    "reviewed_by: dom label": (
        {"below": "<p>Medically reviewed by Wanda Birk</p>", "head": script({"@type": "WebPage", "reviewedBy": "Bo Lund"})},
        "reviewed_by",
        "Wanda Birk",
    ),
    "publisher: dom published-on": (
        {
            "behind": "<p>Published on Quay Gazette. All rights reserved.</p>",
            "head": '<meta property="og:site_name" content="Tide Times">',
        },
        "publisher",
        "Quay Gazette",
    ),
    "publisher: json-ld site name": (
        {"head": script({"@type": "WebSite", "name": "Quay Gazette"}) + '<meta name="application-name" content="Tide Times">'},
        "publisher",
        "Quay Gazette",
    ),
    "publisher: json-ld organization name": (
        {"head": script({"@type": "Organization", "name": "Quay Gazette"}), "behind": "<p>© 2020 Tide Times</p>"},
        "publisher",
        "Quay Gazette",
    ),
    "publisher: dom title-tail": (
        {
            "head": script({"@type": "Organization", "name": "Tide Times"}),
            "tail": " - Quay Gazette",
        },
        "publisher",
        "Quay Gazette",
    ),
    "publisher: dom copyright": (
        {"head": script({"@type": "Organization", "name": "Tide Times"}), "behind": "<p>© 2020 Quay Gazette</p>"},
        "publisher",
        "Tide Times",
    ),
    "canonical: dom canonical": (
        {"head": f'<link rel="canonical" href="{URL}/1"><meta property="og:url" content="{URL}/2">'},
        "canonical",
        f"{URL}/1",
    ),
    "language: dom lang": ({"lang": "en-AU", "head": '<meta property="og:locale" content="en-GB">'}, "language", "en-AU"),
    "licence: dom rel-license": (
        {"head": f'<link rel="license" href="{CC}/4.0/"><meta name="dcterms.license" content="{CC}/3.0/">'},
        "licence",
        "CC BY 4.0",
    ),
    "licence: dom licence-line": (
        {"behind": "<p>Licensed under CC BY 4.0</p>", "head": f'<meta name="dcterms.license" content="{CC}/3.0/">'},
        "licence",
        "CC BY 4.0",
    ),
    "image: dom text": (
        {
            "behind": f"<figure><img src='a.jpg'></figure>{TEXT.replace('harbour', 'lake')}",
            "head": f'<meta name="parsely-image-url" content="{URL}.jpg">',
        },
        "image",
        f"{URL}.jpg",
    ),
    "caption: dom figcaption": ({"head": PICTURE, "below": FIGURE}, "caption", "Afloat."),
    "caption: json-ld image caption": ({"head": PICTURE, "below": FIGURE}, "caption", "Afloat."),
    "credit: dom credit": ({"head": PICTURE, "below": FIGURE}, "credit", "Wanda Birk"),
    "credit: dom figcaption": (
        {"head": PICTURE, "below": FIGURE.replace("<small>Wanda Birk</small> ", "")},
        "credit",
        "Kim Park",
    ),
    "credit: json-ld image creditText": ({"head": PICTURE}, "credit", "Bo Lund"),
    "credit: json-ld image creator": ({"head": PICTURE}, "credit", "Bo Lund"),
    "image: dom image_src": (
        {"head": f'<link rel="image_src" href="{URL}.jpg">', "behind": f'<img itemprop="image" src="{URL}2.jpg">'},
        "image",
        f"{URL}.jpg",
    ),
}
"""Row that is not a property of the same name -> what a page has, and the field's value that this row gives it."""


def field_of(article: Article, field: str) -> str | None:
    named = {
        "authors": article.authors[0].name if article.authors else None,
        "published": article.dates.published,
        "modified": article.dates.modified,
        "reviewed": article.dates.reviewed,
        "reviewed_by": article.reviewed_by,
        "publisher": article.source.publisher,
        "canonical": article.canonical_url,
        "section": article.section[0] if article.section else None,
        "language": article.language,
        "image": article.image.url if article.image else None,
        "subtitle": article.subtitle,
        "title": article.title,
        "caption": article.image.caption if article.image else None,
        "credit": article.image.credit if article.image else None,
        "licence": article.licence.name if article.licence else None,
        "tags": article.tags[0] if article.tags else None,
    }
    return named[field]


def decided(parts: dict[str, Any], field: str) -> str | None:
    parts = dict(parts)
    url, tail = parts.pop("url", URL), parts.pop("tail", "")
    headers, entry = parts.pop("headers", ()), parts.pop("entry", None)
    heading = parts.pop("heading", True)
    html = small_page(**parts).replace("</title>", f"{tail}</title>", 1)
    html = html if heading else html.replace(f"<h1>{TITLE}</h1>", "").replace(TITLE, "", 1)
    said = FeedEntry(f"{URL}/feed", **entry) if entry else None
    return field_of(extract(html, url=url, fetched_at="2024-06-01T12:00:00Z", headers=headers, entry=said), field)


@pytest.mark.parametrize("name", DECIDED)
def test_a_row_decides_by_its_rank(name: str, monkeypatch: pytest.MonkeyPatch):
    """The value is another when the row's source is believed last, or first."""
    parts, field, value = DECIDED[name]
    row_field, _, source = name.partition(": ")
    assert decided(parts, field) == value
    others = set()
    for rank in (0, 1_000):
        monkeypatch.setitem(RANKS, (row_field, source), rank)
        others.add(decided(parts, field))
    assert others != {value}


FIRST_WHATEVER_ITS_RANK: dict[str, tuple[dict[str, Any], str, str]] = {
    "title: dom heading": ({"head": '<meta property="og:title" content="Boats Afloat at the Little Quay">'}, "title", TITLE),
    "section: dom trail": (
        {
            "above": '<nav class="breadcrumb"><a href="/">Home</a> » <a href="/b">Boats</a></nav>',
            "head": '<meta property="article:section" content="Sailing">',
        },
        "section",
        "Boats",
    ),
    "subtitle: dom dek": (
        {
            "below": '<p class="dek">After nine years the harbour has water in it again, and boats.</p>',
            "head": '<meta name="description" content="Everything about the water and the boats of the old harbour.">',
        },
        "subtitle",
        "After nine years the harbour has water in it again, and boats.",
    ),
    "author: dom bio-sentence": (
        {
            "behind": "<p>Jo Reed is a writer who lives at the quay, with two dogs and a boat.</p>",
            "head": '<meta name="author" content="Quay News">',
        },
        "authors",
        "Jo Reed",
    ),
    "modified: dom last-change": (
        {"below": TEXT * 3 + "<p>This page was last edited on 8 August 2018.</p>"},
        "modified",
        "2018-08-08",
    ),
    "published: dom dateline": ({"below": f"<p>Little Quay, 18 March 2017 – {TEXT[3:]}"}, "published", "2017-03-18"),
    "subtitle: feed summary": (
        {
            "below": "<h2>After nine years the harbour has water in it again, and its fishermen have boats.</h2>",
            "entry": {"summary": "After nine years the harbour has water in it again, and its fishermen have boats."},
        },
        "subtitle",
        "After nine years the harbour has water in it again, and its fishermen have boats.",
    ),
    "language: dom text": ({"lang": "fi"}, "language", "en"),
    "published: dom modified-label": ({"below": "<p>Updated 18 March 2017</p>"}, "published", "2017-03-18"),
}
"""Row of a place in the page that its room asks before, or after, all others -> as DECIDED."""


@pytest.mark.parametrize("name", FIRST_WHATEVER_ITS_RANK)
def test_what_the_reader_sees_gives_the_field_its_value(name: str):
    parts, field, value = FIRST_WHATEVER_ITS_RANK[name]
    assert decided(parts, field) == value


def test_the_type_of_the_main_item_and_the_title_element_are_read():
    (kind,) = (row for row in CLAIM_RANKS if row.source == "json-ld type")
    (title,) = (row for row in CLAIM_RANKS if row.source == "dom title")
    assert values(script({"@type": "NewsArticle"}), kind) == ["NewsArticle"]
    assert values("<title>Boats</title>", title) == ["Boats"]


def test_no_row_is_without_a_case():
    cased = (
        {name_of(row) for row in (*META, *JSON_LD, *MICRODATA, *RDFA, *MICROFORMATS)}
        | set(DECIDED)
        | set(FIRST_WHATEVER_ITS_RANK)
    )
    assert {name_of(row) for row in CLAIM_RANKS} - cased == {"title: dom title", "kind: json-ld type"}  # the test above


def test_rows_have_reasons_and_stand_once():
    assert all(row.reason for row in CLAIM_RANKS)
    assert len(RANKS) == len(CLAIM_RANKS)


@pytest.mark.parametrize(
    ("rows", "fields"), [(META, META_FIELDS), (JSON_LD, JSON_LD_FIELDS), (MICRODATA, MICRODATA_FIELDS), (RDFA, RDFA_FIELDS)]
)
def test_a_property_claims_one_field(rows: list[Rank], fields: dict[str, str]):
    assert len({row.source for row in rows}) == len(rows)
    assert len(fields) >= len(rows) > 5


def test_every_source_is_of_a_known_kind():
    assert {row.source.partition(" ")[0] for row in CLAIM_RANKS} == {
        "dom",
        "meta",
        "json-ld",
        "microdata",
        "rdfa",
        "microformat",
        "url",
        "header",
        "feed",
    }
