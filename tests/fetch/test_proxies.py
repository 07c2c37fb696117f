"""Proxies of the settings and of the environment, SOCKS among them."""

from __future__ import annotations

import dataclasses

import pytest

from archiver.errors import AddressRefused, ConnectionFailed, TimedOut
from archiver.fetch import fetch
from archiver.values import Proxy
from tests.support.servers import Connection, Response, redirect, serve, serve_raw, tls_context

PAGE = Response("<p>Once")


def through(settings, proxy: str):
    return dataclasses.replace(settings, proxy=Proxy(proxy))


def test_that_of_the_settings_outranks_those_of_the_environment(settings, monkeypatch):
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:1/")
    monkeypatch.setenv("all_proxy", "socks5://127.0.0.1:1/")
    with serve({"http://site.example/": PAGE}) as proxy:
        assert fetch("http://site.example/", through(settings, proxy.url())).final.peer is None


def test_no_proxy_excepts_hosts_from_it(settings, monkeypatch):
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    with serve({"/": PAGE}) as site:
        assert fetch(site.url(), through(settings, "http://127.0.0.1:1")).final.peer == "127.0.0.1"


class Socks:
    """A SOCKS server that plays the part of every site behind it, and notes who was asked for."""

    def __init__(self, answer: bytes = b"\x05\x00\x00\x01\x00\x00\x00\x00\x00\x00", login: tuple[bytes, bytes] | None = None):
        self.answer = answer
        self.login = login
        self.asked: list[tuple[int, bytes, int]] = []
        self.pages = [PAGE]

    def __call__(self, connection: Connection) -> None:
        line = connection.socket
        methods = line.recv(2)[1]
        offered = line.recv(methods)
        if self.login is None:
            line.sendall(b"\x05\x00")
        elif 2 not in offered:
            line.sendall(b"\x05\xff")
            return
        else:
            line.sendall(b"\x05\x02")
            line.recv(1)
            said = [line.recv(line.recv(1)[0]) for _ in range(2)]
            line.sendall(b"\x01" + (b"\x00" if tuple(said) == self.login else b"\x01"))
            if tuple(said) != self.login:
                return
        _, _, _, kind = line.recv(4)
        host = line.recv({1: 4, 4: 16}.get(kind) or line.recv(1)[0])
        self.asked.append((kind, host, int.from_bytes(line.recv(2), "big")))
        line.sendall(self.answer)
        if self.answer[1] == 0:
            connection.read_request()
            connection.send(self.pages[min(len(self.asked), len(self.pages)) - 1].to_bytes())


def hang(connection: Connection) -> None:
    connection.wait()


