"""Exports as JSON: wallabag, and Omnivore's `metadata_*.json`."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from archiver.reading_lists.model import Broken, Item, moment

if TYPE_CHECKING:
    from collections.abc import Iterator

WALLABAG_MARKS = frozenset({"is_archived", "is_starred"})
OMNIVORE_MARKS = frozenset({"savedAt", "slug"})


def service(document: object) -> str | None:
    """Who wrote the document: "wallabag", "Omnivore", "JSON" for a list of objects with a `url`, or None."""
    first = next((one for one in document if isinstance(one, dict)), None) if isinstance(document, list) else None
    if first is None:
        return None
    if first.keys() >= WALLABAG_MARKS:
        return "wallabag"
    if first.keys() >= OMNIVORE_MARKS:
        return "Omnivore"
    return "JSON" if "url" in first else None


def parsed(text: str) -> object:
    """The JSON document; None where it is none."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def read(document: list[Any]) -> Iterator[Item | Broken]:
    """What the document says, item by item. The services' keys do not overlap in meaning, so one reading serves them all."""
    for number, entry in enumerate(document, start=1):
        place = f"item {number}"
        if not isinstance(entry, dict):
            yield Broken(place, "is no object")
            continue
        url = _text(entry.get("given_url")) or _text(entry.get("url"))
        if not url:
            yield Broken(place, "has no address")
            continue
        yield Item(
            place,
            url,
            title=_text(entry.get("title")),
            labels=_labels(entry.get("tags") or entry.get("labels")),
            added_at=moment(entry.get("created_at") or entry.get("savedAt") or entry.get("added")),
            starred=entry.get("is_starred") in {1, "1"},
            read=entry.get("is_archived") in {1, "1"} or entry.get("state") == "Archived",
            note=_notes(entry.get("annotations")) or _text(entry.get("note")),
        )


def _labels(listed: object) -> tuple[str, ...]:
    """Names, or objects that have one."""
    if not isinstance(listed, list):
        return ()
    names = [tag.get("label") or tag.get("name") if isinstance(tag, dict) else tag for tag in listed]
    return tuple(name for name in names if isinstance(name, str) and name.strip())


def _notes(annotations: object) -> str | None:
    """Wallabag's annotations: the passage, and what was said about it."""
    if not isinstance(annotations, list):
        return None
    parts = []
    for one in annotations:
        if isinstance(one, dict):
            quote, said = _text(one.get("quote")), _text(one.get("text"))
            parts.append("\n".join(part for part in (quote and f"> {quote}", said) if part))
    return "\n\n".join(part for part in parts if part) or None


def _text(value: object) -> str | None:
    return value.strip() or None if isinstance(value, str) else None
