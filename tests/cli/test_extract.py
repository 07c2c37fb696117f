"""`archiver extract`."""

from __future__ import annotations

import json

import pytest

from tests.support.articles import LISTING_PAGE, article_page
from tests.support.servers import Response, serve


def test_a_url_gives_its_record_and_archives_nothing(archiver, archive, site):
    ran = archiver("extract", site.url("/harbour"))
    assert ran.code == 0
    record = json.loads(ran.out)
    assert record["title"] == "How the Old Harbour Was Built"
    assert record["url"] == site.url("/harbour")
    assert record["capture"]["warc"] is None
    assert not archive.exists()


def test_a_file_gives_the_same_article(archiver, tmp_path):
    (tmp_path / "saved.html").write_text(article_page())
    record = json.loads(archiver("extract", tmp_path / "saved.html").out)
    assert record["title"] == "How the Old Harbour Was Built"
    assert record["url"] is None
    assert record["id"] is None


def test_standard_input_with_its_address(archiver):
    ran = archiver("extract", "-", "--url", "https://example.org/harbour", stdin=article_page().encode())
    assert json.loads(ran.out)["source"]["host"] == "example.org"


def test_text_markdown_and_html(archiver, site):
    assert archiver("extract", site.url("/harbour"), "--format", "text").out.startswith("How the Old Harbour Was Built\n\n")
    assert archiver("extract", site.url("/harbour"), "--format", "markdown").out.startswith("# How the Old Harbour")
    assert "<p>" in archiver("extract", site.url("/harbour"), "--format", "html").out


def test_what_is_no_article_is_printed_with_exit_6(archiver):
    ran = archiver("extract", "-", stdin=LISTING_PAGE.encode())
    assert ran.code == 6
    assert json.loads(ran.out)["verdict"] == "listing"
    assert "listing" in ran.err


@pytest.mark.parametrize("stdin", [b"", b"   \n\t "])
def test_an_empty_page_is_one_line(archiver, stdin):
    ran = archiver("extract", "-", stdin=stdin)
    assert ran.code == 1
    assert ran.out == ""
    assert len(ran.err.splitlines()) == 1


def test_a_missing_file_is_a_usage_error(archiver):
    assert archiver("extract", "missing.html").code == 2


def test_any_bytes_give_a_record_or_one_line(archiver):
    ran = archiver("extract", "-", stdin=bytes(range(256)) * 40)
    assert ran.code in {0, 1, 6}
    assert "Traceback" not in ran.err
    assert "unexpected" not in ran.err


def test_a_host_that_asked_to_wait_is_left_alone(archiver, archive):
    routes = {"/busy": Response(status=503, headers=(("Retry-After", "3600"),)), "/harbour": Response(article_page())}
    with serve(routes) as busy:
        assert archiver("fetch", busy.url("/busy")).code == 1
        for options in ([], ["--explain"]):
            ran = archiver("extract", busy.url("/harbour"), *options)
            assert ran.code == 1
            assert "the host asked to be left alone until" in ran.err
    assert busy.targets == ["/busy"]


def test_an_explanation_says_that_it_covers_one_page_of_several(archiver, tmp_path):
    (tmp_path / "saved.html").write_text(article_page().replace("</article>", '<nav><a href="?page=2">2</a></nav></article>'))
    ran = archiver("extract", "--explain", tmp_path / "saved.html", "--url", "https://example.org/story")
    assert ran.code == 0
    assert "only this page was looked at, and the article may go on at https://example.org/story?page=2" in ran.err
