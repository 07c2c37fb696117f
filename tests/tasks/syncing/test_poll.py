"""One feed asked."""

from __future__ import annotations

from datetime import timedelta

import pytest

from archiver.capture import Validators
from archiver.errors import AddressRefused, FetchError, NotAFeed
from archiver.settings import Settings
from archiver.tasks.syncing import poll as polling
from archiver.tasks.syncing.poll import poll
from tests.support.feeds import RSS, feed_site, item, rss
from tests.support.servers import Response, redirect, serve


@pytest.fixture
def settings(tmp_path):
    return Settings(home=tmp_path, timeout_seconds=5)


def test_a_feed_and_its_validators(settings):
    with feed_site("a") as site:
        first = poll(site.url(), settings)
        assert first.feed is not None
        assert len(first.feed.entries) == 1
        second = poll(site.url(), settings, validators=first.validators)
    assert second.feed is None
    assert second.validators == first.validators


@pytest.mark.parametrize("etag", ["x" * 2000, "caf\xe9", ""])
def test_a_validator_that_cannot_be_sent_back_is_none(settings, etag):
    with serve({"/f": Response(rss(), headers=(("ETag", etag),))}) as site:
        assert poll(site.url("/f"), settings).validators.etag is None


@pytest.mark.parametrize(
    ("said", "seconds"), [("max-age=90", 90), ("public, Max-Age = 90", 90), ("no-cache", None), ("max-age=x", None)]
)
def test_how_long_it_stays_as_it_is(settings, said, seconds):
    with serve({"/f": Response(rss(), headers=(("Cache-Control", said),))}) as site:
        assert poll(site.url("/f"), settings).max_age == (None if seconds is None else timedelta(seconds=seconds))


def test_the_charset_of_http_counts(settings):
    feed = rss(item("/a", title="Łódź")).partition("?>")[2].encode("iso-8859-2")
    with serve({"/f": Response(feed, content_type=f"{RSS}; charset=iso-8859-2")}) as site:
        answer = poll(site.url("/f"), settings)
    assert answer.feed is not None
    assert answer.feed.entries[0].title == "Łódź"


def test_only_a_way_that_is_permanent_throughout_is_a_move(settings):
    routes = {
        "/old": redirect("/f", 301),
        "/older": redirect("/old", 308),
        "/mixed": redirect("/old", 302),
        "/f": Response(rss()),
    }
    with serve(routes) as site:
        assert poll(site.url("/older"), settings).moved_to == site.url("/f")
        assert poll(site.url("/mixed"), settings).moved_to is None
        assert poll(site.url("/f"), settings).moved_to is None


def test_what_is_no_feed_names_the_address(settings):
    with serve({"/f": Response("<p>Log in")}) as site, pytest.raises(NotAFeed) as raised:
        poll(site.url("/f"), settings)
    assert raised.value.subject == site.url("/f")


def index(site, *paths):
    return Response(
        f"<sitemapindex>{''.join(f'<sitemap><loc>{site.url(path)}</loc></sitemap>' for path in paths)}</sitemapindex>"
    )


def sitemap(number):
    return Response(f"<urlset><url><loc>/p{number}</loc></url></urlset>", headers=(("ETag", '"s"'),))


def test_an_index_gives_the_pages_of_its_sitemaps_and_no_validators(settings):
    with feed_site() as site:
        site.routes |= {"/i": index(site, "/1", "/2", "/i", "/1"), "/1": sitemap(1), "/2": sitemap(2)}
        answer = poll(site.url("/i"), settings)
        assert answer.feed is not None
        assert sorted(str(entry.link) for entry in answer.feed.entries) == [site.url("/p1"), site.url("/p2")]
        assert site.asked() == ["/1", "/2", "/i"]
    assert answer.validators == Validators()


def test_an_index_is_not_read_without_end(settings, monkeypatch):
    monkeypatch.setattr(polling, "MAX_SITEMAPS", 3)
    with feed_site() as site:
        site.routes |= {f"/{number}": sitemap(number) for number in range(9)}
        site.routes |= {"/i": index(site, *(f"/{number}" for number in range(9)))}
        answer = poll(site.url("/i"), settings)
        assert len(site.asked()) == 4
    assert answer.feed is not None
    assert "6 of its sitemaps were not read" in answer.feed.problems[0]


def test_an_index_of_indexes_has_a_bottom(settings):
    with feed_site() as site:
        site.routes |= {f"/i{number}": index(site, f"/i{number + 1}") for number in range(9)}
        answer = poll(site.url("/i0"), settings)
        assert len(site.asked()) == 3
    assert answer.feed is not None
    assert "not read" in answer.feed.problems[0]


def test_an_index_leads_to_no_private_place(settings):
    with feed_site(address="127.0.0.2") as other, feed_site() as site:
        site.routes |= {"/i": Response(f"<sitemapindex><sitemap><loc>{other.url('/1')}</loc></sitemap></sitemapindex>")}
        with pytest.raises(AddressRefused):
            poll(site.url("/i"), settings)
        assert other.asked() == []


def test_a_host_that_fails_is_a_failure(settings):
    with serve({"/f": Response(status=500)}) as site, pytest.raises(FetchError):
        poll(site.url("/f"), settings)
