"""The cookies of one fetch: what servers set on the way and what the user brings, given back by the cookies' own rules.

Many sites set a cookie while they redirect, and redirect for ever without it. A cookie goes to the host that set it, and to
that host's sub-domains where it names a domain (RFC 6265, 5.1.3); one that names a whole registry (`co.uk`) is not taken.
Nothing is kept beyond the fetch.
"""

from __future__ import annotations

import copy
from http.cookiejar import DefaultCookiePolicy
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import requests
from requests.cookies import RequestsCookieJar, extract_cookies_to_jar, get_cookie_header

if TYPE_CHECKING:
    from archiver.fetch.cookie_file import CookieFile


class Cookies:
    """The jar of one fetch; `brought` are the cookies that the user brings."""

    def __init__(self, brought: CookieFile | None = None) -> None:
        exact = DefaultCookiePolicy.DomainStrictNonDomain  # one without a domain is for its own host alone
        self._jar = RequestsCookieJar(policy=DefaultCookiePolicy(strict_domain=True, strict_ns_domain=exact))
        self._brought = brought
        self._met: set[str] = set()

    def header(self, url: str) -> str | None:
        """What the Cookie header of a request for `url` says; None where there is nothing to say."""
        self._bring(urlsplit(url).hostname or "")
        if not len(self._jar):
            return None
        request = requests.Request("GET", url).prepare()
        header: str | None = get_cookie_header(self._jar, request)  # type: ignore[no-untyped-call]
        return header

    def receive(self, response: requests.Response) -> None:
        """Takes in what `response` sets."""
        extract_cookies_to_jar(self._jar, response.request, response.raw)  # type: ignore[no-untyped-call]

    def bind_to_tls(self, url: str) -> None:
        """Makes what is there so far stay on https, where `url` is https itself."""
        if urlsplit(url).scheme == "https":
            for cookie in self._jar:
                cookie.secure = True

    def state(self) -> frozenset[tuple[str, str, str | None]]:
        """Domains, names and values so far."""
        return frozenset((cookie.domain, cookie.name, cookie.value) for cookie in self._jar)

    def _bring(self, host: str) -> None:
        """Adds what the user brings for `host`; once, so that what the server sets later stays."""
        if self._brought is None or host in self._met:
            return
        self._met.add(host)
        held = {(cookie.domain, cookie.path, cookie.name) for cookie in self._jar}
        for cookie in self._brought.of_host(host):
            if (cookie.domain, cookie.path, cookie.name) not in held:
                self._jar.set_cookie(copy.copy(cookie))
