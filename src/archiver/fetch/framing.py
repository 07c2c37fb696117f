"""Where a body ends (RFC 9112, 6.3): what can be read in two ways is how responses are smuggled, and is refused."""

from __future__ import annotations

import http.client
from typing import TYPE_CHECKING

from archiver.errors import BadResponse

if TYPE_CHECKING:
    from archiver.capture import Headers


class FramedResponse(http.client.HTTPResponse):
    """http.client's response, whose head is checked as soon as it is read; the libraries above guess instead."""

    def begin(self) -> None:
        """Reads the head.

        Raises:
            BadResponse: it contradicts itself about the body's length.
        """
        super().begin()
        demand_one_length(tuple(self.headers.items()))


def demand_one_length(headers: Headers) -> None:
    """Nothing, where `headers` leave no doubt about how long the body is.

    Raises:
        BadResponse: they contradict each other, or frame the body in a way that HTTP/1.1 does not know.
    """
    codings = [value.strip().lower() for name, value in headers if name.lower() == "transfer-encoding"]
    lengths = {part.strip() for name, value in headers if name.lower() == "content-length" for part in value.split(",")}
    if codings and codings != ["chunked"]:
        raise BadResponse(f"unknown transfer encoding ({_told(codings)})")
    if codings and lengths:
        raise BadResponse("both Content-Length and Transfer-Encoding")
    if len(lengths) > 1:
        raise BadResponse(f"more than one Content-Length ({_told(sorted(lengths))})")
    if not all(length.isascii() and length.isdigit() for length in lengths):
        raise BadResponse(f"no sound Content-Length ({_told(sorted(lengths))})")


def _told(values: list[str]) -> str:
    return ascii(", ".join(values)[:40])
