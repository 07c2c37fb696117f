"""`archiver cite`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

PAGE = Path(__file__).parents[1] / "fixtures" / "pages" / "founding-plain" / "page.html"
URL = "https://psychcentral.com/news/2017/03/18/review-finds-targeting-glutamate-to-treat-depression-holds-promise/117854.html"


@pytest.fixture
def founded(archiver):
    assert archiver("fetch", PAGE, "--url", URL).code == 0
    return archiver


def test_apa_is_the_default(founded):
    ran = founded("cite", URL)
    assert ran.code == 0
    assert ran.out == (
        "Pedersen, T. (2017, March 18). Review Finds Targeting Glutamate to Treat Depression Holds Promise. "
        f"Psych Central. {URL}\n"
    )


def test_the_pages_own_citation_is_held_against_its_dates(founded):
    ran = founded("cite", URL, "--format", "bibtex")
    assert ran.err.strip().endswith(
        "the page asks to be cited as of 2018; its dates say published 2017-03-18, updated 2018-08-08"
    )
    assert "year = {2017}" in ran.out


def test_several_are_cited_in_order_each_once(filled):
    ids = filled("list", "--format", "ids").out.split()
    cited = json.loads(filled("cite", *ids, ids[0][:10], "--format", "csl-json").out)
    assert [item["title"] for item in cited] == ["The Lighthouse Keepers' Strike", "How the Old Harbour Was Built"]


def test_html_is_a_paragraph_each(founded):
    out = founded("cite", URL, "--format", "html", "--style", "mla").out
    assert out.startswith("<p>Pedersen, Traci. “Review")
    assert out.endswith("</p>\n")


def test_ris_ends_its_lines_plainly(founded):
    assert founded("cite", URL, "--format", "ris").out.splitlines()[0] == "TY  - ELEC"


@pytest.mark.parametrize(("arguments", "code"), [(["ffff"], 4), ([URL, "--style", "nope"], 2), ([], 2)])
def test_what_cannot_be_cited(founded, arguments, code):
    ran = founded("cite", *arguments)
    assert (ran.code, ran.out) == (code, "")
