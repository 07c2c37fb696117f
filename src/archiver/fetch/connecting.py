"""From a host name to a connected socket: resolve, vet, connect, vet again."""

from __future__ import annotations

import queue
import socket
import threading
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from archiver.errors import ConnectionFailed
from archiver.fetch.addresses import literal

if TYPE_CHECKING:
    from archiver.fetch.addresses import Guard
    from archiver.fetch.deadline import Deadline
    from archiver.fetch.proxies import Socks

Place = tuple[socket.AddressFamily, tuple[Any, ...]]
"""Where to connect to: the family, and a socket address of that family (the IP address first)."""


@dataclass(slots=True)
class Dialler:
    """Makes the connection of one request.

    Attributes:
        guard: whom it may reach.
        connect_seconds: longest wait for the name and the connection together.
        peer: the IP address that it is connected to; None before, and where a proxy stands between.
        socks: the SOCKS proxy to go through; None where there is none.
    """

    guard: Guard
    deadline: Deadline
    connect_seconds: float
    peer: str | None = None
    socks: Socks | None = None

    def dial(self, host: str, port: int) -> socket.socket:
        """A connection to `host` that the deadline watches over. Not a byte was sent on it yet.

        Raises:
            AddressRefused: an address of `host` is not public, and `host` not trusted.
            OSError: no such name (`socket.gaierror`), no connection in time (`TimeoutError`), or none at all.
        """
        end = self._end()
        places = _resolved(host, port, end)
        for _, address in places:
            self.guard.demand_address(host, address[0])
        line = _connected(places, end)
        try:
            self.peer = str(line.getpeername()[0])
            self.guard.demand_address(host, self.peer)
            self.deadline.watch(line)
        except BaseException:
            line.close()
            raise
        return line

    def dial_proxy(self, host: str, port: int) -> socket.socket:
        """A connection to the proxy at `host`, which the user chose and which may be anywhere.

        Raises:
            OSError: as `dial`.
        """
        end = self._end()
        line = _connected(_resolved(host, port, end), end)
        self.deadline.watch(line)
        return line

    def dial_through(self, host: str, port: int) -> socket.socket:
        """A connection to `host` by way of the SOCKS proxy; the name is vetted before, and its addresses where we resolve it.

        Raises:
            AddressRefused, ConnectionFailed, OSError: as `dial`, and what the proxy says.
        """
        assert self.socks is not None
        end = self._end()
        if not self.socks.resolves:
            places = _resolved(host, port, end)
            for _, address in places:
                self.guard.demand_address(host, address[0])
            host = str(places[0][1][0])
        try:
            line = self.dial_proxy(self.socks.host, self.socks.port)
        except OSError as error:
            raise ConnectionFailed(f"through the proxy: {error.strerror or error}", remedy="check that it runs") from error
        try:
            line.settimeout(max(0.001, end - time.monotonic()))
            self.socks.demand(line, host, port)
        except BaseException:
            line.close()
            raise
        return line

    def _end(self) -> float:
        return time.monotonic() + min(self.connect_seconds, self.deadline.remaining_seconds)


def _resolved(host: str, port: int, end: float) -> list[Place]:
    """Where `host` is. The resolver cannot be interrupted, so a thread waits for it, and is left behind at `end`.

    An address needs no resolver.
    """
    if literal(host) is not None:
        return _asked(host, port)
    answers: queue.SimpleQueue[list[Place] | Exception] = queue.SimpleQueue()

    def ask() -> None:
        try:
            answers.put(_asked(host, port))
        except (OSError, UnicodeError) as error:
            answers.put(error)

    threading.Thread(target=ask, daemon=True).start()
    try:
        answer = answers.get(timeout=max(0.0, end - time.monotonic()))
    except queue.Empty:
        raise socket.gaierror(socket.EAI_AGAIN, "the name service does not answer") from None
    if isinstance(answer, UnicodeError):
        raise socket.gaierror(socket.EAI_NONAME, "not a host name") from answer
    if isinstance(answer, Exception):
        raise answer
    return answer


def _asked(host: str, port: int) -> list[Place]:
    return [(family, address) for family, _, _, _, address in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]


def _connected(places: list[Place], end: float) -> socket.socket:
    """A connection to the first of `places` that answers; each gets its share of the time until `end`."""
    failure: OSError = TimeoutError("no address to connect to")
    for tried, (family, address) in enumerate(places):
        line = socket.socket(family, socket.SOCK_STREAM)
        try:
            line.settimeout(max(0.001, (end - time.monotonic()) / (len(places) - tried)))
            line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            line.connect(address)
        except OSError as error:
            line.close()
            failure = error
        except BaseException:
            line.close()
            raise
        else:
            return line
    raise failure
