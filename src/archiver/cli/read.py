"""`archiver read`."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

import click

from archiver.cli.arguments import articles_argument
from archiver.cli.options import quiet_option
from archiver.cli.remarked import remark_all

if TYPE_CHECKING:
    from archiver.cli.run import Run


@click.command("read")
@articles_argument()
@click.option("--unread", is_flag=True, help="Mark them as unread again.")
@quiet_option()
@click.pass_obj
def command(run: Run, articles: tuple[str, ...], *, unread: bool, quiet: bool) -> None:
    """Mark articles as read. Until then each is unread, whether it was shown or not.

    Each is named by its ID, any unique beginning of it, or its URL. Where one of them is not in the archive, nothing is done.

    \b
    Examples:
      archiver read 7f3a9c
      archiver list --unread
      archiver list --fetched-until 6m --format ids | xargs -r archiver read -q

    \b
    Exit codes:
      0 done    2 the ID is ambiguous    4 not in the archive    5 its remarks are damaged    11 another run is writing
    """
    said = None if quiet else "unread" if unread else "read"
    remark_all(run.store(), articles, lambda held: dataclasses.replace(held, read=not unread), said)
