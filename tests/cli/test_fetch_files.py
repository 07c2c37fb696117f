"""`archiver fetch FILE`, of each kind, and what becomes of pages that are older than what the archive holds."""

from __future__ import annotations

import gzip
import json

import pytest

from tests.cli.test_fetch import files, records
from tests.saved.test_comments import SINGLE_FILE
from tests.saved.test_mhtml import HEAD
from tests.saved.test_warc import Written
from tests.support.articles import LISTING_PAGE, article_page
from tests.support.servers import Response, serve

URL = "https://example.org/harbour"


def single_file() -> bytes:
    return (SINGLE_FILE.format(url=URL) + article_page()).encode()


def mhtml() -> bytes:
    head = HEAD.replace("https://example.org/a-very-long-address/that-is-folded/over-two-lines/because-it-is-so\n -long", URL)
    return f"{head}------edge\nContent-Type: text/html\n\n{article_page()}\n------edge--\n".encode()


@pytest.mark.parametrize("content", [single_file(), mhtml(), gzip.compress(single_file())], ids=["SingleFile", "MHTML", "gzip"])
def test_a_file_that_says_where_it_is_from_needs_no_address(archiver, archive, tmp_path, content):
    (tmp_path / "saved.html").write_bytes(content)
    ran = archiver("fetch", tmp_path / "saved.html")
    assert (ran.code, ran.err) == (0, "")
    record = json.loads(records(archive)[0].read_text())
    assert record["url"] == URL
    assert record["title"] == "How the Old Harbour Was Built"
    assert record["capture"]["fetched_at"] == "2026-03-14T09:00:00Z"


@pytest.fixture
def warc(tmp_path):
    """A WARC file with two articles, a listing and a picture."""
    written = Written()
    written.response(article_page().encode(), ("ETag", '"1"'), url=URL)
    written.response(LISTING_PAGE.encode(), url="https://example.org/")
    written.response(b"\x89PNG", ("Content-Type", "image/png"), url="https://example.org/picture.png")
    written.response(article_page("The Lighthouse Keepers' Strike").encode(), url="https://example.org/lighthouse")
    path = tmp_path / "pages.warc.gz"
    path.write_bytes(written.file.getvalue())
    return path


def test_each_page_of_a_warc_file_is_archived(archiver, archive, warc):
    ran = archiver("fetch", warc)
    assert ran.code == 3
    assert ran.err.splitlines()[-1] == "2 new, 1 not an article"
    found = {json.loads(path.read_text())["url"]: json.loads(path.read_text()) for path in records(archive)}
    capture = found[URL]["capture"]
    assert (capture["fetched_at"], capture["status"], capture["etag"]) == ("2017-03-18T08:14:00Z", 200, '"1"')
    assert b"WARC-Type: response" in gzip.decompress((archive / capture["warc"]).read_bytes())
    before = files(archive)
    assert archiver("fetch", warc).code == 3
    assert files(archive) == before, "again it stores nothing"


def test_one_page_of_a_warc_file(archiver, archive, warc):
    assert archiver("fetch", warc, "--url", URL).code == 0
    assert len(records(archive)) == 1
    assert archiver("fetch", warc, "--url", "https://example.org/none").code == 2


def test_extract_takes_one_page_of_a_warc_file(archiver, archive, warc):
    ran = archiver("extract", warc)
    assert ran.code == 2
    assert "more than one page (name one with --url)" in ran.err
    record = json.loads(archiver("extract", warc, "--url", URL).out)
    assert record["capture"]["etag"] == '"1"'
    assert not archive.exists()


@pytest.mark.parametrize("content", [mhtml(), gzip.compress(article_page().encode())])
def test_extract_takes_standard_input_of_every_kind(archiver, content):
    assert json.loads(archiver("extract", "-", stdin=content).out)["title"] == "How the Old Harbour Was Built"


def test_a_page_older_than_what_we_hold_becomes_a_version_of_it(archiver, archive, tmp_path):
    with serve({"/a": Response(article_page())}) as site:
        assert archiver("fetch", site.url("/a")).code == 0
        held = records(archive)[0].read_bytes()
        written = Written()
        written.response(article_page(body="<p>As it was said at first.</p>").encode(), url=site.url("/a"))
        (tmp_path / "old.warc.gz").write_bytes(written.file.getvalue())
        assert archiver("fetch", tmp_path / "old.warc.gz").code == 0
    assert records(archive)[0].read_bytes() == held
    [version] = archive.glob("versions/*/*.json")
    assert "As it was said at first." in version.read_text()
    before = files(archive)
    assert archiver("fetch", tmp_path / "old.warc.gz").code == 0
    assert files(archive) == before, "again it stores nothing"
