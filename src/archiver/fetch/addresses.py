"""Which hosts are public, and whom else a fetch may reach.

The host that a person typed is trusted, for itself. Whatever else a redirect leads to must be public, by its name and by the
address that is really connected to, so that no page can make us read the services of the machine or network we run in.
"""

from __future__ import annotations

import ipaddress
import socket
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from archiver import urls
from archiver.errors import AddressRefused

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Network = ipaddress.IPv4Network | ipaddress.IPv6Network


class NotPublic(NamedTuple):
    """A network or a name, with what it is."""

    pattern: str
    reason: str


NETWORKS = (
    # IANA IPv4 Special-Purpose Address Registry
    NotPublic("0.0.0.0/8", "an unspecified address"),
    NotPublic("10.0.0.0/8", "a private address"),
    NotPublic("100.64.0.0/10", "a provider's shared address"),
    NotPublic("127.0.0.0/8", "a loopback address"),
    NotPublic("168.63.129.16/32", "a cloud metadata address"),
    NotPublic("169.254.0.0/16", "a link-local or cloud metadata address"),
    NotPublic("172.16.0.0/12", "a private address"),
    NotPublic("192.0.0.0/24", "a reserved address"),
    NotPublic("192.0.2.0/24", "a documentation address"),
    NotPublic("192.88.99.0/24", "a 6to4 relay address"),
    NotPublic("192.168.0.0/16", "a private address"),
    NotPublic("198.18.0.0/15", "a benchmarking address"),
    NotPublic("198.51.100.0/24", "a documentation address"),
    NotPublic("203.0.113.0/24", "a documentation address"),
    NotPublic("224.0.0.0/4", "a multicast address"),
    NotPublic("240.0.0.0/4", "a reserved address"),
    # IANA IPv6 Special-Purpose Address Registry; what is outside 2000::/3 is refused as a whole below
    NotPublic("::/128", "an unspecified address"),
    NotPublic("::1/128", "a loopback address"),
    NotPublic("64:ff9b:1::/48", "a local NAT64 address"),
    NotPublic("2001::/32", "a Teredo address, which hides an IPv4 address"),
    NotPublic("2001::/23", "a reserved address"),
    NotPublic("2001:db8::/32", "a documentation address"),
    NotPublic("2002::/16", "a 6to4 address, which hides an IPv4 address"),
    NotPublic("3fff::/20", "a documentation address"),
    NotPublic("fc00::/7", "a private address"),
    NotPublic("fe80::/10", "a link-local address"),
    NotPublic("ff00::/8", "a multicast address"),
)
NAMES = (
    NotPublic("localhost", "a name of this machine"),  # RFC 6761
    NotPublic("localdomain", "a name of this machine"),
    NotPublic("local", "a name of the local network"),  # RFC 6762
    NotPublic("home.arpa", "a name of the local network"),  # RFC 8375
    NotPublic("internal", "a name of the local network"),  # reserved by ICANN in 2024; clouds name their metadata host in it
)
_GLOBAL_UNICAST = ipaddress.IPv6Network("2000::/3")
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")  # RFC 6052: on an IPv6-only network every IPv4 host has such an address


@dataclass(frozen=True, slots=True)
class Guard:
    """Whom one fetch may reach.

    Attributes:
        trusted_host: the host that the person typed.
        allow_private: further hosts (by label: `example.org` is also `www.example.org`) and networks (CIDR).
    """

    trusted_host: str
    allow_private: tuple[str, ...] = ()

    def demand_name(self, host: str) -> None:
        """Nothing, where `host` may be reached as far as its name (or the address it spells out) tells.

        Raises:
            AddressRefused: it may not.
        """
        address = literal(host)
        reason = why_name_not_public(host) if address is None else why_not_public(address)
        if reason and not self._opened(host, address):
            raise _refused(host, reason)

    def demand_address(self, host: str, address: str) -> None:
        """Nothing, where `host` may be reached at the IP address `address`.

        Raises:
            AddressRefused: it may not.
        """
        numeric = ipaddress.ip_address(address.partition("%")[0])
        reason = why_not_public(numeric)
        if reason and not self._opened(host, numeric):
            raise _refused(f"{host} ({numeric})" if host != str(numeric) else host, reason)

    def _opened(self, host: str, address: Address | None) -> bool:
        if host == self.trusted_host:
            return True
        return any(
            urls.host_matches(host, entry) if (network := _network(entry)) is None else _inside(address, network)
            for entry in self.allow_private
        )


def why_not_public(address: Address) -> str | None:
    """What `address` is, if not public; an IPv4 address written as IPv6 (mapped, NAT64) counts as what it holds."""
    address = _unwrapped(address)
    for network, reason in _networks():
        if address.version == network.version and address in network:
            return reason
    if isinstance(address, ipaddress.IPv6Address) and address not in _GLOBAL_UNICAST:
        return "a reserved address"
    return None


def why_name_not_public(host: str) -> str | None:
    """What `host` is, if its name alone says that it is not public."""
    for row in NAMES:
        if urls.host_matches(host, row.pattern):
            return row.reason
    return None if "." in host else "a name of the local network"


def is_loopback(host: str) -> bool:
    """Whether `host` is this machine, by its name or the address it spells out."""
    address = literal(host)
    return urls.host_matches(host, "localhost") if address is None else _unwrapped(address).is_loopback


def literal(host: str) -> Address | None:
    """The address that `host` spells out, in any way that a resolver understands (`127.1`, `0x7f.1`, `2130706433`)."""
    if ":" in host:
        return ipaddress.IPv6Address(host.partition("%")[0])
    try:
        return ipaddress.IPv4Address(socket.inet_aton(host))
    except OSError:
        return None


def _unwrapped(address: Address) -> Address:
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped is not None:
            return address.ipv4_mapped
        if address in _NAT64:
            return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    return address


def _inside(address: Address | None, network: Network) -> bool:
    if address is None:
        return False
    address = _unwrapped(address)
    return address.version == network.version and address in network


@cache
def _networks() -> tuple[tuple[Network, str], ...]:
    return tuple((ipaddress.ip_network(row.pattern), row.reason) for row in NETWORKS)


def _network(entry: str) -> Network | None:
    try:
        return ipaddress.ip_network(entry, strict=False)
    except ValueError:
        return None


def _refused(whom: str, reason: str) -> AddressRefused:
    return AddressRefused(f"{whom} is {reason}", remedy="if you trust it, name it in the setting allow_private")
