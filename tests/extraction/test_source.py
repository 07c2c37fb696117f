"""Publisher, credited sources, canonical address."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from archiver import extract
from archiver.article import Credit
from archiver.extraction import source
from archiver.extraction.rules.credits import CREDITS
from tests.support.small_pages import TITLE, extracted, page

if TYPE_CHECKING:
    from archiver.extraction.rules.credits import Credit as CreditRow


@pytest.mark.parametrize(
    "line",
    [
        "Source: Northern Coast Institute",
        "Quelle: Northern Coast Institute",
        "Fuente: Northern Coast Institute",
        "Story Source: Materials provided by Northern Coast Institute",
        "This article was originally published on Northern Coast Institute.",
        "Reprinted with permission from the Northern Coast Institute.",
    ],
)
def test_credited_source_behind_the_text(line: str):
    article = extracted(behind=f"<p>{line}</p>")
    assert article.source.credited == (Credit("Northern Coast Institute"),)
    assert "Northern Coast" not in article.body.text


def test_credit_with_its_link():
    credited = extracted(
        behind='<p>Source: <a href="https://coast.example/study">Northern Coast Institute</a></p>'
    ).source.credited
    assert credited == (Credit("Northern Coast Institute", "https://coast.example/study"),)


def test_several_sources():
    credited = extracted(behind="<p>Sources: Coast Institute; Harbour Board</p>").source.credited
    assert [one.name for one in credited] == ["Coast Institute", "Harbour Board"]


def test_wire_line():
    article = extracted(
        below="<p>LITTLE QUAY (Coastwire) — The tide came in on Tuesday, higher than any gauge had ever shown.</p>"
    )
    assert [one.name for one in article.source.credited] == ["Coastwire"]


def test_source_of_a_picture_is_not_the_articles():
    figure = "<figure><img src=a.jpg><figcaption>Source: Kim Park</figcaption></figure>"
    assert extracted(behind=figure).source.credited == ()


@pytest.mark.parametrize(
    ("parts", "publisher"),
    [
        ({"head": '<meta property="og:site_name" content="Quay Gazette">'}, "Quay Gazette"),
        ({"behind": "<p>Published on Quay Gazette. All rights reserved.</p>"}, "Quay Gazette"),
        ({"behind": "<footer>© 2001-2020 Quay Gazette. All rights reserved.</footer>"}, "Quay Gazette"),
        ({}, None),
    ],
)
def test_publisher(parts: dict[str, str], publisher: str | None):
    source = extracted(**parts).source
    assert (source.publisher, source.host) == (publisher, "quay-gazette.example")


@pytest.mark.parametrize(
    ("host", "name"),
    [
        ("quay-gazette.example", "Quay Gazette"),
        ("quay-gazette.example", "Gazette of the Bay"),
        ("nytimes.example", "The New York Times"),
        ("ft.example", "Financial Times"),
        ("theverge.example", "Verge"),
    ],
)
def test_what_the_page_calls_itself_behind_the_headline_is_the_publisher_if_the_host_agrees(host: str, name: str):
    html = page().replace(f"<title>{TITLE}", f"<title>{TITLE} - {name}")
    assert extract(html, url=f"https://www.{host}/boats").source.publisher == name
    assert extract(html, url="https://www.elsewhere.example/boats").source.publisher is None


@pytest.mark.parametrize(
    ("href", "canonical"),
    [
        ("/boats?page=all", "https://quay-gazette.example/boats?page=all"),
        ("https://www.quay-gazette.example/boats#top", "https://www.quay-gazette.example/boats"),
        ("https://quay-gazette.example/", None),
        ("https://elsewhere.test/boats", None),
        ("javascript:void(0)", None),
    ],
)
def test_canonical_address_is_checked(href: str, canonical: str | None):
    assert extracted(head=f'<link rel="canonical" href="{href}">').canonical_url == canonical


def test_line_that_tells_how_to_cite_the_page_is_no_body():
    cite = f"<p>Birk, W. (2018). {TITLE}. Quay Gazette.</p>"
    assert "2018" not in extracted(behind=cite).body.text


LINES = {
    "source line": "Source: Northern Coast Institute",
    "provided by": "Materials provided by Northern Coast Institute.",
    "originally published": "This article first appeared on Northern Coast Institute.",
    "reprinted": "Reprinted with permission of Northern Coast Institute.",
    "erstveröffentlicht": "Der Text ist zuerst erschienen bei Northern Coast Institute.",
    "via": "via Northern Coast Institute",
}


@pytest.mark.parametrize("row", CREDITS, ids=lambda row: row.name)
def test_every_credit_row_is_missed(row: CreditRow, monkeypatch: pytest.MonkeyPatch):
    line = f"<p>{LINES[row.name]}</p>"
    assert [one.name for one in extracted(behind=line).source.credited] == ["Northern Coast Institute"]
    rest = "|".join(other.pattern for other in CREDITS if other is not row)
    monkeypatch.setattr(source, "CREDIT", re.compile(rest, re.IGNORECASE))
    assert extracted(behind=line).source.credited == ()
