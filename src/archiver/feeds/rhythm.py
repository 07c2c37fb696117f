"""When to ask again: a feed by its own rhythm, within what it and its server ask for; a failure later each time.

Every number here is an offer between two harms: asking in vain, and learning of an article late.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

SHORTEST = timedelta(minutes=15)
LONGEST = timedelta(hours=24)
USUAL = timedelta(hours=1)
"""For a feed whose entries have no dates."""
LONGEST_BACK_OFF = timedelta(days=3)
SHORTEST_WAIT = timedelta(minutes=5)
"""What a Retry-After is raised to; `LONGEST` is what it is cut to."""
WATCHED_ENTRIES = 10
JITTER = 0.1
"""So much of an interval is left to chance, so that feeds found together do not stay together."""
ENTRY_DELAYS = (timedelta(hours=1), timedelta(hours=6), timedelta(days=1), timedelta(days=3), timedelta(days=7))
"""After each failure of an entry's page, how long until it is tried again; then it is given up."""


def interval(moments: Iterable[datetime], now: datetime, *asked: timedelta | None) -> timedelta:
    """How long to leave a feed alone whose entries appeared at `moments`.

    It is half the mean gap between its newest entries and now, so that a feed that falls silent is asked less and less; not
    less than what it or its server `asked` for, as far as that is sensible; within `SHORTEST` and `LONGEST`.
    """
    newest = sorted((moment for moment in moments if moment <= now), reverse=True)[:WATCHED_ENTRIES]
    own = (now - newest[-1]) / len(newest) / 2 if newest else USUAL
    return min(LONGEST, max(SHORTEST, own, *(wish for wish in asked if wish is not None)))


def back_off(failures: int, asked: timedelta | None = None) -> timedelta:
    """How long to leave a feed alone that failed so many times in a row; `asked`: the server's Retry-After."""
    return _at_least(min(LONGEST_BACK_OFF, USUAL * (1 << min(failures - 1, 10))), asked)


def jittered(wait: timedelta, chance: float) -> timedelta:
    """`wait`, shortened by up to `JITTER` of it; `chance` is from 0 to 1. Never longer: a job each hour must meet each hour."""
    return wait * (1 - JITTER * chance)


def entry_delay(attempts: int, asked: timedelta | None = None) -> timedelta | None:
    """How long until an entry's page is tried again that failed `attempts` times (1 or more); None: no more."""
    return _at_least(ENTRY_DELAYS[attempts - 1], asked) if attempts <= len(ENTRY_DELAYS) else None


def _at_least(wait: timedelta, asked: timedelta | None) -> timedelta:
    """`wait`, or what a Retry-After asks for where that is longer, within bounds."""
    return wait if asked is None else max(wait, min(LONGEST, max(SHORTEST_WAIT, asked)))
