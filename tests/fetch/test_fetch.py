"""The whole walk, against servers on loopback."""

from __future__ import annotations

import dataclasses
import signal
import socket
import threading
from datetime import UTC, datetime

import pytest

from archiver.capture import header
from archiver.errors import (
    AddressRefused,
    EmptyPage,
    HttpStatus,
    InvalidUrl,
    NameNotFound,
    NotHtml,
    RedirectRefused,
    TooLarge,
)
from archiver.fetch import fetch
from tests.support.servers import Connection, Response, head, redirect, serve, serve_raw, tls_context

STORY = b"<!doctype html><title>A story</title><p>Once."
PAGE = Response(STORY)


class TestCapture:
    def test_holds_the_page_and_how_it_came(self, settings):
        before = datetime.now(UTC)
        page = Response(STORY, headers=(("ETag", '"1"'), ("X-Twice", "a"), ("X-Twice", "b")))
        with serve({"/story": page}) as site:
            capture = fetch(site.url("/story"), settings)
        assert capture.payload == capture.final.body == STORY
        assert capture.requested_url == capture.final_url == site.url("/story")
        assert capture.media_type == "text/html"
        assert (capture.final.status, capture.final.reason, capture.final.http_version) == (200, "OK", "HTTP/1.1")
        assert [value for key, value in capture.final.headers if key == "X-Twice"] == ["a", "b"]
        assert header(capture.final.headers, "etag") == '"1"'
        assert capture.final.peer == "127.0.0.1"
        assert before <= capture.final.started_at <= datetime.now(UTC)
        assert not capture.final.truncated
        assert not capture.downgraded

    def test_holds_the_request_as_sent(self, settings):
        with serve({"/": PAGE}) as site:
            capture = fetch(site.url(), settings)
        assert {key.lower(): value for key, value in capture.final.request_headers} == site.requests[0].headers
        assert header(capture.final.request_headers, "User-Agent") == settings.user_agent

    def test_holds_every_redirect(self, settings):
        with serve({"/a": redirect("b", 301), "/b": redirect("/c?d=e#f", 307), "/c": PAGE}) as site:
            capture = fetch(site.url("/a"), settings)
        assert [(hop.status, hop.url) for hop in capture.exchanges] == [
            (301, site.url("/a")),
            (307, site.url("/b")),
            (200, site.url("/c?d=e")),
        ]
        assert capture.requested_url == site.url("/a")
        assert capture.final_url == site.url("/c?d=e")

    def test_tells_of_a_redirect_from_https_to_http(self, settings, trusted):
        with serve({"/": PAGE}) as plain:
            routes = {"/": redirect(plain.url(), 302, ("Set-Cookie", "seen=1"))}
            with serve(routes, tls=tls_context(trusted, "127.0.0.1")) as secure:
                capture = fetch(secure.url(), settings)
        assert capture.downgraded
        assert plain.requests[0].header("Cookie") is None


class TestErrors:
    def test_invalid_url(self, settings):
        with pytest.raises(InvalidUrl):
            fetch("ftp://example.org/", settings)

    def test_unknown_host(self, settings, monkeypatch):
        def getaddrinfo(*_args, **_options):
            raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

        monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)
        with pytest.raises(NameNotFound, match=r"^http://nowhere\.example/: no such host \(check the host name\)$"):
            fetch("http://nowhere.example/", settings)

    def test_status_names_the_url(self, settings):
        with serve({}) as site, pytest.raises(HttpStatus) as raised:
            fetch(site.url("/gone"), settings)
        assert raised.value.subject == site.url("/gone")
        assert raised.value.status == 404

    def test_after_a_redirect_names_the_typed_url_and_where_it_led(self, settings):
        with serve({"/a": redirect("/b")}) as site, pytest.raises(HttpStatus) as raised:
            fetch(site.url("/a"), settings)
        assert str(raised.value) == (
            f"{site.url('/a')}: redirected to {site.url('/b')}: the host answered 404 Not Found (check the address)"
        )

    @pytest.mark.parametrize("status", [204, 205])
    def test_status_without_a_page(self, settings, status):
        with serve({"/": Response(status=status)}) as site, pytest.raises(EmptyPage):
            fetch(site.url(), settings)

    def test_no_bytes(self, settings):
        with serve({"/": Response()}) as site, pytest.raises(EmptyPage):
            fetch(site.url(), settings)

    def test_too_large(self, settings):
        small = dataclasses.replace(settings, max_bytes=1000)
        with serve({"/": Response("<p>" + "x" * 2000)}) as site, pytest.raises(TooLarge, match="larger than 1000 bytes"):
            fetch(site.url(), small)

    def test_another_type_is_not_read(self, settings):
        def send_film(connection: Connection) -> None:
            connection.read_request()
            connection.send(head("HTTP/1.1 200 OK", "Content-Type: video/mp4", "Content-Length: 3000000000"))
            connection.flood(b"x" * 65536)

        with serve_raw(send_film) as site, pytest.raises(NotHtml, match="video/mp4"):
            fetch(site.url("/film.html"), settings)

    def test_another_type_under_a_false_name_is_hardly_read(self, settings):
        sent = []

        def send_film(connection: Connection) -> None:
            connection.read_request()
            connection.send(head("HTTP/1.1 200 OK", "Content-Type: text/html"))
            connection.socket.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 16384)
            connection.send(b"\x00\x00\x00\x18ftypmp42" + b"x" * 4096)
            while not connection.wait(0):
                connection.send(b"x" * 65536)
                sent.append(65536)

        with serve_raw(send_film) as site, pytest.raises(NotHtml, match="video/mp4, though sent as text/html"):
            fetch(site.url("/film.html"), settings)
        assert sum(sent) < 10_000_000  # what the kernels' buffers take

    def test_an_interrupt_gets_through(self, settings):
        def interrupt(connection: Connection) -> None:
            connection.read_request()
            main = threading.main_thread().ident
            assert main is not None
            signal.pthread_kill(main, signal.SIGINT)
            connection.wait()

        with serve_raw(interrupt) as site, pytest.raises(KeyboardInterrupt):
            fetch(site.url(), settings)


