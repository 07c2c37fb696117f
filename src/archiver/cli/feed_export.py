"""`archiver feed export`."""

from __future__ import annotations

from typing import TYPE_CHECKING, BinaryIO

import click

if TYPE_CHECKING:
    from archiver.cli.run import Run


@click.command("export")
@click.option("--output", type=click.File("wb", atomic=True), default="-", metavar="FILE", help="Default: standard output.")
@click.pass_obj
def command(run: Run, output: BinaryIO) -> None:
    """Print the feeds that are followed as OPML 2.0, which other feed readers import.

    User names and passwords that stand in addresses are printed too.

    \b
    Examples:
      archiver feed export > feeds.opml

    \b
    Exit codes:
      0 done    1 feeds.opml cannot be read
    """
    from archiver.feeds.opml import EMPTY

    output.write(run.store().following.subscriptions() or EMPTY)
