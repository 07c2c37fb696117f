"""What in a parcel belongs to which article."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from archiver.errors import StoreError
from archiver.store import aliases, paths

if TYPE_CHECKING:
    from archiver.store.aliases import Alias
    from archiver.store.parcels import Parcel

_RECORD = re.compile(rf"{paths.ARTICLES}/[^/]+/[^/]+")
_VERSION = re.compile(rf"{paths.VERSIONS}/([0-9a-f]{{16}})/[^/]+\.json")
_CAPTURE = re.compile(rf"{paths.CAPTURES}/(?:undated|\d{{4}}/\d{{2}})/[^/]+")


@dataclass(slots=True)
class Bundle:
    """The files of one article, by their names in the parcel; `aliases` with what they say.

    `records` has more than one where somebody copied a record, `sightings` where an article was joined to it.
    """

    id: str
    records: list[str] = field(default_factory=list)
    remarks: str | None = None
    sightings: list[str] = field(default_factory=list)
    versions: list[str] = field(default_factory=list)
    captures: list[str] = field(default_factory=list)
    aliases: dict[str, Alias] = field(default_factory=dict)


def bundles(parcel: Parcel) -> tuple[list[Bundle], list[str]]:
    """The articles of the parcel, in the order in which their records stand in it, and the names that belong to none."""
    found: dict[str, Bundle] = {}
    strays = []
    for name in parcel.names:
        article_id = paths.id_of(name) if _RECORD.fullmatch(name) else None
        if article_id:
            found.setdefault(article_id, Bundle(article_id)).records.append(name)
    known = _aliases(parcel)
    owners = {alias.id: _target(alias, known, found) for alias in known.values()}
    for name in parcel.names:
        alias_id, version = paths.aliased_id(name), _VERSION.fullmatch(name)
        if bundle := found.get(paths.remarked_id(name) or ""):
            bundle.remarks = name
        elif (sighted := paths.sighted_id(name)) and (owner := sighted if sighted in found else owners.get(sighted)):
            found[owner].sightings.append(name)
        elif version and version[1] in found:
            found[version[1]].versions.append(name)
        elif alias_id and (owner := owners.get(alias_id)):
            found[owner].aliases[name] = known[alias_id]
        elif _CAPTURE.fullmatch(name) and (owner := _owner(name, found, owners)):
            found[owner].captures.append(name)
        elif not (_RECORD.fullmatch(name) and paths.id_of(name) in found):
            strays.append(name)
    return list(found.values()), strays


def _aliases(parcel: Parcel) -> dict[str, Alias]:
    return {alias.id: alias for name in parcel.names if (alias := _alias(parcel, name))}


def _alias(parcel: Parcel, name: str) -> Alias | None:
    alias_id = paths.aliased_id(name)
    try:
        return aliases.loads(parcel.read(name), alias_id, subject=name) if alias_id else None
    except (StoreError, FileNotFoundError):
        return None


def _target(alias: Alias, known: dict[str, Alias], found: dict[str, Bundle]) -> str | None:
    """The article in the parcel that an alias leads to, through others too."""
    for _ in range(aliases.MAX_STEPS):
        if alias.article in found:
            return alias.article
        if alias.article not in known:
            return None
        alias = known[alias.article]
    return None


def _owner(name: str, found: dict[str, Bundle], owners: dict[str, str | None]) -> str | None:
    made_for = paths.captured_id(name.rpartition("/")[2])
    return made_for if made_for in found else owners.get(made_for or "")
