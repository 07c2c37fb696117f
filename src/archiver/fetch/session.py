"""One request and the answer to it: requests, with what it leaves to chance taken out of its hands.

Redirects, content codings and credentials are ours; so is every connection, from resolving its host on. Each request has an
adapter and a connection of its own, so nothing that an earlier answer left behind can pass for the answer to the next. Of
requests' sessions none is used: what they add (redirects, whose bodies they read unbounded, cookies, .netrc, what stands in the
environment) is not wanted, and took a sixth of the time of a request.
"""

from __future__ import annotations

import contextlib
import functools
import os
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import urlsplit

import requests
import urllib3
from requests.adapters import HTTPAdapter
from requests.structures import CaseInsensitiveDict
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import ConnectTimeoutError

from archiver import urls
from archiver.capture import Exchange, Headers, Truncated
from archiver.errors import InvalidInput
from archiver.fetch.framing import FramedResponse
from archiver.fetch.proxies import of_url

if TYPE_CHECKING:
    import socket
    from collections.abc import Iterator
    from collections.abc import Set as AbstractSet

    from urllib3 import HTTPResponse
    from urllib3.connectionpool import HTTPConnectionPool

    from archiver.fetch.connecting import Dialler
    from archiver.fetch.cookies import Cookies
    from archiver.settings import Settings

ACCEPT = "text/html,application/xhtml+xml;q=0.9,*/*;q=0.5"
ACCEPT_PICTURES = "image/webp,image/png,image/jpeg,image/gif;q=0.9,image/*;q=0.5"
ACCEPT_FEEDS = "application/rss+xml,application/atom+xml,application/feed+json,application/xml;q=0.9,*/*;q=0.5"
ACCEPT_ENCODING = "gzip, deflate"  # what `decoding` undoes
CA_BUNDLE_VARIABLES = ("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE")
"""Environment variables that name a file or directory of further certificate authorities, as requests and curl know them."""
_SECRET_HEADERS = frozenset({"authorization", "cookie"})
_HTTP_VERSIONS = {10: "HTTP/1.0", 11: "HTTP/1.1"}


@dataclass(frozen=True, slots=True)
class Answer:
    """The head of a response, and its body yet to be read. Its attributes are those of `Exchange`."""

    url: str
    request_headers: Headers
    started_at: datetime
    http_version: str
    status: int
    reason: str
    headers: Headers
    peer: str | None
    _raw: HTTPResponse

    def read(self, size: int) -> bytes:
        """What has come of the body, as it came, at most `size` bytes; b"" at its end. Waits for the first byte only."""
        return self._raw.read1(size, decode_content=False) or b""

    def exchange(self, body: bytes, *, truncated: Truncated | None = None) -> Exchange:
        """The whole exchange, given what was read of the body."""
        return Exchange(
            url=self.url,
            method="GET",
            request_headers=self.request_headers,
            started_at=self.started_at,
            http_version=self.http_version,
            status=self.status,
            reason=self.reason,
            headers=self.headers,
            body=body,
            peer=self.peer,
            truncated=truncated,
            seconds=(datetime.now(UTC) - self.started_at).total_seconds(),
        )


