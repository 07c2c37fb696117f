"""`archiver list`."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

import click

from archiver.cli.filters import filter_options, filters_from
from archiver.cli.listing import TABLE_ROWS, columns_option, default_form, print_list
from archiver.cli.options import limit_option, list_format, sort_options
from archiver.cli.terminal import message_line

if TYPE_CHECKING:
    from archiver.cli.run import Run


@click.command("list")
@filter_options()
@sort_options("fetched")
@limit_option(meaning=f"all; {TABLE_ROWS} in a table on a terminal")
@columns_option()
@list_format()
@click.pass_obj
def command(
    run: Run,
    /,
    sort: str,
    *,
    reverse: bool,
    limit: int | None,
    columns: tuple[str, ...] | None,
    form: str | None,
    **chosen: object,
) -> None:
    """List the archived articles, newest first.

    Dates are given as 2026-01-31, 2026-01, 2026, today, yesterday, 3d, 2w, 6m or 1y. A page that was kept though it is no
    article is marked with its verdict.

    \b
    Examples:
      archiver list --fetched-since 2w
      archiver list --site example.org --author "Ana de la Cruz" --sort published
      archiver list --published-since 2017 --published-until 2017 --json
      archiver list --unread --words ..800 --columns title,words,section

    \b
    Exit codes:
      0 done, or nothing to list    2 usage
    """
    cut = TABLE_ROWS if limit is None and form is None and default_form() == "table" else None
    rows = run.store().rows(filters_from(chosen), sort=sort, reverse=reverse, limit=cut + 1 if cut else limit)
    print_list(itertools.islice(rows, cut), form, columns, empty="No such article in the archive; archiver fetch URL adds one.")
    if next(rows, None) is not None:
        message_line(f"These are the first {cut}; --limit N shows more.")
