"""Which entries are the same: by the URL key of the link first, then by GUID, then by title and date.

Feeds leave GUIDs out, give all entries the same one, make a new one at every poll, or use one again for another article;
others put a token into every link that changes at every poll. So no sign is trusted alone but the link, and a sign that
several entries of one document share is none (docs/adr/0010-identity-of-entries.md).
"""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from archiver import urls
from archiver.errors import InvalidUrl

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from archiver.feeds.model import Entry

DIGITS = 16
"""Hexadecimal digits of a digest: among the million entries of a long life, two agree by chance once in 10^7 archives."""


@dataclass(frozen=True, slots=True)
class Identity:
    """The signs of one entry; None where it does not give one, or shares it with others.

    Attributes:
        link: the article ID of its link, which is the digest of the URL key.
        guid: digest of the GUID.
        title: digest of the title, whatever its case.
        published: ISO 8601, UTC.
    """

    link: str | None
    guid: str | None
    title: str | None
    published: str | None

    def agrees(self, other: Identity) -> bool:
        """Whether both may be the same entry, as far as date and title tell: the date where both have one, else the title."""
        if self.published and other.published:
            return self.published == other.published
        return self.title is not None and self.title == other.title


def identities(entries: Sequence[Entry]) -> list[Identity]:
    """The identity of each entry of one document, without the GUIDs and titles that do not tell its entries apart."""
    found = [_identity(entry) for entry in entries]
    guids = Counter(guid for _, guid in {(one.link, one.guid) for one in found})
    dated = Counter((title, published) for _, title, published in {(one.link, one.title, one.published) for one in found})
    return [
        replace(
            one,
            guid=one.guid if guids[one.guid] == 1 else None,
            title=one.title if dated[one.title, one.published] == 1 else None,
        )
        for one in found
    ]


class Seen:
    """The entries of one feed that were met before, found again by any of their signs."""

    def __init__(self, known: Iterable[Identity]) -> None:
        self._links: dict[str, int] = {}
        self._guids: dict[str, list[int]] = {}
        self._dated: dict[tuple[str, str], int] = {}
        self._known: list[Identity] = []
        for identity in known:
            self.add(identity)

    def __len__(self) -> int:
        return len(self._known)

    def add(self, identity: Identity) -> int:
        """Remembers an entry; gives its place, counted from 0 in the order they were added."""
        place = len(self._known)
        self._known.append(identity)
        if identity.link:
            self._links.setdefault(identity.link, place)
        if identity.guid:
            self._guids.setdefault(identity.guid, []).append(place)
        if identity.title and identity.published:
            self._dated.setdefault((identity.title, identity.published), place)
        return place

    def find(self, identity: Identity) -> int | None:
        """The place of the entry that `identity` is, or None where it is a new one."""
        if identity.link in self._links:
            return self._links[identity.link]
        for place in self._guids.get(identity.guid or "", ()):
            if identity.agrees(self._known[place]):
                return place
        if identity.title and identity.published:
            return self._dated.get((identity.title, identity.published))
        return None


def _identity(entry: Entry) -> Identity:
    try:
        link = urls.article_id(entry.link) if entry.link else None
    except InvalidUrl:
        link = None
    title = " ".join(entry.title.casefold().split()) if entry.title else None
    return Identity(
        link=link,
        guid=_digest(entry.guid) if entry.guid else None,
        title=_digest(title) if title else None,
        published=entry.published.isoformat() if entry.published else None,
    )


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:DIGITS]
