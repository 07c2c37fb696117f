"""The page: bytes -> text -> one HTML5 tree (lexbor, by selectolax), built once and never written to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from selectolax.lexbor import LexborDocumentOptions, LexborHTMLParser

from archiver import urls
from archiver.article import Evidence
from archiver.extraction import bounds, charset

if TYPE_CHECKING:
    from collections.abc import Sequence

    from selectolax.lexbor import LexborNode

_OPTIONS = LexborDocumentOptions.WO_EVENTS.value
"""Without the events that copy an `<option>` into `<selectedcontent>`: a page can make that quadratic."""

MAX_REPLACED_CHARACTERS = 50_000_000
_HEAD_BYTES = 100_000
"""Where `<base>` is looked for outside the head; a search through the whole page costs a fifth of parsing it."""


@dataclass(frozen=True, slots=True)
class Page:
    """A parsed page.

    Attributes:
        tree: the page's tree. Read it; never change it.
        url: where the page came from, or None.
        base_url: what relative references are resolved against.
        charset: the encoding that its bytes were decoded with, and what chose it; None where text was given.
        language: what `<html lang>` or its kin declare, as written; None where they say nothing.
        warnings: what was cut to keep the page within bounds.
    """

    tree: LexborHTMLParser
    url: str | None
    base_url: str | None
    charset: Evidence | None
    language: str | None
    warnings: tuple[str, ...] = ()

    @property
    def body(self) -> LexborNode | None:
        """The `<body>` element."""
        return self.tree.body

    def absolute(self, reference: str | None) -> str | None:
        """`reference` as an absolute http(s) URL, or None."""
        return urls.join(self.base_url, reference) if reference else None


def read(
    html: str | bytes,
    *,
    url: str | None = None,
    content_type: str | None = None,
    replacements: Sequence[tuple[str, str]] = (),
) -> Page:
    """The page in `html`; any bytes give one, and every text survives in it.

    Args:
        html: the page; bytes are decoded as a browser would decode them.
        url: where it came from, for relative references.
        content_type: the Content-Type header, for its charset.
        replacements: texts in the page's source, and what replaces them before it is parsed.
    """
    text, chosen = (html, None) if isinstance(html, str) else _decode(html, content_type)
    for old, new in replacements:
        text = _replaced(text, old, new)
    utf8, warnings = bounds.bound(text.encode(errors="ignore"))  # half a surrogate pair says nothing
    tree = LexborHTMLParser(utf8, options=_OPTIONS)
    return Page(
        tree=tree,
        url=url,
        base_url=_base_url(tree, utf8, url),
        charset=chosen,
        language=_language(tree),
        warnings=warnings,
    )


def _replaced(text: str, old: str, new: str) -> str:
    """`text` with `new` for every `old`, unless it would grow beyond what a page may be."""
    grown = len(text) + text.count(old) * (len(new) - len(old)) if old else MAX_REPLACED_CHARACTERS
    return text.replace(old, new) if grown < MAX_REPLACED_CHARACTERS else text


def _decode(html: bytes, content_type: str | None) -> tuple[str, Evidence]:
    decoded = charset.decode(html, content_type)
    return decoded.text, Evidence(from_=decoded.origin, at=decoded.at, value=decoded.charset)


def _base_url(tree: LexborHTMLParser, utf8: bytes, url: str | None) -> str | None:
    """What `<base>` names; it may have slipped out of a head that broken markup ended early."""
    base = tree.head.css_first("base[href]") if tree.head is not None else None
    if base is None and utf8.find(b"<base ", 0, _HEAD_BYTES) >= 0:
        base = tree.css_first("base[href]")
    return (urls.join(url, base.attributes["href"] or "") or url) if base is not None else url


def _language(tree: LexborHTMLParser) -> str | None:
    """What `<html>`, else `<body>`, else the page's `Content-Language` states."""
    stated = []
    for element in (tree.root, tree.body):
        attributes = element.attributes if element is not None else {}
        stated += [attributes.get("lang"), attributes.get("xml:lang")]
    meta = tree.head.css_first("meta[http-equiv='content-language' i]") if tree.head is not None else None
    stated.append(meta.attributes.get("content") if meta is not None else None)
    return next((language.strip() for language in stated if language and language.strip()), None)