@contextlib.contextmanager
def get(  # noqa: PLR0913  # what a request is made of
    url: str,
    *,
    settings: Settings,
    dialler: Dialler,
    cookies: Cookies,
    authorization: str | None = None,
    brought: Headers = (),
    fields: Headers = (("Accept", ACCEPT),),
) -> Iterator[Answer]:
    """The answer to a GET request for `url`, while the context lasts; `cookies` are sent, and receive those that it sets.

    `fields` are the header fields that say what is wanted; `brought` are those that the user brings, which outrank them and
    stand in nothing that is kept.

    Where a proxy stands between, the guard can see the target's name only, not the address that the proxy connects to.

    Raises:
        AddressRefused: `url` leads to a host that the guard does not admit.
        ConnectionFailed: the proxy is of a kind that cannot be used.
        Exception: what requests, urllib3, http.client, ssl and socket raise; `failures` knows them.
    """
    dialler.guard.demand_name(urlsplit(url).hostname or "")
    proxies, dialler.socks = of_url(url, settings)
    headers: CaseInsensitiveDict[str] = CaseInsensitiveDict({"User-Agent": settings.agent})
    headers.update({**dict(fields), "Accept-Encoding": ACCEPT_ENCODING})
    secrets = (("Authorization", authorization), ("Cookie", cookies.header(url)), *brought)
    headers.update({name: value for name, value in secrets if value is not None})
    request = requests.Request("GET", url, headers=headers).prepare()
    timeout = (settings.connect_seconds, settings.idle_seconds)
    with contextlib.closing(_Adapter(dialler)) as adapter:
        started_at = datetime.now(UTC)
        with adapter.send(request, stream=True, timeout=timeout, proxies=proxies, verify=_authorities(settings)) as response:
            dialler.deadline.check()  # a head that was cut off looks whole
            cookies.receive(response)
            secret = _SECRET_HEADERS | {name.lower() for name, _ in brought}
            yield _answer(response, started_at, dialler.peer, secret)


class _Adapter(HTTPAdapter):
    """Requests' adapter, whose connections a dialler makes."""

    def __init__(self, dialler: Dialler) -> None:
        super().__init__()
        self._dialler = dialler

    def get_connection_with_tls_context(self, *args: Any, **options: Any) -> HTTPConnectionPool:
        pool = cast("HTTPConnectionPool", super().get_connection_with_tls_context(*args, **options))
        connection = _HttpsConnection if pool.scheme == "https" else _HttpConnection
        pool.ConnectionCls = cast("Any", functools.partial(connection, dialler=self._dialler))
        return pool


class _Dialled(HTTPConnection):
    """A connection made by a dialler."""

    response_class = FramedResponse

    def __init__(self, *args: Any, dialler: Dialler, **options: Any) -> None:
        super().__init__(*args, **options)
        self._dialler = dialler

    def _new_conn(self) -> socket.socket:
        dialler = self._dialler
        dial = dialler.dial_proxy if self.proxy is not None else dialler.dial_through if dialler.socks else dialler.dial
        try:
            return dial(self.host.strip("[]").lower(), self.port)
        except TimeoutError as error:
            raise ConnectTimeoutError(self, "no connection in time") from error

    def getresponse(self) -> HTTPResponse:  # type: ignore[override]  # as urllib3 itself
        """The answer's beginning.

        Raises:
            ConnectionResetError: the host was gone before the request was sent; urllib3 would go on without a socket.
        """
        if self.sock is None:
            raise ConnectionResetError("the host closed the connection before it answered")
        return super().getresponse()


class _HttpConnection(_Dialled):
    pass


class _HttpsConnection(_Dialled, HTTPSConnection):
    pass


def _answer(response: requests.Response, started_at: datetime, peer: str | None, secret: AbstractSet[str]) -> Answer:
    raw: HTTPResponse = response.raw
    url = urls.without_credentials(str(response.request.url))
    sent = [(name, _text(value)) for name, value in response.request.headers.items()]
    return Answer(
        url=url,
        request_headers=(("Host", urlsplit(url).netloc), *(item for item in sent if item[0].lower() not in secret)),
        started_at=started_at,
        http_version=_HTTP_VERSIONS.get(raw.version, "HTTP/1.1"),
        status=response.status_code,
        reason=response.reason or "",
        headers=tuple(raw.headers.items()),
        peer=peer,
        _raw=raw,
    )


def _text(value: str | bytes) -> str:
    return value if isinstance(value, str) else value.decode("latin-1")


def _authorities(settings: Settings) -> str | bool:
    """Where the certificate authorities stand that TLS trusts; True: those that come with requests; False: anybody."""
    if settings.insecure:
        urllib3.disable_warnings(urllib3.exceptions.InsecureRequestWarning)  # the command line has a louder one
        return False
    for variable in CA_BUNDLE_VARIABLES:
        if path := os.environ.get(variable):
            if not Path(path).exists():
                raise InvalidInput(f"{variable} names {path}, which does not exist", remedy="correct or unset it")
            return path
    return True
