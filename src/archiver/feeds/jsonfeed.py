"""JSON Feed 1.0 and 1.1 (jsonfeed.org) to `Feed`."""

from __future__ import annotations

import html
import json
from typing import Any

from archiver.errors import NotAFeed
from archiver.feeds.dates import moment
from archiver.feeds.model import Entry, Feed
from archiver.feeds.plain import encodable, line, link
from archiver.feeds.syndication import MAX_CONTENT_CHARACTERS, MAX_NAMES


def parse(payload: bytes, url: str, limit: int) -> Feed:
    """The feed in `payload`, which was read from `url`; at most `limit` entries of it.

    Raises:
        NotAFeed: it is no JSON, or another kind of JSON.
    """
    try:
        document = json.loads(payload.decode("utf-8-sig", "replace"))
    except (ValueError, RecursionError) as error:
        raise NotAFeed("is not valid JSON", remedy="give the address of a feed") from error
    items = document.get("items") if isinstance(document, dict) else None
    if not isinstance(items, list):
        raise NotAFeed("is JSON, but no JSON Feed", remedy="give the address of a feed")
    found = [item for item in items[:limit] if isinstance(item, dict)]
    problems = [] if "jsonfeed.org/version" in str(document.get("version")) else ["it does not say which version it is"]
    if len(items) > limit:
        problems.append(f"it has {len(items)} entries; only the first {limit} were read")
    return Feed(
        format="json",
        title=line(_text(document, "title")),
        home=_link(document, url, "home_page_url"),
        entries=tuple(_entry(item, url) for item in found),
        problems=tuple(problems),
    )


def _entry(item: dict[str, Any], url: str) -> Entry:
    plain = _text(item, "content_text")
    content = _text(item, "content_html") or (plain and f"<p>{html.escape(plain)}</p>")
    identity = item.get("id")
    return Entry(
        link=_link(item, url, "url")
        or _link(item, url, "external_url")
        or (_link(item, url, "id") if _is_url(identity) else None),
        guid=line(str(identity)) if isinstance(identity, (str, int, float)) else None,
        title=line(_text(item, "title")),
        published=moment(_text(item, "date_published")),
        updated=moment(_text(item, "date_modified")),
        authors=_authors(item),
        categories=tuple(name for tag in _list(item, "tags")[:MAX_NAMES] if isinstance(tag, str) and (name := line(tag))),
        content=content[:MAX_CONTENT_CHARACTERS] if content else None,
        summary=_text(item, "summary"),
    )


def _authors(item: dict[str, Any]) -> tuple[str, ...]:
    people = [*_list(item, "authors"), item.get("author")]
    return tuple(name for person in people[:MAX_NAMES] if isinstance(person, dict) and (name := line(_text(person, "name"))))


def _link(values: dict[str, Any], url: str, key: str) -> str | None:
    return link(url, _text(values, key))


def _is_url(value: Any) -> bool:
    return isinstance(value, str) and value.startswith(("http://", "https://"))


def _text(values: dict[str, Any], key: str) -> str | None:
    value = values.get(key)
    return encodable(value) if isinstance(value, str) and value.strip() else None


def _list(values: dict[str, Any], key: str) -> list[Any]:
    value = values.get(key)
    return value if isinstance(value, list) else []
