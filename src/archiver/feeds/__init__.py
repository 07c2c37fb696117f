"""Feed documents in, feeds and entries out. Pure: neither network, disk, database nor terminal.

`parse` is the way in; each format has a room of its own: `syndication` (RSS, RDF, Atom), `jsonfeed`, `sitemaps`. `identity`
tells which entries are the same, `rhythm` when to ask again, `choosing` which entries are wanted, `discovery` which feeds a
page has, `opml` what is followed.
"""

from __future__ import annotations

import itertools
import re
import zlib

from archiver.errors import NotAFeed
from archiver.feeds import jsonfeed, markup, sitemaps, syndication
from archiver.feeds.model import Child, Entry, Feed

__all__ = ["Child", "Entry", "Feed", "parse"]

MAX_ENTRIES = 100_000
"""Twice what a sitemap may hold; nothing that is a feed in earnest comes near."""
MAX_BYTES = 64 * 1024 * 1024
"""The longest document, compressed or not: a sitemap may have 50 MB."""
_GZIP_MAGIC = b"\x1f\x8b"
_REMEDY = "give the address of a feed, or of a page that names one"
_FEED_ROOTS = ("rss", "rdf", "feed", "channel", "item", "entry")
_WELL_FORMED = "it is not well-formed XML and was read as far as it goes"


def parse(payload: bytes, url: str, *, charset: str | None = None, max_entries: int = MAX_ENTRIES) -> Feed:
    """The feed that `payload` holds.

    Args:
        payload: the document's bytes; gzip is undone.
        url: where it was read from, for relative links.
        charset: what HTTP said it is encoded in; the document's own word outranks it.
        max_entries: entries read; those after them are counted as one of the feed's problems.

    Raises:
        NotAFeed: it is something else, or nothing, or larger than `MAX_BYTES`.
    """
    payload = _unpacked(payload)
    start = payload[: markup.SNIFFED_BYTES].lstrip(b"\xef\xbb\xbf \t\r\n")
    if start.startswith(b"{"):
        return jsonfeed.parse(payload, url, max_entries)
    document = markup.Document(payload, charset)
    root = document.name
    if root == "urlset":
        found = tuple(itertools.islice(sitemaps.entries(document, url, max_entries + 1), max_entries + 1))
        return Feed("sitemap", entries=found[:max_entries], problems=_problems(document, len(found), max_entries))
    if root == "sitemapindex":
        return Feed("sitemap index", children=tuple(sitemaps.children(document, url, max_entries)))
    if root in _FEED_ROOTS:
        found = tuple(syndication.entries(document, url, max_entries + 1))
        problems = _problems(document, len(found), max_entries)
        return syndication.feed(document, url, found[:max_entries], problems)
    raise NotAFeed(_what(start, root), remedy=_REMEDY)


def _problems(document: markup.Document, count: int, limit: int) -> tuple[str, ...]:
    problems = [_WELL_FORMED] if document.repaired else []
    if count > limit:
        problems.append(f"it has more than {limit} entries; only these were read")
    return tuple(problems)


def _what(start: bytes, root: str) -> str:
    if not start.strip():
        return "is empty, and no feed"
    if root == "html" or re.match(rb"<!doctype\s+html|<(?:html|head|body|title|meta|div|p)\b", start, re.IGNORECASE):
        return "is an HTML page, and no feed"
    return "is an OPML list of feeds, and no feed itself" if root == "opml" else "is no feed"


def _unpacked(payload: bytes) -> bytes:
    """`payload` with gzip undone, within the bound.

    Raises:
        NotAFeed: it is larger, or damaged.
    """
    if payload.startswith(_GZIP_MAGIC):
        inflate = zlib.decompressobj(16 + zlib.MAX_WBITS)
        try:
            payload = inflate.decompress(payload, MAX_BYTES + 1)
        except zlib.error as error:
            raise NotAFeed("is damaged gzip", remedy=_REMEDY) from error
    if len(payload) > MAX_BYTES:
        raise NotAFeed(f"is larger than {MAX_BYTES // 2**20} MB", remedy="follow a smaller feed of the same site")
    return payload
