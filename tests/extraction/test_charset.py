"""Bytes become text as in a browser."""

from __future__ import annotations

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archiver.extraction import charset
from archiver.extraction.rules.charsets import CHARSETS

RUSSIAN = "Первый абзац статьи о погоде, которая вчера удивила жителей города. "


def meta(label: str) -> bytes:
    return f'<meta charset="{label}">'.encode("ascii")


@pytest.mark.parametrize(
    ("label", "codec", "name"),
    [
        ("latin1", "cp1252", "windows-1252"),
        ("ascii", "cp1252", "windows-1252"),
        ("ISO-8859-1", "cp1252", "windows-1252"),
        ("iso-8859-9", "cp1254", "windows-1254"),
        ("gb2312", "gb18030", "gbk"),
        ("shift_jis", "cp932", "shift_jis"),
        ("x-euc-jp", "euc_jis_2004", "euc-jp"),
        ("ks_c_5601-1987", "cp949", "euc-kr"),
        ("x-x-big5", "big5hkscs", "big5"),
        ("tis-620", "cp874", "windows-874"),
        ("UTF8", "utf-8", "utf-8"),
    ],
)
def test_a_label_means_what_browsers_take_it_for(label: str, codec: str, name: str):
    text = {"gbk": "镕", "shift_jis": "①", "euc-jp": "①", "euc-kr": "똠", "big5": "嘅", "windows-874": "ก"}.get(
        name, "“ş”" if "1254" in name else "“é”"
    )
    assert charset.decode(meta(label) + text.encode(codec))[:2] == (meta(label).decode() + text, name)


def test_a_byte_order_mark_outranks_everything():
    assert charset.decode(b"\xef\xbb\xbf" + "é".encode(), "text/html; charset=koi8-r")[:2] == ("é", "utf-8")
    assert charset.decode(codecs.BOM_UTF16_LE + "é".encode("utf-16-le"))[:2] == ("é", "utf-16le")
    assert charset.decode(codecs.BOM_UTF16_BE + "é".encode("utf-16-be"))[:2] == ("é", "utf-16be")


def test_the_header_outranks_the_page():
    page = meta("utf-8") + "Жук".encode("koi8-r")
    assert charset.decode(page, 'text/html; Charset="KOI8-R"')[:2] == (meta("utf-8").decode() + "Жук", "koi8-r")


@pytest.mark.parametrize("label", ["x-user-defined", "utf-7", "rot13", "idna", "hz-gb-2312", "no-such-thing", ""])
def test_a_label_no_browser_decodes_is_as_if_it_were_absent(label: str):
    assert charset.decode(meta(label) + "é".encode())[1] == "utf-8"
    assert charset.decode(meta("koi8-r") + "Ж".encode("koi8-r"), f"text/html; charset={label}")[1] == "koi8-r"


def test_a_page_that_says_utf_16_in_ascii_is_utf_8():
    assert charset.decode(meta("utf-16le") + "é".encode())[1] == "utf-8"


@pytest.mark.parametrize(
    "declaration",
    [
        b"<meta http-equiv=Content-Type content='text/html; charset=koi8-r'>",
        b'<META Charset = " KOI8-R ">',
        b'<html data-x=">"><meta charset=koi8-r />',
        b"<meta charset=unknown><meta charset=koi8-r>",
        b'<?xml version="1.0" encoding="koi8-r"?><html>',
    ],
)
def test_every_way_of_declaring_is_understood(declaration: bytes):
    assert charset.decode(declaration + "Жук".encode("koi8-r"))[1] == "koi8-r"


@pytest.mark.parametrize(
    "no_declaration",
    [
        b"<!-- <meta charset=koi8-r> -->",
        b'<p title="<meta charset=koi8-r>">',
        b"<meta name=x content='text/html; charset=koi8-r'>",
        b" " * 1024 + b"<meta charset=koi8-r>",
    ],
)
def test_what_only_looks_like_a_declaration_is_none(no_declaration: bytes):
    assert charset.decode(no_declaration + "é".encode())[1] == "utf-8"


def test_undeclared_utf_8_is_recognised_even_when_cut_inside_a_character():
    assert charset.decode("Füße".encode())[1] == "utf-8"
    assert charset.decode("Füße – ".encode()[:-2])[1] == "utf-8"


@pytest.mark.parametrize("name", ["utf-16le", "utf-16be"])
def test_undeclared_utf_16_is_recognised_by_its_nul_bytes(name: str):
    codec = name.replace("16", "16-")
    assert charset.decode("<!doctype html><p>Füße</p>".encode(codec))[:2] == ("<!doctype html><p>Füße</p>", name)


def test_undeclared_letters_are_guessed_by_their_frequency():
    text, name = charset.decode(b"<html><body><p>" + (RUSSIAN * 20).encode("cp1251"))[:2]
    assert name == "windows-1251"
    assert RUSSIAN in text


@pytest.mark.parametrize(
    ("page", "content_type", "origin"),
    [
        (b"\xef\xbb\xbf<p>x", "text/html; charset=koi8-r", ("rule", "byte order mark")),
        (b"<meta charset=koi8-r><p>x", "text/html; charset=utf-8", ("header", "Content-Type")),
        (b"<meta charset=koi8-r><p>x", "text/html", ("meta", "charset")),
        (b"<p>x", None, ("rule", "what the bytes fit")),
    ],
)
def test_it_says_what_chose_the_encoding(page, content_type, origin):
    assert charset.decode(page, content_type)[2:] == origin


def test_every_label_belongs_to_one_encoding_and_every_codec_exists():
    labels = [label for row in CHARSETS for label in row.labels.split()]
    assert len(labels) == len(set(labels))
    assert all(label == label.lower() for label in labels)
    for row in CHARSETS:
        assert "a".encode(row.codec).decode(row.codec) == "a"


@given(st.binary(max_size=3000), st.none() | st.text(max_size=60))
def test_any_bytes_and_any_header_give_text(data: bytes, content_type: str | None):
    text, name = charset.decode(data, content_type)[:2]
    assert isinstance(text, str)
    assert name in {row.name for row in CHARSETS}
