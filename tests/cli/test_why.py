"""`archiver why`."""

from __future__ import annotations

import json

import pytest
from rich.console import Console

from archiver.cli import views
from archiver.cli.why import value_of
from tests.support.records import full_article


@pytest.fixture
def article_id(filled):
    return json.loads(filled("list", "--json", "--author", "Cruz").out)[0]["id"]


def test_piped_it_is_a_line_for_each_claim(filled, article_id):
    lines = [line.split("\t") for line in filled("why", article_id).out.splitlines()]
    assert {len(cells) for cells in lines} == {5}
    assert ["title", "won", "dom", "h1", "How the Old Harbour Was Built"] in lines
    assert ["title", "agrees", "", "meta[property=og:title]", ""] in lines


def test_an_id_may_be_shortened_and_a_url_will_do(filled, article_id, site):
    whole = filled("why", article_id).out
    assert filled("why", article_id[:5]).out == whole
    assert filled("why", site.url("/harbour")).out == whole


@pytest.mark.parametrize(
    ("field", "shown"),
    [("title", ["title"]), ("dates", ["dates.published"]), ("published", ["dates.published"]), ("host", ["source.host"])],
)
def test_a_field_is_named_by_its_key_or_a_part_of_it(filled, article_id, field, shown):
    assert list(dict.fromkeys(line.split("\t")[0] for line in filled("why", article_id, field).out.splitlines())) == shown


def test_json_has_the_value_and_the_records_evidence(filled, article_id):
    record = json.loads(filled("show", article_id, "--json").out)
    told = json.loads(filled("why", article_id, "--json").out)
    assert (told["id"], told["url"]) == (record["id"], record["url"])
    assert {name: one["evidence"] for name, one in told["fields"].items()} == record["evidence"]
    assert told["fields"]["dates.published"]["value"] == record["dates"]["published"]


def test_a_field_that_the_page_says_nothing_of(filled, article_id):
    ran = filled("why", article_id, "subtitle")
    assert (ran.code, ran.out) == (0, "")
    assert ran.err == "The record holds no claim for subtitle.\n"
    told = json.loads(filled("why", article_id, "subtitle", "--json").out)
    assert told["fields"] == {"subtitle": {"value": None, "evidence": None}}


def test_an_unknown_field_is_one_line_that_lists_the_fields(filled, article_id):
    ran = filled("why", article_id, "colour")
    assert ran.code == 2
    assert len(ran.err.splitlines()) == 1
    assert ran.err.startswith("archiver: colour: no such field (give one of canonical_url, title, ")


def test_what_is_not_in_the_archive_is_exit_4(filled):
    assert filled("why", "ffffffffffffffff").code == 4


def test_a_value_within_what_is_null_is_null():
    assert value_of(full_article(image=None), "image.caption") is None


CLAIMS = [
    ("won", "dom", "h1", "A [b]title[/b]"),
    ("agrees", "", "title", ""),
    ("lost", "meta", "meta[name=x]", "another " * 20),
]


@pytest.mark.parametrize("whole", [False, True])
@pytest.mark.parametrize("width", [20, 60, 200])
def test_the_table_fits_any_terminal(monkeypatch, whole, width):
    console = Console(width=width, record=True, markup=False, highlight=False, emoji=False)
    monkeypatch.setattr(views, "screen", lambda: console)
    with console.capture() as captured:
        views.print_claims([("title", "A [b]title[/b]", CLAIMS)], whole=whole)
    lines = captured.get().splitlines()
    assert max(map(len, lines[1:])) <= max(width, 40)
    assert ("…" in captured.get()) is not whole
    assert whole or len([line for line in lines if line.strip()]) == 1 + len(CLAIMS)


def test_a_page_cannot_write_to_the_terminal(monkeypatch):
    console = Console(width=100, markup=False, highlight=False, emoji=False)
    monkeypatch.setattr(views, "screen", lambda: console)
    with console.capture() as captured:
        views.print_claims([("title", "\x1b]0;x\x07", [("won", "dom", "h1\x1b[2J", "[red]\x1b[2J")])], whole=True)
    assert "\x1b[2J" not in captured.get()
    assert "[red]" in captured.get()


def test_a_record_without_evidence_is_said_so(filled, archive, article_id):
    (path,) = archive.glob(f"articles/*/*-{article_id}.json")
    path.write_text(json.dumps(json.loads(path.read_text()) | {"evidence": {}}))
    assert filled("why", article_id).err == "The record holds no claim for any field.\n"
