"""What a setting may be: how a value of config.toml or of the environment becomes one."""

from __future__ import annotations

import re
import shlex
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, NewType, get_args
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from collections.abc import Callable

MAX_SECONDS = 86_400.0
"""Longer than any page can take, and what every system's timers bear."""
MAX_JOBS = 256
"""As many threads as any machine bears."""
_TOKEN = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")  # RFC 9110, 5.6.2
_FRAMING = frozenset({"host", "connection", "content-length", "transfer-encoding", "accept-encoding", "te", "upgrade"})
"""Header fields that are the fetcher's own to send: they say how the request and its answer are to be read."""
PROXY_SCHEMES = ("http", "https", "socks5", "socks5h")
Proxy = NewType("Proxy", str)


Background = Literal["auto", "light", "dark"]
"""What is behind the text on the terminal; "auto": what the terminal says."""


class SentHeader(NamedTuple):
    """A header field for one host, by label (`example.org` is also `www.example.org`); None: for the one that was typed."""

    host: str | None
    name: str
    value: str

    def __str__(self) -> str:
        """The field as the setting has it."""
        return " ".join(filter(None, (self.host, f"{self.name}: {self.value}"))).rstrip()


class CommandLine(tuple[str, ...]):
    """A command and its arguments."""

    __slots__ = ()


NO_COMMAND = CommandLine()


def _path(value: Any) -> Path:
    text = _demand(value, str)
    if not text.strip() or "\0" in text:
        raise ValueError
    return Path(text).expanduser()


def _text(value: Any) -> str:
    text: str = _demand(value, str).strip()
    if not text or not text.isascii() or not text.isprintable():
        raise ValueError  # the only text there is goes into a header
    return text


def _integer(value: Any) -> int:
    return int(_positive(int(_demand(value, (str, int)))))


def _number(value: Any) -> float:
    number = _positive(float(_demand(value, (str, int, float))))
    if number > MAX_SECONDS:
        raise ValueError
    return number


def _truth(value: Any) -> bool:
    words = {"1": True, "true": True, "yes": True, "on": True, "0": False, "false": False, "no": False, "off": False}
    if isinstance(value, bool):
        return value
    text = _demand(value, str).strip().lower()
    if text not in words:
        raise ValueError
    return words[text]


def _proxy(value: Any) -> Proxy:
    text = _text(value)
    parts = urlsplit(text if "://" in text else f"http://{text}")
    if parts.scheme.lower() not in PROXY_SCHEMES or not parts.hostname or parts.port == 0:
        raise ValueError
    return Proxy(parts.geturl())


def header(text: str) -> SentHeader:
    """The header field in `text`, "Name: value", for the typed host.

    Raises:
        ValueError: it is none, or one that may not be sent.
    """
    name, colon, value = text.partition(":")
    name, value = name.strip(), value.strip()
    if not colon or not _TOKEN.fullmatch(name) or name.lower() in _FRAMING or not (value.isascii() and value.isprintable()):
        raise ValueError
    return SentHeader(None, name, value)


def _headers(value: Any) -> tuple[SentHeader, ...]:
    rows = value.splitlines() if isinstance(value, str) else _demand(value, list)
    found = []
    for row in rows:
        host, _, field = _demand(row, str).strip().partition(" ")
        if not host or host.endswith(":"):
            raise ValueError  # it names no host
        found.append(header(field)._replace(host=host.lower()))
    return tuple(found)


def _list(value: Any) -> tuple[str, ...]:
    items = value.split(",") if isinstance(value, str) else _demand(value, list)
    return tuple(item.strip() for item in items if _demand(item, str).strip())


def _command(value: Any) -> CommandLine:
    parts = shlex.split(value) if isinstance(value, str) else _demand(value, list)
    if not all(isinstance(part, str) and "\0" not in part for part in parts):
        raise TypeError
    return CommandLine(parts)


def _background(value: Any) -> str:
    if value not in get_args(Background):
        raise ValueError
    return str(value)


CONVERSIONS: dict[Any, tuple[Callable[[Any], Any], str]] = {
    Path: (_path, "a path"),
    Path | None: (_path, "a path"),
    str: (_text, "one line of ASCII text"),
    str | None: (_text, "one line of ASCII text"),
    bool: (_truth, "true or false"),
    Proxy | None: (_proxy, "a proxy: http://, https://, socks5:// or socks5h:// and its host and port"),
    tuple[SentHeader, ...]: (_headers, 'a list of "host Name: value"'),
    int: (_integer, "a whole number above 0"),
    float: (_number, f"a number above 0 and at most {MAX_SECONDS:.0f}"),
    float | None: (_number, f"a number above 0 and at most {MAX_SECONDS:.0f}"),
    tuple[str, ...]: (_list, "a list of text"),
    CommandLine: (_command, "a command and its arguments"),
    Background: (_background, f"one of {', '.join(get_args(Background))}"),
}
"""For each type of a field, how a value becomes one, and what a value should have been."""


SECRET = (Proxy | None, tuple[SentHeader, ...])
"""What may hold passwords, and is not repeated in an error."""
_MASK = "***"


def masked(value: Any) -> Any:
    """A setting's value as others may see it: without the user name and password of a proxy, and what header fields say."""
    if isinstance(value, tuple):
        return tuple(item._replace(value=_MASK) if isinstance(item, SentHeader) else item for item in value)
    if isinstance(value, str) and "@" in (authority := urlsplit(value).netloc):
        return value.replace(authority, f"{_MASK}@{authority.rpartition('@')[2]}", 1)
    return value


def _positive(number: float) -> float:
    if not 0 < number < float("inf"):
        raise ValueError
    return number


def _demand(value: Any, kind: type | tuple[type, ...]) -> Any:
    if not isinstance(value, kind) or isinstance(value, bool):
        raise TypeError
    return value
