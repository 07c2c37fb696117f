from __future__ import annotations

import pytest

from archiver.fetch.cookie_file import CookieFile, load
from archiver.fetch.cookies import Cookies
from tests.support.cookies import set_cookie


def test_a_cookie_goes_to_its_own_host_alone():
    cookies = Cookies()
    set_cookie(cookies, "https://site.example/a", "seen=1")
    assert cookies.header("http://site.example:8080/b") == "seen=1"
    for url in ("https://www.site.example/", "https://example/", "https://notsite.example/", "https://site.example.org/"):
        assert cookies.header(url) is None


def test_a_cookie_with_a_domain_goes_to_its_sub_domains():
    cookies = Cookies()
    set_cookie(cookies, "https://www.site.example/a", "seen=1; Domain=site.example; Path=/")
    for url in ("https://site.example/", "https://www.site.example/", "https://news.site.example/b"):
        assert cookies.header(url) == "seen=1"
    for url in ("https://notsite.example/", "https://example/", "https://other.example/"):
        assert cookies.header(url) is None


@pytest.mark.parametrize("domain", ["other.example", "example", "co.uk", "x.site.co.uk"])
def test_a_host_sets_none_for_another_or_for_a_registry(domain):
    cookies = Cookies()
    set_cookie(cookies, "https://site.co.uk/", f"seen=1; Domain={domain}")
    assert not cookies.state()


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "[::1]"])
def test_hosts_without_a_domain_have_cookies_too(host):
    cookies = Cookies()
    set_cookie(cookies, f"http://{host}/", "seen=1")
    assert cookies.header(f"http://{host}:81/a") == "seen=1"


def test_what_https_set_stays_on_https():
    cookies = Cookies()
    set_cookie(cookies, "http://other.example/", "other=1")
    cookies.bind_to_tls("http://other.example/")
    set_cookie(cookies, "https://site.example/", "seen=1")
    assert cookies.header("http://other.example/") == "other=1"
    cookies.bind_to_tls("https://site.example/")
    assert cookies.header("http://site.example/") is None
    assert cookies.header("https://site.example/") == "seen=1"


def test_state_changes_with_a_value():
    cookies = Cookies()
    states = [cookies.state()]
    for value in ("1", "2"):
        set_cookie(cookies, "https://site.example/", f"seen={value}")
        states.append(cookies.state())
    assert [len(state) for state in states] == [0, 1, 1]
    assert len(set(states)) == 3


LINES = (
    "# Netscape HTTP Cookie File",
    "",
    "site.example\tFALSE\t/\tFALSE\t0\tsession\ts",
    ".site.example\tTRUE\t/\tFALSE\t4102444800\twide\tw",
    "#HttpOnly_site.example\tFALSE\t/\tTRUE\t0\tsafe\tx",
    "site.example\tFALSE\t/news\tFALSE\t0\tnews\tn",
    "site.example\tFALSE\t/\tFALSE\t946684800\told\to",
    "other.example\tTRUE\t/\tFALSE\t0\tother\t1",
    "localhost\tFALSE\t/\tFALSE\t0\there\t1",
)


@pytest.fixture
def brought(tmp_path) -> CookieFile:
    (tmp_path / "cookies.txt").write_text("\r\n".join(LINES))
    return load(tmp_path / "cookies.txt")


@pytest.mark.parametrize(
    ("url", "names"),
    [
        ("http://site.example/", {"session", "wide"}),
        ("https://site.example/news/a", {"session", "wide", "safe", "news"}),
        ("http://www.site.example/", {"wide"}),
        ("https://www.other.example/", {"other"}),
        ("http://localhost/", {"here"}),
        ("https://notsite.example/", set()),
        ("https://example/", set()),
    ],
)
def test_what_the_user_brings_follows_the_same_rules(brought, url, names):
    header = Cookies(brought).header(url) or ""
    assert {pair.partition("=")[0] for pair in header.split("; ") if pair} == names


def test_what_the_server_sets_outranks_what_was_brought(brought):
    cookies = Cookies(brought)
    assert "session=s" in str(cookies.header("https://site.example/"))
    set_cookie(cookies, "https://site.example/", "session=new; Path=/")
    assert "session=new" in str(cookies.header("https://site.example/"))
    assert "session=s" in str(Cookies(brought).header("https://site.example/")), "another fetch begins anew"
