"""XML from the web, read as far as it goes: bytes in, elements out, one at a time.

Nothing in a document makes the parser read anything else: it is read from its root on, without its document type, so there are
no entities of the document's own, neither internal (bombs) nor external. What breaks the rules is repaired where that is
certain (undeclared HTML entities, bare ampersands, control characters, junk before the root); the rest the parser survives.
"""

from __future__ import annotations

import codecs
import contextlib
import html
import re
from typing import TYPE_CHECKING, Any

from lxml import etree

if TYPE_CHECKING:
    from collections.abc import Iterator

SNIFFED_BYTES = 64 * 1024
"""Where the root must begin: document types and comments stand before it."""
PIECE_BYTES = 64 * 1024
_DECLARED = re.compile(rb"""^\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([A-Za-z0-9._:-]{1,40})["']""")
_BYTE_ORDER_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_AMPERSAND = re.compile(r"&(?:([A-Za-z][A-Za-z0-9]{1,31});|#\d{1,7};|#[xX][0-9A-Fa-f]{1,6};)?")
_CDATA, _CDATA_END = "<![CDATA[", "]]>"
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_NO_CHARSETS = frozenset({"idna", "punycode", "raw-unicode-escape", "undefined", "unicode-escape", "unicode_escape", "utf-7"})
"""Codecs of Python that no document is written in; some take a time that grows with the square of the length."""
_XML_ENTITIES = frozenset({"amp", "lt", "gt", "quot", "apos"})
ROOTS = ("rss", "rdf", "feed", "channel", "item", "entry", "urlset", "sitemapindex", "opml", "html")
"""Where a document begins, by the local name of its first element: as it should be, or with the outer elements missing."""
_ROOT = re.compile(rb"<(?:[A-Za-z][\w.-]{0,20}:)?(" + "|".join(ROOTS).encode() + rb")(?=[\s>/])", re.IGNORECASE)
OPTIONS: dict[str, Any] = {
    "resolve_entities": False,
    "no_network": True,
    "load_dtd": False,
    "huge_tree": False,
    "recover": True,
}
"""How lxml parses what comes from the web; `huge_tree` off keeps libxml2's own limits on depth and names."""


def local(element: etree._Element) -> str:
    """The element's name without its namespace, lower case; "" for comments and the like."""
    return split(element)[0]


def split(element: etree._Element) -> tuple[str, str]:
    """The element's name without its namespace, lower case, and the namespace's URI, or its prefix where nobody declared it."""
    tag = element.tag
    if not isinstance(tag, str):
        return "", ""
    uri, _, name = tag.rpartition("}")
    if not uri and ":" in name:
        uri, _, name = name.rpartition(":")
    return name.lower(), uri.removeprefix("{")


def text(element: etree._Element | None) -> str:
    """All the text in `element`; "" for comments and the like, and where there is none."""
    if element is None or not isinstance(element.tag, str):
        return ""
    return "".join(element.itertext(with_tail=False))


def writable(text: str) -> str:
    """`text` with the characters that XML cannot hold replaced."""
    return _NOT_XML.sub("\ufffd", text)


