"""`archiver list`."""

from __future__ import annotations

import csv
import io
import json

import pytest

from archiver.cli import list_, listing


def titles(ran):
    return [row["title"] for row in json.loads(ran.out)]


def test_an_archive_that_is_not_there_is_an_empty_list(archiver, archive):
    ran = archiver("list", "--json")
    assert (ran.code, ran.out) == (0, "[]\n")
    assert not archive.exists(), "looking makes nothing"


def test_newest_first(filled):
    assert titles(filled("list", "--json")) == ["The Lighthouse Keepers' Strike", "How the Old Harbour Was Built"]


def test_piped_it_is_tab_separated(filled):
    lines = filled("list").out.splitlines()
    assert [line.split("\t")[1:5] for line in lines] == [
        ["2025-12-01", "The Coast Review", "Jo Smith", "The Lighthouse Keepers' Strike"],
        ["2026-03-14", "The Coast Review", "Ana de la Cruz", "How the Old Harbour Was Built"],
    ]


def test_the_formats_agree(filled):
    ids = filled("list", "--format", "ids").out.split()
    assert len(ids) == 2
    assert [row["id"] for row in json.loads(filled("list", "--json").out)] == ids
    assert [json.loads(line)["id"] for line in filled("list", "--format", "jsonl").out.splitlines()] == ids
    assert [row["id"] for row in csv.DictReader(io.StringIO(filled("list", "--format", "csv").out))] == ids


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        (["--author", "CRUZ"], ["How the Old Harbour Was Built"]),
        (["--author", "nobody"], []),
        (["--host", "127.0.0.1"], ["The Lighthouse Keepers' Strike", "How the Old Harbour Was Built"]),
        (["--host", "0.0.1"], ["The Lighthouse Keepers' Strike", "How the Old Harbour Was Built"]),
        (["--host", "example.org"], []),
        (["--published-since", "2026"], ["How the Old Harbour Was Built"]),
        (["--published-until", "2025-12"], ["The Lighthouse Keepers' Strike"]),
        (["--fetched-since", "yesterday"], ["The Lighthouse Keepers' Strike", "How the Old Harbour Was Built"]),
        (["--fetched-until", "2020"], []),
        (["--site", "127.0.0.1", "--words", "1.."], ["The Lighthouse Keepers' Strike", "How the Old Harbour Was Built"]),
        (["--words", "..5"], []),
        (
            ["--language", "en", "--verdict", "article", "--unread"],
            ["The Lighthouse Keepers' Strike", "How the Old Harbour Was Built"],
        ),
        (["--language", "fr"], []),
        (["--section", "nowhere"], []),
        (["--feed", "example.org"], []),
        (["--modified-since", "2000"], []),
        (["--sort", "published"], ["How the Old Harbour Was Built", "The Lighthouse Keepers' Strike"]),
        (["--sort", "title", "--reverse"], ["The Lighthouse Keepers' Strike", "How the Old Harbour Was Built"]),
        (["--limit", "1"], ["The Lighthouse Keepers' Strike"]),
    ],
)
def test_options_choose_and_order(filled, options, expected):
    assert titles(filled("list", "--json", *options)) == expected


def test_the_table_is_as_wide_as_the_terminal(filled, monkeypatch):
    for columns in (40, 70, 120):
        monkeypatch.setenv("COLUMNS", str(columns))
        table = filled("list", "--format", "table").out
        assert max(map(len, table.splitlines())) <= columns
        assert "Title" in table
        assert ("Publisher" in table) == (columns >= 90)


def test_an_empty_table_says_so_to_people_only(archiver):
    ran = archiver("list", "--format", "table")
    assert (ran.code, ran.out) == (0, "")
    assert "archiver fetch" in ran.err


@pytest.mark.parametrize(
    "arguments",
    [
        ["--limit", "0"],
        ["--sort", "colour"],
        ["--fetched-since", "soon"],
        ["--format", "xml"],
        ["--words", "some"],
        ["--words", ".."],
        ["--words", "9..1"],
        ["--words", "1...9"],
        ["--verdict", "good"],
        ["--columns", " , "],
        ["--site", " "],
    ],
)
def test_a_wrong_option_is_a_usage_error(archiver, arguments):
    assert archiver("list", *arguments).code == 2


def test_a_damaged_record_is_named_and_the_rest_is_listed(filled, archive):
    damaged = next(archive.glob("articles/*/*lighthouse*.json"))
    damaged.write_text("half")
    ran = filled("list", "--json")
    assert ran.code == 0
    assert titles(ran) == ["How the Old Harbour Was Built"]
    assert damaged.name in ran.err


def test_columns_choose_what_every_format_gives(filled):
    assert filled("list", "--columns", "published,title", "--limit", "1").out == "2025-12-01\tThe Lighthouse Keepers' Strike\n"
    row = {"words": 330, "labels": []}
    found = json.loads(filled("list", "--columns", "words,labels", "--json", "--limit", "1").out)
    assert [list(one) for one in found] == [list(row)]
    assert filled("list", "--columns", "title", "--format", "csv", "--limit", "1").out.splitlines()[0] == "title"
    table = filled("list", "--columns", "title,host", "--format", "table").out
    assert table.split()[:2] == ["title", "host"]
    assert "127.0.0.1" in table
    assert "Ana de la Cruz" not in table
    assert len(filled("list", "--columns", "title", "--format", "ids").out.split()) == 2


def test_a_column_that_is_not_there_is_named_with_the_one_that_may_be_meant(archiver):
    ran = archiver("list", "--columns", "id,publishd")
    assert ran.code == 2
    assert "no column 'publishd'; did you mean 'published'?" in ran.err


def test_a_table_for_people_ends_and_says_so(filled, monkeypatch):
    monkeypatch.setattr(list_, "TABLE_ROWS", 1)
    monkeypatch.setattr(list_, "default_form", lambda: "table")
    monkeypatch.setattr(listing, "default_form", lambda: "table")
    ran = filled("list")
    assert "Lighthouse" in ran.out
    assert "Harbour" not in ran.out
    assert "the first 1; --limit N shows more" in ran.err
    assert "Harbour" in filled("list", "--limit", "2").out