class TestRedirects:
    def test_loop(self, settings):
        with serve({"/a": redirect("/b"), "/b": redirect("/a")}) as site, pytest.raises(RedirectRefused, match="loop"):
            fetch(site.url("/a"), settings)
        assert site.targets == ["/a", "/b"]

    def test_too_many(self, settings):
        routes = {f"/{n}": redirect(f"/{n + 1}") for n in range(30)}
        with serve(routes) as site, pytest.raises(RedirectRefused, match=r"to \S+/10: more than 10 redirects"):
            fetch(site.url("/0"), settings)
        assert len(site.requests) == 11

    def test_a_cookie_set_on_the_way_is_given_back(self, settings):
        def story(request):
            return PAGE if request.header("Cookie") == "seen=1" else redirect("/story", 302, ("Set-Cookie", "seen=1; Path=/"))

        with serve({"/story": story}) as site:
            capture = fetch(site.url("/story"), settings)
        assert [hop.status for hop in capture.exchanges] == [302, 200]
        assert not any(header(hop.request_headers, "Cookie") for hop in capture.exchanges)

    @pytest.mark.parametrize("target", ["file:///etc/passwd", "ftp://example.org/", "data:text/html,x", "gopher://127.0.0.1/"])
    def test_to_another_scheme(self, settings, target):
        with serve({"/": redirect(target)}) as site, pytest.raises(RedirectRefused, match=target.partition(":")[0]):
            fetch(site.url(), settings)

    def test_the_body_of_a_redirect_is_bounded(self, settings):
        def send(connection: Connection) -> None:
            if connection.read_request().target == "/story":
                connection.send(PAGE.to_bytes())
                return
            connection.send(head("HTTP/1.1 302 Found", "Location: /story"))
            connection.flood(b"x" * 65536)

        with serve_raw(send) as site:
            capture = fetch(site.url(), settings)
        moved = capture.exchanges[0]
        assert len(moved.body) == 65536
        assert moved.truncated == "length"
        assert capture.payload == STORY

    def test_a_redirect_whose_body_breaks_off_is_followed(self, settings):
        moved = Response("Moved", status=302, headers=(("Location", "/story"), ("Content-Length", "100")))
        with serve({"/": moved, "/story": PAGE}) as site:
            capture = fetch(site.url(), settings)
        assert capture.exchanges[0].truncated == "disconnect"

    def test_a_redirect_whose_body_does_not_come_is_followed(self, settings):
        def send(connection: Connection) -> None:
            if connection.read_request().target == "/story":
                connection.send(PAGE.to_bytes())
                return
            connection.send(head("HTTP/1.1 302 Found", "Location: /story", "Content-Length: 100") + b"Moved")
            connection.wait()

        with serve_raw(send) as site:
            capture = fetch(site.url(), dataclasses.replace(settings, idle_seconds=0.2))
        assert (capture.exchanges[0].truncated, capture.exchanges[0].body) == ("time", b"Moved")

    def test_without_a_location_is_an_error(self, settings):
        with serve({"/": Response(status=302)}) as site, pytest.raises(HttpStatus, match="302 Found"):
            fetch(site.url(), settings)


