"""`archiver feed health`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from archiver.cli.listing import print_rows
from archiver.cli.options import list_format
from archiver.cli.terminal import safe_line

if TYPE_CHECKING:
    from archiver.cli.run import Run
    from archiver.tasks.syncing.health import Drift

TSV_KEYS = ("id", "field", "found", "of", "was")


@click.command("health")
@list_format()
@click.pass_obj
def command(run: Run, *, form: str | None) -> None:
    """List the hosts that used to give a byline, a date or a body and do not any more.

    A site that was rebuilt can make its articles unreadable without any error. For each host its last 20 articles are held
    against the 200 before. archiver sync says the same of the hosts it archived from.

    \b
    Examples:
      archiver feed health

    \b
    Exit codes:
      0 done, whether there is anything to list or not
    """
    from archiver.tasks.syncing.health import Drift, drifts

    print_rows(
        drifts(run.store()), form, kind=Drift, keys=TSV_KEYS, table=_lines, empty="Every host gives what it used to give."
    )


def _lines(found: list[Drift]) -> None:
    for drift in found:
        click.echo(safe_line(str(drift)))
