"""Which entries are the same: by the URL key of the link first, then by GUID, then by title and date.

Feeds leave GUIDs out, give all entries the same one, make a new one at every poll, or use one again for another article;
others put a token into every link that changes at every poll. So no sign is trusted alone but the link, and a sign that
several entries of one document share is none (docs/adr/0013-identity-of-entries.md).
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Protocol

from archiver import urls
from archiver.errors import InvalidUrl

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from archiver.feeds.model import Entry

BYTES = 8
"""Of a digest, as a whole number: among the million entries of a long life, two agree by chance once in 10^7 archives."""
_SEVERAL = object()


class Signs(Protocol):
    """What an entry is known by; None where it does not give a sign, or shares it with others.

    Attributes:
        link: digest of the URL key of its link.
        guid: digest of the GUID.
        title: digest of the title, whatever its case.
        published: when, in seconds since 1970.
    """

    @property
    def link(self) -> int | None: ...  # noqa: D102
    @property
    def guid(self) -> int | None: ...  # noqa: D102
    @property
    def title(self) -> int | None: ...  # noqa: D102
    @property
    def published(self) -> int | None: ...  # noqa: D102


@dataclass(frozen=True, slots=True)
class Identity:
    """The signs of one entry of a document; see `Signs`."""

    link: int | None
    guid: int | None
    title: int | None
    published: int | None


def identities(entries: Sequence[Entry]) -> list[Identity]:
    """The identity of each entry of one document, without the GUIDs and titles that do not tell its entries apart."""
    found = [_identity(entry) for entry in entries]
    links_of_guid: dict[int, object] = {}
    links_of_title: dict[int, object] = {}
    for one in found:
        _note(links_of_guid, one.guid, one.link)
        _note(links_of_title, _dated(one), one.link)
    for place, one in enumerate(found):
        guid = None if one.guid is None or links_of_guid[one.guid] is _SEVERAL else one.guid
        dated = _dated(one)
        title = None if dated is None or links_of_title[dated] is _SEVERAL else one.title
        if guid != one.guid or title != one.title:
            found[place] = replace(one, guid=guid, title=title)
    return found


class Seen:
    """The entries of one feed that were met before, found again by any of their signs."""

    def __init__(self, known: Iterable[Signs]) -> None:
        self._links: dict[int, int] = {}
        self._guids: dict[int, int | list[int]] = {}
        self._dated: dict[int, int] = {}
        self._known: list[Signs] = []
        for signs in known:
            self.add(signs)

    def __len__(self) -> int:
        return len(self._known)

    def add(self, signs: Signs) -> None:
        """Remembers an entry, behind those that were added before."""
        place = len(self._known)
        self._known.append(signs)
        if signs.link is not None:
            self._links.setdefault(signs.link, place)
        if signs.guid is not None:
            before = self._guids.get(signs.guid)
            self._guids[signs.guid] = place if before is None else [*_places(before), place]
        if signs.published is not None and (dated := _dated(signs)) is not None:
            self._dated.setdefault(dated, place)

    def find(self, signs: Signs) -> int | None:
        """The place, from 0, of the entry that this is, or None where it is a new one."""
        if signs.link is not None and signs.link in self._links:
            return self._links[signs.link]
        for place in _places(self._guids.get(signs.guid, [])) if signs.guid is not None else ():
            if _agree(signs, self._known[place]):
                return place
        if signs.published is not None and (dated := _dated(signs)) is not None:
            return self._dated.get(dated)
        return None


def _agree(one: Signs, other: Signs) -> bool:
    """Whether both may be the same entry, as far as date and title tell: the date where both have one, else the title."""
    if one.published is not None and other.published is not None:
        return one.published == other.published
    return one.title is not None and one.title == other.title


def _note(links: dict[int, object], sign: int | None, link: int | None) -> None:
    """Notes for a sign the one link of the entries that have it, or that they have several."""
    if sign is not None and links.setdefault(sign, link) != link:
        links[sign] = _SEVERAL


def _dated(signs: Signs) -> int | None:
    """Title and date as one sign."""
    return None if signs.title is None else hash((signs.title, signs.published))


def _places(found: int | list[int]) -> list[int]:
    return [found] if isinstance(found, int) else found


def link_sign(url: str) -> int | None:
    """The sign of an entry's link; None where that is no address."""
    try:
        return _digest(urls.key(url))
    except InvalidUrl:
        return None


def _identity(entry: Entry) -> Identity:
    title = " ".join(entry.title.casefold().split()) if entry.title else None
    return Identity(
        link=link_sign(entry.link) if entry.link else None,
        guid=_digest(entry.guid) if entry.guid else None,
        title=_digest(title) if title else None,
        published=int(entry.published.timestamp()) if entry.published else None,
    )


def _digest(text: str) -> int:
    """A whole number that SQLite holds."""
    return int.from_bytes(hashlib.sha256(text.encode("utf-8", "replace")).digest()[:BYTES], signed=True)
