"""Days as people name them: "2026-01-31", "2026-01", "today", "2w"."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta

SPELLINGS = "2026-01-31, 2026-01, 2026, today, yesterday, 3d, 2w, 6m or 1y"
_NAMED = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?", re.ASCII)
_AGO = re.compile(r"(\d{1,5})([dwmy])", re.ASCII)
_DAYS = {"d": 1, "w": 7, "m": 30, "y": 365}


@dataclass(frozen=True, slots=True)
class Period:
    """The days a date expression names, both included."""

    first: date
    last: date


def period(text: str, *, today: date) -> Period:
    """The days that `text` names.

    It is "2026-01-31", "2026-01", "2026", "today", "yesterday", or so many days, weeks, months (of 30 days) or years before
    `today`: "3d", "2w", "6m", "1y".

    Raises:
        ValueError, OverflowError: it names none.
    """
    if text in {"today", "yesterday"}:
        day = today - timedelta(days=text == "yesterday")
        return Period(day, day)
    if ago := _AGO.fullmatch(text):
        day = today - timedelta(days=int(ago[1]) * _DAYS[ago[2]])
        return Period(day, day)
    named = _NAMED.fullmatch(text)
    if named is None:
        raise ValueError(text)
    year, month, day_of_month = (int(part) if part else None for part in named.groups())
    assert year is not None
    first = date(year, month or 1, day_of_month or 1)
    if day_of_month:
        return Period(first, first)
    last_month = month or 12
    return Period(first, date(year, last_month, calendar.monthrange(year, last_month)[1]))
