"""What is an HTML page, by what the server says and by how it begins.

A page is refused by its Content-Type before its body is read, and by its first bytes before the rest of it is. Where the
server says nothing, or nothing that means anything, the first bytes alone decide.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from archiver.errors import NotHtml

HTML_TYPES = frozenset({"text/html", "application/xhtml+xml", "application/vnd.wap.xhtml+xml"})
UNDECIDED_TYPES = frozenset({"text/plain", "text/xml", "application/xml"})
"""Types under which HTML is sent too: it must look like HTML."""
UNSAID_TYPES = frozenset({"unknown/unknown", "application/unknown", "*/*"})
"""Types that mean nothing (WHATWG MIME Sniffing Standard, 7)."""
_MEDIA_TYPE = re.compile(r"[\w.+*-]+/[\w.+*-]+", re.ASCII)


class Signature(NamedTuple):
    """How a kind of file begins."""

    pattern: bytes
    media_type: str


SIGNATURES = (
    Signature(rb"%PDF-", "application/pdf"),
    Signature(rb"\x89PNG\r\n", "image/png"),
    Signature(rb"GIF8[79]a", "image/gif"),
    Signature(rb"\xff\xd8\xff", "image/jpeg"),
    Signature(rb"RIFF....WEBP", "image/webp"),
    Signature(rb"RIFF....WAVE", "audio/wave"),
    Signature(rb"RIFF....AVI ", "video/avi"),
    Signature(rb"....ftypavif", "image/avif"),
    Signature(rb"....ftyp", "video/mp4"),
    Signature(rb"\x1aE\xdf\xa3", "video/webm"),
    Signature(rb"OggS\x00", "application/ogg"),
    Signature(rb"ID3|\xff[\xfb\xf3\xf2]", "audio/mpeg"),
    Signature(rb"fLaC", "audio/flac"),
    Signature(rb"PK\x03\x04", "application/zip"),
    Signature(rb"\x1f\x8b\x08", "application/gzip"),
    Signature(rb"BZh[1-9]1AY", "application/x-bzip2"),
    Signature(rb"\xfd7zXZ\x00", "application/x-xz"),
    Signature(rb"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed"),
    Signature(rb"Rar!\x1a\x07", "application/vnd.rar"),
    Signature(rb"%!PS-Adobe-", "application/postscript"),
    Signature(rb"\{\\rtf", "application/rtf"),
    Signature(rb"wOF[F2]", "font/woff"),
    Signature(rb"\x7fELF|MZ[\x00-\x09\x80-\xff]", "application/octet-stream"),
)
TEXT_SIGNATURES = (
    Signature(rb'\{\s*"|\{\s*\}|\[\s*[{\["]|\[\s*\]', "application/json"),
    Signature(rb"<rss[\s>]", "application/rss+xml"),
    Signature(rb"<(?:atom:)?feed[\s>]", "application/atom+xml"),
    Signature(rb"<rdf:rdf[\s>]", "application/rdf+xml"),
    Signature(rb"<(?:svg:)?svg[\s>]", "image/svg+xml"),
    Signature(rb"<(?:urlset|sitemapindex)[\s>]", "application/xml"),
)
"""What may follow white space, an XML declaration and comments."""
_BINARY = [(re.compile(row.pattern, re.DOTALL), row.media_type) for row in SIGNATURES]
_TEXTUAL = [(re.compile(row.pattern, re.IGNORECASE), row.media_type) for row in TEXT_SIGNATURES]
_PROLOG = re.compile(rb"(?:\s+|<\?[^>]*>|<!--.*?-->)*", re.DOTALL)
_HTML_BEGINS = re.compile(
    rb"<(?:!doctype\s+html|html|head|body|title|meta|link|base|script|style|noscript|header|main|article|section|nav|div|p"
    rb"|h[1-6]|ul|ol|dl|table|center|font|iframe|img|a|b|br|span|form|blockquote)[\s>/]"
    rb"|<!--",  # a comment longer than what we see
    re.IGNORECASE,
)
_BYTE_ORDER_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")


def demand_page_type(media_type: str | None) -> None:
    """Nothing, where a page may be sent under `media_type` (lower case, without parameters; None: not said).

    Raises:
        NotHtml: `media_type` is that of something else.
    """
    said = _said(media_type)
    if said is not None and said not in HTML_TYPES | UNDECIDED_TYPES:
        raise _not_html(said)


def demand_html(first: bytes, media_type: str | None) -> None:
    """Nothing, where a page sent under `media_type` begins with `first` like one.

    Raises:
        NotHtml: it is something else, whatever the server calls it.
    """
    said = _said(media_type)
    seen = _seen(first)
    if seen is not None:
        raise _not_html(seen if said in (seen, None) else f"{seen}, though sent as {said}")
    if said not in HTML_TYPES and not _looks_like_html(first):
        raise _not_html(said or "application/octet-stream")


def _said(media_type: str | None) -> str | None:
    if media_type is None or media_type in UNSAID_TYPES or not _MEDIA_TYPE.fullmatch(media_type):
        return None
    return media_type


def _seen(first: bytes) -> str | None:
    """What `first` shows to be no HTML, or None."""
    for pattern, media_type in _BINARY:
        if pattern.match(first):
            return media_type
    text = _text_of(first)
    return next((media_type for pattern, media_type in _TEXTUAL if pattern.match(text)), None)


def _looks_like_html(first: bytes) -> bool:
    return _HTML_BEGINS.match(_text_of(first)) is not None


def _text_of(first: bytes) -> bytes:
    """`first` from its first element on; in UTF-16, its ASCII characters."""
    mark = next((mark for mark in _BYTE_ORDER_MARKS if first.startswith(mark)), b"")
    text = first[len(mark) :].replace(b"\x00", b"")
    prolog = _PROLOG.match(text)
    return text[prolog.end() :] if prolog else text


def _not_html(what: str) -> NotHtml:
    return NotHtml(f"not an HTML page ({what})", remedy="give the address of a page")
