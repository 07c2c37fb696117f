"""What a reading list says of a page."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import UTC, datetime

_MILLISECONDS = 10**11
"""Counts of seconds since 1970 stay below this until the year 5138; larger ones count smaller units."""


@dataclass(frozen=True, slots=True)
class Item:
    """A page that somebody kept elsewhere.

    Attributes:
        place: where in the file it stands, for messages: "line 7", "item 3".
        labels: as they are written there, and the folders it stood in.
        added_at: when it was kept, aware, UTC.
        read: it was archived there, or marked as read.
    """

    place: str
    url: str
    title: str | None = None
    labels: tuple[str, ...] = ()
    added_at: datetime | None = None
    starred: bool = False
    read: bool = False
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Broken:
    """What stands there and is no page; `reason` says why."""

    place: str
    reason: str


def moment(text: object) -> datetime | None:
    """The moment that `text` means: ISO 8601, or a count since 1970 of seconds, or of milli-, micro- or nanoseconds."""
    written = str(text or "").strip()
    try:
        count = float(written)
    except ValueError:
        return _iso(written)
    if not math.isfinite(count) or count <= 0:
        return None
    while count >= _MILLISECONDS:
        count /= 1000
    return datetime.fromtimestamp(int(count), UTC)


def _iso(written: str) -> datetime | None:
    try:
        found = datetime.fromisoformat(written)
        return found.astimezone(UTC) if found.tzinfo else found.replace(tzinfo=UTC)
    except (ValueError, OverflowError):
        return None
