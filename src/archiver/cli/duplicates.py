"""`archiver duplicates`."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from archiver.cli.arguments import articles_argument
from archiver.cli.listing import print_rows
from archiver.cli.options import limit_option, list_format
from archiver.tasks.keeping.duplicates import DEFAULT_THRESHOLD, MIN_THRESHOLD, Candidate, duplicates

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from archiver.cli.run import Run

TSV_KEYS = ("id", "other", "likeness", "why", "url", "other_url")


@click.command("duplicates")
@articles_argument(required=False)
@click.option(
    "--threshold",
    type=click.FloatRange(min=MIN_THRESHOLD, max=1),
    default=DEFAULT_THRESHOLD,
    show_default=True,
    metavar="LIKENESS",
    help="Only articles at least this alike; 1 is word for word.",
)
@limit_option()
@list_format()
@click.pass_obj
def command(run: Run, articles: tuple[str, ...], *, threshold: float, limit: int | None, form: str | None) -> None:
    """List articles that may be one, the most alike first.

    Why two may be: a page claims the other's address, or both claim one (canonical); the address of one led to the other
    (redirect); their words are the same, or nearly (text). The first of two is the one to keep; archiver merge joins them. With
    IDs, only what may be one of these. The format ids prints both IDs on a line.

    \b
    Examples:
      archiver duplicates
      archiver duplicates --threshold 0.95 --format ids | xargs -r -n 2 archiver merge --yes

    \b
    Exit codes:
      0 done, or none found    2 usage    4 not in the archive
    """
    store = run.store()
    of = frozenset(store.find(name) for name in articles)
    found = duplicates(store, _watched, threshold=threshold, of=of)[:limit]
    if form == "ids":
        for candidate in found:
            click.echo(f"{candidate.id} {candidate.other}")
        return
    print_rows(found, form, kind=Candidate, keys=TSV_KEYS, table=_table, empty="No two articles of the archive are alike.")


def _watched(paths: Collection[str]) -> Iterable[str]:
    """`paths`, behind a progress bar where somebody sees it."""
    if not sys.stderr.isatty():
        return paths
    from archiver.cli import views

    return views.progress(paths, total=len(paths), told=str)


def _table(found: list[Candidate]) -> None:
    from archiver.cli import views

    views.print_duplicates(found)
