"""Bodies and their bounds, as servers send them."""

from __future__ import annotations

import dataclasses
import gzip
from typing import TYPE_CHECKING

import pytest

from archiver.errors import BadResponse, TooLarge
from archiver.fetch import fetch
from tests.fetch.test_decoding import bomb
from tests.support.servers import Connection, Handler, Response, head, reply, serve, serve_raw

if TYPE_CHECKING:
    from archiver.capture import Capture
    from archiver.settings import Settings

PAGE = b"<p>Once upon a time.</p>" * 100


def fetched(handler: Handler, settings: Settings) -> Capture:
    with serve_raw(handler) as site:
        return fetch(site.url(), settings)


class TestCompression:
    def test_is_offered_undone_and_kept(self, settings):
        page = Response(gzip.compress(PAGE), headers=(("Content-Encoding", "gzip"),))
        with serve({"/": page}) as site:
            capture = fetch(site.url(), settings)
        assert site.requests[0].header("Accept-Encoding") == "gzip, deflate"
        assert capture.payload == PAGE
        assert capture.final.body == page.body

    def test_plain_bytes_under_its_name_are_taken_as_they_are(self, settings):
        assert fetched(reply("Content-Encoding: gzip", body=PAGE), settings).payload == PAGE

    def test_cut_short_without_a_length(self, settings):
        with pytest.raises(BadResponse, match="cut short"):
            fetched(reply("Content-Encoding: gzip", body=gzip.compress(PAGE)[:50]), settings)

    @pytest.mark.parametrize("coding", ["br", "deflate, gzip, gzip"])
    def test_refused_before_reading(self, settings, coding):
        with pytest.raises(BadResponse):
            fetched(reply(f"Content-Encoding: {coding}", body=PAGE), settings)


class TestBounds:
    def test_a_bomb(self, settings):
        with pytest.raises(TooLarge, match="larger than 20 MB"):
            fetched(reply("Content-Encoding: gzip", body=bomb(100)), settings)

    def test_a_bomb_in_the_body_of_a_redirect(self, settings):
        def explode(connection: Connection) -> None:
            if connection.read_request().target == "/story":
                connection.send(Response(PAGE).to_bytes())
            else:
                connection.send(head("HTTP/1.1 302 Found", "Location: /story", "Content-Encoding: gzip") + bomb(100))

        capture = fetched(explode, settings)
        assert capture.payload == PAGE
        assert capture.exchanges[0].truncated == "length"

    def test_no_end(self, settings):
        def never_end(connection: Connection) -> None:
            connection.read_request()
            connection.send(head("HTTP/1.1 200 OK", "Content-Type: text/html"))
            connection.flood(PAGE)

        with pytest.raises(TooLarge):
            fetched(never_end, dataclasses.replace(settings, max_bytes=1_000_000))

    def test_compressed_bytes_count_as_well(self, settings):
        """Members that come to nothing, one after the other."""
        body = gzip.compress(b"") * 5000
        with pytest.raises(TooLarge):
            fetched(reply("Content-Encoding: gzip", body=body), dataclasses.replace(settings, max_bytes=50_000))

    def test_exactly_as_large_as_allowed(self, settings):
        assert fetched(reply(body=PAGE), dataclasses.replace(settings, max_bytes=len(PAGE))).payload == PAGE
