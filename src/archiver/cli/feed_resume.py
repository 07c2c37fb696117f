"""`archiver feed resume`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from archiver.cli.arguments import feeds_argument
from archiver.cli.options import quiet_option
from archiver.cli.terminal import message_line

if TYPE_CHECKING:
    from archiver.cli.run import Run


@click.command("resume")
@feeds_argument()
@quiet_option()
@click.pass_obj
def command(run: Run, feeds: tuple[str, ...], *, quiet: bool) -> None:
    """Poll paused feeds again, from the next sync on.

    \b
    Examples:
      archiver feed resume "Example News"

    \b
    Exit codes:
      0 done    4 not followed    11 another run is writing to the archive
    """
    from archiver.tasks.syncing.subscriptions import pause

    for one in pause(run.store(), feeds, None):
        if not quiet:
            message_line(f"resumed {one.title or one.url}")
