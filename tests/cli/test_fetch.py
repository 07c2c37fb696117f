"""`archiver fetch`, against a server on loopback."""

from __future__ import annotations

import contextlib
import errno
import gzip
import json
import re
import socket
import sys
from pathlib import Path

import click
import pytest
from warcio.archiveiterator import ArchiveIterator

from archiver.cli import reading
from archiver.record import loads
from archiver.store import files as store_files
from archiver.tasks.manners.pace import Pace
from tests.support.articles import LISTING_PAGE, article_page, paragraphs
from tests.support.servers import Response, redirect, serve
from tests.support.wayback import Archive

WALL = "<html><head><title>Just a moment...</title></head><body><p>Checking your browser.</p></body></html>"


def records(archive):
    return sorted(archive.glob("articles/*/*.json"))


def files(archive):
    """What the archive holds; the index is derived, what hosts ask for may be lost, and the lock file says who held it last."""
    held = (path for path in archive.rglob("*") if path.is_file() and not path.name.startswith(("index", "hosts", ".lock")))
    return {path: path.read_bytes() for path in held}


def test_a_page_is_archived_and_one_line_says_so(archiver, archive, site):
    ran = archiver("fetch", site.url("/harbour"))
    assert ran.code == 0
    article_id, url, path = ran.out.rstrip("\n").split("\t")
    assert url == site.url("/harbour")
    record = json.loads(Path(path).read_text(encoding="utf-8"))
    assert record["id"] == article_id
    assert record["title"] == "How the Old Harbour Was Built"
    assert record["authors"][0]["name"] == "Ana de la Cruz"
    assert record["dates"]["published"] == "2026-03-14"
    assert record["source"]["publisher"] == "The Coast Review"
    assert record["verdict"] == "article"
    assert "oak piles" in record["body"]["text"]
    assert record["capture"]["status"] == 200
    assert record["capture"]["charset"] == "utf-8"


def test_the_capture_is_a_warc_file_that_the_record_names(archiver, archive, site):
    archiver("fetch", site.url("/harbour"))
    capture = json.loads(records(archive)[0].read_text())["capture"]
    warc = (archive / capture["warc"]).read_bytes()
    assert len(warc) == capture["warc_bytes"]
    assert gzip.decompress(warc[capture["offset"] :]).startswith(b"WARC/1.1")


def test_the_same_page_again_stores_nothing(archiver, archive, site):
    archiver("fetch", site.url("/harbour"))
    before = files(archive)
    again = archiver("fetch", site.url("/harbour"))
    assert again.code == 0
    assert files(archive) == before


def test_noise_around_the_same_article_stores_nothing(archiver, archive):
    pages = iter(
        [Response(article_page(body="<script>token=1</script>")), Response(article_page(body="<script>token=2</script>"))]
    )
    with serve({"/a": lambda _: next(pages)}) as site:
        archiver("fetch", site.url("/a"))
        before = files(archive)
        assert archiver("fetch", site.url("/a")).code == 0
    assert files(archive) == before


def test_a_changed_article_makes_a_version_and_keeps_the_old_one(archiver, archive):
    pages = iter([Response(article_page()), Response(article_page(body="<p>Correction: the wall stood on pine piles.</p>"))])
    with serve({"/a": lambda _: next(pages)}) as site:
        archiver("fetch", site.url("/a"))
        old = records(archive)[0].read_bytes()
        assert archiver("fetch", site.url("/a")).code == 0
    assert "pine piles" in records(archive)[0].read_text()
    assert [path.read_bytes() for path in archive.glob("versions/*/*.json")] == [old]
    assert len(list(archive.glob("captures/*/*/*.warc.gz"))) == 2


def test_a_wall_never_replaces_the_article(archiver, archive, site):
    pages = iter([Response(article_page()), Response(WALL), Response(WALL)])
    with serve({"/a": lambda _: next(pages)}) as shop:
        archiver("fetch", shop.url("/a"))
        before = records(archive)[0].read_bytes()
        ran = archiver("fetch", shop.url("/a"))
        assert ran.code == 6
        assert shop.url("/a") in ran.err
        assert records(archive)[0].read_bytes() == before
        beside = files(archive)
        archiver("fetch", shop.url("/a"))
    assert files(archive) == beside, "the same wall again stores nothing"


