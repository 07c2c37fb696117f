"""What a user brings for a fetch, and which hosts of the way it is for."""

from __future__ import annotations

import base64
import netrc
import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Self
from urllib.parse import unquote, urlsplit

from archiver import urls
from archiver.errors import InvalidInput
from archiver.fetch import cookie_file

if TYPE_CHECKING:
    from archiver.capture import Headers
    from archiver.fetch.cookie_file import CookieFile
    from archiver.settings import Settings
    from archiver.values import SentHeader

NETRC_VARIABLE = "NETRC"
_STANDARD_PORTS = {"http": 80, "https": 443}


@dataclass(frozen=True, slots=True)
class Brought:
    """What goes along with one fetch.

    Attributes:
        typed_url: the URL it begins with, credentials included.
        authorization: what the Authorization header says to the origin of `typed_url`; None where there is none.
        headers: header fields, each with the host that it is for.
        cookies: a file of them.
    """

    typed_url: str
    authorization: str | None = None
    headers: tuple[SentHeader, ...] = ()
    cookies: CookieFile | None = None

    @classmethod
    def by_url(cls, typed_url: str) -> Self:
        """What `typed_url` itself says: its user name and password."""
        return cls(typed_url, _basic_of_url(typed_url))

    @classmethod
    def by_settings(cls, typed_url: str, settings: Settings) -> Self:
        """What the settings and `typed_url` itself say.

        Raises:
            InvalidInput: the file of cookies, or .netrc, cannot be used.
        """
        authorization = cls.by_url(typed_url).authorization
        if authorization is None and settings.netrc:
            authorization = _basic_of_netrc(urlsplit(typed_url).hostname or "")
        cookies = cookie_file.load(settings.cookies) if settings.cookies else None
        return cls(typed_url, authorization, settings.headers, cookies)

    def authorization_for(self, url: str) -> str | None:
        """What the Authorization header of a request for `url` says."""
        return self.authorization if self._is_typed(url) else None

    def headers_for(self, url: str, *, downgraded: bool) -> Headers:
        """The header fields of a request for `url`; `downgraded`: a redirect led from https to http before."""
        host = urlsplit(url).hostname or ""
        return tuple(
            (field.name, field.value)
            for field in self.headers
            if (self._is_typed(url) if field.host is None else urls.host_matches(host, field.host) and not downgraded)
        )

    def _is_typed(self, url: str) -> bool:
        """Whether `url` has the origin of the typed one, or is on the same host's https where that was its http."""
        typed, asked = _origin(self.typed_url), _origin(url)
        return asked == typed or (
            typed[1] == asked[1] and (typed[0], typed[2], asked[0], asked[2]) == ("http", 80, "https", 443)
        )


def _origin(url: str) -> tuple[str, str, int | None]:
    parts = urlsplit(url)
    return parts.scheme, parts.hostname or "", parts.port or _STANDARD_PORTS.get(parts.scheme)


def _basic(user: str, password: str) -> str:
    """The header for a user name and password (RFC 7617)."""
    return "Basic " + base64.b64encode(f"{user}:{password}".encode()).decode("ascii")


def _basic_of_url(url: str) -> str | None:
    parts = urlsplit(url)
    if parts.username is None and parts.password is None:
        return None
    return _basic(unquote(parts.username or ""), unquote(parts.password or ""))


def _basic_of_netrc(host: str) -> str | None:
    """What the user's .netrc has for `host`; its `default` is for whoever asks, and is left out."""
    path = Path(os.environ.get(NETRC_VARIABLE) or Path.home() / ".netrc")
    try:
        entry = netrc.netrc(path).hosts.get(host)
    except FileNotFoundError:
        raise InvalidInput(
            "no such file", subject=str(path), remedy=f"name it in {NETRC_VARIABLE}, or leave --netrc out"
        ) from None
    except (OSError, netrc.NetrcParseError, UnicodeDecodeError) as error:
        reason = getattr(error, "msg", None) or getattr(error, "strerror", None) or "is no text"
        raise InvalidInput(f"cannot be used: {reason}", subject=str(path), remedy="correct it, or leave --netrc out") from error
    return _basic(entry[0] or "", entry[2] or "") if entry else None
