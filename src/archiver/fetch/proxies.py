"""Which proxy stands between, and how a SOCKS proxy is asked for a connection (RFC 1928, RFC 1929)."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from requests.utils import get_environ_proxies, select_proxy, should_bypass_proxies

from archiver import urls
from archiver.errors import ConnectionFailed
from archiver.fetch.addresses import literal

if TYPE_CHECKING:
    import socket

    from archiver.settings import Settings

SOCKS_PORT = 1080
_REMEDY = "check the proxy, and what it may reach"
_REFUSALS = {
    # RFC 1928, 6
    1: "it failed",
    2: "it does not allow this",
    3: "no way to the network",
    4: "no way to the host",
    5: "the host refused the connection",
    6: "no connection in time",
    7: "it does not know the command",
    8: "it does not know this kind of address",
}
_NOTHING_ASKED, _PASSWORD, _NONE_FITS = 0, 2, 0xFF


@dataclass(frozen=True, slots=True)
class Socks:
    """A SOCKS 5 proxy.

    Attributes:
        resolves: whether names are its to resolve (socks5h), and not ours (socks5).
    """

    host: str
    port: int
    resolves: bool
    user: str | None = None
    password: str | None = None

    def demand(self, line: socket.socket, host: str, port: int) -> None:
        """Has the proxy at the other end of `line` connect it to `host`, a name or an IP address.

        Raises:
            ConnectionFailed: it does not.
            OSError: the connection to it broke.
        """
        self._greet(line)
        line.sendall(b"\x05\x01\x00" + _address(host) + port.to_bytes(2, "big"))
        _, refusal, _, kind = _read(line, 4)
        if refusal:
            raise _failed(_REFUSALS.get(refusal, f"it refused, for the reason {refusal}"))
        _read(line, {1: 4, 4: 16}.get(kind) or _read(line, 1)[0])
        _read(line, 2)

    def _greet(self, line: socket.socket) -> None:
        methods = bytes([_NOTHING_ASKED, *([_PASSWORD] if self.user is not None else [])])
        line.sendall(bytes([5, len(methods)]) + methods)
        version, method = _read(line, 2)
        if version != 5:
            raise _failed("it does not speak SOCKS 5")
        if method == _PASSWORD and self.user is not None:
            words = [word.encode()[:255] for word in (self.user, self.password or "")]
            line.sendall(b"\x01" + b"".join(bytes([len(word)]) + word for word in words))
            if _read(line, 2)[1]:
                raise _failed("it does not accept the user name and password")
        elif method != _NOTHING_ASKED:
            raise _failed("it asks for a user name and password" if method == _NONE_FITS else "it asks for an unknown login")


def of_url(url: str, settings: Settings) -> tuple[dict[str, str], Socks | None]:
    """The proxies to use for `url`, by scheme, as requests wants them; or a SOCKS proxy.

    That of the settings outranks those of the environment; NO_PROXY excepts hosts from all.

    Raises:
        ConnectionFailed: it is of a kind that cannot be used.
    """
    if settings.proxy is None and not _may_have_proxies():
        return {}, None
    if settings.proxy is None:
        found = dict(get_environ_proxies(url))
        chosen = select_proxy(url, found)
    else:
        chosen = None if should_bypass_proxies(url, no_proxy=None) else settings.proxy
        found = {"http": chosen, "https": chosen} if chosen else {}
    if chosen is None or not chosen.lower().startswith("socks"):
        return found, None
    parts = urlsplit(chosen)
    scheme = parts.scheme.lower()
    if scheme not in ("socks5", "socks5h") or not parts.hostname:
        shown = urls.printable(urls.without_credentials(chosen))[:100]
        raise ConnectionFailed(f"the proxy {shown} cannot be used", remedy="name one with socks5h:// or http://")
    user, password = (unquote(word) if word is not None else None for word in (parts.username, parts.password))
    return {}, Socks(parts.hostname, parts.port or SOCKS_PORT, scheme == "socks5h", user, password)


def _may_have_proxies() -> bool:
    """Whether the environment or the system may name any; to find out which is slow."""
    return sys.platform in ("darwin", "win32") or "_proxy" in " ".join(os.environ).lower()


def _address(host: str) -> bytes:
    address = literal(host)
    if address is not None:
        return bytes([1 if address.version == 4 else 4]) + address.packed
    name = host.encode("ascii", "replace")[:255]
    return bytes([3, len(name)]) + name


def _read(line: socket.socket, size: int) -> bytes:
    got = b""
    while len(got) < size:
        piece = line.recv(size - len(got))
        if not piece:
            raise _failed("it closed the connection")
        got += piece
    return got


def _failed(reason: str) -> ConnectionFailed:
    return ConnectionFailed(f"through the proxy: {reason}", remedy=_REMEDY)
