"""TLS, proxies, and the shape of the request."""

from __future__ import annotations

import dataclasses
from datetime import UTC, datetime, timedelta

import pytest
import trustme

from archiver.errors import AddressRefused, ConnectionFailed, InvalidInput, TlsFailed
from archiver.fetch import fetch
from tests.support.servers import Connection, Response, redirect, serve, serve_raw, tls_context

PAGE = Response("<p>Once")


class TestTls:
    def test_a_trusted_authority(self, settings, trusted):
        with serve({"/": PAGE}, tls=tls_context(trusted, "127.0.0.1")) as site:
            assert fetch(site.url(), settings).payload == b"<p>Once"

    def test_an_unknown_authority(self, settings, authority):
        with (
            serve({"/": PAGE}, tls=tls_context(authority, "127.0.0.1")) as site,
            pytest.raises(TlsFailed, match=r"an authority that is not known here \(.*REQUESTS_CA_BUNDLE"),
        ):
            fetch(site.url(), settings)
        assert site.requests == []

    def test_another_host(self, settings, trusted):
        with (
            serve({"/": PAGE}, tls=tls_context(trusted, "other.example")) as site,
            pytest.raises(TlsFailed, match="its certificate is for another host"),
        ):
            fetch(site.url(), settings)
        assert site.requests == []

    def test_another_name(self, settings, trusted, name):
        name("site.example", "127.0.0.1")
        with (
            serve({"/": PAGE}, name="site.example", tls=tls_context(trusted, "other.example")) as site,
            pytest.raises(TlsFailed, match=r"^https://site\.example:\d+/: its certificate is for another host"),
        ):
            fetch(site.url(), settings)
        assert site.requests == []

    def test_expired(self, settings, trusted: trustme.CA):
        import ssl

        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        past = datetime.now(UTC) - timedelta(days=1)
        trusted.issue_cert("127.0.0.1", not_before=past - timedelta(days=1), not_after=past).configure_cert(context)
        with serve({"/": PAGE}, tls=context) as site, pytest.raises(TlsFailed, match="its certificate has expired"):
            fetch(site.url(), settings)
        assert site.requests == []

    def test_self_signed(self, settings, tmp_path):
        import ssl

        lonely = trustme.CA()
        (tmp_path / "key.pem").write_bytes(lonely.private_key_pem.bytes() + lonely.cert_pem.bytes())
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(tmp_path / "key.pem")
        with serve({"/": PAGE}, tls=context) as site, pytest.raises(TlsFailed, match="its certificate is self-signed"):
            fetch(site.url(), settings)
        assert site.requests == []

    @pytest.mark.parametrize(
        ("answer", "reason"),
        [
            (b"\x15\x03\x01\x00\x02\x02\x46", "versions of TLS that are not safe"),
            (b"HTTP/1.1 400 Bad Request\r\n\r\n", "does not speak TLS on this port"),
            (b"\x15\x03\x01\x00\x02\x02\x28", "no secure connection"),
            (b"", "no secure connection"),
        ],
        ids=["old version only", "plain HTTP", "handshake failure", "closed"],
    )
    def test_no_handshake(self, settings, answer, reason):
        def shake_no_hand(connection: Connection) -> None:
            connection.socket.recv(65536)
            connection.send(answer)

        with serve_raw(shake_no_hand) as site, pytest.raises(TlsFailed, match=reason):
            fetch(site.url().replace("http:", "https:"), settings)
        assert len(site.received) == 1  # not tried again in any other way

    def test_a_file_of_authorities_that_is_not_there(self, settings, monkeypatch):
        monkeypatch.setenv("REQUESTS_CA_BUNDLE", "/nowhere/ca.pem")
        with pytest.raises(InvalidInput, match=r"REQUESTS_CA_BUNDLE names /nowhere/ca\.pem, which does not exist"):
            fetch("https://127.0.0.1:1/", settings)

    def test_cookies_of_https_stay_on_https(self, settings, trusted):
        with serve({"/": PAGE}) as plain:
            routes = {"/": redirect("/b", 302, ("Set-Cookie", "seen=1")), "/b": redirect(plain.url())}
            with serve(routes, tls=tls_context(trusted, "127.0.0.1")) as secure:
                fetch(secure.url(), settings)
        assert [request.header("Cookie") for request in secure.requests] == [None, "seen=1"]
        assert plain.requests[0].header("Cookie") is None


class TestProxy:
    def test_from_the_environment(self, settings, monkeypatch):
        with serve({"http://site.example/story": PAGE}) as proxy:
            monkeypatch.setenv("http_proxy", proxy.url(credentials="ann:secret"))
            capture = fetch("http://site.example/story", settings)
        assert capture.final_url == "http://site.example/story"
        assert capture.final.peer is None
        assert proxy.requests[0].header("Proxy-Authorization")
        assert "secret" not in repr(capture)
        assert "Proxy-Authorization" not in repr(capture)

    def test_not_for_excepted_hosts(self, settings, monkeypatch):
        monkeypatch.setenv("http_proxy", "http://127.0.0.1:1/")
        monkeypatch.setenv("no_proxy", "127.0.0.1")
        with serve({"/": PAGE}) as site:
            assert fetch(site.url(), settings).payload == b"<p>Once"

    @pytest.mark.parametrize("target", ["http://localhost/", "http://127.1/", "http://[::1]/", "http://router/"])
    def test_targets_are_vetted_by_name(self, settings, monkeypatch, target):
        with serve({"http://site.example/": redirect(target)}) as proxy:
            monkeypatch.setenv("http_proxy", proxy.url())
            with pytest.raises(AddressRefused):
                fetch("http://site.example/", settings)
        assert len(proxy.requests) == 1

    def test_that_refuses_the_tunnel(self, settings, monkeypatch):
        with serve({}) as proxy:
            monkeypatch.setenv("https_proxy", proxy.url(credentials="ann:secret"))
            with pytest.raises(ConnectionFailed, match=r"through the proxy: .*404") as raised:
                fetch("https://site.example/", settings)
        assert proxy.requests[0].method == "CONNECT"
        assert "secret" not in str(raised.value)

    def test_that_is_not_there(self, settings, monkeypatch):
        monkeypatch.setenv("http_proxy", "http://ann:secret@127.0.0.1:1/")
        with pytest.raises(ConnectionFailed, match=r"through the proxy: .*refused") as raised:
            fetch("http://site.example/", settings)
        assert "secret" not in str(raised.value)


def test_each_request_has_a_connection_of_its_own(settings):
    """What a server sends beyond the length it named is not taken for the answer to the next request."""
    beyond = Response(
        "Moved" + "HTTP/1.1 200 OK\r\n\r\nFalse", status=302, headers=(("Location", "/b"), ("Content-Length", "5"))
    )
    with serve({"/": beyond, "/b": PAGE}) as site:
        capture = fetch(site.url(), settings)
    assert capture.exchanges[0].body == b"Moved"
    assert capture.payload == b"<p>Once"
    assert len(site.received) == 2


def test_the_user_agent_is_the_setting(settings):
    with serve({"/": PAGE}) as site:
        fetch(site.url(), dataclasses.replace(settings, user_agent="curious/1 (ann@example.org)"))
    assert site.requests[0].header("User-Agent") == "curious/1 (ann@example.org)"
