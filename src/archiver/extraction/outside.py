"""What is said about the page outside of it: by the server's response headers, and by the feed entry that led to it."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from itertools import islice
from typing import TYPE_CHECKING

from archiver import urls

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archiver.capture import Headers
    from archiver.entry import FeedEntry
    from archiver.extraction.claims import Claims

MAX_HEADER_CHARACTERS = 8_000
MAX_LINKS = 50
FRESH = timedelta(days=1)
"""Who says that it changed within the last day was, as a rule, made for the request."""
_PARAMETER = r";\s*([\w*-]+)(?:\s*=\s*(?:\"([^\"]*)\"|([^\s\",;]+)))?"
_PARAMETERS = re.compile(_PARAMETER)
_LINK = re.compile(rf"<(?P<target>[^<>\s]*)>(?P<parameters>(?:\s*{_PARAMETER})*)")
_LINKED = {"canonical": "canonical", "license": "licence"}
"""Relation of a linked page to this one -> the field that its address claims."""


def collect(claims: Claims, headers: Headers, entry: FeedEntry | None, *, url: str | None, fetched_at: str | None) -> None:
    """Adds what `headers` and `entry` say about the page at `url`, fetched at `fetched_at`, to `claims`."""
    for name, value in headers:
        lowered = name.lower()
        if lowered == "last-modified" and _is_settled(value, fetched_at):
            claims.add("modified", "header last-modified", value, at=name)
        elif lowered == "content-language":
            claims.add("language", "header content-language", value, at=name)
        elif lowered == "link":
            for relation, target in links(((name, value),)):
                address = urls.join(url, target)
                if address and relation in _LINKED:
                    claims.add(_LINKED[relation], f"header link {relation}", address, at=f"{name}: rel={relation}")
    if entry is not None:
        _from_entry(entry, claims)


def _from_entry(entry: FeedEntry, claims: Claims) -> None:
    claims.add("title", "feed title", entry.title or "", at="entry title")
    claims.add("subtitle", "feed summary", entry.summary or "", at="entry summary")
    claims.add("published", "feed published", entry.published or "", at="entry published")
    claims.add("modified", "feed updated", entry.updated or "", at="entry updated")
    for author in entry.authors:
        claims.add("author", "feed author", author, at="entry author")
    for tag in entry.tags:
        claims.add("tags", "feed tags", tag, at="entry tags")


def _is_settled(value: str, fetched_at: str | None) -> bool:
    """Whether an HTTP date (RFC 9110, 5.6.7) lies well before the capture."""
    try:
        return bool(fetched_at) and datetime.fromisoformat(fetched_at or "") - parsedate_to_datetime(value) > FRESH
    except (ValueError, TypeError, OverflowError):  # no date, or one without a zone
        return False


def links(headers: Headers) -> Iterator[tuple[str, str]]:
    """Each relation and target in the `Link` headers (RFC 8288)."""
    for field, value in headers:
        if field.lower() != "link":
            continue
        for link in islice(_LINK.finditer(value[:MAX_HEADER_CHARACTERS]), MAX_LINKS):
            for name, quoted, bare in _PARAMETERS.findall(link["parameters"]):
                if name.lower() == "rel":
                    yield from ((relation, link["target"]) for relation in (quoted or bare).lower().split())
