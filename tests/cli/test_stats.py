"""`archiver stats`."""

from __future__ import annotations

import json
import re

import pytest

from tests.store.conftest import make_article

HOSTILE = '\x1b[31m<script>alert(1)</script>\u202e & "quoted"\tand\ntorn'


@pytest.fixture
def hostile(archiver, archive):
    """An archive of one article whose names are attacks."""
    from archiver.store import Store

    with Store.open(archive, create=True) as store:
        store.save(make_article(byline=HOSTILE, tags=(HOSTILE,), section=(HOSTILE,), language=HOSTILE))
    return archiver


def test_json_is_one_object(filled):
    ran = filled("stats", "--json")
    found = json.loads(ran.out)
    assert ran.code == 0
    assert (found["totals"]["articles"], found["totals"]["of_articles"]) == (2, 2)
    assert found["sites"] == {"top": [{"name": "127.0.0.1", "articles": 2}], "different": 1, "others": 0}
    assert [bar["name"] for bar in found["authors"]["top"]] == ["Ana de la Cruz", "Jo Smith"]
    assert sum(bar["articles"] for bar in found["weekdays"]) == 2
    assert {field["field"]: field["share"] for field in found["fields"]}["title"] == 1.0
    captures = next(kind for kind in found["disk"] if kind["name"] == "captures")
    assert captures["files"] == 2


def test_the_filters_choose(filled):
    found = json.loads(filled("stats", "--json", "--published-since", "2026").out)
    assert (found["totals"]["articles"], found["totals"]["of_articles"]) == (1, 2)
    assert found["authors"]["top"] == [{"name": "Ana de la Cruz", "articles": 1}]
    assert json.loads(filled("stats", "--json", "--language", "xx").out)["totals"]["articles"] == 0


def test_the_top_is_cut(filled):
    found = json.loads(filled("stats", "--json", "--top", "1").out)
    assert found["authors"] == {"top": [{"name": "Ana de la Cruz", "articles": 1}], "different": 2, "others": 1}


def test_piped_it_is_tab_separated(filled):
    rows = [line.split("\t") for line in filled("stats").out.splitlines()]
    assert {len(row) for row in rows} == {3}
    assert ["totals", "articles", "2"] in rows
    assert ["authors", "Jo Smith", "1"] in rows
    assert ["fields", "byline", "2"] in rows
    found = json.loads(filled("stats", "--json").out)
    assert {row[0] for row in rows} == {name for name in found if name not in {"your_tags", "tags", "sections"}}


@pytest.mark.parametrize("columns", [20, 40, 87, 88, 200])
def test_the_charts_are_no_wider_than_the_terminal(filled, monkeypatch, columns):
    monkeypatch.setenv("COLUMNS", str(columns))
    chart = filled("stats", "--format", "chart").out
    assert max(map(len, chart.splitlines())) <= columns
    assert "127.0.0.1" in chart
    assert "\x1b" not in chart, "nobody asked for colours"


def test_an_empty_archive_says_so_to_people_only(archiver, archive):
    ran = archiver("stats", "--format", "chart")
    assert (ran.code, ran.out) == (0, "")
    assert "archiver fetch" in ran.err
    assert json.loads(archiver("stats", "--json").out)["totals"]["articles"] == 0
    assert archiver("stats", "--format", "html").out.startswith("<!DOCTYPE html>")
    assert not archive.exists(), "looking makes nothing"


def test_output_is_a_file(filled, tmp_path):
    page = tmp_path / "stats.html"
    ran = filled("stats", "--format", "html", "--output", page)
    assert (ran.code, ran.out) == (0, "")
    assert page.read_text(encoding="utf-8") == filled("stats", "--format", "html").out
    assert filled("stats", "--output", tmp_path / "stats.tsv").code == 0
    assert "totals\tarticles\t2\n" in (tmp_path / "stats.tsv").read_text()


@pytest.mark.parametrize(
    "arguments", [["--top", "0"], ["--format", "pdf"], ["--format", "chart", "--output", "x"], ["--words", "much"]]
)
def test_a_wrong_option_is_a_usage_error(filled, arguments, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert filled("stats", *arguments).code == 2
    assert not (tmp_path / "x").exists()


@pytest.mark.parametrize("form", ["chart", "tsv", "json", "html"])
def test_no_name_acts(hostile, form):
    out = hostile("stats", "--format", form).out
    assert "alert(1)" in out
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f\u202a-\u202e]", out)
    assert "<script" not in out or form != "html"
    if form == "tsv":
        assert {line.count("\t") for line in out.splitlines()} == {2}
