"""Options and argument types that commands share, spelled and explained in one place."""

from __future__ import annotations

import math
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import click

from archiver.periods import SPELLINGS, Period, period
from archiver.values import MAX_JOBS, MAX_SECONDS

if TYPE_CHECKING:
    from collections.abc import Callable

    Decorator = Callable[[Callable[..., Any]], Callable[..., Any]]

SORTS = ("fetched", "published", "modified", "title", "author", "publisher", "host", "words")
LIST_FORMATS = ("table", "tsv", "json", "jsonl", "csv", "ids")


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
            self.fail(f"{value!r} is not a date; give {SPELLINGS}", param, ctx)


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


def sort_options(default: str | None, *, meaning: str = "Dates and words fall, names rise.") -> Decorator:
    """`--sort` and `--reverse` for a command that lists articles."""
    chosen = click.option("--sort", type=click.Choice(SORTS), default=default, show_default=bool(default), help=meaning)
    turned = click.option("--reverse", is_flag=True, help="The other way round.")
    return lambda function: chosen(turned(function))


def limit_option(default: int | None = None, *, meaning: str = "all") -> Decorator:
    """`--limit N`; `meaning` is what no default means."""
    meaning = meaning if default is None else str(default)
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
