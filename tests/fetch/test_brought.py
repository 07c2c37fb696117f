"""What a user brings goes to its own host, over no line less safe than before, and into nothing that is kept."""

from __future__ import annotations

import dataclasses

import pytest

from archiver.capture import header
from archiver.errors import InvalidInput
from archiver.fetch import fetch
from archiver.fetch.brought import Brought
from archiver.values import SentHeader
from tests.support.servers import Response, redirect, serve, tls_context

PAGE = Response("<p>Once")
KEY = SentHeader(None, "X-Api-Key", "swordfish")


@pytest.mark.parametrize(
    ("url", "sent"),
    [
        ("http://site.example/b", True),
        ("https://site.example/", True),
        ("http://site.example:8080/", False),
        ("https://site.example:8443/", False),
        ("http://www.site.example/", False),
        ("http://other.example/", False),
    ],
)
def test_what_was_typed_goes_to_the_typed_origin_and_its_https(url, sent):
    brought = Brought("http://site.example/a", "Basic x", (KEY,))
    assert brought.headers_for(url, downgraded=False) == ((("X-Api-Key", "swordfish"),) if sent else ())
    assert brought.authorization_for(url) == ("Basic x" if sent else None)


def test_what_was_typed_for_https_does_not_go_to_http():
    brought = Brought("https://site.example/a", "Basic x", (KEY,))
    assert brought.headers_for("http://site.example/a", downgraded=True) == ()
    assert brought.authorization_for("http://site.example/a") is None


@pytest.mark.parametrize(
    ("url", "downgraded", "sent"),
    [
        ("https://site.example/", False, True),
        ("http://www.site.example:81/", False, True),
        ("http://site.example/", True, False),
        ("https://notsite.example/", False, False),
    ],
)
def test_a_header_of_the_settings_goes_to_the_host_it_names(url, downgraded, sent):
    brought = Brought("https://other.example/", headers=(KEY._replace(host="site.example"),))
    assert bool(brought.headers_for(url, downgraded=downgraded)) == sent


def test_headers_and_cookies_reach_their_host_and_nothing_that_is_kept(settings, tmp_path, name):
    name("other.example", "127.0.0.1")
    (tmp_path / "cookies.txt").write_text("127.0.0.1\tFALSE\t/\tFALSE\t0\tsession\tmackerel\n")
    opened = dataclasses.replace(settings, headers=(KEY,), cookies=tmp_path / "cookies.txt", allow_private=("other.example",))
    with serve({"/": PAGE}, name="other.example") as other, serve({"/": redirect(other.url())}) as site:
        capture = fetch(site.url(), opened)
    assert site.requests[0].header("X-Api-Key") == "swordfish"
    assert site.requests[0].header("Cookie") == "session=mackerel"
    assert other.requests[0].header("X-Api-Key") is None
    assert other.requests[0].header("Cookie") is None
    assert "swordfish" not in repr(capture)
    assert "mackerel" not in repr(capture)
    assert header(capture.exchanges[0].request_headers, "User-Agent") == settings.user_agent


def test_a_header_outranks_what_is_sent_anyway(settings):
    own = dataclasses.replace(settings, headers=(SentHeader(None, "User-Agent", "curious"),))
    with serve({"/": PAGE}) as site:
        fetch(site.url(), own)
    assert site.requests[0].header("User-Agent") == "curious"


def test_the_user_agent_tells_the_contact(settings):
    with serve({"/": PAGE}) as site:
        fetch(site.url(), dataclasses.replace(settings, contact="ann@example.org"))
    assert str(site.requests[0].header("User-Agent")).endswith("(+ann@example.org)")


class TestNetrc:
    @pytest.fixture
    def asked(self, settings, tmp_path, monkeypatch):
        path = tmp_path / "netrc"
        path.write_text("machine 127.0.0.1 login ann password secret\ndefault login any password body\n")
        path.chmod(0o600)
        monkeypatch.setenv("NETRC", str(path))
        return dataclasses.replace(settings, netrc=True)

    def test_is_read_when_asked_for(self, asked):
        with serve({"/": PAGE}) as site:
            capture = fetch(site.url(), asked)
        assert site.requests[0].header("Authorization") == "Basic YW5uOnNlY3JldA=="
        assert "Authorization" not in repr(capture)

    def test_the_url_outranks_it(self, asked):
        with serve({"/": PAGE}) as site:
            fetch(site.url(credentials="bob:other"), asked)
        assert site.requests[0].header("Authorization") == "Basic Ym9iOm90aGVy"

    def test_its_default_is_for_nobody(self, asked):
        with serve({"/": PAGE}, address="127.0.0.2") as site:
            fetch(site.url(), asked)
        assert site.requests[0].header("Authorization") is None

    def test_that_is_not_there_or_damaged_is_named(self, asked, tmp_path):
        (tmp_path / "netrc").write_text("machine")
        with pytest.raises(InvalidInput, match="netrc: cannot be used"):
            fetch("http://127.0.0.1/", asked)
        (tmp_path / "netrc").unlink()
        with pytest.raises(InvalidInput, match="netrc: no such file"):
            fetch("http://127.0.0.1/", asked)


class TestInsecure:
    def test_takes_any_certificate_and_the_capture_tells(self, settings, authority):
        careless = dataclasses.replace(settings, insecure=True)
        with serve({"/": PAGE}, tls=tls_context(authority, "elsewhere.example")) as site:
            assert fetch(site.url(), careless).unproven
        with serve({"/": PAGE}) as site:
            assert not fetch(site.url(), careless).unproven