def test_a_page_that_is_no_article_is_kept_and_marked(archiver, archive, site):
    ran = archiver("fetch", site.url("/front"))
    assert ran.code == 6
    assert "no article: listing" in ran.err
    assert "archiver remove" in ran.err
    assert json.loads(records(archive)[0].read_text())["verdict"] == "listing"


def test_a_listing_never_replaces_the_article(archiver, archive):
    pages = iter([article_page(), LISTING_PAGE, LISTING_PAGE])
    with serve({"/a": lambda _: Response(next(pages))}) as site:
        archiver("fetch", site.url("/a"))
        before = records(archive)[0].read_bytes()
        ran = archiver("fetch", site.url("/a"))
        assert ran.code == 6
        assert "listing" in ran.err
        assert "stays as it is" in ran.err
        assert records(archive)[0].read_bytes() == before
        [beside] = archive.glob("versions/*/*.json")
        seen = json.loads(beside.read_text())
        assert seen["verdict"] == "listing"
        assert (archive / seen["capture"]["warc"]).is_file()
        kept = files(archive)
        archiver("fetch", site.url("/a"))
    assert files(archive) == kept, "the same listing again stores nothing"


@pytest.mark.parametrize("first", [WALL, LISTING_PAGE])
def test_an_article_replaces_what_was_none(archiver, archive, first):
    pages = iter([first, article_page()])
    with serve({"/a": lambda _: Response(next(pages))}) as site:
        assert archiver("fetch", site.url("/a")).code == 6
        assert archiver("fetch", site.url("/a")).code == 0
    [record] = records(archive)
    assert json.loads(record.read_text())["verdict"] == "article"
    assert len(list(archive.glob("versions/*/*.json"))) == 1, "what was held before is kept"


def test_a_wall_does_not_replace_a_listing_but_a_listing_a_wall(archiver, archive):
    pages = iter([WALL, LISTING_PAGE, WALL])
    with serve({"/a": lambda _: Response(next(pages))}) as site:
        verdicts = []
        for _ in range(3):
            assert archiver("fetch", site.url("/a")).code == 6
            verdicts.append(json.loads(records(archive)[0].read_text())["verdict"])
    assert verdicts == ["challenge", "listing", "listing"]


@pytest.mark.parametrize(
    ("paths", "code", "summary"),
    [
        (["/front", "/wall"], 6, "2 not an article"),
        (["/harbour", "/front"], 3, "1 new, 1 not an article"),
        (["/front", "/gone"], 1, "1 not an article, 1 failed"),
    ],
)
def test_several_pages_of_which_some_are_no_article(archiver, site, paths, code, summary):
    with serve({"/wall": Response(WALL)}) as other:
        ran = archiver("fetch", *((other if path == "/wall" else site).url(path) for path in paths))
    assert ran.code == code
    assert ran.err.splitlines()[-1] == summary


def test_what_is_no_article_is_listed_with_its_verdict(archiver, site):
    archiver("fetch", site.url("/front"))
    [row] = json.loads(archiver("list", "--json").out)
    assert row["verdict"] == "listing"


def test_a_redirect_is_followed_and_every_hop_is_captured(archiver, archive):
    with serve({"/old": redirect("/new"), "/new": Response(article_page())}) as site:
        assert archiver("fetch", site.url("/old")).code == 0
        record = json.loads(records(archive)[0].read_text())
        assert record["url"] == site.url("/new")
        assert record["requested_url"] == site.url("/old")
        assert record["id"] in archiver("fetch", site.url("/new")).out
    warc = gzip.decompress((archive / record["capture"]["warc"]).read_bytes())
    assert warc.count(b"WARC-Type: response") == 2
    assert warc.count(b"WARC-Type: request") == 2


def test_one_failing_url_does_not_stop_the_others(archiver, archive, site):
    ran = archiver("fetch", site.url("/harbour"), site.url("/gone"), "ftp://x/y", site.url("/lighthouse"))
    assert ran.code == 3
    assert len(ran.out.splitlines()) == 2
    assert site.url("/gone") in ran.err
    assert "404" in ran.err
    assert "ftp" in ran.err
    assert ran.err.splitlines()[-1] == "2 new, 2 failed"


