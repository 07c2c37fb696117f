from __future__ import annotations

import pytest

from archiver.errors import NotHtml
from archiver.fetch.media import demand_html, demand_page_type

HTML = b"<!DOCTYPE html><title>A story</title>"
XHTML = b'<?xml version="1.0"?>\n<!-- by hand -->\n<html xmlns="http://www.w3.org/1999/xhtml">'


@pytest.mark.parametrize(
    "said",
    [
        "text/html",
        "application/xhtml+xml",
        "text/plain",
        "text/xml",
        "application/xml",
        None,
        "unknown/unknown",
        "html",
        "text/html x",
    ],
)
def test_types_that_may_hold_a_page(said):
    demand_page_type(said)
    demand_html(HTML, said)


@pytest.mark.parametrize(
    "said",
    [
        "application/pdf",
        "image/png",
        "video/mp4",
        "application/json",
        "application/rss+xml",
        "application/octet-stream",
        "text/css",
    ],
)
def test_types_that_do_not(said):
    with pytest.raises(NotHtml, match=rf"not an HTML page \({said.replace('+', '.')}\)"):
        demand_page_type(said)


@pytest.mark.parametrize(
    "first",
    [
        HTML,
        XHTML,
        b"\xef\xbb\xbf \r\n" + HTML,
        b"\xff\xfe" + HTML.decode().encode("utf-16-le"),
        b"\xfe\xff" + HTML.decode().encode("utf-16-be"),
        b"<!-- a comment --><div class='x'>",
        b"<!-- " + b"a long comment " * 95,
        b"\n\n<h1>Once</h1>",
        b"<p>Once",
        b"<article data-x>",
    ],
)
@pytest.mark.parametrize("said", ["text/plain", "application/xml", None])
def test_looks_like_html(first, said):
    demand_html(first, said)


@pytest.mark.parametrize(
    "first", [b"Once upon a time there was <b>markup</b>", b"", b"<wolf>", b"<catalog><book/></catalog>", b"<pre-x>"]
)
def test_does_not_look_like_html(first):
    with pytest.raises(NotHtml, match="text/plain"):
        demand_html(first, "text/plain")
    with pytest.raises(NotHtml, match="application/octet-stream"):
        demand_html(first, None)


def test_what_is_sent_as_html_need_not_look_like_it():
    demand_html(b"Once upon a time", "text/html")


@pytest.mark.parametrize(
    ("first", "media_type"),
    [
        (b"%PDF-1.7\n", "application/pdf"),
        (b"\x89PNG\r\n\x1a\n", "image/png"),
        (b"GIF89a", "image/gif"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", "image/jpeg"),
        (b"RIFF\n\x00\x00\x00WEBPVP8 ", "image/webp"),
        (b"RIFF\x00\x00\x00\x00WAVEfmt ", "audio/wave"),
        (b"\x00\x00\x00\x1cftypavif", "image/avif"),
        (b"\x00\x00\x00\x18ftypmp42", "video/mp4"),
        (b"ID3\x04\x00", "audio/mpeg"),
        (b"PK\x03\x04\x14\x00", "application/zip"),
        (b"\x1f\x8b\x08\x00", "application/gzip"),
        (b'{"title": "A story"}', "application/json"),
        (b'\n[{"title": 1}]', "application/json"),
        (b'<?xml version="1.0"?><rss version="2.0">', "application/rss+xml"),
        (b"\xef\xbb\xbf<feed xmlns='http://www.w3.org/2005/Atom'>", "application/atom+xml"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'>", "image/svg+xml"),
    ],
)
def test_something_else_is_named_whatever_it_is_called(first, media_type):
    with pytest.raises(NotHtml, match=rf"\({media_type.replace('+', '.')}, though sent as text/html\)"):
        demand_html(first, "text/html")
    with pytest.raises(NotHtml, match=rf"\({media_type.replace('+', '.')}\)"):
        demand_html(first, None)


@pytest.mark.parametrize(
    "first", [b"[1] A footnote", b"MZungu lives here", b"{{ template }}", b"IDs are numbers", b"<rssfeed>"]
)
def test_text_that_begins_like_something_else(first):
    demand_html(first, "text/html")
