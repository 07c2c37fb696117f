"""`archiver feed remove`."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from archiver.cli.arguments import feeds_argument
from archiver.cli.options import quiet_option
from archiver.cli.terminal import error_line, message_line

if TYPE_CHECKING:
    from archiver.cli.run import Run


@click.command("remove")
@feeds_argument()
@click.option("--yes", is_flag=True, help="Do not ask.")
@quiet_option()
@click.pass_obj
def command(run: Run, feeds: tuple[str, ...], *, yes: bool, quiet: bool) -> int:
    """Follow feeds no more. The articles that came from them stay.

    Where one of them is not followed, nothing is removed.

    \b
    Examples:
      archiver feed remove https://example.org/feed
      archiver feed remove "Example News" --yes

    \b
    Exit codes:
      0 removed    1 not confirmed    4 not followed    11 another run is writing to the archive
    """
    from archiver.tasks.syncing.subscriptions import find, remove

    store = run.store()
    found = list(dict.fromkeys(find(store, name) for name in feeds))
    if not yes:
        if not sys.stdin.isatty():
            raise click.UsageError("There is no terminal to ask on; give --yes.")
        names = ", ".join(one.title or one.url for one in found)
        message_line(names)
        if not click.confirm(f"Follow {'this feed' if len(found) == 1 else f'these {len(found)} feeds'} no more?", err=True):
            error_line("nothing removed")
            return 1
    for one in found:
        remove(store, one)
        if not quiet:
            message_line(f"removed {one.title or one.url}")
    return 0