class Document:
    """An XML document as a stream: `items` gives the elements of some names, each out of the tree when the next is asked for.

    Attributes:
        name: the local name of the root, lower case; "" where there is none that is known.
        root: what is left of the tree: everything but those elements. None until the first item was asked for, or where there
            is no element at all.
        repaired: whether the document broke the rules of XML.
    """

    def __init__(self, payload: bytes, charset: str | None = None) -> None:
        """Takes the document's bytes, and the charset that HTTP named, which ranks below the document's own."""
        self.root: etree._Element | None = None
        self.repaired = False
        self._text = _utf8(payload, charset)
        root = _ROOT.search(self._text[:SNIFFED_BYTES])
        self._start = root.start() if root else len(self._text)
        self.name = root[1].decode("ascii").lower() if root else ""

    def items(self, names: frozenset[str]) -> Iterator[etree._Element]:
        """The elements whose local name is one of `names`, in order, each whole."""
        if not self._is_sound():
            self._text, self._start, self.repaired = _repaired(self._text[self._start :]), 0, True
        parser = etree.XMLPullParser(events=("start", "end"), **OPTIONS)
        try:
            for piece in self._pieces():
                parser.feed(piece)
                yield from self._complete(parser, names)
            with contextlib.suppress(etree.XMLSyntaxError):  # what is open at the end stays open
                parser.close()
            yield from self._complete(parser, names)
        except etree.XMLSyntaxError:  # even recovering found nothing more to read
            self.repaired = True
        self._text = b""

    def _complete(self, parser: etree.XMLPullParser, names: frozenset[str]) -> Iterator[etree._Element]:
        """The elements named so that are whole by now."""
        for event, element in parser.read_events():
            if event == "start":
                self.root = element if self.root is None else self.root
            elif local(element) in names:
                yield element
                _drop(element)

    def _pieces(self) -> Iterator[bytes]:
        """The document from its root on, without a copy of the whole."""
        for start in range(self._start, len(self._text), PIECE_BYTES):
            yield self._text[start : start + PIECE_BYTES]

    def _is_sound(self) -> bool:
        """Whether a strict parser reads the document to its end; it builds no tree for that."""
        options = {**OPTIONS, "recover": False}
        parser = etree.XMLParser(target=_Nothing(), **options)  # type: ignore[call-overload]  # the stubs demand more of targets
        try:
            for piece in self._pieces():
                parser.feed(piece)
            parser.close()
        except etree.XMLSyntaxError:
            return False
        return True


def _drop(element: etree._Element) -> None:
    """Takes `element` out of the tree, so that a long document takes no more memory than one item."""
    parent = element.getparent()
    if parent is None:
        return
    element.clear()
    while (before := element.getprevious()) is not None and local(before) == local(element):
        parent.remove(before)


def _utf8(payload: bytes, charset: str | None) -> bytes:
    """The document in UTF-8.

    Where what it calls itself is not what it is, it is UTF-8 if that fits, and else Windows-1252, which is what such files are.
    """
    mark, marked = next(((mark, name) for mark, name in _BYTE_ORDER_MARKS if payload.startswith(mark)), (b"", None))
    payload = payload[len(mark) :]
    declared = _DECLARED.match(payload[:SNIFFED_BYTES])
    said = marked or (declared[1].decode("ascii") if declared else None) or charset or "utf-8"
    if not _decodes_as_utf8(payload) or said.lower().startswith("utf-16"):
        payload = _decoded(payload, said).encode("utf-8", "replace")
    return payload


def _decodes_as_utf8(payload: bytes) -> bool:
    if payload.isascii():
        return True
    try:
        codecs.decode(payload, "utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _decoded(payload: bytes, said: str) -> str:
    try:
        if codecs.lookup(said).name not in _NO_CHARSETS:
            return payload.decode(said)
    except (LookupError, UnicodeError):
        pass
    return payload.decode("cp1252", "replace")


class _Nothing:
    """A parser target that keeps nothing."""

    def close(self) -> None:
        """Nothing, at the end."""


def _repaired(document: bytes) -> bytes:
    text = _NOT_XML.sub("", document.decode("utf-8", "replace"))
    parts: list[str] = []
    at = 0
    while True:
        start = text.find(_CDATA, at)
        end = text.find(_CDATA_END, start) if start >= 0 else -1
        if end < 0:  # one that never ends is none
            parts.append(_AMPERSAND.sub(_repair, text[at:]))
            return "".join(parts).encode("utf-8", "replace")
        parts += (_AMPERSAND.sub(_repair, text[at:start]), text[start:end])
        at = end


def _repair(ampersand: re.Match[str]) -> str:
    name = ampersand[1]
    if name is None:
        return "&amp;" if ampersand[0] == "&" else ampersand[0]
    if name in _XML_ENTITIES:
        return ampersand[0]
    character = html.unescape(ampersand[0])
    return html.escape(character) if character != ampersand[0] else f"&amp;{name};"
