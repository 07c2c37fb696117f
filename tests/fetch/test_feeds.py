"""Fetching feeds: conditional requests, any media type."""

from __future__ import annotations

import pytest

from archiver.capture import Validators
from archiver.errors import AddressRefused, HttpStatus, TooLarge
from archiver.fetch import fetch, fetch_feed
from tests.support.servers import Response, redirect, serve

FEED = Response("<rss/>", content_type="application/octet-stream", headers=(("ETag", 'W/"1"'),))
BOUND = 1000


def test_a_feed_comes_whatever_its_media_type(settings):
    with serve({"/feed": FEED}) as site:
        capture = fetch_feed(site.url("/feed"), settings, max_bytes=BOUND)
    assert capture.payload == b"<rss/>"
    assert "rss" in (site.requests[0].header("Accept") or "")
    assert site.requests[0].header("If-None-Match") is None


def test_validators_are_sent_as_they_came_and_an_unchanged_feed_has_no_bytes(settings):
    with serve({"/feed": Response(status=304)}) as site:
        capture = fetch_feed(
            site.url("/feed"), settings, max_bytes=BOUND, validators=Validators('W/"1"', "Tue, 10 Mar 2026 10:00:00 GMT")
        )
    assert (capture.final.status, capture.payload) == (304, b"")
    assert site.requests[0].header("If-None-Match") == 'W/"1"'
    assert site.requests[0].header("If-Modified-Since") == "Tue, 10 Mar 2026 10:00:00 GMT"


def test_unchanged_to_somebody_who_did_not_ask_is_an_error(settings):
    with serve({"/feed": Response(status=304)}) as site, pytest.raises(HttpStatus) as raised:
        fetch_feed(site.url("/feed"), settings, max_bytes=BOUND)
    assert raised.value.status == 304


def test_redirects_are_followed_and_told(settings):
    with serve({"/old": redirect("/feed", 301), "/feed": FEED}) as site:
        capture = fetch_feed(site.url("/old"), settings, max_bytes=BOUND)
    assert [exchange.status for exchange in capture.exchanges] == [301, 200]
    assert capture.final_url == site.url("/feed")


def test_a_feed_has_a_bound_of_its_own(settings):
    with serve({"/feed": Response(b"x" * (BOUND + 1))}) as site, pytest.raises(TooLarge):
        fetch_feed(site.url("/feed"), settings, max_bytes=BOUND)


def test_how_long_to_wait_is_told(settings):
    with serve({"/feed": Response(status=503, headers=(("Retry-After", "120"),))}) as site, pytest.raises(HttpStatus) as raised:
        fetch_feed(site.url("/feed"), settings, max_bytes=BOUND)
    assert raised.value.retry_after_seconds == 120


def test_an_address_that_stood_in_a_document_is_not_trusted(settings):
    with serve({"/feed": FEED}) as site:
        with pytest.raises(AddressRefused):
            fetch_feed(site.url("/feed"), settings, max_bytes=BOUND, trusted_host="quay.example")
        with pytest.raises(AddressRefused):
            fetch(site.url("/feed"), settings, trusted_host="quay.example")
        fetch_feed(site.url("/feed"), settings, max_bytes=BOUND, trusted_host="127.0.0.1")
    assert len(site.requests) == 1
