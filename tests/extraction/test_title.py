"""The headline as a reader sees it."""

from __future__ import annotations

import pytest

from archiver.extraction import extract
from tests.support.small_pages import TEXT, TITLE, URL, extracted


@pytest.mark.parametrize("tail", [" | Quay Gazette", " - Quay Gazette", " – Harbour – Quay Gazette", " » Quay Gazette"])
def test_headline_wins_over_a_title_with_the_sites_name(tail: str):
    page = f"<title>{TITLE}{tail}</title><h1>{TITLE}</h1>{TEXT}"
    assert extract(page, url=URL).title == TITLE


def test_site_name_as_h1_is_no_headline():
    head = f'<title>{TITLE} - Quay Gazette</title><meta property="og:site_name" content="Quay Gazette">'
    page = f"{head}<h1>Quay Gazette</h1><h2>{TITLE}</h2>{TEXT}"
    assert extract(page, url=URL).title == TITLE


def test_without_a_heading_the_sites_name_is_cut_off():
    page = f"<title>{TITLE} | Quay Gazette</title>{TEXT}"
    assert extract(page, url=URL).title == TITLE


def test_dash_inside_a_title_is_no_separator():
    page = f"<title>Boats - a history</title>{TEXT}"
    assert extract(page, url=URL).title == "Boats - a history"


def test_a_tail_that_another_claim_does_not_have_is_cut_off():
    page = f'<title>{TITLE} - Tides</title><meta name="twitter:title" content="{TITLE}">{TEXT}'
    assert extract(page, url="https://a.example/1").title == TITLE


def test_entities_and_white_space_are_normalised():
    page = f'<meta property="og:title" content="Tea &amp;amp; Boats  at\nNoon">{TEXT}'
    assert extract(page, url=URL).title == "Tea & Boats at Noon"


def test_title_printed_twice_is_in_the_body_not_once():
    article = extracted(above=f"<p>{TITLE}</p>", below=f"<h2>{TITLE}</h2>")
    assert TITLE not in article.body.text


def test_evidence_names_winner_those_that_agree_and_those_that_lost():
    evidence = extracted(
        head=f'<meta property="og:title" content="{TITLE}"><meta name="title" content="Hulls at sea">'
    ).evidence["title"]
    assert (evidence.from_, evidence.at, evidence.value) == ("dom", "h1", TITLE)
    assert "meta[property=og:title]" in evidence.agree
    assert [one.value for one in evidence.rejected] == ["Hulls at sea"]


def test_page_without_any_title():
    assert extract(TEXT, url=URL).title is None
