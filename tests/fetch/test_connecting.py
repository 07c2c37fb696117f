from __future__ import annotations

import contextlib
import socket
from typing import TYPE_CHECKING

import pytest

from archiver.errors import AddressRefused
from archiver.fetch import connecting
from archiver.fetch.addresses import Guard
from archiver.fetch.connecting import Dialler
from archiver.fetch.deadline import Deadline
from tests.support.servers import Connection, Server, serve_raw

if TYPE_CHECKING:
    from collections.abc import Iterator


def listen(connection: Connection) -> None:
    connection.server.received[-1] += connection.socket.recv(100)


@pytest.fixture
def server() -> Iterator[Server]:
    with serve_raw(listen) as server:
        yield server


@pytest.fixture
def deadline() -> Iterator[Deadline]:
    with Deadline(5) as deadline:
        yield deadline


def test_connects_and_tells_the_peer(server, deadline, name):
    name("site.example", "127.0.0.1")
    dialler = Dialler(Guard("site.example"), deadline, 3)
    with dialler.dial("site.example", server.port) as line:
        assert line.getpeername() == ("127.0.0.1", server.port)
    assert dialler.peer == "127.0.0.1"


def test_goes_on_to_the_next_address(server, deadline, name):
    name("site.example", "127.0.0.9", "127.0.0.1")
    with Dialler(Guard("site.example"), deadline, 3).dial("site.example", server.port) as line:
        assert line.getpeername()[0] == "127.0.0.1"


def test_an_address_that_does_not_answer_costs_its_share_of_the_time_alone(server, deadline, name):
    name("site.example", "127.0.0.9", "127.0.0.1")
    with socket.create_server(("127.0.0.9", server.port), backlog=0) as full, contextlib.ExitStack() as waiting:
        for _ in range(3):
            client = waiting.enter_context(socket.socket())
            client.setblocking(False)
            client.connect_ex(full.getsockname())
        with Dialler(Guard("site.example"), deadline, 1).dial("site.example", server.port) as line:
            assert line.getpeername()[0] == "127.0.0.1"


def test_every_address_of_a_name_must_be_public(server, deadline, name):
    name("site.example", "8.8.8.8", "127.0.0.1")
    with pytest.raises(AddressRefused, match=r"site\.example \(127\.0\.0\.1\)"):
        Dialler(Guard("typed.example"), deadline, 3).dial("site.example", server.port)
    assert server.received == []


def test_the_address_really_connected_to_must_be_public(server, deadline, name, monkeypatch):
    """As when something between the look-up and the connection leads elsewhere."""
    name("site.example", "8.8.8.8")
    monkeypatch.setattr(connecting, "_connected", lambda *_: socket.create_connection(("127.0.0.1", server.port)))
    with pytest.raises(AddressRefused, match="loopback"):
        Dialler(Guard("typed.example"), deadline, 3).dial("site.example", server.port)
    assert all(received == b"" for received in server.received)


def test_a_proxy_may_be_anywhere(server, deadline):
    with Dialler(Guard("typed.example"), deadline, 3).dial_proxy("127.0.0.1", server.port) as line:
        assert line.getpeername()[0] == "127.0.0.1"


def test_what_is_no_host_name_is_not_found(deadline):
    with pytest.raises(socket.gaierror):
        Dialler(Guard("typed.example"), deadline, 3).dial("a" * 70 + ".example", 80)
