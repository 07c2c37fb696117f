"""`archiver search`."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import click

from archiver.cli.filters import filter_options, filters_from
from archiver.cli.listing import as_dict, columns_option, default_form, print_list
from archiver.cli.options import limit_option, list_format, sort_options
from archiver.cli.terminal import safe_text
from archiver.store.indexing.expressions import joined

if TYPE_CHECKING:
    from archiver.cli.run import Run


@click.command("search")
@click.argument("terms", nargs=-1, required=True, metavar="WORDS...")
@filter_options()
@sort_options(None, meaning="Sort by this. Default: the best match first.")
@limit_option(20)
@columns_option()
@list_format()
@click.pass_obj
def command(
    run: Run,
    /,
    terms: tuple[str, ...],
    *,
    sort: str | None,
    reverse: bool,
    limit: int | None,
    columns: tuple[str, ...] | None,
    form: str | None,
    **chosen: object,
) -> None:
    """Search the full text of the archive, best match first.

    An article matches when it holds all WORDS, in title, standfirst, byline, source, section, tags or body, or in your note and
    tags. Case and accents make no difference. docs/search.md explains it all.

    \b
      "old harbour"  one argument with spaces, or quotes within it: a phrase
      clim*          the beginning of a word
      sea OR tide, NOT storm, -storm, (sea OR tide) storm
      title: author: section:                     words in that place
      site: tag: lang: feed: after: before:       facts

    \b
    Examples:
      archiver search glutamate depression
      archiver search '"targeting glutamate" -ketamine' --site example.org
      archiver search 'title:(harbour OR port) author:cruz after:2017 before:2018'
      archiver search 'depress*' --json

    \b
    Exit codes:
      0 done, or nothing found    2 usage
    """
    hits = run.store().search(joined(terms), filters_from(chosen), sort=sort, reverse=reverse, limit=limit)
    nothing = "No article in the archive matches."
    if form is None and columns is None and default_form() == "table":
        shown = list(hits)
        if not shown:
            click.echo(nothing, err=True)
            return
        from archiver.cli import views

        views.print_hits(shown)
    elif form == "json" and columns is None:
        found = [as_dict(hit.row) | {"excerpt": hit.plain_excerpt} for hit in hits]
        click.echo(safe_text(json.dumps(found, ensure_ascii=False, indent=2)))
    else:
        print_list((hit.row for hit in hits), form, columns, empty=nothing)
