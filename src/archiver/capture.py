"""The capture: what the server really sent. Made by `fetch`, kept by `store`, read by `extraction`."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from datetime import datetime

Headers = tuple[tuple[str, str], ...]
"""Header fields in the order they came, names as spelled; repeats are kept, after the first of their name."""

Truncated = Literal["length", "time", "disconnect", "unspecified"]
"""Why reading a body stopped before its end (WARC 1.1, 5.13): it was long enough, it took too long, the connection broke."""

ORIGINAL = "x-archive-orig-"
"""Before the names of header fields that are kept for what they said, by web archives and in WARC files."""


def header(headers: Headers, name: str) -> str | None:
    """The first value of header `name`, whatever its case, or None."""
    wanted = name.lower()
    return next((value for key, value in headers if key.lower() == wanted), None)


def media_type(headers: Headers) -> str | None:
    """The media type that `headers` name, lower case, without parameters, or None."""
    value = header(headers, "Content-Type")
    return value.split(";", 1)[0].strip().lower() or None if value else None


def original_headers(headers: Headers) -> Headers:
    """Those of the page itself, among those with which a web archive gives it (they stand there under `X-Archive-Orig-`)."""
    kept = [(name, value) for name, value in headers if name.lower() == "content-type"]
    return (
        *kept,
        *((name[len(ORIGINAL) :], value) for name, value in headers if name.lower().startswith(ORIGINAL)),
    )


def sha256(payload: bytes) -> str:
    """The payload's SHA-256, hexadecimal."""
    import hashlib  # costs more to import than all the rest here, and most commands do without

    return hashlib.sha256(payload).hexdigest()


@dataclass(frozen=True, slots=True)
class Validators:
    """What tells one state of a document from another (RFC 9110, 8.8): the headers that came with it, as they stand."""

    etag: str | None = None
    last_modified: str | None = None


@dataclass(frozen=True, slots=True)
class Exchange:
    """One request and the response to it.

    Attributes:
        url: the URL asked for, without credentials.
        request_headers: as sent, with secrets (Authorization, Cookie) removed.
        started_at: when the request went out, UTC, aware.
        http_version: "HTTP/1.1" and the like, from the status line.
        body: the bytes of the message body as they came: transfer coding undone, content coding not.
        peer: the IP address that answered, or None where a proxy stood between.
        truncated: why reading stopped before the body's end; None where it did not.
        seconds: from the request to the body's last byte that was read; None where nobody measured.
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
    truncated: Truncated | None = None
    seconds: float | None = None


@dataclass(frozen=True, slots=True)
class Capture:
    """The answer to one requested URL: every exchange on the way, the page last.

    Attributes:
        requested_url: what we were asked for, without credentials.
        exchanges: redirects and other hops in order, then the final response; never empty.
        payload: the final response's body with its content coding undone: the page's bytes.
        verified: whether the certificates of https hosts were.
        later: the further pages of an article in several, in order.
        missing: the addresses of those that could not be had.
        address: what the page goes by, where that is not where its bytes came from.
        taken_at: when a web archive, which gave the bytes, fetched them from `address`, UTC, aware; None where none did.
        notes: what else was odd on the way, in sentences.
        gone_status: the status with which the page's own host said that it is gone, where a web archive's copy stands for it;
            known while it is fetched, and not kept.
    """

    requested_url: str
    exchanges: tuple[Exchange, ...]
    payload: bytes
    verified: bool = True
    later: tuple[Capture, ...] = ()
    missing: tuple[str, ...] = ()
    address: str | None = None
    taken_at: datetime | None = None
    notes: tuple[str, ...] = ()
    gone_status: int | None = field(default=None, compare=False)

    @property
    def final(self) -> Exchange:
        """The exchange whose response is the page."""
        return self.exchanges[-1]

    @property
    def final_url(self) -> str:
        """Where redirects ended."""
        return self.final.url

    @property
    def page_url(self) -> str:
        """The page's address, whatever its bytes came from: what its article is known by."""
        return self.address or self.final_url

    @property
    def pages(self) -> tuple[Capture, ...]:
        """This page and the further ones of its article."""
        return (self, *self.later)

    @property
    def size(self) -> int:
        """The bytes of all its pages."""
        return sum(len(page.payload) for page in self.pages)

    @property
    def digests(self) -> tuple[str, ...]:
        """The SHA-256 of every page, hexadecimal, in order."""
        return tuple(sha256(page.payload) for page in self.pages)

    @property
    def started_at(self) -> datetime:
        """When the page itself was asked for, UTC, aware."""
        return self.final.started_at

    @property
    def media_type(self) -> str | None:
        """The media type the server named, lower case, without parameters."""
        return media_type(self.final.headers)

    @property
    def unproven(self) -> bool:
        """Whether an https host on the way had no certificate that was verified."""
        return not self.verified and any(exchange.url.startswith("https:") for exchange in self.exchanges)

    @property
    def downgraded(self) -> bool:
        """Whether the way led from https to http: anyone on the way could have changed what followed."""
        schemes = [exchange.url.partition(":")[0] for page in self.pages for exchange in page.exchanges]
        return "http" in schemes[schemes.index("https") :] if "https" in schemes else False


def as_saved(page: Capture | SavedPage) -> SavedPage:
    """`page` without what the server said about it, but its Content-Type."""
    if isinstance(page, SavedPage):
        return page
    return SavedPage(page.final_url, page.started_at, page.payload, header(page.final.headers, "Content-Type"))


@dataclass(frozen=True, slots=True)
class SavedPage:
    """A page that somebody saved to a file, without what the server said about it.

    Attributes:
        url: the address it was saved from, without credentials; None where nobody said.
        started_at: when, UTC, aware.
        payload: its bytes.
        content_type: what the file says that they are, as a Content-Type header would; None where it does not.
    """

    url: str | None
    started_at: datetime
    payload: bytes
    content_type: str | None = None

    @property
    def page_url(self) -> str:
        """What its article is known by: where it was saved from; "" where nobody said."""
        return self.url or ""

    @property
    def size(self) -> int:
        """Its bytes."""
        return len(self.payload)

    @property
    def digests(self) -> tuple[str, ...]:
        """The SHA-256 of its one page, hexadecimal."""
        return (sha256(self.payload),)
