"""The bytes of a page as text, by the encoding a browser would choose.

In order: byte order mark, Content-Type header, `<meta>` or XML declaration in the first 1024 bytes (WHATWG HTML,
13.2.3), what the bytes are valid in, and at last a guess from letter frequencies.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from charset_normalizer import from_bytes

from archiver.extraction.rules.charsets import CHARSETS, Charset

if TYPE_CHECKING:
    from archiver.article import Origin

_PRESCAN_BYTES = 1024
_GUESS_BYTES = 64 * 1024
_STRIPPED_BYTES = 16 * _GUESS_BYTES
"""Of a page, searched for those bytes of text: pages are mostly markup."""
_BOMS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xfe\xff", "utf-16be"), (b"\xff\xfe", "utf-16le"))
_HEADER_CHARSET = re.compile(r"""(?i)charset\s*=\s*["']?\s*([^\s"';,]+)""")
_ATTRIBUTE = r"""[\s/]*+[^\s/>=]++(?:\s*+=\s*+(?:"[^"]*+"|'[^']*+'|[^\s>]*+))?+"""
_MARKUP = re.compile(
    rf"<!--(?:>|->|.*?(?:-->|$))|<[!?/](?![a-zA-Z])[^>]*+>|<(/?[a-zA-Z][^\s/>]*+)((?:{_ATTRIBUTE})*+)", re.DOTALL
)
_PAIR = re.compile(r"""[\s/]*+([^\s/>=]++)(?:\s*+=\s*+(?:"([^"]*+)"|'([^']*+)'|([^\s>]*+)))?+""")
_XML_ENCODING = re.compile(r"""<\?xml\s[^>]*?encoding\s*=\s*(["'])([^"'>]+)\1""")


class Decoded(NamedTuple):
    """A page's text, the encoding's name by the WHATWG standard, and what chose the encoding."""

    text: str
    charset: str
    origin: Origin
    at: str


def decode(data: bytes, content_type: str | None = None) -> Decoded:
    """The text of the page's bytes. Never fails: what cannot be decoded becomes U+FFFD.

    Args:
        data: the page.
        content_type: the Content-Type header, or None.
    """
    for mark, name in _BOMS:
        if data.startswith(mark):
            return _decoded(data[len(mark) :], _named(name), "rule", "byte order mark")
    if charset := _find(_header_label(content_type)):
        return _decoded(data, charset, "header", "Content-Type")
    if charset := _declared_within(data):
        return _decoded(data, charset, "meta", "charset")
    return _decoded(data, _named(_fitting(data)), "rule", "what the bytes fit")


def _decoded(data: bytes, charset: Charset, origin: Origin, at: str) -> Decoded:
    return Decoded(data.decode(charset.codec, "replace"), charset.name, origin, at)


@cache
def _by_label() -> dict[str, Charset]:
    return {label: charset for charset in CHARSETS for label in charset.labels.split()}


def _find(label: str | None) -> Charset | None:
    return _by_label().get(label.strip("\t\n\f\r ").lower()) if label else None


def _named(name: str) -> Charset:
    return _by_label()[name]


def _header_label(content_type: str | None) -> str | None:
    found = _HEADER_CHARSET.search(content_type or "")
    return found[1] if found else None


def _declared_within(data: bytes) -> Charset | None:
    """What the page itself declares. It was read as ASCII, so that UTF-16 can only be an error for UTF-8."""
    if data.startswith((b"<\0?\0x\0", b"\0<\0?\0x")):
        return _named("utf-16le" if data[0] else "utf-16be")
    head = data[:_PRESCAN_BYTES].decode("latin-1")
    charset = _from_meta(head)
    if charset is None and head.startswith("<?xml"):
        declaration = _XML_ENCODING.match(head)
        charset = _find(declaration[2]) if declaration else None
    return _named("utf-8") if charset and charset.name.startswith("utf-16") else charset


def _from_meta(head: str) -> Charset | None:
    for markup in _MARKUP.finditer(head):
        if (markup[1] or "").lower() == "meta":
            attributes: dict[str, str] = {}
            for pair in _PAIR.finditer(markup[2]):
                attributes.setdefault(pair[1].lower(), pair[2] or pair[3] or pair[4] or "")
            label = attributes.get("charset")
            if label is None and attributes.get("http-equiv", "").lower() == "content-type":
                label = _header_label(attributes.get("content"))
            charset = _find(label)
            if charset is not None:
                return charset
    return None


def _fitting(data: bytes) -> str:
    """The name of the encoding that undeclared bytes fit best."""
    sample = data[:_GUESS_BYTES]
    if b"\0" in sample[:_PRESCAN_BYTES]:
        even, odd = sample[0:_PRESCAN_BYTES:2].count(0), sample[1:_PRESCAN_BYTES:2].count(0)
        if max(even, odd) * 4 > min(len(sample), _PRESCAN_BYTES) and min(even, odd) * 8 < max(even, odd):
            return "utf-16be" if even > odd else "utf-16le"
    if data.isascii():
        return "utf-8"
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        if error.end == len(data) and error.reason == "unexpected end of data":  # cut short in its last character
            return "utf-8"
    else:
        return "utf-8"
    return _guessed(data)


def _guessed(data: bytes) -> str:
    # markup is ASCII and would outweigh a short text
    text = re.sub(rb"<[^<>]{0,1000}>", b" ", data[:_STRIPPED_BYTES])
    best = from_bytes(text[:_GUESS_BYTES]).best()
    by_codec = {charset.codec: charset.name for charset in reversed(CHARSETS)}
    codec = best.encoding if best is not None else "cp1252"
    return by_codec.get(codec) or (charset.name if (charset := _find(codec.replace("_", "-"))) else "windows-1252")
