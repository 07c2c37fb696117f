"""A page is read from anything, and says where it stands."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archiver.extraction import page

URL = "https://news.example/2026/story.html"


def text_of(html: str) -> str:
    body = page.read(html).body
    assert body is not None
    return body.text()


def test_text_has_no_charset_and_bytes_have_the_standard_name_of_theirs():
    assert page.read("<p>é").charset is None
    chosen = page.read(b"<p>\xe9", content_type="text/html; charset=Latin1").charset
    assert chosen is not None
    assert chosen.value == "windows-1252"


@pytest.mark.parametrize(
    ("base", "expected"),
    [
        ("", "https://news.example/2026/a.png"),
        ("<base href='/other/'>", "https://news.example/other/a.png"),
        ("<BASE HREF='https://static.example/x/y'>", "https://static.example/x/a.png"),
        ("<base target=_top><base href='/second/'><base href='/third/'>", "https://news.example/second/a.png"),
        ("<noscript><img src=x></noscript><base href='/other/'>", "https://news.example/other/a.png"),
        ("<base href='javascript:1'>", "https://news.example/2026/a.png"),
    ],
)
def test_references_are_resolved_against_the_base_a_page_names(base: str, expected: str):
    assert page.read(f"<head>{base}</head>", url=URL).absolute("a.png") == expected


def test_without_an_address_only_absolute_references_are_known():
    read = page.read("<p>")
    assert read.absolute("a.png") is None
    assert read.absolute("https://news.example/a.png") == "https://news.example/a.png"
    assert read.absolute(None) is None


@pytest.mark.parametrize(
    ("html", "language"),
    [
        ("<html lang='de-AT '><p>", "de-AT"),
        ("<html xml:lang=fr><p>", "fr"),
        ("<html lang=''><body lang=sv>", "sv"),
        ("<meta http-equiv=Content-Language content=pl><p>", "pl"),
        ("<p lang=it>", None),
    ],
)
def test_the_language_is_what_the_page_declares(html: str, language: str | None):
    assert page.read(html).language == language


def test_what_was_cut_is_said():
    read = page.read("<p " + " ".join(f"a{number}" for number in range(5000)) + ">")
    assert len(read.warnings) == 1


def test_an_option_is_not_copied_for_every_button():
    html = "<select><button><selectedcontent></selectedcontent></button><option selected>word</select>"
    assert text_of(html).count("word") == 1


def test_half_a_surrogate_pair_in_text_is_left_out():
    assert text_of("<p>a\ud800b") == "ab"


@given(st.binary(max_size=2000) | st.text(max_size=2000))
def test_anything_gives_a_page(html: str | bytes):
    read = page.read(html, url=URL)
    assert read.body is None or read.body.text() is not None
