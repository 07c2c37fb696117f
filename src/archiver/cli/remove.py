"""`archiver remove`."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from archiver.cli.arguments import articles_argument
from archiver.cli.options import quiet_option
from archiver.cli.terminal import SHOWN_ID_DIGITS, error_line, safe_line

if TYPE_CHECKING:
    from archiver.cli.run import Run
    from archiver.store import Row


@click.command("remove")
@articles_argument()
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.option("--dry-run", is_flag=True, help="Show what would be removed; remove nothing.")
@quiet_option()
@click.pass_obj
def command(run: Run, articles: tuple[str, ...], *, yes: bool, dry_run: bool, quiet: bool) -> int:
    """Remove articles from the archive, with their versions and captures.

    Each is named by its ID, any unique beginning of it, or its URL. Where one of them is not in the archive, nothing is
    removed.

    \b
    Examples:
      archiver remove 7f3a9c
      archiver list --host example.org --format ids | xargs -r archiver remove --yes

    \b
    Exit codes:
      0 removed    1 not confirmed    2 the ID is ambiguous    4 not in the archive    11 another run is writing
    """
    store = run.store()
    found = {store.find(article) for article in articles}
    names = {article_id: _name(store.row(article_id)) for article_id in sorted(found)}
    if dry_run or not (yes or quiet):
        for article_id, name in names.items():
            click.echo(f"{article_id[:SHOWN_ID_DIGITS]}  {name}", err=not dry_run)
    if dry_run:
        return 0
    if not yes:
        if not sys.stdin.isatty():
            raise click.UsageError("There is no terminal to ask on; give --yes.")
        what = "this article" if len(names) == 1 else f"these {len(names)} articles"
        if not click.confirm(f"Remove {what} for good?", err=True):
            error_line("nothing removed")
            return 1
    for article_id in names:
        store.remove(article_id)
        if not quiet:
            click.echo(f"removed {article_id[:SHOWN_ID_DIGITS]}", err=True)
    return 0


def _name(row: Row | None) -> str:
    return safe_line(row.title or row.url) if row else "(damaged record)"
