"""`archiver export`."""

from __future__ import annotations

import dataclasses
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

import click

from archiver.cli.arguments import articles_argument
from archiver.cli.filters import filter_options, filters_from
from archiver.cli.options import limit_option, quiet_option, sort_options
from archiver.cli.targets import STDIN
from archiver.cli.terminal import counted, error_line, message_line, terminal_bytes
from archiver.errors import InvalidInput
from archiver.export import FORMATS, format_of_name

if TYPE_CHECKING:
    from collections.abc import Iterable

    from archiver.cli.run import Run
    from archiver.errors import ArchiverError
    from archiver.export.model import Wishes
    from archiver.store import Store
    from archiver.tasks.exchange.places import FilePlace, FolderPlace

SOME_FAILED = 3
STDOUT = "-"


@click.command("export")
@articles_argument(required=False)
@click.option(
    "--format",
    "form",
    type=click.Choice(list(FORMATS)),
    default=None,
    help="; ".join(f"{name}: {form.summary}" for name, form in FORMATS.items())
    + ". Default: the one that PATH's ending names.",
)
@click.option(
    "--output", default=STDOUT, metavar="PATH", help="The file or folder to write. Default: standard output, for text."
)
@click.option("--force", is_flag=True, help="Write over a file that is there; bring a folder that is there up to date.")
@click.option(
    "--name",
    "template",
    metavar="TEMPLATE",
    help="Names of the files in a folder. Default: {date}-{title}; see docs/exporting.md.",
)
@click.option("--images", is_flag=True, help="Fetch the images of the articles, and put them into the export.")
@click.option("--title", metavar="TEXT", help="What the book or the index is called.")
@click.option("--feeds", is_flag=True, help="Take the feeds that are followed along. With --format archive.")
@filter_options()
@sort_options(None, meaning="As in list. Default: as fetched, the oldest first.")
@limit_option()
@quiet_option()
@click.pass_obj
def command(
    run: Run,
    /,
    articles: tuple[str, ...],
    form: str | None,
    output: str,
    *,
    force: bool,
    template: str | None,
    title: str | None,
    images: bool,
    feeds: bool,
    sort: str | None,
    reverse: bool,
    limit: int | None,
    quiet: bool,
    **chosen: object,
) -> int:
    """Export articles: those that are named, or all that the filters let through.

    The same articles give the same bytes. PATH is written whole or not at all; in a folder that is there, files are replaced
    one by one, and those that the export does not have stay. With - as the only ID, IDs and URLs are read from standard input.

    \b
    Examples:
      archiver export --starred --output starred.epub
      archiver export --tag harbour --format markdown --images --output ~/vault/Articles
      archiver search glutamate --format ids | archiver export - --output glutamate.csv

    \b
    Exit codes:
      0 done, or nothing to export    1 PATH cannot be written    2 usage    3 some articles could not be exported
      4 not in the archive
    """
    from archiver.tasks.exchange.export import StoredSelection, export

    name = form or format_of_name(output)
    if name is None:
        raise click.UsageError("Give the format: --format, or a PATH that ends with its name.")
    wishes = _wishes(name, {"name": template, "title": title, "images": images, "feeds": feeds})
    place = _place(name, output, force=force)
    store = run.store()
    ids = _ids(store, articles, chosen, sort=sort, reverse=reverse, limit=limit)

    def failed(error: ArchiverError) -> None:
        error_line(str(error))

    if images:
        from archiver.tasks.exchange.pictures import Pictures

        wishes = dataclasses.replace(wishes, picture=Pictures(store, run.settings, failed))
    if feeds:
        wishes = dataclasses.replace(wishes, feeds=store.following.subscriptions())
    selection = StoredSelection(store, _watched(ids, output, quiet=quiet), failed)
    export(selection, FORMATS[name], place, wishes)
    if output != STDOUT and sys.stderr.isatty() and not quiet:
        message_line(f"{len(ids) - selection.failures} of {counted(len(ids), 'article')} exported to {output}")
    return SOME_FAILED if selection.failures else 0


def _wishes(form: str, given: dict[str, object]) -> Wishes:
    """What is wished, where the format can do it."""
    from archiver.export.model import Wishes

    wished: dict[str, Any] = {wish: value for wish, value in given.items() if value}
    for wish in wished:
        if wish not in FORMATS[form].takes:
            able = ", ".join(name for name, other in FORMATS.items() if wish in other.takes)
            raise click.UsageError(f"--{wish} means nothing to --format {form}; it is for {able}.")
    for needs_the_archive in ("images", "feeds"):
        wished.pop(needs_the_archive, None)
    return Wishes(**wished)


def _ids(store: Store, articles: tuple[str, ...], chosen: dict[str, object], **order: object) -> list[str]:
    """The articles to export, each once."""
    from archiver.cli.run import lines_of_stdin
    from archiver.store import Filters
    from archiver.tasks.exchange import export

    filters = filters_from(chosen)
    if not articles:
        return export.chosen(store, filters, **order)  # type: ignore[arg-type]  # our own options, as the caller has them
    if filters != Filters() or any(order.values()):
        raise click.UsageError("Name articles, or choose them by options, not both.")
    names = lines_of_stdin() if articles == (STDIN,) else articles
    return list(dict.fromkeys(store.find(name) for name in names))


def _place(name: str, output: str, *, force: bool) -> BinaryIO | FilePlace | FolderPlace:
    """Where the export goes; one that can be a file or a folder is a folder where one is there, or PATH ends with a slash."""
    from archiver.tasks.exchange.places import FilePlace, FolderPlace

    form = FORMATS[name]
    if output == STDOUT:
        if form.file and not form.text:
            raise InvalidInput(f"{name} is no text", remedy="name a file with --output")
        return terminal_bytes() if sys.stdout.isatty() else sys.stdout.buffer
    path = Path(output).expanduser()
    if form.folder and (not form.file or path.is_dir() or output.endswith("/")):
        return FolderPlace(path, force=force)
    return FilePlace(path, force=force)


def _watched(ids: list[str], output: str, *, quiet: bool) -> Iterable[str]:
    """`ids`, behind a progress bar where somebody sees it and nothing else is printed."""
    if quiet or not sys.stderr.isatty() or (output == STDOUT and sys.stdout.isatty()):
        return ids
    from archiver.cli import views

    return views.progress(ids, total=len(ids), told=str)
