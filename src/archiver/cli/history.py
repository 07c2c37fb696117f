"""`archiver history`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from archiver.cli.arguments import article_argument
from archiver.cli.listing import print_rows
from archiver.cli.terminal import error_line

if TYPE_CHECKING:
    from archiver.cli.run import Run

FORMATS = ("table", "tsv", "json", "jsonl", "csv")
TSV_KEYS = ("number", "at", "kind", "words_added", "words_removed", "changed", "note")


@click.command("history")
@article_argument()
@click.option(
    "--format",
    "form",
    type=click.Choice(FORMATS),
    default=None,
    help="How to print. Default: table on a terminal, tsv when piped.",
)
@click.option("--json", "form", flag_value="json", help="Short for --format json.")
@click.pass_obj
def command(run: Run, article: str, form: str | None) -> None:
    """Show what happened to an article since it was archived, oldest first.

    Listed are its versions, with what each changed, and when its page was gone, back, or worse than what the archive holds. A
    version is an edit of the page, or a re-extraction: the same capture read again (archiver reparse). A silent edit is one
    that changed the text and moved none of the dates that the page states. The version that the archive shows is marked
    with *; the numbers are what archiver diff takes.

    \b
    Examples:
      archiver history 7f3a9c
      archiver history https://example.org/2026/a-story --json

    \b
    Exit codes:
      0 shown    2 the ID is ambiguous    4 not in the archive
    """
    from archiver.tasks.versions.history import Event, history

    store = run.store()
    events = history(store, store.find(article), note=error_line)
    print_rows(events, form, kind=Event, keys=TSV_KEYS, table=_table, empty="")


def _table(events: list[Any]) -> None:
    from archiver.cli.changes_view import print_history

    print_history(events)
