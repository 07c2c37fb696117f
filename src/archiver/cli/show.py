"""`archiver show`."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, TypeVar

import click

from archiver.cli.terminal import error_line, printed_record
from archiver.errors import StoreError

if TYPE_CHECKING:
    from collections.abc import Callable

    from archiver.cli.run import Run

T = TypeVar("T")
FORMATS = ("terminal", "text", "markdown", "html", "json")


@click.command("show")
@click.argument("article", metavar="ID|URL")
@click.option(
    "--format",
    "form",
    type=click.Choice(FORMATS),
    default=None,
    help="How to print. Default: terminal (typeset) on a terminal, text when piped.",
)
@click.option("--json", "form", flag_value="json", help="Short for --format json.")
@click.pass_obj
def command(run: Run, article: str, form: str | None) -> None:
    """Show an article: typeset in the terminal, with its title, byline, dates and source, and your tags and note.

    The article is named by its ID, any unique beginning of it, or its URL. A long one is shown through the pager that $PAGER
    names.

    \b
    Examples:
      archiver show 7f3a9c
      archiver show https://example.org/2026/a-story --format markdown > story.md

    \b
    Exit codes:
      0 shown    2 the ID is ambiguous    4 not in the archive    5 the record is damaged
    """
    store = run.store()
    found = store.load(store.find(article))
    form = form or ("terminal" if sys.stdout.isatty() else "text")
    if form != "terminal":
        click.echo(printed_record(found, form), nl=False)
        return
    from archiver.cli import views
    from archiver.remarks import Remarks
    from archiver.sightings import Sightings

    article_id = str(found.id)
    views.show_article(
        found, _readable(store.remarks, article_id, Remarks()), _readable(store.sightings.load, article_id, Sightings())
    )


def _readable(load: Callable[[str], T], article_id: str, nothing: T) -> T:
    """What `load` gives for the article; `nothing`, and a line that says why, where its file cannot be read."""
    try:
        return load(article_id)
    except StoreError as error:
        error_line(str(error))
        return nothing
