"""A file of cookies that the user brings, in the format of Netscape's browser, as curl, wget and browser extensions write it.

A line is a cookie: domain, whether its sub-domains get it, path, whether only https gets it, when it expires (seconds since
1970; 0: with the session), name and value, parted by tabs. `#HttpOnly_` before the domain is a mark; other lines that begin
with `#` are comments.
"""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

from requests.cookies import create_cookie

from archiver.errors import InvalidInput

if TYPE_CHECKING:
    from collections.abc import Iterator
    from http.cookiejar import Cookie
    from pathlib import Path

MAX_FILE_BYTES = 16 * 1024 * 1024
_HTTP_ONLY = "#HttpOnly_"
_FIELDS = 7


class CookieFile:
    """The cookies of a file, by domain."""

    def __init__(self, cookies: list[Cookie]) -> None:
        self._by_domain: dict[str, list[Cookie]] = {}
        for cookie in cookies:
            self._by_domain.setdefault(cookie.domain, []).append(cookie)

    def of_host(self, host: str) -> Iterator[Cookie]:
        """Those that may go to `host`, as far as their domain tells."""
        yield from self._by_domain.get(_local(host), ())
        labels = host.split(".")
        for start in range(len(labels)):
            yield from self._by_domain.get("." + ".".join(labels[start:]), ())


def load(path: Path) -> CookieFile:
    """The cookies in the file.

    Raises:
        InvalidInput: it cannot be read, or a line of it is no cookie.
    """
    try:
        facts = path.stat()
        if facts.st_size > MAX_FILE_BYTES:
            raise InvalidInput("too large for a file of cookies", subject=str(path), remedy="name the file of cookies")
        return _load(path, facts.st_mtime_ns, facts.st_size)
    except OSError as error:
        reason = f"cannot be read: {error.strerror or error}"
        raise InvalidInput(reason, subject=str(path), remedy="name a file of cookies (Netscape format)") from error


@functools.lru_cache(maxsize=1)
def _load(path: Path, _changed: int, _size: int) -> CookieFile:
    """As `load`; one file serves a whole run."""
    lines = path.read_text(encoding="utf-8", errors="replace").splitlines()
    return CookieFile([cookie for number, line in enumerate(lines, 1) if (cookie := _cookie(line, path, number))])


def _cookie(line: str, path: Path, number: int) -> Cookie | None:
    line = line.removeprefix(_HTTP_ONLY)
    if not line.strip() or line.startswith("#"):
        return None
    fields = line.split("\t")
    if len(fields) == _FIELDS - 1:
        fields.append("")  # an empty value, whose tab an editor took away
    if len(fields) != _FIELDS or not fields[0].strip(".") or not _number(fields[4]):
        raise InvalidInput(
            f"line {number} is no cookie", subject=str(path), remedy="it takes seven fields parted by tabs (Netscape format)"
        )
    domain, with_subdomains, where, secure, expires, name, value = fields
    domain = domain.lower().lstrip(".")
    everywhere = with_subdomains.strip().upper() == "TRUE"
    moment = int(float(expires)) if expires.strip() else 0
    cookie: Cookie = create_cookie(  # type: ignore[no-untyped-call]
        name,
        value,
        domain=f".{domain}" if everywhere else _local(domain),
        path=where or "/",
        secure=secure.strip().upper() == "TRUE",
        expires=moment if moment > 0 else None,
    )
    cookie.domain_specified = cookie.domain_initial_dot = everywhere
    return cookie


def _number(text: str) -> bool:
    try:
        return abs(float(text or 0)) < 1e15
    except ValueError:
        return False


def _local(host: str) -> str:
    """`host` as http.cookiejar writes one without a dot."""
    return host if "." in host or ":" in host else f"{host}.local"
