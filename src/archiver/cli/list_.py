"""`archiver list`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from archiver.cli.filters import filter_options, filters_from
from archiver.cli.listing import print_list
from archiver.cli.options import limit_option, list_format

if TYPE_CHECKING:
    from archiver.cli.run import Run

SORTS = ("fetched", "published", "title", "author", "publisher", "host", "words")


@click.command("list")
@filter_options()
@click.option(
    "--sort", type=click.Choice(SORTS), default="fetched", show_default=True, help="Dates and words fall, names rise."
)
@click.option("--reverse", is_flag=True, help="The other way round.")
@limit_option()
@list_format()
@click.pass_obj
def command(run: Run, /, sort: str, *, reverse: bool, limit: int | None, form: str | None, **chosen: object) -> None:
    """List the archived articles, newest first.

    Dates are given as 2026-01-31, 2026-01, 2026, today, yesterday, 3d, 2w, 6m or 1y. A page that was kept though it is no
    article is marked with its verdict.

    \b
    Examples:
      archiver list --fetched-since 2w
      archiver list --host example.org --author "Ana de la Cruz" --sort published
      archiver list --published-since 2017 --published-until 2017 --json

    \b
    Exit codes:
      0 done, or nothing to list    2 usage
    """
    rows = run.store().rows(filters_from(chosen), sort=sort, reverse=reverse, limit=limit)
    print_list(rows, form, empty="No such article in the archive; archiver fetch URL adds one.")
