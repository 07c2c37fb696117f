from __future__ import annotations

from datetime import UTC, datetime

import pytest

from archiver.errors import RedirectRefused
from archiver.fetch.brought import Brought
from archiver.fetch.redirects import Journey, target
from archiver.fetch.session import Answer
from tests.support.cookies import set_cookie


def answer(location: str | None, status: int = 302) -> Answer:
    headers = () if location is None else (("location", location),)
    return Answer("https://site.example/a/b?c", (), datetime.now(UTC), "HTTP/1.1", status, "Found", headers, None, None)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("location", "url"),
    [
        ("/d", "https://site.example/d"),
        ("d", "https://site.example/a/d"),
        ("?e", "https://site.example/a/b?e"),
        ("//other.example/d", "https://other.example/d"),
        ("HTTP://OTHER.example:80", "http://other.example/"),
        (" /d \t", "https://site.example/d"),
        ("/d e?f g", "https://site.example/d%20e?f%20g"),
        ("/d#part", "https://site.example/d"),
        ("/caf\u00c3\u00a9", "https://site.example/caf%C3%A9"),  # UTF-8, as http.client gives it
        ("/caf\u00e9", "https://site.example/caf%C3%A9"),  # Latin-1
        ("https://b\u00c3\u00bccher.example/", "https://xn--bcher-kva.example/"),
        ("https://ann:secret@other.example/", "https://other.example/"),
    ],
)
def test_leads_to(location, url):
    assert target(answer(location)) == url


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_statuses_that_redirect(status):
    assert target(answer("/d", status)) == "https://site.example/d"


@pytest.mark.parametrize("status", [200, 201, 300, 304, 404])
def test_statuses_that_do_not(status):
    assert target(answer("/d", status)) is None


def test_no_location_is_no_redirect():
    assert target(answer(None)) is None


@pytest.mark.parametrize(
    "location",
    [
        "/d\x00e",
        "/d\r\n Set-Cookie: a=b",
        "/d\x1b[31m",
        "/Â\x9b",
        "http://",
        "http://[::1",
        "http://a b/",
        "https://x:99999/",
        "https://-/" + "d" * 9000,
    ],
)
def test_a_bad_redirect(location):
    with pytest.raises(RedirectRefused, match="a bad redirect") as raised:
        target(answer(location))
    assert str(raised.value).isprintable()


@pytest.mark.parametrize("scheme", ["file", "ftp", "data", "javascript", "gopher", "FILE", "about"])
def test_other_schemes(scheme):
    with pytest.raises(RedirectRefused, match=f"redirects to a {scheme.lower()}: URL"):
        target(answer(f"{scheme}:///etc/passwd"))


class TestJourney:
    def test_begins_at_the_typed_url_without_its_credentials(self):
        journey = Journey(Brought.by_url("https://ann:secret@site.example/a"), 3)
        assert journey.requested_url == journey.url == "https://site.example/a"
        assert journey.typed_host == "site.example"

    @pytest.mark.parametrize(
        ("url", "authorized"),
        [
            ("https://site.example/b", True),
            ("http://site.example/b", False),
            ("https://site.example:8443/b", False),
            ("https://www.site.example/b", False),
        ],
    )
    def test_authorization_is_for_the_typed_origin(self, url, authorized):
        journey = Journey(Brought.by_url("https://ann:secret@site.example/a"), 3)
        assert journey.authorization == "Basic YW5uOnNlY3JldA=="
        journey.follow(url)
        assert (journey.authorization is not None) == authorized

    def test_no_credentials_no_authorization(self):
        assert Journey(Brought.by_url("https://site.example/a"), 3).authorization is None

    def test_refuses_one_redirect_too_many(self):
        journey = Journey(Brought.by_url("https://site.example/"), 2)
        journey.follow("https://site.example/1")
        journey.follow("https://site.example/2")
        with pytest.raises(RedirectRefused, match="more than 2 redirects"):
            journey.follow("https://site.example/3")

    def test_refuses_to_go_round(self):
        journey = Journey(Brought.by_url("https://site.example/"), 5)
        journey.follow("https://site.example/1")
        with pytest.raises(RedirectRefused, match="loop"):
            journey.follow("https://site.example/")

    def test_comes_back_with_another_cookie(self):
        journey = Journey(Brought.by_url("https://site.example/"), 5)
        set_cookie(journey.cookies, journey.url, "seen=1")
        journey.follow("https://site.example/")
        with pytest.raises(RedirectRefused, match="loop"):
            journey.follow("https://site.example/")

    def test_each_host_has_its_own_cookies(self):
        journey = Journey(Brought.by_url("https://site.example/"), 5)
        set_cookie(journey.cookies, journey.url, "seen=1")
        journey.follow("https://other.example/")
        assert journey.cookies.header(journey.url) is None
        journey.follow("https://site.example/b")
        assert journey.cookies.header(journey.url) == "seen=1"
