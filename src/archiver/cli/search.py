"""`archiver search`."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING

import click

from archiver.cli.filters import filter_options, filters_from
from archiver.cli.listing import as_dict, print_list
from archiver.cli.options import limit_option, list_format
from archiver.cli.terminal import safe_text
from archiver.store.expressions import joined

if TYPE_CHECKING:
    from archiver.cli.run import Run


@click.command("search")
@click.argument("words", nargs=-1, required=True)
@filter_options()
@limit_option(20)
@list_format()
@click.pass_obj
def command(run: Run, /, words: tuple[str, ...], *, limit: int | None, form: str | None, **chosen: object) -> None:
    """Search the full text of the archive, best match first.

    An article matches when it holds all WORDS, in title, byline, publisher or body; "a phrase in quotes" (or one
    argument with spaces) must stand as it is, a word ending in * matches its beginning. Case and accents make no difference.

    \b
    Examples:
      archiver search glutamate depression
      archiver search '"targeting glutamate"' --host example.org
      archiver search 'depress*' --json

    \b
    Exit codes:
      0 done, or nothing found    2 usage
    """
    wanted = joined(words)
    hits = run.store().search(wanted, filters_from(chosen), limit=limit)
    nothing = "No article in the archive matches."
    if form is None and sys.stdout.isatty():
        shown = list(hits)
        if not shown:
            click.echo(nothing, err=True)
            return
        from archiver.cli import views

        views.print_hits(shown)
    elif form == "json":
        found = [as_dict(hit.row) | {"excerpt": hit.plain_excerpt} for hit in hits]
        click.echo(safe_text(json.dumps(found, ensure_ascii=False, indent=2)))
    else:
        print_list((hit.row for hit in hits), form, empty=nothing)
