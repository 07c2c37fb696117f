from __future__ import annotations

import ipaddress

import pytest

from archiver.errors import AddressRefused
from archiver.fetch.addresses import NAMES, NETWORKS, Guard, literal, why_not_public

GUARD = Guard("typed.example")


@pytest.mark.parametrize(
    "address",
    [
        "0.0.0.0",
        "10.0.0.1",
        "100.64.0.1",
        "100.100.100.200",
        "127.0.0.1",
        "127.255.255.254",
        "168.63.129.16",
        "169.254.169.254",
        "172.16.0.1",
        "172.31.255.255",
        "192.0.0.1",
        "192.168.1.1",
        "198.18.0.1",
        "203.0.113.5",
        "224.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "::ffff:127.0.0.1",
        "::ffff:10.0.0.1",
        "::127.0.0.1",
        "64:ff9b::7f00:1",
        "64:ff9b::a00:1",
        "64:ff9b:1::808:808",
        "100::1",
        "2001::1",
        "2001:db8::1",
        "2002:7f00:1::",
        "2002:808:808::",
        "3fff::1",
        "fc00::1",
        "fd00:ec2::254",
        "fe80::1",
        "fec0::1",
        "ff02::1",
    ],
)
def test_not_public(address):
    assert why_not_public(ipaddress.ip_address(address))
    with pytest.raises(AddressRefused):
        GUARD.demand_address("other.example", address)


@pytest.mark.parametrize(
    "address",
    [
        "8.8.8.8",
        "100.63.0.1",
        "100.128.0.1",
        "172.32.0.1",
        "93.184.216.34",
        "2606:4700::1111",
        "::ffff:8.8.8.8",
        "64:ff9b::808:808",
    ],
)
def test_public(address):
    assert why_not_public(ipaddress.ip_address(address)) is None
    GUARD.demand_address("other.example", address)


@pytest.mark.parametrize("row", NETWORKS, ids=lambda row: row.pattern)
def test_every_network_is_refused_with_its_reason(row):
    last = ipaddress.ip_network(row.pattern)[-1]
    assert why_not_public(last) == row.reason


@pytest.mark.parametrize("row", NAMES, ids=lambda row: row.pattern)
def test_every_name_is_refused_with_its_reason(row):
    for host in (row.pattern, f"www.{row.pattern}"):
        with pytest.raises(AddressRefused, match=row.reason):
            GUARD.demand_name(host)
    GUARD.demand_name(f"{row.pattern}.example.org")


@pytest.mark.parametrize(
    "host", ["intranet", "127.1", "0x7f.1", "2130706433", "017700000001", "0", "::1", "fe80::1%lo", "10.0.0.1"]
)
def test_names_that_spell_out_a_private_address_are_refused(host):
    with pytest.raises(AddressRefused):
        GUARD.demand_name(host)


@pytest.mark.parametrize("host", ["example.org", "8.8.8.8", "134744072", "2606:4700::1111", "127.0.0.1.example.org"])
def test_public_names(host):
    GUARD.demand_name(host)


@pytest.mark.parametrize(("host", "address"), [("127.1", "127.0.0.1"), ("0x7f000001", "127.0.0.1"), ("::1", "::1")])
def test_literal(host, address):
    assert literal(host) == ipaddress.ip_address(address)


def test_literal_of_a_name():
    assert literal("example.org") is None


def test_the_trusted_host_may_be_anywhere():
    Guard("intranet").demand_name("intranet")
    Guard("intranet").demand_address("intranet", "10.0.0.1")
    Guard("127.0.0.1").demand_name("127.0.0.1")


@pytest.mark.parametrize("entry", ["10.0.0.0/8", "10.1.2.3", "wiki.example.org", "example.org", "0.0.0.0/0"])
def test_allow_private_opens(entry):
    guard = Guard("typed.example", (entry,))
    guard.demand_address("wiki.example.org", "10.1.2.3")
    guard.demand_address("wiki.example.org", "::ffff:10.1.2.3")


@pytest.mark.parametrize("entry", ["10.0.0.0/16", "10.1.2.4", "ample.org", "wiki.example.org.example"])
def test_allow_private_opens_nothing_else(entry):
    with pytest.raises(AddressRefused):
        Guard("typed.example", (entry,)).demand_address("wiki.example.org", "10.1.2.3")


def test_the_refusal_says_what_to_do():
    with pytest.raises(AddressRefused, match=r"127\.0\.0\.1 is a loopback address \(.*allow_private\)"):
        GUARD.demand_address("127.0.0.1", "127.0.0.1")
