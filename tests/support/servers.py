"""Loopback servers: simple pages (`serve`), and a conversation byte by byte (`serve_raw`) for what no sound server does.

    with serve({"/": Response("<p>Hello")}) as site:
        fetch(site.url("/"), settings)
        assert site.targets == ["/"]

Every connection is answered by a thread of its own and closed after one request. What the server received is kept:
`received` holds the bytes of each connection, `requests` the requests in them, `targets` their request targets. An
exception in a test's handler (other than the client having gone) fails the test when the server is closed.
"""

from __future__ import annotations

import contextlib
import socket
import ssl
import struct
import threading
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import trustme

HTML = "text/html; charset=utf-8"
MAX_REQUEST_BYTES = 1024 * 1024
_RESET = struct.pack("ii", 1, 0)  # SO_LINGER on, for 0 seconds: close() sends RST


@dataclass(frozen=True)
class Request:
    """One request as it came."""

    method: str
    target: str
    headers: Mapping[str, str]

    @property
    def path(self) -> str:
        return self.target.partition("?")[0]

    def header(self, name: str) -> str | None:
        """The value of header `name`, whatever its case; None where it was not sent."""
        return self.headers.get(name.lower())


@dataclass(frozen=True)
class Response:
    """One response. `content_type` None sends no Content-Type; Content-Length is right unless `headers` has another."""

    body: str | bytes = b""
    status: int = 200
    content_type: str | None = HTML
    headers: tuple[tuple[str, str], ...] = ()

    def to_bytes(self) -> bytes:
        body = self.body.encode() if isinstance(self.body, str) else self.body
        fields = [*self.headers, ("Connection", "close")]
        if self.content_type is not None:
            fields.append(("Content-Type", self.content_type))
        if not any(name.lower() in ("content-length", "transfer-encoding") for name, _ in self.headers):
            fields.append(("Content-Length", str(len(body))))
        status = f"{self.status} {HTTPStatus(self.status).phrase}"
        return head(f"HTTP/1.1 {status}", *(f"{name}: {value}" for name, value in fields)) + body


Route = Response | Callable[[Request], Response]


def redirect(location: str, status: int = 302, *headers: tuple[str, str]) -> Response:
    """A redirect to `location`."""
    return Response(status=status, headers=(("Location", location), *headers))


def head(*lines: str) -> bytes:
    """`lines` as a message head: CRLF after each, and the blank line."""
    return "".join(f"{line}\r\n" for line in (*lines, "")).encode("latin-1")


@dataclass
class Connection:
    """One accepted connection, for a handler of `serve_raw`."""

    socket: socket.socket
    server: Server

    def read_request(self) -> Request:
        """The next request's head; ConnectionError when the client went away before it was whole."""
        text = b""
        while b"\r\n\r\n" not in text and len(text) < MAX_REQUEST_BYTES:
            piece = self.socket.recv(65536)
            if not piece:
                raise ConnectionError("the client closed the connection")
            text += piece
            self.server.received[-1] += piece
        request_line, *lines = text.partition(b"\r\n\r\n")[0].decode("latin-1").split("\r\n")
        method, target, _version = request_line.split(" ", 2)
        headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
        request = Request(method, target, headers)
        self.server.requests.append(request)
        return request

    def send(self, data: bytes) -> None:
        self.socket.sendall(data)

    def drip(self, data: bytes, *, size: int = 8, every_seconds: float = 0.05) -> None:
        """Sends `data` again and again, a few bytes at a time, until the client goes or the server is closed."""
        while True:
            for start in range(0, len(data), size):
                if self.wait(every_seconds):
                    return
                self.socket.sendall(data[start : start + size])

    def flood(self, data: bytes) -> None:
        """Sends `data` again and again, as fast as the client takes it, until it goes or the server is closed."""
        while not self.wait(0):
            self.socket.sendall(data)

    def wait(self, seconds: float | None = None) -> bool:
        """Whether the server was closed within `seconds` (None: waits until it is)."""
        return self.server.closing.wait(seconds)

    def reset(self) -> None:
        """Ends the connection with RST instead of FIN."""
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET)
        self.socket.close()


Handler = Callable[[Connection], None]