def test_urls_come_from_standard_input(archiver, site):
    lines = f"# my list\n\n{site.url('/harbour')}\n  {site.url('/lighthouse')}  \n".encode()
    ran = archiver("fetch", "-", stdin=lines)
    assert ran.code == 0
    assert len(ran.out.splitlines()) == 2


def test_standard_input_that_is_no_text_is_an_error_per_line(archiver):
    ran = archiver("fetch", "-", stdin=b"\xff\xfe\x00garbage\n")
    assert ran.code == 2
    assert "Traceback" not in ran.err


def test_a_saved_page_is_archived_under_its_address(archiver, archive, tmp_path):
    (tmp_path / "saved.html").write_text(article_page())
    ran = archiver("fetch", tmp_path / "saved.html", "--url", "https://user:secret@example.org/harbour")
    assert ran.code == 0
    text = records(archive)[0].read_text()
    assert json.loads(text)["url"] == "https://example.org/harbour"
    assert "secret" not in text
    assert b"WARC-Type: resource" in gzip.decompress(next(archive.glob("captures/*/*/*")).read_bytes())


def test_a_saved_page_without_address_says_what_is_missing(archiver, tmp_path):
    (tmp_path / "saved.html").write_text(article_page())
    ran = archiver("fetch", tmp_path / "saved.html")
    assert ran.code == 2
    assert "--url" in ran.err


def test_a_saved_file_that_is_no_page_is_refused(archiver, archive, tmp_path):
    (tmp_path / "report.html").write_bytes(b"%PDF-1.7\n" + bytes(2000))
    ran = archiver("fetch", tmp_path / "report.html", "--url", "https://example.org/report")
    assert ran.code == 1
    assert "https://example.org/report" in ran.err
    assert not list(archive.glob("captures/*/*/*"))


def test_a_reader_that_goes_away_does_not_stop_the_archiving(archiver, archive, site, monkeypatch):
    echo = click.echo

    def gone(message, file=None, **options):
        if file is sys.stdout:
            raise BrokenPipeError
        echo(message, file=file, **options)

    monkeypatch.setattr(click, "echo", gone)
    assert archiver("fetch", site.url("/harbour"), site.url("/gone"), site.url("/lighthouse")).code == 3
    assert len(records(archive)) == 2


@pytest.mark.parametrize("seconds", ["0", "-1", "nan", "inf", "1e10", "soon"])
def test_a_deadline_is_a_number_of_seconds(archiver, site, seconds):
    assert archiver("fetch", "--timeout", seconds, site.url("/harbour")).code == 2


def test_a_password_in_a_url_reaches_nothing_that_is_kept(archiver, archive, site):
    secret = site.url("/harbour", credentials="ana:swordfish")
    assert archiver("fetch", secret).code == 0
    for path, content in files(archive).items():
        assert b"swordfish" not in (gzip.decompress(content) if path.name.endswith(".gz") else content)
    assert b"swordfish" not in (archive / "index.sqlite3").read_bytes()


@pytest.mark.parametrize(
    ("path", "code", "words"),
    [
        ("/gone", 1, "404"),
        ("/broken", 1, "500"),
        ("/report.pdf", 1, "application/pdf"),
        ("/empty", 1, "empty"),
    ],
)
def test_what_is_no_page_is_one_line_with_the_url(archiver, archive, site, path, code, words):
    archiver("fetch", site.url("/harbour"))
    before = files(archive)
    ran = archiver("fetch", site.url(path))
    assert ran.code == code
    assert len(ran.err.splitlines()) == 1
    assert site.url(path) in ran.err
    assert words in ran.err
    assert "(" in ran.err, "the remedy stands in parentheses"
    assert files(archive) == before


def test_a_refused_connection_is_one_line_with_the_url(archiver):
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{unused.getsockname()[1]}/"
        ran = archiver("fetch", url)
    assert ran.code == 1
    assert len(ran.err.splitlines()) == 1
    assert url in ran.err


