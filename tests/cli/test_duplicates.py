"""`archiver duplicates` and `archiver merge`."""

from __future__ import annotations

import json

import pytest

from tests.support.articles import article_page
from tests.support.servers import Response, Server, serve


@pytest.fixture
def town():
    """A site that has one article at two addresses that say nothing of each other, and one of another kind."""
    routes = {
        "/harbour": Response(article_page()),
        "/copy": Response(article_page(publisher="The Inland Review")),
        "/moved": Response("", status=301, headers=(("Location", "/harbour"),)),
        "/amp/harbour": Response(article_page().replace("<head>", '<head><link rel="canonical" href="/harbour">')),
    }
    with serve(routes) as server:
        yield server


def ids(archiver):
    return archiver("list", "--sort", "host", "--format", "ids").out.split()


@pytest.fixture
def doubled(archiver, town: Server):
    assert archiver("fetch", town.url("/harbour"), town.url("/copy")).code == 0
    assert len(ids(archiver)) == 2
    return archiver


def test_the_same_text_at_another_address_is_a_candidate(doubled, town):
    (found,) = json.loads(doubled("duplicates", "--json").out)
    assert found["reasons"] == ["text"]
    assert found["likeness"] == 1.0
    assert {found["url"], found["other_url"]} == {town.url("/harbour"), town.url("/copy")}


def test_other_texts_are_none(archiver, site):
    archiver("fetch", site.url("/harbour"))
    ran = archiver("duplicates", "--json")
    assert (ran.code, json.loads(ran.out)) == (0, [])


def test_ids_are_pairs_for_merge(doubled):
    first, second = doubled("duplicates", "--format", "ids").out.split()
    ran = doubled("merge", first, second, "--yes")
    assert ran.code == 0, ran.err
    assert ids(doubled) == [first]
    assert json.loads(doubled("duplicates", "--json").out) == []


def test_only_those_of_an_article(doubled, town):
    assert len(json.loads(doubled("duplicates", town.url("/copy"), "--json").out)) == 1
    assert doubled("duplicates", "https://example.org/none").code == 4


def test_after_a_merge_both_addresses_and_ids_find_the_one(doubled, town):
    kept, other = town.url("/harbour"), town.url("/copy")
    other_id = json.loads(doubled("show", other, "--format", "json").out)["id"]
    assert doubled("merge", kept, other, "--yes").code == 0
    (kept_id,) = ids(doubled)
    for name in (kept, other, kept_id, other_id, other_id[:6]):
        assert json.loads(doubled("show", name, "--format", "json").out)["id"] == kept_id
    assert doubled("merge", kept, other, "--yes").err == f"{kept_id[:10]} is one article already\n"


def test_fetching_what_was_joined_makes_no_new_article(doubled, town):
    doubled("merge", town.url("/harbour"), town.url("/copy"), "--yes")
    ran = doubled("fetch", town.url("/copy"))
    assert ran.code == 0, ran.err
    assert len(ids(doubled)) == 1
    assert doubled("fetch", town.url("/harbour")).code == 0
    assert json.loads(doubled("list", "--json").out)[0]["publisher"] == "The Coast Review"


def test_remarks_are_united(doubled, town):
    kept, other = town.url("/harbour"), town.url("/copy")
    doubled("tag", kept, "coast")
    doubled("note", kept, "Mine.")
    doubled("tag", other, "inland")
    doubled("note", other, "Also mine.")
    doubled("star", other)
    doubled("merge", kept, other, "--yes")
    (row,) = json.loads(doubled("list", "--json").out)
    assert (row["labels"], row["starred"], row["note"]) == (["coast", "inland"], True, "Mine.\n\nAlso mine.")


def test_it_asks_and_dry_run_changes_nothing(doubled, town):
    ran = doubled("merge", town.url("/harbour"), town.url("/copy"))
    assert (ran.code, len(ids(doubled))) == (2, 2)
    ran = doubled("merge", town.url("/harbour"), town.url("/copy"), "--dry-run")
    assert (ran.code, len(ids(doubled))) == (0, 2)
    assert [line.split()[0] for line in ran.out.splitlines()] == ["keep", "join"]


def test_removing_what_was_joined_leaves_nothing(doubled, town, archive):
    doubled("merge", town.url("/harbour"), town.url("/copy"), "--yes")
    assert doubled("remove", town.url("/copy"), "--yes").code == 0
    left = [path for top in ("articles", "versions", "captures", "remarks", "aliases") for path in (archive / top).rglob("*")]
    assert [path for path in left if path.is_file()] == []


def test_a_redirect_is_found_though_its_target_was_archived_first(archiver, town):
    archiver("fetch", town.url("/harbour"))
    assert archiver("show", town.url("/moved")).code == 4
    assert archiver("fetch", town.url("/moved")).code == 0
    assert archiver("show", town.url("/moved")).code == 0
    assert len(ids(archiver)) == 1


def test_a_copy_that_names_its_original_is_no_new_article(archiver, town):
    archiver("fetch", town.url("/harbour"))
    ran = archiver("fetch", town.url("/amp/harbour"))
    assert ran.code == 0, ran.err
    (article_id,) = ids(archiver)
    assert json.loads(archiver("show", town.url("/amp/harbour"), "--format", "json").out)["id"] == article_id
