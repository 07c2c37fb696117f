"""Whether a site has changed under us: of each host, how often a field is found now and how often it was.

Everything is read from the index, so there is nothing to keep: the newest articles of a host against those before them.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import TYPE_CHECKING

from archiver.store import Filters

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from archiver.store import Row, Store

RECENT = 20
"""Articles that say how it is now."""
LEAST_RECENT = 8
"""Fewer say nothing: a site may print a few notes without a byline."""
BEFORE = 200
"""Articles before those that say how it was, at most; `LEAST_BEFORE` at least."""
LEAST_BEFORE = 15
USED_TO = 0.7
"""A field was usual where it was found this often; below, a site has it now and then, and nobody misses it."""
DROP = 0.5
"""So much of its rate must be gone: in 20 articles a rate of 0.7 falls below half of it by chance in one of 3,800 cases."""
LEAST_WORDS = 50
"""A body with fewer is none."""
FIELDS: dict[str, Callable[[Row], bool]] = {
    "byline": lambda row: bool(row.byline),
    "published date": lambda row: bool(row.published),
    "body": lambda row: row.verdict == "article" and row.words >= LEAST_WORDS,
}


@dataclass(frozen=True, slots=True)
class Drift:
    """A field that a host used to give: found in `found` of its last `of` articles; it was the share `was`.

    Attributes:
        id: the host; named so for listings.
    """

    id: str
    field: str
    found: int
    of: int
    was: float

    def __str__(self) -> str:
        return f"{self.id}: {self.field} found in {self.found} of the last {self.of}, was {self.was:.0%}"


def drifts(store: Store, hosts: Iterable[str] | None = None) -> list[Drift]:
    """What the hosts, or all of them, used to give and do not any more.

    Raises:
        StoreError: the index cannot be read.
    """
    if hosts is not None:
        found = ((name, store.rows(Filters(host=name), limit=RECENT + BEFORE)) for name in sorted(set(hosts)))
        return [drift for name, rows in found for drift in drifts_of(name, [row for row in rows if row.host == name])]
    of_host: dict[str, list[Row]] = {}
    for row in store.rows(Filters()):
        rows = of_host.setdefault(row.host or "", [])
        if len(rows) < RECENT + BEFORE:
            rows.append(row)
    return list(itertools.chain.from_iterable(drifts_of(name, rows) for name, rows in sorted(of_host.items())))


def drifts_of(host: str, rows: Sequence[Row]) -> list[Drift]:
    """What `host` used to give and does not any more; `rows` are its articles, the newest first."""
    recent, before = rows[:RECENT], rows[RECENT : RECENT + BEFORE]
    if len(recent) < LEAST_RECENT or len(before) < LEAST_BEFORE:
        return []
    found = []
    for field, has in FIELDS.items():
        now, was = sum(map(has, recent)), sum(map(has, before)) / len(before)
        if was >= USED_TO and now / len(recent) < was * (1 - DROP):
            found.append(Drift(host, field, now, len(recent), round(was, 3)))
    return found