@pytest.mark.parametrize(
    ("target", "words"),
    [("http://", "URL"), ("javascript:alert(1)", "URL"), ("missing.html", "no such file"), ("no way", "neither")],
)
def test_what_is_no_target_is_a_usage_error(archiver, target, words):
    ran = archiver("fetch", target)
    assert ran.code == 2
    assert words in ran.err


def test_url_option_without_a_file_is_a_usage_error(archiver, site):
    assert archiver("fetch", site.url("/harbour"), "--url", "https://example.org").code == 2
    assert archiver("fetch", "a.html", "b.html", "--url", "https://example.org").code == 2


def test_quiet_prints_errors_only(archiver, site):
    ran = archiver("fetch", "-q", site.url("/harbour"), site.url("/gone"))
    assert ran.out == ""
    assert len(ran.err.splitlines()) == 1


def test_verbose_shows_each_request(archiver):
    with serve({"/old": redirect("/new"), "/new": Response(article_page())}) as site:
        ran = archiver("fetch", "-v", site.url("/old"))
        assert f"GET {site.url('/old')} 302" in ran.err
        assert re.search(rf"GET {site.url('/new')} 200 OK 2,\d\d\d bytes in \d+\.\d\d s", ran.err)


def test_an_archive_that_cannot_be_written_is_named(archiver, archive, site):
    archive.write_text("a file where the archive should be")
    ran = archiver("fetch", site.url("/harbour"))
    assert ran.code == 1
    assert str(archive) in ran.err
    assert len(ran.err.splitlines()) == 1


def test_a_damaged_record_is_named_and_not_overwritten(archiver, archive, site):
    archiver("fetch", site.url("/harbour"))
    record = records(archive)[0]
    record.write_text('{"schema": 1, "id"')
    ran = archiver("fetch", site.url("/harbour"))
    assert ran.code == 5
    assert str(record) in ran.err
    assert record.read_text() == '{"schema": 1, "id"'


def test_what_a_server_says_cannot_act_on_the_terminal(archiver):
    title = "Red \x1b[31m alert \x9b2J"
    with serve({"/a": Response(article_page(title))}) as site:
        ran = archiver("fetch", site.url("/a"))
    assert not set(ran.out + ran.err) & {"\x1b", "\x9b", "\x07"}


@pytest.fixture
def busy():
    """A site that asks to be left alone for an hour, once /busy was asked for."""
    routes = {"/busy": Response(status=503, headers=(("Retry-After", "3600"),)), "/harbour": Response(article_page())}
    with serve(routes) as server:
        yield server


def test_a_host_that_asked_to_wait_is_not_asked_again_before(archiver, archive, busy):
    ran = archiver("fetch", busy.url("/busy"), busy.url("/harbour"))
    assert ran.code == 1
    first, second = ran.err.splitlines()[:2]
    assert "the host asks to wait 3600 s" in first
    assert re.search(
        rf"{busy.url('/harbour')}: the host asked to be left alone until \d{{4}}-\d\d-\d\d \d\d:\d\d:\d\d UTC", second
    )
    assert archiver("fetch", busy.url("/harbour")).code == 1, "the next run knows it too"
    assert busy.targets == ["/busy"]


def test_a_host_that_asked_to_wait_keeps_no_other_host_waiting(archiver, archive, busy):
    with serve({"/a": Response(article_page())}, address="127.0.0.2") as other:
        assert archiver("fetch", busy.url("/busy"), other.url("/a")).code == 3


def test_a_short_wait_is_waited_for(archiver, busy, monkeypatch):
    answers = iter([Response(status=503, headers=(("Retry-After", "20"),)), Response(article_page())])
    now, slept = [1_800_000_000.0], []

    def sleep(seconds):
        slept.append(seconds)
        now[0] += seconds

    monkeypatch.setattr(Pace.__init__, "__kwdefaults__", {"clock": lambda: now[0], "sleep": sleep})
    with serve({"/a": lambda _: next(answers)}) as site:
        assert archiver("fetch", site.url("/a"), site.url("/a")).code == 3
    assert slept == [pytest.approx(20)]


