"""`archiver feed publish`: the archive as a feed."""

from __future__ import annotations

import time

import pytest

from archiver import feeds
from tests.support.articles import article_page
from tests.support.servers import Response, serve

GONE = "<html><head><title>404 Not Found</title></head><body><h1>Page not found</h1><p>Sorry.</p></body></html>"


@pytest.fixture
def changing(archiver):
    """A site whose article may be changed, archived once."""
    routes = {"/a": Response(article_page("Old harbour & quay"))}
    with serve(routes) as site:
        assert archiver("fetch", site.url("/a")).code == 0
        yield site, routes


def published(archiver, *arguments):
    ran = archiver("feed", "publish", *arguments)
    assert ran.code == 0, ran.err
    return ran.out.encode()


def entries(document):
    return feeds.parse(document, "https://me.example/archive.atom").entries


def test_what_was_gained_stands_there_with_its_text(archiver, changing):
    site, _ = changing
    (entry,) = entries(published(archiver))
    assert entry.title == "Old harbour & quay"
    assert entry.link == site.url("/a")
    assert entry.categories == ("new",)
    assert entry.authors == ("Ana de la Cruz",)
    assert entry.content is not None
    assert "<p>" in entry.content
    assert "oak piles" in entry.content


def test_what_changed_is_said(archiver, changing):
    site, routes = changing
    routes["/a"] = Response(article_page("New harbour", body="<p>Correction: the wall stood on pine piles.</p>"))
    archiver("fetch", site.url("/a"))
    (entry,) = entries(published(archiver))
    assert entry.title == "[changed] New harbour"
    assert entry.content is not None
    assert "title: Old harbour &amp; quay → New harbour" in entry.content
    assert "new: Correction: the wall stood on pine piles." in entry.content


@pytest.mark.parametrize(
    ("answer", "code"),
    [(Response(GONE), 6), (Response(GONE, status=404), 1), (Response(GONE, status=410), 1)],
    ids=["error page", "404", "410"],
)
def test_what_is_gone_from_the_web_is_said_until_it_is_back(archiver, changing, answer, code):
    site, routes = changing
    routes["/a"] = answer
    time.sleep(1.1)  # times of fetching are whole seconds
    assert archiver("fetch", site.url("/a")).code == code
    gone = entries(published(archiver))[0]
    assert gone.title == "[vanished] Old harbour & quay"
    assert gone.link == site.url("/a")
    assert published(archiver) == published(archiver)
    routes["/a"] = Response(article_page("Old harbour & quay"))
    archiver("fetch", site.url("/a"))
    assert [entry.categories for entry in entries(published(archiver))] == [("new",)]


def test_the_same_archive_gives_the_same_bytes(archiver, changing):
    assert published(archiver) == published(archiver)


def test_no_more_than_the_limit(archiver, site):
    archiver("fetch", site.url("/harbour"), site.url("/lighthouse"))
    assert len(entries(published(archiver, "--limit", "1"))) == 1
    assert len(entries(published(archiver))) == 2


def test_an_empty_archive_is_an_empty_feed(archiver, archive):
    document = published(archiver)
    assert b"<updated>1970-01-01T00:00:00Z</updated>" in document
    assert not archive.exists()


def test_it_goes_into_a_file(archiver, changing, tmp_path):
    published(archiver, "--output", tmp_path / "a.atom")
    assert (tmp_path / "a.atom").read_bytes() == published(archiver)


def test_characters_that_xml_cannot_hold_do_no_harm(archiver):
    with serve({"/a": Response(article_page("Bell &#8; and &#xFFFF; title"))}) as site:
        archiver("fetch", site.url("/a"))
    assert len(entries(published(archiver))) == 1


def test_an_edit_is_told_once_though_a_worse_page_came_after_it(archiver, changing):
    site, routes = changing
    for page in (article_page("New harbour"), GONE):
        time.sleep(1.1)
        routes["/a"] = Response(page)
        archiver("fetch", site.url("/a"))
    found = entries(published(archiver))
    assert [entry.categories for entry in found] == [("vanished",), ("changed",)]
    assert "title: Old harbour &amp; quay → New harbour" in str(found[1].content)
