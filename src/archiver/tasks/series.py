"""Counts of days as bars: the finest periods that show nearly everything. Pure."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

MOST_PERIODS = 24
SHOWN = 0.9
"""So much of what is dated must fall into the last `MOST_PERIODS` of a unit; else a coarser one is taken."""
_LENGTHS = {"day": 10, "month": 7, "year": 4}
"""For each unit, the finest first, how much of a date names a period of it."""

_REST = {10: "", 7: "-01", 4: "-01-01"}
_DIGITS = re.compile(r"\d{4}(-\d\d){0,2}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Bar:
    """So many articles of one period, site, name."""

    name: str
    articles: int


@dataclass(frozen=True, slots=True)
class Series:
    """Articles by period, each period from the first to the last one, empty ones too.

    Attributes:
        unit: "day", "month" or "year".
        earlier: articles of periods before the first bar; with those that say no more than "2017" where bars are months.
        later: articles of periods that have not come yet.
        undated: articles without a date.
    """

    unit: str = "year"
    bars: tuple[Bar, ...] = ()
    earlier: int = 0
    later: int = 0
    undated: int = 0


def series(counts: Iterable[tuple[str, int]], *, today: date, undated: int = 0) -> Series:
    """The series of the articles counted by day (ISO 8601; coarser dates are known by their length)."""
    dated = [(text, articles) for text, articles in counts if start(text)]
    all_dated = sum(articles for _, articles in dated)
    if not all_dated:
        return Series(undated=undated)
    for unit, length in _LENGTHS.items():
        now = today.isoformat()[:length]
        found: Counter[str] = Counter()
        for text, articles in dated:
            if len(text) >= length:
                found[text[:length]] += articles
        later = sum(articles for name, articles in found.items() if name > now)
        known = [name for name in found if name <= now]
        names = list(_last_periods(min(known), max(known))) if known else []
        shown = sum(found[name] for name in names)
        if shown + later >= SHOWN * all_dated or unit == "year":
            return Series(unit, tuple(Bar(name, found[name]) for name in names), all_dated - shown - later, later, undated)
    raise AssertionError("the years are taken whatever they show")


def start(period: str) -> date | None:
    """The first day of a day, month or year; None for what is none."""
    rest = _REST.get(len(period))
    if rest is None or not _DIGITS.fullmatch(period):
        return None
    try:
        return date.fromisoformat(period + rest)
    except ValueError:
        return None


def _last_periods(first: str, last: str) -> Iterator[str]:
    """The periods from the first to the last, at most the last `MOST_PERIODS`."""
    names = [last]
    while names[-1] > first and len(names) < MOST_PERIODS and (before := _before(names[-1])):
        names.append(before)
    return reversed(names)


def _before(period: str) -> str | None:
    """The period before this one; None before the year 1."""
    first = start(period)
    if first is None or first == date.min:
        return None
    return (first - timedelta(days=1)).isoformat()[: len(period)]
