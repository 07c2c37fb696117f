"""`archiver star`."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

import click

from archiver.cli.arguments import articles_argument
from archiver.cli.options import quiet_option
from archiver.cli.remarked import remark_all

if TYPE_CHECKING:
    from archiver.cli.run import Run


@click.command("star")
@articles_argument()
@click.option("--remove", is_flag=True, help="Take the star away.")
@quiet_option()
@click.pass_obj
def command(run: Run, articles: tuple[str, ...], *, remove: bool, quiet: bool) -> None:
    """Star articles, to find them again with --starred.

    Each is named by its ID, any unique beginning of it, or its URL. Where one of them is not in the archive, nothing is done.

    \b
    Examples:
      archiver star 7f3a9c
      archiver list --starred

    \b
    Exit codes:
      0 done    2 the ID is ambiguous    4 not in the archive    5 its remarks are damaged    11 another run is writing
    """
    said = None if quiet else "star taken away from" if remove else "starred"
    remark_all(run.store(), articles, lambda held: dataclasses.replace(held, starred=not remove), said)
