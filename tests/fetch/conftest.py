"""Settings with short limits, an environment without proxies, host names of our own, and a certificate authority to trust."""

from __future__ import annotations

import os
import socket
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
import trustme

from archiver.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

Named = Callable[..., None]


@pytest.fixture(autouse=True)
def _clean_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in list(os.environ):
        if name.lower().endswith("_proxy") or name in ("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE"):
            monkeypatch.delenv(name)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(home=tmp_path, timeout_seconds=5, connect_seconds=3, idle_seconds=3)


@pytest.fixture
def hasty(tmp_path: Path) -> Settings:
    """For servers that never come to an end."""
    return Settings(home=tmp_path, timeout_seconds=0.6)


@pytest.fixture
def name(monkeypatch: pytest.MonkeyPatch) -> Named:
    """name("site.example", "127.0.0.1", …) makes a host name resolve to these addresses."""
    known: dict[str, tuple[str, ...]] = {}
    real = socket.getaddrinfo

    def getaddrinfo(host, port, *args, **options):
        return [found for address in known.get(host, (host,)) for found in real(address, port, *args, **options)]

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)
    return lambda host, *addresses: known.update({host: addresses})


@pytest.fixture(scope="session")
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture
def trusted(authority: trustme.CA, monkeypatch: pytest.MonkeyPatch) -> Iterator[trustme.CA]:
    """The authority, which the fetcher trusts during the test."""
    with authority.cert_pem.tempfile() as path:
        monkeypatch.setenv("REQUESTS_CA_BUNDLE", path)
        yield authority