def test_what_is_remembered_of_hosts_may_be_lost(archiver, archive, busy):
    archiver("fetch", busy.url("/busy"))
    for path in archive.glob("hosts.sqlite3*"):
        path.write_bytes(b"no database at all")
    ran = archiver("fetch", busy.url("/harbour"))
    assert (ran.code, ran.err) == (0, "")


def test_a_typed_url_is_fetched_whatever_robots_txt_says_unless_asked(archiver, archive):
    rules = Response("User-agent: *\nDisallow: /\n", content_type="text/plain")
    with serve({"/robots.txt": rules, "/a": Response(article_page())}) as site:
        assert archiver("fetch", site.url("/a")).code == 0
        assert site.targets == ["/a"]
        ran = archiver("fetch", site.url("/a"), "--robots")
        assert ran.code == 1
        assert f"{site.url('/a')}: the host's robots.txt asks not to fetch it" in ran.err
        assert site.targets == ["/a", "/robots.txt"]


def test_the_hook_is_run_after_each_new_article(archiver, site, tmp_path):
    script = tmp_path / "hook.py"
    script.write_text("import os, sys\nopen(sys.argv[1], 'a').write(os.environ['ARCHIVER_ID'] + '\\n')\n")
    archiver("config", "set", "hook", f"{sys.executable} {script} {tmp_path / 'told'}")
    for _ in range(2):
        assert archiver("fetch", site.url("/harbour"), site.url("/lighthouse")).code == 0
    assert len((tmp_path / "told").read_text().splitlines()) == 2


def test_a_hook_that_fails_is_a_line_and_no_failure(archiver, site):
    archiver("config", "set", "hook", "/nowhere/hook")
    ran = archiver("fetch", site.url("/harbour"))
    assert ran.code == 0
    assert "the hook cannot be run" in ran.err


def test_a_full_disk_ends_the_run_and_names_the_page_it_met(archiver, archive, site, monkeypatch):
    archiver("fetch", site.url("/harbour"))

    def full(_path, _content):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(store_files, "write_new", full)
    with serve({"/a": Response(article_page("Another"))}, address="127.0.0.2") as other:
        ran = archiver("fetch", site.url("/harbour"), site.url("/lighthouse"), other.url("/never"), other.url("/a"))
    assert ran.code == 3
    [line] = [line for line in ran.err.splitlines() if "not archived" in line]
    assert "No space left on device (free some space" in line
    assert line.startswith((f"archiver: {site.url('/lighthouse')}", f"archiver: {other.url('/a')}"))
    assert "stopped: " in ran.err.splitlines()[-1]


def test_pages_that_come_together_are_all_archived_and_listed(archiver, archive):
    pages = {f"/{number}": Response(article_page(f"Story {number}")) for number in range(3)}
    with contextlib.ExitStack() as stack:
        sites = [stack.enter_context(serve(pages, address=f"127.0.0.{number + 1}")) for number in range(6)]
        lines = "\n".join(site.url(path) for path in pages for site in sites).encode()
        ran = archiver("fetch", "-", stdin=lines)
    assert ran.code == 0
    assert len(ran.out.splitlines()) == len(records(archive)) == 18
    assert ran.err == "18 new\n"
    assert len(json.loads(archiver("list", "--json").out)) == 18
    assert not list((archive / "tmp").iterdir())


# -- pages and copies


@pytest.fixture
def in_pages():
    """An article in two pages."""

    def page(said: str, other: int) -> Response:
        text = f"<p>{said} " + "It was built of oak, and it stood for two hundred years. " * 9 + "</p>"
        return Response(article_page().replace(paragraphs(), f'{text}<a href="?page={other}">{other}</a>'))

    with serve({"/long": page("The first wall sank.", 2), "/long?page=2": page("The second stands.", 1)}) as server:
        yield server


def test_an_article_in_pages_is_one_article(archiver, archive, in_pages):
    ran = archiver("fetch", "-v", in_pages.url("/long"))
    assert ran.code == 0
    assert f"GET {in_pages.url('/long?page=2')} 200 OK" in ran.err
    (path,) = records(archive)
    record = json.loads(path.read_text(encoding="utf-8"))
    assert record["url"] == in_pages.url("/long")
    assert [page["url"] for page in record["capture"]["pages"]] == [in_pages.url("/long?page=2")]
    assert "first wall" in record["body"]["text"]
    assert "second stands" in record["body"]["text"]


