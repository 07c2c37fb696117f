"""`archiver feed publish`."""

from __future__ import annotations

from typing import TYPE_CHECKING, BinaryIO

import click

if TYPE_CHECKING:
    from archiver.cli.run import Run


@click.command("publish")
@click.option("--output", type=click.File("wb", atomic=True), default="-", metavar="FILE", help="Default: standard output.")
@click.option("--title", default="My archive", show_default=True, help="What the feed is called.")
@click.option("--limit", type=click.IntRange(min=1), default=50, show_default=True, metavar="N", help="At most N entries.")
@click.pass_obj
def command(run: Run, output: BinaryIO, *, title: str, limit: int) -> None:
    """Write the archive's own feed, in Atom: what it gained, what changed and how, what is gone from the web.

    A new article stands there with its text. The same archive gives the same bytes.

    \b
    Examples:
      archiver feed publish --output ~/public_html/archive.atom

    \b
    Exit codes:
      0 done    1 the archive or the file cannot be used
    """
    from archiver.tasks.syncing.publish import publish

    output.write(publish(run.store(), title=title, limit=limit))