class TestSocks:
    def test_resolves_names_itself_with_an_h(self, settings):
        server = Socks()
        with serve_raw(server) as proxy:
            capture = fetch("http://site.example/", through(settings, f"socks5h://127.0.0.1:{proxy.port}"))
        assert server.asked == [(3, b"site.example", 80)]
        assert capture.payload == b"<p>Once"
        assert capture.final.peer is None

    def test_from_the_environment(self, settings, monkeypatch):
        server = Socks()
        with serve_raw(server) as proxy:
            monkeypatch.setenv("ALL_PROXY", f"socks5h://127.0.0.1:{proxy.port}")
            assert fetch("http://site.example:8080/", settings).payload == b"<p>Once"
        assert server.asked == [(3, b"site.example", 8080)]

    def test_gets_an_address_without_an_h(self, settings, name):
        name("site.example", "93.184.216.34")
        server = Socks()
        with serve_raw(server) as proxy:
            fetch("http://site.example/", through(settings, f"socks5://127.0.0.1:{proxy.port}"))
        assert server.asked == [(1, bytes([93, 184, 216, 34]), 80)]

    def test_what_we_resolve_is_vetted(self, settings, name):
        name("site.example", "93.184.216.34")
        name("other.example", "10.0.0.1")
        server = Socks()
        server.pages = [redirect("http://other.example/")]
        with serve_raw(server) as proxy, pytest.raises(AddressRefused, match=r"10\.0\.0\.1"):
            fetch("http://site.example/", through(settings, f"socks5://127.0.0.1:{proxy.port}"))
        assert len(server.asked) == 1

    @pytest.mark.parametrize("target", ["http://localhost/", "http://127.1/", "http://[::1]/", "http://router/"])
    def test_what_it_resolves_is_vetted_by_name(self, settings, target):
        server = Socks()
        server.pages = [redirect(target)]
        with serve_raw(server) as proxy, pytest.raises(AddressRefused):
            fetch("http://site.example/", through(settings, f"socks5h://127.0.0.1:{proxy.port}"))
        assert len(server.asked) == 1

    def test_with_a_login(self, settings):
        server = Socks(login=(b"ann", b"s:crt"))
        with serve_raw(server) as proxy:
            address = f"127.0.0.1:{proxy.port}"
            assert fetch("http://site.example/", through(settings, f"socks5h://ann:s%3Acrt@{address}")).payload
            with pytest.raises(ConnectionFailed, match="does not accept the user name and password") as raised:
                fetch("http://site.example/", through(settings, f"socks5h://ann:wrong@{address}"))
            assert "wrong" not in str(raised.value)
            with pytest.raises(ConnectionFailed, match="asks for a user name and password"):
                fetch("http://site.example/", through(settings, f"socks5h://{address}"))

    def test_tls_is_with_the_site_behind_it(self, settings, trusted, name):
        """The proxy passes bytes on; that the certificate is for another host is seen through it."""
        context = tls_context(trusted, "site.example")

        def pass_on(connection: Connection) -> None:
            line = connection.socket
            line.recv(3)
            line.sendall(b"\x05\x00")
            line.recv(4 + 1 + len("site.example") + 2)
            line.sendall(b"\x05\x00\x00\x01" + bytes(6))
            with context.wrap_socket(line, server_side=True) as secured:
                Connection(secured, connection.server).read_request()
                secured.sendall(PAGE.to_bytes())

        with serve_raw(pass_on) as proxy:
            settings = through(settings, f"socks5h://127.0.0.1:{proxy.port}")
            assert fetch("https://site.example/", settings).payload == b"<p>Once"

    @pytest.mark.parametrize(
        ("answer", "reason"),
        [
            (b"\x05\x02\x00\x01", "it does not allow this"),
            (b"\x05\x04\x00\x01", "no way to the host"),
            (b"\x05\x63\x00\x01", "for the reason 99"),
            (b"\x05", "it closed the connection"),
        ],
    )
    def test_a_refusal_is_said_in_words(self, settings, answer, reason):
        def refuse(connection: Connection) -> None:
            connection.socket.recv(3)
            connection.send(b"\x05\x00")
            connection.socket.recv(64)
            connection.send(answer)

        with serve_raw(refuse) as proxy, pytest.raises(ConnectionFailed, match=f"through the proxy: .*{reason}"):
            fetch("http://site.example/", through(settings, f"socks5h://127.0.0.1:{proxy.port}"))

    def test_that_speaks_something_else(self, settings):
        with serve_raw(lambda connection: connection.send(b"HTTP/1.1 400 No\r\n\r\n")) as proxy:
            settings = through(settings, f"socks5h://127.0.0.1:{proxy.port}")
            with pytest.raises(ConnectionFailed, match="does not speak SOCKS 5"):
                fetch("http://site.example/", settings)

    def test_that_hangs_ends_with_the_deadline(self, hasty):
        with serve_raw(hang) as proxy, pytest.raises((TimedOut, ConnectionFailed)):
            fetch("http://site.example/", through(hasty, f"socks5h://127.0.0.1:{proxy.port}"))

    def test_that_is_not_there(self, settings):
        with pytest.raises(ConnectionFailed, match=r"through the proxy: .*refused"):
            fetch("http://site.example/", through(settings, "socks5h://127.0.0.1:1"))

    def test_an_old_version_is_refused_in_words(self, settings, monkeypatch):
        monkeypatch.setenv("all_proxy", "socks4://ann:secret@127.0.0.1:1/")
        with pytest.raises(ConnectionFailed, match=r"socks4://127\.0\.0\.1:1/ cannot be used .*socks5h") as raised:
            fetch("http://site.example/", settings)
        assert "secret" not in str(raised.value)
