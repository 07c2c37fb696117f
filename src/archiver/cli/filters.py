"""The options that choose articles, the same for every command that lists."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, get_args

import click

from archiver.article import Verdict
from archiver.cli.arguments import complete_labels
from archiver.cli.options import DateExpression
from archiver.periods import Period

if TYPE_CHECKING:
    from collections.abc import Callable

    from archiver.cli.options import Decorator
    from archiver.store import Filters

VERDICTS = get_args(Verdict)
_RANGE = re.compile(r"(?P<least>\d{1,9})?(?P<dots>\.\.(?P<most>\d{1,9})?)?", re.ASCII)


def _not_empty(_context: click.Context, _parameter: click.Parameter, value: str | None) -> str | None:
    """An empty filter would let everything through, which is what nobody means by it."""
    if value is not None and not value.strip():
        raise click.BadParameter("is empty; leave it out to take all.")
    return value


def _clean_labels(_context: click.Context, _parameter: click.Parameter, values: tuple[str, ...]) -> tuple[str, ...]:
    from archiver.remarks import clean_label

    return tuple(map(clean_label, values))


class WordRange(click.ParamType[tuple[int | None, int | None]]):
    """So many words: "300..2000", "300..", "..2000" or "300"; gives the least and the most."""

    name = "range"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[int | None, int | None]:
        """The least and the most words, None where that is open."""
        if isinstance(value, tuple):
            return value
        if match := _RANGE.fullmatch(str(value).strip()):
            least, most = (
                int(end) if end else None for end in (match["least"], match["most"] if match["dots"] else match["least"])
            )
            if least is not None and most is not None and least > most:
                self.fail(f"{value!r} ends before it begins", param, ctx)
            if least is not None or most is not None:
                return least, most
        return self.fail(f"{value!r} is not a range of words; give 300..2000, 300.. or ..2000", param, ctx)


def _dates(name: str, word: str) -> tuple[Decorator, ...]:
    return tuple(
        click.option(
            f"--{name}-{end}",
            type=DateExpression(),
            metavar="DATE",
            help=f"Only articles {word} on DATE or {meaning}.",
        )
        for end, meaning in (("since", "later"), ("until", "earlier"))
    )


_OPTIONS: tuple[Decorator, ...] = (
    click.option("--site", "--host", "host", callback=_not_empty, metavar="HOST", help="Only this site and its subdomains."),
    click.option("--author", callback=_not_empty, metavar="NAME", help="Only articles whose byline or authors name NAME."),
    click.option("--section", callback=_not_empty, metavar="NAME", help="Only articles whose section trail names NAME."),
    click.option(
        "--tag",
        "labels",
        multiple=True,
        shell_complete=complete_labels,
        callback=_clean_labels,
        metavar="TAG",
        help="Only articles that you gave this tag; several must all be there.",
    ),
    click.option("--feed", callback=_not_empty, metavar="URL", help="Only what came by feeds whose URL contains URL."),
    click.option("--language", callback=_not_empty, metavar="TAG", help='Only this language, such as "pt" or "pt-BR".'),
    click.option("--verdict", type=click.Choice(VERDICTS), help="Only pages that were taken for this."),
    click.option("--words", type=WordRange(), metavar="A..B", help="Only texts of A to B words; either may be left out."),
    *_dates("published", "published"),
    *_dates("fetched", "fetched"),
    *_dates("modified", "changed by their publisher"),
    click.option("--starred", is_flag=True, help="Only articles that you starred."),
    click.option("--unread", is_flag=True, help="Only articles that you did not mark as read."),
    click.option("--gone", is_flag=True, help="Only articles whose pages were found gone from the web, and still are."),
)


def filter_options() -> Decorator:
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
    values["words"] = values["words"] or (None, None)
    return Filters(**values)


def _day(name: str, period: Period) -> str:
    return (period.first if name.endswith("since") else period.last).isoformat()
