"""What a look at a page says about the article we hold; seen through fetch, sync, list, show and the published feed."""

from __future__ import annotations

import json

import pytest

from tests.cli.conftest import archive, archiver
from tests.support.articles import article_page
from tests.support.servers import Response, serve

__all__ = ["archive", "archiver"]

ERROR_PAGE = "<html><head><title>404 Not Found</title></head><body><h1>Page not found</h1><p>Sorry.</p></body></html>"


@pytest.fixture
def changing(archiver):
    """A site whose page may be changed, archived once."""
    routes = {"/a": Response(article_page())}
    with serve(routes) as site:
        assert archiver("fetch", site.url("/a")).code == 0
        yield site, routes


def sightings(archive):
    return [one for file in archive.glob("sightings/*/*.json") for one in json.loads(file.read_text())["sightings"]]


def gone_since(archiver):
    return [row["gone_since"] for row in json.loads(archiver("list", "--json").out)]


@pytest.mark.parametrize("status", [404, 410, 451])
def test_a_page_that_is_gone_is_noted(archiver, archive, changing, status):
    site, routes = changing
    routes["/a"] = Response("gone", status=status)
    assert archiver("fetch", site.url("/a")).code == 1
    (only,) = sightings(archive)
    assert (only["kind"], only["status"], only["ended_at"]) == ("gone", status, None)
    assert gone_since(archiver) == [only["first_at"]]
    assert "[gone] How the Old Harbour" in archiver("list", "--format", "table").out
    shown = archiver("show", site.url("/a"), "--format", "terminal").out
    assert f"Gone from the web since {only['first_at'][:10]}" in shown
    assert "oak piles" in shown


@pytest.mark.parametrize("status", [403, 429, 500, 503])
def test_a_host_that_is_ill_says_nothing_about_the_page(archiver, archive, changing, status):
    site, routes = changing
    routes["/a"] = Response("no", status=status)
    archiver("fetch", site.url("/a"))
    assert sightings(archive) == []


def test_a_page_that_was_never_archived_leaves_nothing(archiver, archive, changing):
    site, routes = changing
    routes["/b"] = Response("gone", status=404)
    archiver("fetch", site.url("/b"))
    assert not (archive / "sightings").exists()


@pytest.mark.parametrize("page", [article_page(), article_page("Rebuilt")], ids=["unchanged", "changed"])
def test_a_page_that_is_back_ends_it(archiver, archive, changing, page):
    site, routes = changing
    routes["/a"] = Response("gone", status=404)
    archiver("fetch", site.url("/a"))
    routes["/a"] = Response(page)
    assert archiver("fetch", site.url("/a")).code == 0
    (only,) = sightings(archive)
    assert only["ended_at"] is not None
    assert gone_since(archiver) == [None]


def test_an_error_page_is_noted_each_time_it_stands_there(archiver, archive, changing):
    site, routes = changing
    routes["/a"] = Response(ERROR_PAGE)
    archiver("fetch", site.url("/a"))
    archiver("fetch", site.url("/a"))
    (only,) = sightings(archive)
    assert (only["kind"], only["status"], only["verdict"]) == ("worse", 200, "error")
    assert gone_since(archiver) == [only["first_at"]]
    assert len(list(archive.glob("versions/*/*.json"))) == 1


def test_another_page_in_its_place_is_worse_and_not_gone(archiver, archive, changing):
    site, routes = changing
    routes["/a"] = Response("<html><body><h1>Soon</h1><p>We are moving.</p></body></html>")
    archiver("fetch", site.url("/a"))
    assert [one["verdict"] for one in sightings(archive)] == ["thin"]
    assert gone_since(archiver) == [None]


def test_an_address_that_led_to_the_article_may_end_without_it(archiver, archive, changing):
    site, routes = changing
    routes["/short"] = Response("", status=301, headers=(("Location", "/a"),))
    archiver("fetch", site.url("/short"))
    routes["/short"] = Response("gone", status=404)
    archiver("fetch", site.url("/short"))
    assert sightings(archive) == []


def test_an_article_that_is_gone_is_noted_by_whatever_address_it_was_asked_for(archiver, archive, changing):
    site, routes = changing
    routes["/short"] = Response("", status=301, headers=(("Location", "/a"),))
    routes["/a"] = Response("gone", status=404)
    archiver("fetch", site.url("/short"))
    assert [one["status"] for one in sightings(archive)] == [404]


def test_a_damaged_file_of_sightings_stays_as_it_is(archiver, archive, changing):
    site, routes = changing
    routes["/a"] = Response("gone", status=404)
    archiver("fetch", site.url("/a"))
    (file,) = archive.glob("sightings/*/*.json")
    file.write_text("{")
    ran = archiver("fetch", site.url("/a"))
    assert (ran.code, ran.err.count("\n")) == (1, 1)
    assert "404" in ran.err
    assert file.read_text() == "{"


def test_history_tells_when_it_was_gone_and_back(archiver, changing):
    site, routes = changing
    routes["/a"] = Response("gone", status=410)
    archiver("fetch", site.url("/a"))
    events = json.loads(archiver("history", site.url("/a"), "--json").out)
    assert [(event["kind"], event["note"], event["until"]) for event in events] == [
        ("first", None, None),
        ("gone", "HTTP 410", None),
    ]
    routes["/a"] = Response(article_page())
    archiver("fetch", site.url("/a"))
    assert [event["kind"] for event in json.loads(archiver("history", site.url("/a"), "--json").out)] == [
        "first",
        "gone",
        "back",
    ]
