"""The small texts of feeds: titles that are text, escaped HTML or both, people with or without their address, links."""

from __future__ import annotations

import html
import re
from urllib.parse import urldefrag

from archiver import urls

MAX_LINE_CHARACTERS = 1000
"""Longer than any title or name; what is longer is cut, so that no pattern below meets more."""
_TAG = re.compile(r"<(?:/?[A-Za-z][^<>]{0,500}|!--[^<>]{0,500}--)>")
_ADDRESS_AND_NAME = re.compile(r"\s*[^\s()@]+@[^\s()@]+\s+\(([^()]+)\)\s*")
_NAME_AND_ADDRESS = re.compile(r"([^<>@]+)<[^<>\s]+@[^<>\s]+>\s*")
_ADDRESS = re.compile(r"[^\s()<>@]+@[^\s()<>@]+")


def encodable(text: str) -> str:
    """`text` with lone surrogates, which JSON can spell and UTF-8 cannot, replaced."""
    return text.encode("utf-8", "replace").decode("utf-8")


def line(text: str | None, *, markup: bool = False) -> str | None:
    """`text` on one line, or None where nothing is left; with `markup` its tags go and its HTML entities become characters."""
    kept = " ".join(encodable((text or "")[: 4 * MAX_LINE_CHARACTERS]).split())
    if markup:
        kept = " ".join(html.unescape(_TAG.sub("", html.unescape(kept) if "&lt;" in kept else kept)).split())
    return kept[:MAX_LINE_CHARACTERS].strip() or None


def person(text: str | None) -> str | None:
    """The name in `text` ("jo@example.org (Jo Smith)", "Jo Smith <jo@example.org>"); None where there is only an address."""
    said = line(text, markup=False)
    if said is None or _ADDRESS.fullmatch(said):
        return None
    named = _ADDRESS_AND_NAME.fullmatch(said) or _NAME_AND_ADDRESS.fullmatch(said)
    return line(named[1] if named else said)


def link(base: str, reference: str | None) -> str | None:
    """`reference`, found in a document at `base`, as an absolute http(s) URL without credentials and fragment, or None."""
    if not reference or not reference.strip():
        return None
    found = urls.join(base, reference.strip())
    return urls.without_credentials(urldefrag(found).url) if found and len(found) <= urls.MAX_URL_CHARACTERS else None