def test_the_first_page_alone(archiver, archive, in_pages, monkeypatch):
    archiver("fetch", "--no-pages", in_pages.url("/long"))
    assert "second stands" not in records(archive)[0].read_text(encoding="utf-8")
    monkeypatch.setenv("ARCHIVER_JOIN_PAGES", "false")
    archiver("fetch", "--pages", in_pages.url("/long"))
    assert "second stands" in records(archive)[0].read_text(encoding="utf-8")


@pytest.fixture
def copies(monkeypatch):
    held = Archive()
    with held.running():
        monkeypatch.setenv("ARCHIVER_WAYBACK_URL", held.url())
        monkeypatch.setenv("ARCHIVER_WAYBACK_AVAILABLE_URL", held.url("/wayback/available"))
        yield held


def test_a_copy_of_a_page_that_is_gone(archiver, archive, site, copies):
    copies.copies[site.url("/gone")] = {"20120304000000": Response(article_page()), "20160304000000": Response(article_page())}
    assert archiver("fetch", site.url("/gone")).code == 1
    assert archiver("fetch", "--wayback", site.url("/gone")).code == 0
    record = json.loads(records(archive)[0].read_text(encoding="utf-8"))
    assert record["url"] == site.url("/gone")
    assert record["capture"]["snapshot"]["taken_at"] == "2016-03-04T00:00:00Z"
    assert archiver("fetch", "--wayback-date", "2012", site.url("/gone"), "-v").err.count("/web/20120304000000id_/") == 1


def test_a_copy_is_shown_and_exported_as_what_it_is(archiver, archive, site, copies, tmp_path):
    copies.copies[site.url("/gone")] = {"20160304000000": Response(article_page())}
    archiver("fetch", "--wayback", site.url("/gone"))
    output = tmp_path / "all.warc.gz"
    assert archiver("export", "--output", output).code == 0
    with output.open("rb") as file:
        kept = [(record.rec_type, record.rec_headers.get_header("WARC-Target-URI")) for record in ArchiveIterator(file)]
    copy = f"{copies.url()}/web/20160304000000id_/{site.url('/gone')}"
    assert kept == [("warcinfo", None), ("response", copy), ("request", copy), ("metadata", copy)]
    (path,) = records(archive)
    lines = list(reading._facts(loads(path.read_text(encoding="utf-8"), subject="x")))
    assert any("copy of 2016-03-04 from 127.0.0.9, fetched 2" in line for line in lines)


def test_no_copy_is_one_line(archiver, site, copies):
    ran = archiver("fetch", "--wayback", site.url("/gone"))
    assert ran.code == 1
    assert ran.err.count("\n") == 1
    assert "404 Not Found; 127.0.0.9 has no copy of it" in ran.err


def test_a_header_for_the_typed_host_goes_to_no_other(archiver, site, copies):
    copies.copies[site.url("/gone")] = {"20160304000000": Response(article_page())}
    archiver("fetch", "--wayback", "--header", "X-Key: secret", site.url("/gone"))
    assert copies.server is not None
    assert copies.server.requests
    assert all(request.header("X-Key") is None for request in copies.server.requests)
    assert all(request.header("X-Key") == "secret" for request in site.requests if request.path == "/gone")


def test_an_archive_that_is_a_link_to_nothing_is_no_empty_one(archiver, archive):
    archive.symlink_to(archive.with_name("unmounted"))
    said = {(found.code, found.err) for found in (archiver(*command) for command in (["list"], ["stats"], ["search", "x"]))}
    assert said == {(1, f"archiver: {archive}: is a link to nothing (mount what it leads to, or name another archive)\n")}


def test_an_archive_that_is_a_file_is_named_as_every_command_names_it(archiver, archive, site):
    archive.write_text("no folder")
    commands = (["list"], ["fetch", site.url("/harbour")], ["stats"], ["queue", "run"])
    said = {archiver(*command).err for command in commands}
    assert said == {f"archiver: {archive}: is not a directory (name another archive with --archive)\n"}
    assert site.requests == []
