"""What goes along with each request, as options and as settings."""

from __future__ import annotations

import json

import pytest

from tests.cli.test_fetch import files, records
from tests.support.articles import article_page
from tests.support.servers import Response, redirect, serve, tls_context

PAGE = Response(article_page())


@pytest.mark.parametrize("command", ["fetch", "extract"])
def test_headers_and_cookies_go_to_the_named_host_alone(archiver, archive, tmp_path, monkeypatch, command):
    monkeypatch.setenv("ARCHIVER_ALLOW_PRIVATE", "127.0.0.0/8")
    (tmp_path / "cookies.txt").write_text("127.0.0.1\tFALSE\t/\tFALSE\t0\tsession\tmackerel\n")
    with serve({"/": PAGE}, address="127.0.0.2") as other, serve({"/": redirect(other.url())}) as site:
        options = ("--header", "X-Api-Key: swordfish", "--header", "X-Two: 2", "--cookies", tmp_path / "cookies.txt")
        ran = archiver(command, site.url(), *options, "--user-agent", "curious/1")
    assert ran.code == 0
    assert [site.requests[0].header(name) for name in ("X-Api-Key", "X-Two", "Cookie", "User-Agent")] == [
        "swordfish",
        "2",
        "session=mackerel",
        "curious/1",
    ]
    assert [other.requests[0].header(name) for name in ("X-Api-Key", "X-Two", "Cookie")] == [None] * 3
    kept = b"".join(files(archive).values()) if archive.exists() else b""
    for secret in ("swordfish", "mackerel"):
        assert secret not in ran.out + ran.err
        assert secret.encode() not in kept


def test_the_capture_tells_nothing_of_them(archiver, archive):
    import gzip

    with serve({"/": PAGE}) as site:
        archiver("fetch", site.url(), "--header", "X-Api-Key: swordfish")
    assert site.requests[0].header("X-Api-Key") == "swordfish"
    [warc] = archive.glob("captures/*/*/*.warc.gz")
    assert b"swordfish" not in gzip.decompress(warc.read_bytes())
    assert b"X-Api-Key" not in gzip.decompress(warc.read_bytes())


@pytest.mark.parametrize(
    ("option", "value"),
    [
        ("--header", "no colon"),
        ("--header", "Host: other.example"),
        ("--header", "X: a\r\nY: b"),
        ("--header", "X: ü"),
        ("--proxy", "ftp://ann:swordfish@127.0.0.1/"),
        ("--proxy", "socks4://127.0.0.1:1"),
        ("--user-agent", "a\nb"),
        ("--jobs", "0"),
    ],
)
def test_what_cannot_be_sent_is_a_usage_error(archiver, option, value):
    ran = archiver("fetch", "https://example.org/", option, value)
    assert ran.code == 2
    assert "swordfish" not in ran.err


def test_a_file_of_cookies_that_cannot_be_used_is_one_line(archiver, tmp_path):
    (tmp_path / "cookies.txt").write_text("what is this")
    ran = archiver("fetch", "https://example.org/", "--cookies", tmp_path / "cookies.txt")
    assert ran.code == 2
    assert ran.err.startswith(f"archiver: {tmp_path / 'cookies.txt'}: line 1 is no cookie")


def test_a_proxy(archiver):
    with serve({"http://site.example/": PAGE}) as proxy:
        assert archiver("fetch", "http://site.example/", "--proxy", f"http://127.0.0.1:{proxy.port}").code == 0
    assert proxy.targets == ["http://site.example/"]


def test_not_verifying_certificates_is_said_loudly_each_time(archiver, archive, tmp_path):
    import trustme

    with serve({"/a": PAGE, "/b": Response(article_page("Another"))}, tls=tls_context(trustme.CA(), "127.0.0.1")) as site:
        assert archiver("fetch", site.url("/a")).code == 1
        ran = archiver("fetch", site.url("/a"), "--insecure")
        assert ran.code == 0
        assert ran.err.startswith("archiver: certificates are not verified (--insecure)")
        (tmp_path / "config.toml").write_text("insecure = true")
        assert "not verified" in archiver("fetch", "-q", site.url("/b")).err
    warnings = [json.loads(path.read_text())["warnings"] for path in records(archive)]
    assert all(any("without verifying certificates" in warning for warning in found) for found in warnings)


def test_settings_do_the_same(archiver, tmp_path):
    (tmp_path / "config.toml").write_text(
        'headers = ["127.0.0.1 X-Api-Key: swordfish", "other.example X-Other: 1"]\ncontact = "ann@example.org"\n'
    )
    with serve({"/": PAGE}) as site:
        assert archiver("fetch", site.url()).code == 0
    [request] = site.requests
    assert (request.header("X-Api-Key"), request.header("X-Other")) == ("swordfish", None)
    assert "(+ann@example.org)" in str(request.header("User-Agent"))


def test_netrc_is_read_when_asked_for(archiver, tmp_path, monkeypatch):
    (tmp_path / "netrc").write_text("machine 127.0.0.1 login ann password secret\n")
    (tmp_path / "netrc").chmod(0o600)
    monkeypatch.setenv("NETRC", str(tmp_path / "netrc"))
    with serve({"/": PAGE, "/b": Response(article_page("Another"))}) as site:
        assert archiver("fetch", site.url()).code == 0
        assert archiver("fetch", site.url("/b"), "--netrc").code == 0
    assert [request.header("Authorization") for request in site.requests] == [None, "Basic YW5uOnNlY3JldA=="]


def test_sync_takes_the_same_options_but_headers_of_a_typed_host(archiver):
    assert archiver("sync", "--jobs", "1", "--proxy", "socks5h://127.0.0.1:1", "--user-agent", "curious/1").code == 0
    assert archiver("sync", "--header", "X-Api-Key: swordfish").code == 2