def reply(*fields: str, body: bytes = b"", status: str = "HTTP/1.1 200 OK") -> Handler:
    """A handler that sends exactly this head (and Content-Type) and this body to every request, and closes the connection."""

    def send(connection: Connection) -> None:
        connection.read_request()
        connection.send(head(status, "Content-Type: text/html", *fields) + body)

    return send


@dataclass
class Server:
    """A running server. `address` is also what it listens on; `name`, where given, stands in its URLs instead."""

    address: str
    port: int
    scheme: str
    name: str
    requests: list[Request] = field(default_factory=list)
    received: list[bytearray] = field(default_factory=list)
    closing: threading.Event = field(default_factory=threading.Event)
    failures: list[BaseException] = field(default_factory=list)

    @property
    def targets(self) -> list[str]:
        return [request.target for request in self.requests]

    def url(self, path: str = "/", *, credentials: str = "") -> str:
        """The absolute URL of `path` here; `credentials` is "user:password" or nothing."""
        user = f"{credentials}@" if credentials else ""
        return f"{self.scheme}://{user}{self.name}:{self.port}{path}"


@contextlib.contextmanager
def serve(
    routes: Mapping[str, Route], *, address: str = "127.0.0.1", name: str | None = None, tls: ssl.SSLContext | None = None
) -> Iterator[Server]:
    """A server of simple pages: `routes` maps a request target (or its path alone) to a response; all else is 404."""

    def answer(connection: Connection) -> None:
        request = connection.read_request()
        route = routes.get(request.target) or routes.get(request.path) or Response("<h1>Not here</h1>", status=404)
        response = route if isinstance(route, Response) else route(request)
        connection.send(response.to_bytes())

    with serve_raw(answer, address=address, name=name, tls=tls) as server:
        yield server


@contextlib.contextmanager
def serve_raw(
    handler: Handler, *, address: str = "127.0.0.1", name: str | None = None, tls: ssl.SSLContext | None = None
) -> Iterator[Server]:
    """A server that runs `handler` for each connection; the connection is closed when the handler returns."""
    with socket.create_server((address, 0), backlog=64) as listener:
        port = listener.getsockname()[1]
        server = Server(address, port, "https" if tls else "http", name or address)
        thread = threading.Thread(target=_accept, args=(listener, server, handler, tls), daemon=True)
        thread.start()
        try:
            yield server
        finally:
            server.closing.set()
            with contextlib.suppress(OSError):
                listener.shutdown(socket.SHUT_RDWR)  # wakes accept()
            thread.join(timeout=10)
    if server.failures:
        raise server.failures[0]


def _accept(listener: socket.socket, server: Server, handler: Handler, tls: ssl.SSLContext | None) -> None:
    conversations: list[tuple[threading.Thread, socket.socket]] = []
    while True:
        try:
            accepted, _ = listener.accept()
        except OSError:
            break
        server.received.append(bytearray())
        thread = threading.Thread(target=_converse, args=(accepted, server, handler, tls), daemon=True)
        conversations.append((thread, accepted))
        thread.start()
    for thread, accepted in conversations:
        with contextlib.suppress(OSError):
            accepted.shutdown(socket.SHUT_RDWR)
        thread.join(timeout=10)


def _converse(accepted: socket.socket, server: Server, handler: Handler, tls: ssl.SSLContext | None) -> None:
    accepted.settimeout(30)
    try:
        with accepted:
            if tls is None:
                handler(Connection(accepted, server))
            else:
                with tls.wrap_socket(accepted, server_side=True) as secured:
                    handler(Connection(secured, server))
            _close_softly(accepted)
    except OSError:
        pass  # the client went away
    except Exception as error:  # noqa: BLE001  # told when the server is closed, in the test's own thread
        server.failures.append(error)


def _close_softly(accepted: socket.socket) -> None:
    """FIN first, then the rest of what the client sends: an unread byte would turn the close into a reset."""
    if accepted.fileno() < 0:
        return
    accepted.shutdown(socket.SHUT_WR)
    accepted.settimeout(1)
    while accepted.recv(65536):
        pass


def tls_context(authority: trustme.CA, *names: str) -> ssl.SSLContext:
    """A server's TLS context with a certificate of `authority` for `names` (host names or addresses)."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(*names).configure_cert(context)
    return context
