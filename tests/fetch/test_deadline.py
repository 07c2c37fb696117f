"""The total deadline holds against every way of being slow. (Were it not to hold, these tests would not end.)"""

from __future__ import annotations

import dataclasses
import socket
import threading

import pytest

from archiver.errors import BadResponse, ConnectionFailed, NameNotFound, TimedOut
from archiver.fetch import fetch
from archiver.fetch.deadline import Deadline
from tests.support.servers import Connection, Response, head, redirect, serve, serve_raw

OK = ("HTTP/1.1 200 OK", "Content-Type: text/html")


def never_answer(connection: Connection) -> None:
    connection.wait()


def answer_nothing(connection: Connection) -> None:
    connection.read_request()
    connection.wait()


def drip_headers(connection: Connection) -> None:
    connection.read_request()
    connection.send(b"HTTP/1.1 200 OK\r\n")
    connection.drip(b"X-Header: 12345678901234567890\r\n")


def drip_headers_of_a_refusal(connection: Connection) -> None:
    """http.client takes the cut for the end of the headers: it must not pass for a 404."""
    connection.read_request()
    connection.send(b"HTTP/1.1 404 Not Found\r\n")
    connection.drip(b"X-Header: 12345678901234567890\r\n")


def drip_body(connection: Connection) -> None:
    connection.read_request()
    connection.send(head(*OK))
    connection.drip(b"<p>Once upon a time ")


def drip_body_of_known_length(connection: Connection) -> None:
    connection.read_request()
    connection.send(head(*OK, "Content-Length: 1000000"))
    connection.drip(b"<p>Once upon a time ")


def drip_chunks(connection: Connection) -> None:
    connection.read_request()
    connection.send(head(*OK, "Transfer-Encoding: chunked"))
    connection.drip(b"8\r\n<p>12345\r\n", size=13)


def continue_for_ever(connection: Connection) -> None:
    connection.read_request()
    connection.flood(b"HTTP/1.1 100 Continue\r\n\r\n" * 100)


def drip_body_of_a_redirect(connection: Connection) -> None:
    connection.read_request()
    connection.send(head("HTTP/1.1 302 Found", "Location: /"))
    connection.drip(b"Moved. ")


@pytest.mark.parametrize(
    "behaviour",
    [
        never_answer,
        answer_nothing,
        drip_headers,
        drip_headers_of_a_refusal,
        drip_body,
        drip_body_of_known_length,
        drip_chunks,
        continue_for_ever,
        drip_body_of_a_redirect,
    ],
)
def test_ends_a_server_that_does_not(behaviour, hasty):
    with serve_raw(behaviour) as site, pytest.raises(TimedOut, match=r"not finished after 0\.6 s \(.*--timeout") as raised:
        fetch(site.url(), hasty)
    assert raised.value.subject == site.url()


@pytest.mark.parametrize("behaviour", [never_answer, lambda connection: connection.drip(b"\x16\x03\x03\x10\x00", size=1)])
def test_ends_a_tls_handshake(behaviour, hasty):
    with serve_raw(behaviour) as site, pytest.raises(TimedOut, match="not finished"):
        fetch(site.url().replace("http:", "https:"), hasty)


def test_is_one_for_all_redirects(hasty):
    def move_on(request):
        threading.Event().wait(0.15)
        return redirect(request.target + "0")

    with serve({f"/{'0' * n}": move_on for n in range(12)}) as site, pytest.raises(TimedOut, match="not finished"):
        fetch(site.url(), hasty)
    assert 1 < len(site.requests) < 8


class TestNameService:
    @pytest.fixture
    def _silent(self, monkeypatch):
        over = threading.Event()

        def getaddrinfo(*_args, **_options):
            over.wait(20)
            raise socket.gaierror(socket.EAI_NONAME, "too late")

        monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)
        yield
        over.set()

    @pytest.mark.usefixtures("_silent")
    def test_deadline_ends_it(self, hasty):
        with pytest.raises(TimedOut, match="not finished"):
            fetch("http://site.example/", hasty)

    @pytest.mark.usefixtures("_silent")
    def test_connection_limit_ends_it(self, settings):
        with pytest.raises(NameNotFound, match="the name service does not answer"):
            fetch("http://site.example/", dataclasses.replace(settings, connect_seconds=0.1))


def test_connection_limit(settings):
    with socket.create_server(("127.0.0.1", 0), backlog=0) as full:
        waiting = [socket.socket() for _ in range(3)]
        for client in waiting:
            client.setblocking(False)
            client.connect_ex(full.getsockname())
        try:
            with pytest.raises(ConnectionFailed, match="no connection in time"):
                fetch(f"http://127.0.0.1:{full.getsockname()[1]}/", dataclasses.replace(settings, connect_seconds=0.2))
        finally:
            for client in waiting:
                client.close()


@pytest.mark.parametrize("behaviour", [answer_nothing, lambda connection: connection.send(head(*OK)) or connection.wait()])
def test_silence_has_a_limit_of_its_own(behaviour, settings):
    impatient = dataclasses.replace(settings, idle_seconds=0.2)
    with serve_raw(behaviour) as site, pytest.raises(TimedOut, match="the host fell silent"):
        fetch(site.url(), impatient)


def test_a_page_in_time_is_whole(settings):
    with serve({"/": Response("<p>Once")}) as site:
        assert fetch(site.url(), settings).payload == b"<p>Once"


def test_headers_cut_off_are_no_page(settings):
    """http.client takes the end of the connection for the end of the headers; the length betrays it."""

    def cut(connection: Connection) -> None:
        connection.read_request()
        connection.send(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 50\r\nX-")

    with serve_raw(cut) as site, pytest.raises(BadResponse, match="cut short"):
        fetch(site.url(), settings)


def test_a_connection_made_too_late_is_cut_off_at_once():
    ours, theirs = socket.socketpair()
    with ours, theirs, Deadline(0.01) as deadline:
        threading.Event().wait(0.05)
        deadline.watch(ours)
        assert ours.recv(1) == b""
        assert theirs.recv(1) == b""
