"""The capture: what the server really sent. Made by `fetch`, kept by `store`, read by `extraction`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

Headers = tuple[tuple[str, str], ...]
"""Header fields in the order they came, names as spelled, repeats kept."""


def header(headers: Headers, name: str) -> str | None:
    """The first value of header `name`, whatever its case, or None."""
    wanted = name.lower()
    return next((value for key, value in headers if key.lower() == wanted), None)


@dataclass(frozen=True, slots=True)
class Exchange:
    """One request and the response to it.

    Attributes:
        url: the URL asked for, without credentials.
        request_headers: as sent, with secrets (Authorization, Cookie) removed.
        started_at: when the request went out, UTC, aware.
        http_version: "HTTP/1.1" and the like, from the status line.
        body: the bytes of the message body as they came: transfer coding undone, content coding not.
        peer: the IP address that answered, or None.
        truncated: whether reading stopped before the body's end.
    """

    url: str
    method: str
    request_headers: Headers
    started_at: datetime
    http_version: str
    status: int
    reason: str
    headers: Headers
    body: bytes
    peer: str | None = None
    truncated: bool = False


@dataclass(frozen=True, slots=True)
class Capture:
    """The answer to one requested URL: every exchange on the way, the page last.

    Attributes:
        requested_url: what we were asked for, without credentials.
        exchanges: redirects in order, then the final response; never empty.
        payload: the final response's body with its content coding undone: the page's bytes.
    """

    requested_url: str
    exchanges: tuple[Exchange, ...]
    payload: bytes

    @property
    def final(self) -> Exchange:
        """The exchange whose response is the page."""
        return self.exchanges[-1]

    @property
    def final_url(self) -> str:
        """Where redirects ended."""
        return self.final.url

    @property
    def media_type(self) -> str | None:
        """The media type the server named, lower case, without parameters."""
        value = header(self.final.headers, "Content-Type")
        return value.split(";", 1)[0].strip().lower() or None if value else None

    @property
    def content_type(self) -> str | None:
        """The whole Content-Type header, for its charset parameter."""
        return header(self.final.headers, "Content-Type")
