"""`archiver show`."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, TypeVar

import click

from archiver.cli.arguments import article_argument
from archiver.cli.terminal import error_line, printed_record
from archiver.errors import StoreError

if TYPE_CHECKING:
    from collections.abc import Callable

    from archiver.cli.run import Run

T = TypeVar("T")
MIN_WIDTH = 20
FORMATS = ("terminal", "text", "markdown", "html", "json")


@click.command("show")
@article_argument()
@click.option(
    "--format",
    "form",
    type=click.Choice(FORMATS),
    default=None,
    help="How to print. Default: terminal (typeset) on a terminal, text when piped.",
)
@click.option("--json", "form", flag_value="json", help="Short for --format json.")
@click.option("--width", type=click.IntRange(min=MIN_WIDTH), metavar="COLUMNS", help="How wide to set it. Default: 80 at most.")
@click.option("--plain", is_flag=True, help="Typeset, but as nothing except text: to mail, to print, for a screen reader.")
@click.pass_obj
def command(run: Run, article: str, form: str | None, width: int | None, plain: bool) -> None:
    """Show an article: typeset in the terminal, with its title, byline, dates and source, and your tags and note.

    The article is named by its ID, any unique beginning of it, or its URL. A long one is shown through the pager that $PAGER
    names. Links can be followed where the terminal knows hyperlinks; without colour they are numbered, and listed at the end.

    \b
    Examples:
      archiver show 7f3a9c
      archiver show https://example.org/2026/a-story --format markdown > story.md
      archiver show 7f3a9c --plain --width 66 | lpr

    \b
    Exit codes:
      0 shown    2 the ID is ambiguous    4 not in the archive    5 the record is damaged
    """
    store = run.store()
    found = store.load(store.find(article))
    typeset = sys.stdout.isatty() or plain or width is not None
    form = form or ("terminal" if typeset else "text")
    if form != "terminal":
        click.echo(printed_record(found, form), nl=False)
        return
    from archiver.cli import reading
    from archiver.remarks import Remarks
    from archiver.sightings import Sightings

    article_id = str(found.id)
    remarks = _readable(store.remarks, article_id, Remarks())
    sightings = _readable(store.sightings.load, article_id, Sightings())
    reading.show(found, remarks, sightings, width=width, plain=plain)


def _readable(load: Callable[[str], T], article_id: str, nothing: T) -> T:
    """What `load` gives for the article; `nothing`, and a line that says why, where its file cannot be read."""
    try:
        return load(article_id)
    except StoreError as error:
        error_line(str(error))
        return nothing
