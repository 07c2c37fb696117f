"""The one place where what requests, urllib3, http.client, ssl and socket raise becomes ours."""

from __future__ import annotations

import contextlib
import errno
import http.client
import socket
import ssl
from typing import TYPE_CHECKING, NamedTuple

import requests
import urllib3.exceptions

from archiver import urls
from archiver.errors import (
    ArchiverError,
    BadResponse,
    ConnectionFailed,
    FetchError,
    HttpStatus,
    InvalidUrl,
    NameNotFound,
    TimedOut,
    TlsFailed,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from archiver.fetch.deadline import Deadline
    from archiver.fetch.redirects import Journey

_LIBRARY_ERRORS = (OSError, urllib3.exceptions.HTTPError, http.client.HTTPException, ValueError)
_LATER = "try again later"
_MAX_TOLD_CHARACTERS = 200

CERTIFICATE_FAULTS = {
    # X509_V_ERR_*, openssl/x509_vfy.h
    9: "its certificate is not yet valid",
    10: "its certificate has expired",
    18: "its certificate is self-signed",
    19: "its certificate is signed by an authority that is not known here",
    20: "its certificate is signed by an authority that is not known here",
    21: "its certificate is signed by an authority that is not known here",
    62: "its certificate is for another host",
    64: "its certificate is for another host",
}
HANDSHAKE_FAULTS = {
    # ssl.SSLError.reason
    "UNSUPPORTED_PROTOCOL": "it speaks only versions of TLS that are not safe",
    "TLSV1_ALERT_PROTOCOL_VERSION": "it speaks only versions of TLS that are not safe",
    "WRONG_SSL_VERSION": "it speaks only versions of TLS that are not safe",
    "WRONG_VERSION_NUMBER": "it does not speak TLS on this port",
    "HTTP_REQUEST": "it does not speak TLS on this port",
    "RECORD_LAYER_FAILURE": "it does not speak TLS on this port",
}


@contextlib.contextmanager
def told(journey: Journey, deadline: Deadline) -> Iterator[None]:
    """Every failure within it is one of our errors, about the requested URL; where a redirect led to another, it says so."""
    try:
        yield
    except ArchiverError as error:
        _place(error, journey)
        raise
    except _LIBRARY_ERRORS as error:
        ours = deadline.error() if deadline.passed else _ours(error)  # what was cut off may fail in any way
        _place(ours, journey)
        raise ours from error


@contextlib.contextmanager
def placed(journey: Journey) -> Iterator[None]:
    """Every error of ours within it is about the requested URL."""
    try:
        yield
    except ArchiverError as error:
        _place(error, journey)
        raise


def _place(error: ArchiverError, journey: Journey) -> None:
    error.subject = journey.requested_url
    if isinstance(error, HttpStatus):
        error.final_url = journey.url
    if journey.url != journey.requested_url:
        error.reason = f"redirected to {journey.url}: {error.reason}"


def _ours(error: Exception) -> ArchiverError:
    causes = _causes(error)
    ours = next(row.translate(cause) for row in TRANSLATIONS for cause in causes if isinstance(cause, row.kind))
    if any(isinstance(cause, urllib3.exceptions.ProxyError) for cause in causes):
        ours.reason = f"through the proxy: {ours.reason}"
    return ours


def _causes(error: BaseException) -> list[BaseException]:
    """Everything that `error` wraps, as an argument, as its `reason` or as its cause, and itself at the end."""
    found: list[BaseException] = []
    ahead: list[object] = [error]
    while ahead:
        current = ahead.pop(0)
        if isinstance(current, BaseException) and not any(current is seen for seen in found):
            found.append(current)
            ahead += [*current.args, getattr(current, "reason", None), current.__cause__]
    return found[::-1]


def _certificate(error: ssl.SSLCertVerificationError) -> ArchiverError:
    fault = CERTIFICATE_FAULTS.get(error.verify_code, f"its certificate is not valid ({error.verify_message})")
    if error.verify_code in (18, 19, 20, 21):
        return TlsFailed(fault, remedy="if you trust its authority, name a file with its certificate in REQUESTS_CA_BUNDLE")
    return TlsFailed(fault, remedy="what it sends cannot be trusted; the site must mend this")


def _handshake(error: ssl.SSLError) -> ArchiverError:
    fault = HANDSHAKE_FAULTS.get(error.reason or "", f"no secure connection ({_plain(error.reason or error)})")
    return TlsFailed(fault, remedy="the site must mend this")


def _name(error: socket.gaierror) -> ArchiverError:
    if error.errno == socket.EAI_AGAIN:
        return NameNotFound("the name service does not answer", remedy="check the network connection, or try again later")
    return NameNotFound("no such host", remedy="check the host name")


def _cut_short(error: http.client.IncompleteRead) -> ArchiverError:
    # urllib3 counts the bytes it got, http.client keeps them; of chunks nobody knows how many were to come
    got = error.partial if isinstance(error.partial, int) else len(error.partial)
    size = f" ({got} of {got + error.expected} bytes)" if error.expected else " (a chunk of it is missing)"
    return BadResponse(f"cut short{size}", remedy=_LATER)


def _os(error: OSError) -> ArchiverError:
    if error.errno in (errno.ENETUNREACH, errno.EHOSTUNREACH, errno.EADDRNOTAVAIL):
        return ConnectionFailed("no way to the host", remedy="check the network connection")
    return _unknown(error)


def _unknown(error: BaseException) -> ArchiverError:
    return ConnectionFailed(f"failed: {_plain(error)}", remedy=_LATER)


def _plain(error: object) -> str:
    return urls.printable(str(error))[:_MAX_TOLD_CHARACTERS] or type(error).__name__


def _saying(kind: type[FetchError], reason: str, remedy: str = _LATER) -> Callable[[BaseException], ArchiverError]:
    return lambda _: kind(reason, remedy=remedy)


class Translation(NamedTuple):
    """What one kind of library error means."""

    kind: type[BaseException]
    translate: Callable[..., ArchiverError]


TRANSLATIONS = (
    # the first row that fits the error or anything it wraps; so the exact ones come first
    Translation(ssl.SSLCertVerificationError, _certificate),
    Translation(socket.gaierror, _name),
    Translation(urllib3.exceptions.ConnectTimeoutError, _saying(ConnectionFailed, "no connection in time")),
    Translation(urllib3.exceptions.ReadTimeoutError, _saying(TimedOut, "the host fell silent")),
    Translation(ssl.SSLError, _handshake),
    Translation(http.client.IncompleteRead, _cut_short),
    Translation(http.client.RemoteDisconnected, _saying(ConnectionFailed, "the host closed the connection without an answer")),
    Translation(http.client.LineTooLong, _saying(BadResponse, "a line of its headers is too long")),
    Translation(http.client.BadStatusLine, _saying(BadResponse, "the answer is not HTTP")),
    Translation(http.client.HTTPException, lambda error: BadResponse(_plain(error))),
    Translation(requests.exceptions.InvalidURL, lambda error: InvalidUrl(_plain(error))),
    Translation(urllib3.exceptions.LocationParseError, lambda error: InvalidUrl(_plain(error))),
    Translation(ConnectionRefusedError, _saying(ConnectionFailed, "the host refused the connection")),
    Translation(ConnectionError, _saying(ConnectionFailed, "the host reset the connection")),
    Translation(TimeoutError, _saying(TimedOut, "the host fell silent")),
    Translation(OSError, _os),
    Translation(Exception, _unknown),
)