class TestPrivateAddresses:
    def test_the_typed_host_is_trusted(self, settings):
        with serve({"/": PAGE}, address="127.0.0.3") as site:
            assert fetch(site.url(), settings).final.peer == "127.0.0.3"

    def test_the_typed_host_is_trusted_at_another_port(self, settings):
        with serve({"/": PAGE}) as target, serve({"/": redirect(target.url())}) as site:
            assert fetch(site.url(), settings).final_url == target.url()

    def test_a_redirect_to_another_address_of_this_machine_is_refused(self, settings):
        with (
            serve({"/": PAGE}, address="127.0.0.2") as secret,
            serve({"/": redirect(secret.url())}) as site,
            pytest.raises(AddressRefused, match=r"127\.0\.0\.2 is a loopback address"),
        ):
            fetch(site.url(), settings)
        assert secret.received == []

    def test_a_redirect_to_a_name_of_a_private_address_is_refused(self, settings, name):
        name("site.example", "127.0.0.1")
        name("other.example", "127.0.0.2")
        with (
            serve({"/": PAGE}, address="127.0.0.2", name="other.example") as secret,
            serve({"/": redirect(secret.url())}, name="site.example") as site,
            pytest.raises(AddressRefused, match=r"other\.example \(127\.0\.0\.2\) is a loopback address"),
        ):
            fetch(site.url(), settings)
        assert secret.received == []

    @pytest.mark.parametrize("allowed", ["other.example", "example", "127.0.0.2", "127.0.0.0/8"])
    def test_the_settings_open_hosts_and_networks(self, settings, name, allowed):
        name("site.example", "127.0.0.1")
        name("other.example", "127.0.0.2")
        opened = dataclasses.replace(settings, allow_private=(allowed,))
        with (
            serve({"/": PAGE}, address="127.0.0.2", name="other.example") as target,
            serve({"/": redirect(target.url())}, name="site.example") as site,
        ):
            assert fetch(site.url(), opened).final_url == target.url()


class TestSecrets:
    def test_a_typed_password_goes_to_its_origin_and_is_not_kept(self, settings):
        with serve({"/": PAGE}) as site:
            capture = fetch(site.url(credentials="ann:s%20crét"), settings)
        assert site.requests[0].header("Authorization") == "Basic YW5uOnMgY3LDqXQ="
        assert "ann" not in repr(capture)
        assert "Authorization" not in repr(capture)

    def test_a_typed_password_is_not_in_an_error(self, settings):
        with serve({}) as site, pytest.raises(HttpStatus) as raised:
            fetch(site.url(credentials="ann:secret"), settings)
        assert raised.value.subject == site.url()

    def test_nothing_secret_crosses_to_another_host(self, settings, name):
        opened = dataclasses.replace(settings, allow_private=("other.example",))
        name("other.example", "127.0.0.1")
        with (
            serve({"/": PAGE}, name="other.example") as target,
            serve({"/": redirect(target.url(), 302, ("Set-Cookie", "seen=1"))}) as site,
        ):
            fetch(site.url(credentials="ann:secret"), opened)
        assert site.requests[0].header("Authorization")
        assert target.requests[0].header("Authorization") is None
        assert target.requests[0].header("Cookie") is None

    def test_a_typed_password_does_not_cross_to_another_port(self, settings):
        with serve({"/": PAGE}) as target, serve({"/": redirect(target.url())}) as site:
            fetch(site.url(credentials="ann:secret"), settings)
        assert target.requests[0].header("Authorization") is None

    def test_credentials_that_a_redirect_names_are_dropped(self, settings):
        with serve({"/b": PAGE}) as site:
            location = site.url("/b", credentials="ann:secret")
            with serve({"/": redirect(location)}) as first:
                assert fetch(first.url(), settings).final_url == site.url("/b")
        assert site.requests[0].header("Authorization") is None

    def test_netrc_is_not_read(self, settings, tmp_path, monkeypatch):
        (tmp_path / ".netrc").write_text("machine 127.0.0.1 login ann password secret\n")
        (tmp_path / ".netrc").chmod(0o600)
        monkeypatch.setenv("HOME", str(tmp_path))
        monkeypatch.setenv("NETRC", str(tmp_path / ".netrc"))
        with serve({"/": PAGE}) as site:
            fetch(site.url(), settings)
        assert site.requests[0].header("Authorization") is None
