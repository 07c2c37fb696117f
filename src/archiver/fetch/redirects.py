"""From hop to hop: where a redirect leads, and where one fetch stands (RFC 9110, 15.4)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from archiver import urls
from archiver.capture import header
from archiver.errors import InvalidUrl, RedirectRefused
from archiver.fetch.cookies import Cookies

if TYPE_CHECKING:
    from archiver.capture import Headers
    from archiver.fetch.brought import Brought
    from archiver.fetch.session import Answer

STATUSES = frozenset({301, 302, 303, 307, 308})
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]{0,30}):", re.IGNORECASE)


def target(answer: Answer) -> str | None:
    """The absolute URL that `answer` redirects to, ready to fetch; None where it is no redirect.

    White space around it is dropped, and what may not stand in a URL is percent-encoded, as browsers do; bytes that are not
    ASCII are read as UTF-8, or else as Latin-1. A user name and password in it are dropped.

    Raises:
        RedirectRefused: it leads to something other than http and https, or is no URL at all.
    """
    location = header(answer.headers, "Location")
    if answer.status not in STATUSES or location is None:
        return None
    text = _decoded(location).strip(" \t")
    if not text.isprintable():
        raise RedirectRefused(f"a bad redirect, with control characters in it ({text[:60]!a})")
    scheme = _SCHEME.match(text)
    if scheme and scheme[1].lower() not in ("http", "https"):
        raise RedirectRefused(f"redirects to a {scheme[1].lower()}: URL")
    try:
        return urls.parse(urls.without_credentials(urljoin(answer.url, text)))
    except (InvalidUrl, ValueError) as error:
        reason = error.reason if isinstance(error, InvalidUrl) else str(error)
        raise RedirectRefused(f"a bad redirect ({reason})") from None


class Journey:
    """Where one fetch stands: the URL to ask next, and what goes with the request.

    A redirect from https to http is followed: pages worth keeping stand behind such redirects, and nothing secret goes along
    (`Capture.downgraded` tells of it).

    Attributes:
        cookies: those of the fetch so far.
        requested_url: where it began, without credentials.
        url: the URL to ask next.
        hops: redirects followed.
    """

    def __init__(self, brought: Brought, max_redirects: int) -> None:
        url = brought.typed_url
        self._brought = brought
        self._max_redirects = max_redirects
        self._was_on_tls = False
        self.cookies = Cookies(brought.cookies)
        self.requested_url = self.url = urls.without_credentials(url)
        self.hops = 0
        self._asked = {self._state()}

    @property
    def typed_host(self) -> str:
        """The host of the URL it began with."""
        return urlsplit(self.requested_url).hostname or ""

    @property
    def authorization(self) -> str | None:
        """What the Authorization header says: a user name and password, for the typed origin alone."""
        return self._brought.authorization_for(self.url)

    @property
    def headers(self) -> Headers:
        """The header fields that the user brings for the host to ask next."""
        downgraded = self._was_on_tls and urlsplit(self.url).scheme != "https"
        return self._brought.headers_for(self.url, downgraded=downgraded)

    def follow(self, url: str) -> None:
        """Goes on to `url`.

        Raises:
            RedirectRefused: it leads in a loop, or is one redirect too many.
        """
        if self.hops == self._max_redirects:
            raise RedirectRefused(
                f"more than {self._max_redirects} redirects", remedy="open it in a browser to see where it ends"
            )
        self.cookies.bind_to_tls(self.url)
        self._was_on_tls |= urlsplit(self.url).scheme == "https"
        self.url = url
        self.hops += 1
        if self._state() in self._asked:
            raise RedirectRefused("the redirects go round in a loop", remedy="it may need a login")
        self._asked.add(self._state())

    def _state(self) -> tuple[str, frozenset[tuple[str, str, str | None]]]:
        """What makes a request the same as one before: its URL and the cookies that go with it."""
        return self.url, self.cookies.state()


def _decoded(location: str) -> str:
    """The header's text: http.client gives every byte as the Latin-1 character it would be."""
    try:
        return location.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return location
