"""The cookies of one fetch: what each server set on the way, given back to it alone.

Many sites set a cookie while they redirect, and redirect for ever without it. Nothing is kept beyond the fetch.
"""

from __future__ import annotations

from urllib.parse import urlsplit

from requests.cookies import RequestsCookieJar


class Cookies:
    """One jar for each host, so none crosses to another host; within its host a cookie follows its own rules (RFC 6265)."""

    def __init__(self) -> None:
        self._jars: dict[str, RequestsCookieJar] = {}

    def jar(self, url: str) -> RequestsCookieJar:
        """The jar of the host of `url`."""
        return self._jars.setdefault(urlsplit(url).hostname or "", RequestsCookieJar())

    def bind_to_tls(self, url: str) -> None:
        """Makes what the host of `url` has set so far stay on https, where `url` is https itself."""
        if urlsplit(url).scheme == "https":
            for cookie in self.jar(url):
                cookie.secure = True

    def state(self, url: str) -> frozenset[tuple[str, str | None]]:
        """Names and values that the host of `url` has set so far."""
        return frozenset((cookie.name, cookie.value) for cookie in self.jar(url))
