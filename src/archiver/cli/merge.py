"""`archiver merge`."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from archiver.cli.arguments import article_argument, articles_argument
from archiver.cli.options import quiet_option
from archiver.cli.terminal import SHOWN_ID_DIGITS, counted, error_line, message_line, safe_line

if TYPE_CHECKING:
    from archiver.cli.run import Run
    from archiver.store import Store


@click.command("merge")
@article_argument("kept")
@articles_argument("others")
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.option("--dry-run", is_flag=True, help="Show what would be joined; change nothing.")
@quiet_option()
@click.pass_obj
def command(run: Run, kept: str, others: tuple[str, ...], *, yes: bool, dry_run: bool, quiet: bool) -> int:
    """Join articles that are one: the first stays, the others become versions of it.

    All is kept: the others' records and versions among the versions of the first, their captures, tags and notes; a star on one
    is a star on all. Their addresses and IDs stand for the first from now on, and fetching them again makes no new article.
    A run that was cut short is completed by running it again.

    \b
    Examples:
      archiver merge 7f3a9c https://example.org/amp/a-story
      archiver merge 7f3a9c 01ab42 --dry-run

    \b
    Exit codes:
      0 joined, or one article already    1 not confirmed    2 the ID is ambiguous    4 not in the archive
      5 a record is damaged    11 another run is writing
    """
    store = run.store()
    kept_id = store.find(kept)
    joined = [article_id for article_id in dict.fromkeys(map(store.find, others)) if article_id != kept_id]
    if not joined:
        if not quiet:
            message_line(f"{kept_id[:SHOWN_ID_DIGITS]} is one article already")
        return 0
    if dry_run or not (yes or quiet):
        for label, article_id in [("keep", kept_id), *(("join", article_id) for article_id in joined)]:
            click.echo(f"{label}  {_described(store, article_id)}", err=not dry_run)
    if dry_run:
        return 0
    if not (yes or _confirmed()):
        error_line("nothing joined")
        return 1
    for article_id in joined:
        store.merging.join(kept_id, article_id)
        if not quiet:
            message_line(f"joined {article_id[:SHOWN_ID_DIGITS]} to {kept_id[:SHOWN_ID_DIGITS]}")
    return 0


def _confirmed() -> bool:
    if not sys.stdin.isatty():
        raise click.UsageError("There is no terminal to ask on; give --yes.")
    return click.confirm("Join them?", err=True)


def _described(store: Store, article_id: str) -> str:
    article = store.load(article_id)
    facts = f"{counted(article.body.words, 'word')}, {counted(len(store.versions(article_id)), 'version')}"
    return (
        f"{article_id[:SHOWN_ID_DIGITS]}  {safe_line(article.title or '(no title)')}  {safe_line(article.url or '')}  {facts}"
    )
