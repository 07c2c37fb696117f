"""`archiver history`: what happened to an article."""

from __future__ import annotations

import json
import os
import time

import pytest

from tests.support.articles import article_page

URL = "https://example.org/harbour"
ERROR_PAGE = "<html><head><title>404 Not Found</title></head><body><h1>Page not found</h1><p>Sorry.</p></body></html>"


@pytest.fixture
def looks(archiver, tmp_path):
    """looks(page, day) archives what the page was on a day of April 2026."""

    def look(html: str, day: int, *, url: str = URL):
        file = tmp_path / "page.html"
        file.write_text(html, encoding="utf-8")
        moment = time.mktime((2026, 4, day, 12, 0, 0, 0, 0, 0))
        os.utime(file, (moment, moment))
        return archiver("fetch", file, "--url", url)

    return look


def events(archiver, url=URL):
    ran = archiver("history", url, "--json")
    assert ran.code == 0, ran.err
    return json.loads(ran.out)


def kinds(archiver):
    return [(one["number"], one["kind"]) for one in events(archiver)]


def test_an_article_that_was_seen_once(archiver, looks):
    looks(article_page(), 1)
    (only,) = events(archiver)
    assert (only["number"], only["kind"], only["current"]) == (1, "first", True)
    assert only["at"].startswith("2026-04-01")
    assert only["path"].startswith("articles/example.org/")


def test_an_edit_says_what_changed(archiver, looks):
    looks(article_page(), 1)
    looks(article_page("The Old Harbour Rebuilt", body="<p>Correction: the first wall stood on pine piles.</p>"), 2)
    first, edit = events(archiver)
    assert (first["current"], edit["current"]) == (False, True)
    assert (edit["number"], edit["kind"]) == (2, "edit")
    assert edit["fields"] == ["title", "body"]
    assert (edit["words_added"], edit["words_removed"]) == (8, 0)


@pytest.mark.parametrize(
    ("before", "after", "silent", "redated", "note"),
    [
        (
            {"body": "<p>Then came the storm of the year 1911.</p>"},
            {"body": "<p>Then came the storm of the year 1912.</p>"},
            True,
            False,
            "text changed, no date moved (silent edit)",
        ),
        ({}, {"published": "2026-03-15"}, False, True, "date moved, text did not"),
        ({}, {"published": "2026-03-15", "title": "Another headline"}, False, False, None),
        ({}, {"author": "Jo Smith"}, False, False, None),
    ],
    ids=["silent edit", "redated", "both", "neither"],
)
def test_dates_are_held_against_the_text(archiver, looks, before, after, silent, redated, note):
    looks(article_page(**before), 1)
    looks(article_page(**after), 2)
    edit = events(archiver)[-1]
    assert (edit["silent"], edit["redated"], edit["note"]) == (silent, redated, note)


def test_a_worse_page_is_told_with_when_it_ended(archiver, looks):
    looks(article_page(), 1)
    assert looks(ERROR_PAGE, 2).code == 6
    looks(ERROR_PAGE, 3)
    looks(article_page(), 4)
    looks(article_page("The Old Harbour Rebuilt"), 5)
    assert kinds(archiver) == [(1, "first"), (2, "worse"), (None, "back"), (3, "edit")]
    worse = events(archiver)[1]
    assert worse["note"] == "an error page; not taken"
    assert worse["until"].startswith("2026-04-04")
    assert not worse["current"]


def test_a_body_that_shrank_is_told_and_not_taken(archiver, looks):
    looks(article_page(), 1)
    cut = article_page()
    start = cut.index("</time>")
    looks(
        cut[:start]
        + "</time><p>The harbour was built in stages, each of them after a storm.</p></article></main></body></html>",
        2,
    )
    assert [one["kind"] for one in events(archiver)] == ["first", "worse"]


def test_a_version_that_cannot_be_read_keeps_its_number(archiver, archive, looks):
    looks(article_page(), 1)
    looks(article_page("Second headline"), 2)
    looks(article_page("Third headline"), 3)
    oldest, _ = sorted(archive.glob("versions/*/*.json"))
    oldest.write_text("{")
    assert kinds(archiver) == [(1, "damaged"), (2, "first"), (3, "edit")]
    assert "not valid JSON" in events(archiver)[0]["note"]


def test_sightings_that_cannot_be_read_are_named_and_the_rest_is_shown(archiver, archive, looks):
    looks(article_page(), 1)
    looks(ERROR_PAGE, 2)
    (file,) = archive.glob("sightings/*/*.json")
    file.write_text("{")
    ran = archiver("history", URL)
    assert ran.code == 0
    assert str(file) in ran.err
    assert [line.split("\t")[2] for line in ran.out.splitlines()] == ["first", "worse"]


def test_versions_of_one_moment_stand_in_the_order_they_were_made(archiver, archive, looks):
    looks(article_page(), 1)
    for number in range(12):
        (record,) = archive.glob("articles/*/*.json")
        document = json.loads(record.read_text())
        folder = archive / "versions" / document["id"]
        folder.mkdir(parents=True, exist_ok=True)
        name = document["capture"]["fetched_at"].replace("-", "").replace(":", "")
        document["title"] = f"Headline {number}"
        (folder / f"{name}{f'-{number}' if number else ''}.json").write_text(json.dumps(document))
    assert [one["kind"] for one in events(archiver)] == ["first", *["re-extraction"] * 12]
    ran = archiver("diff", URL, "10", "11")
    assert "title: [-Headline 9-] {+Headline 10+}" in ran.out


def test_piped_it_is_lines_of_cells(archiver, looks):
    looks(article_page(), 1)
    looks(article_page("The Old Harbour Rebuilt"), 2)
    lines = [line.split("\t") for line in archiver("history", URL).out.splitlines()]
    assert [(cells[0], cells[2], cells[5]) for cells in lines] == [("1", "first", ""), ("2", "edit", "title")]


def test_the_table(archiver, looks):
    looks(article_page(), 1)
    looks(article_page("The Old [red]Harbour\x1b[31m Rebuilt"), 2)
    ran = archiver("history", URL, "--format", "table")
    assert "*2" in ran.out
    assert "silent edit" in " ".join(ran.out.split())
    assert "\x1b[31m" not in ran.out


def test_an_article_that_is_not_there(archiver):
    ran = archiver("history", "ab12")
    assert ran.code == 4
    assert ran.err.count("\n") == 1
