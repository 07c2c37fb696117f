"""The body of a response, read within its bounds and within the time."""

from __future__ import annotations

from dataclasses import dataclass
from http.client import HTTPException
from typing import TYPE_CHECKING

from urllib3.exceptions import HTTPError, ReadTimeoutError

from archiver.capture import header
from archiver.errors import EmptyPage
from archiver.fetch.decoding import Decoder, too_large

if TYPE_CHECKING:
    from collections.abc import Callable

    from archiver.capture import Truncated
    from archiver.fetch.deadline import Deadline
    from archiver.fetch.session import Answer

READ_BYTES = 32 * 1024
SNIFF_BYTES = 1445  # what the WHATWG MIME Sniffing Standard looks at
MAX_ASIDE_BYTES = 64 * 1024  # of a body nobody will read: a redirect's


@dataclass(frozen=True, slots=True)
class Body:
    """A page's bytes: `wire` as they came, `payload` with the content coding undone."""

    wire: bytes
    payload: bytes


def read(
    answer: Answer, *, max_bytes: int, deadline: Deadline, inspect: Callable[[bytes], None], keep_wire: bool = True
) -> Body:
    """The whole body.

    Args:
        answer: whose body it is.
        max_bytes: most bytes, decoded as well as on the wire.
        deadline: when reading ends, whatever has come.
        inspect: called once with the payload's first bytes; it raises to have the rest left unread.
        keep_wire: whether anybody wants the bytes as they came; else `wire` is empty.

    Raises:
        TooLarge: more bytes than allowed.
        BadResponse: the body is not what its headers say.
        EmptyPage: there is none.
        TimedOut: the deadline passed.
    """
    decoder = Decoder(header(answer.headers, "Content-Encoding"), max_bytes)
    wire, payload, inspected, received = bytearray(), bytearray(), False, 0
    while chunk := answer.read(READ_BYTES):
        received += len(chunk)
        if received > max_bytes:
            raise too_large(max_bytes)
        if keep_wire:
            wire += chunk
        for piece in decoder.feed(chunk):
            deadline.check()
            payload += piece
            if not inspected and len(payload) >= SNIFF_BYTES:
                inspect(bytes(payload[:SNIFF_BYTES]))
                inspected = True
        deadline.check()
    deadline.check()  # a connection that was cut off looks like one that ended
    decoder.finish()
    if not payload:
        raise EmptyPage("the page is empty", remedy="open it in a browser to see whether there is anything")
    if not inspected:
        inspect(bytes(payload))
    return Body(wire=bytes(wire), payload=bytes(payload))


def read_beginning(answer: Answer, *, max_bytes: int, deadline: Deadline) -> bytes:
    """The first `max_bytes` bytes of the body, decoded.

    Raises:
        BadResponse: the body is not what its headers say.
        TimedOut: the deadline passed.
    """
    decoder = Decoder(header(answer.headers, "Content-Encoding"), 2 * max_bytes)
    payload = bytearray()
    while len(payload) < max_bytes and (chunk := answer.read(READ_BYTES)):
        for piece in decoder.feed(chunk):
            payload += piece
            if len(payload) >= max_bytes:
                break
        deadline.check()
    deadline.check()
    return bytes(payload[:max_bytes])


def read_aside(answer: Answer, deadline: Deadline) -> tuple[bytes, Truncated | None]:
    """The first bytes of a body that only the capture wants, undecoded, and why that is less than the whole, if it is.

    Raises:
        TimedOut: the deadline passed.
    """
    wire = bytearray()
    truncated: Truncated | None = None
    try:
        while len(wire) < MAX_ASIDE_BYTES and (chunk := answer.read(MAX_ASIDE_BYTES - len(wire))):
            wire += chunk
            deadline.check()
        if len(wire) == MAX_ASIDE_BYTES:
            truncated = "length"
    except (ReadTimeoutError, TimeoutError):
        truncated = "time"
    except (HTTPError, HTTPException, OSError):
        truncated = "disconnect"
    deadline.check()
    return bytes(wire), truncated
