"""The options that choose articles, the same for every command that lists."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from archiver.cli.options import DateExpression, Period

if TYPE_CHECKING:
    from collections.abc import Callable

    from archiver.store import Filters


def _not_empty(_context: click.Context, _parameter: click.Parameter, value: str | None) -> str | None:
    """An empty filter would let everything through, which is what nobody means by it."""
    if value is not None and not value.strip():
        raise click.BadParameter("is empty; leave it out to take all.")
    return value


def _clean_labels(_context: click.Context, _parameter: click.Parameter, values: tuple[str, ...]) -> tuple[str, ...]:
    from archiver.remarks import clean_label

    return tuple(map(clean_label, values))


_OPTIONS = (
    click.option("--host", callback=_not_empty, metavar="HOST", help="Only this site and its subdomains."),
    click.option("--author", callback=_not_empty, metavar="NAME", help="Only articles whose byline or authors contain NAME."),
    click.option("--published-since", type=DateExpression(), metavar="DATE", help="Only articles published on DATE or later."),
    click.option(
        "--published-until", type=DateExpression(), metavar="DATE", help="Only articles published on DATE or earlier."
    ),
    click.option("--fetched-since", type=DateExpression(), metavar="DATE", help="Only articles fetched on DATE or later."),
    click.option("--fetched-until", type=DateExpression(), metavar="DATE", help="Only articles fetched on DATE or earlier."),
    click.option(
        "--tag",
        "labels",
        multiple=True,
        callback=_clean_labels,
        metavar="TAG",
        help="Only articles that you gave this tag; several must all be there.",
    ),
    click.option("--starred", is_flag=True, help="Only articles that you starred."),
    click.option("--unread", is_flag=True, help="Only articles that you did not mark as read."),
)


def filter_options() -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """All filters; their values reach the command as keywords that `filters_from` takes."""

    def add(function: Callable[..., Any]) -> Callable[..., Any]:
        for option in reversed(_OPTIONS):
            function = option(function)
        return function

    return add


def filters_from(chosen: dict[str, Any]) -> Filters:
    """The store's filters for the options that `filter_options` added."""
    from archiver.store import Filters

    values: dict[str, Any] = {name: _day(name, value) if isinstance(value, Period) else value for name, value in chosen.items()}
    return Filters(**values)


def _day(name: str, period: Period) -> str:
    return (period.first if name.endswith("since") else period.last).isoformat()
