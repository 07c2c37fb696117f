"""`archiver feed import`."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, BinaryIO

import click

from archiver.cli.options import quiet_option
from archiver.cli.terminal import error_line, message_line
from archiver.errors import FeedError

if TYPE_CHECKING:
    from archiver.cli.run import Run

SOME_FAILED = 3


@click.command("import")
@click.argument("file", metavar="FILE|-", type=click.File("rb"))
@quiet_option()
@click.pass_obj
def command(run: Run, file: BinaryIO, *, quiet: bool) -> int:
    """Follow the feeds of an OPML file, as other feed readers export it.

    Folders come along, and so do attributes that archiver does not know; a feed's categories become tags of its articles, as
    with archiver feed add --tag. A feed that is followed already stays as it is. Addresses other than
    http and https are refused and listed. Nothing is fetched.

    \b
    Examples:
      archiver feed import subscriptions.opml

    \b
    Exit codes:
      0 done    1 no OPML document    2 no such file    3 some addresses were refused
      11 another run is writing to the archive
    """
    from archiver.feeds.opml import MAX_BYTES, Opml
    from archiver.tasks.syncing.subscriptions import changing

    name = "standard input" if file is sys.stdin.buffer else str(file.name)
    try:
        foreign = Opml.read_foreign(file.read(MAX_BYTES + 1))
    except FeedError as error:
        raise FeedError(error.reason, subject=name, remedy=error.remedy) from None
    found = foreign.subscriptions()
    with changing(run.store(create=True)) as opml:
        added = sum(opml.add(one, like=foreign) for one in found)
    refused = foreign.refused()
    for address in refused:
        error_line(f"{address[:200]}: is no http or https address, and was left out")
    if not quiet:
        message_line(f"{added} added, {len(found) - added} followed already, {len(refused)} refused")
    return SOME_FAILED if refused else 0
