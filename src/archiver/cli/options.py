"""Options and argument types that commands share, spelled and explained in one place."""

from __future__ import annotations

import calendar
import math
import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

import click

from archiver.values import MAX_JOBS, MAX_SECONDS

if TYPE_CHECKING:
    from collections.abc import Callable

    Decorator = Callable[[Callable[..., Any]], Callable[..., Any]]

LIST_FORMATS = ("table", "tsv", "json", "jsonl", "csv", "ids")
_PERIOD = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?")
_AGO = re.compile(r"(\d{1,5})([dwmy])")
_DAYS = {"d": 1, "w": 7, "m": 30, "y": 365}


@dataclass(frozen=True, slots=True)
class Period:
    """The days a date expression names, both included."""

    first: date
    last: date


class DateExpression(click.ParamType[Period]):
    """A day, month or year, or a way to count back from today; gives a `Period`."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Period:
        """The period that `value` names."""
        if isinstance(value, Period):
            return value
        try:
            return period(str(value).strip().lower(), today=datetime.now(UTC).astimezone().date())
        except (ValueError, OverflowError):
            self.fail(
                f"{value!r} is not a date; give 2026-01-31, 2026-01, 2026, today, yesterday, 3d, 2w, 6m or 1y", param, ctx
            )


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
    named = _PERIOD.fullmatch(text)
    if named is None:
        raise ValueError(text)
    year, month, day_of_month = (int(part) if part else None for part in named.groups())
    assert year is not None
    first = date(year, month or 1, day_of_month or 1)
    if day_of_month:
        return Period(first, first)
    last_month = month or 12
    return Period(first, date(year, last_month, calendar.monthrange(year, last_month)[1]))


def list_format() -> Decorator:
    """`--format` for a command that lists, and `--json` as its short form."""
    chosen = click.option(
        "--format",
        "form",
        type=click.Choice(LIST_FORMATS),
        default=None,
        help="How to print. Default: table on a terminal, tsv when piped.",
    )
    short = click.option("--json", "form", flag_value="json", help="Short for --format json.")
    return lambda function: chosen(short(function))


def limit_option(default: int | None = None) -> Decorator:
    """`--limit N`."""
    meaning = "all" if default is None else str(default)
    return click.option(
        "--limit", type=click.IntRange(min=1), default=default, metavar="N", help=f"Print at most N. Default: {meaning}."
    )


def quiet_option() -> Decorator:
    """`-q`."""
    return click.option("-q", "--quiet", is_flag=True, help="Print errors only.")


class Seconds(click.FloatRange):
    """A number of seconds within its range; "nan" compares with nothing and is none."""

    name = "seconds"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> float:
        """The number."""
        seconds = float(super().convert(value, param, ctx))
        if math.isnan(seconds):
            self.fail(f"{value!r} is not a number of seconds", param, ctx)
        return seconds


def timeout_option() -> Decorator:
    """`--timeout SECONDS`."""
    return click.option(
        "--timeout",
        "timeout_seconds",
        type=Seconds(min=0, min_open=True, max=MAX_SECONDS),
        metavar="SECONDS",
        help="Total deadline of one page, redirects included. Default: 30.",
    )


def jobs_option() -> Decorator:
    """`--jobs N`."""
    return click.option(
        "--jobs",
        type=click.IntRange(min=1, max=MAX_JOBS),
        metavar="N",
        help="Most pages on their way at once, never two from one host. Default: 32.",
    )
