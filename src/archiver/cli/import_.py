"""`archiver import`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from archiver.cli.options import quiet_option
from archiver.cli.targets import STDIN
from archiver.cli.terminal import error_line, message_line
from archiver.store.parcels import FEEDS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from archiver.cli.run import Run
    from archiver.store.bundles import Bundle
    from archiver.tasks import import_

SOME_FAILED = 3


@click.command("import")
@click.argument("source", metavar="ARCHIVE|FILE|-")
@click.option("--feeds", is_flag=True, help="Follow its feeds, too.")
@click.option("--dry-run", is_flag=True, help="Say what would be taken; change nothing.")
@quiet_option()
@click.pass_obj
def command(run: Run, source: str, *, feeds: bool, dry_run: bool, quiet: bool) -> int:
    """Take articles from another archive, with their versions, captures, tags and notes.

    ARCHIVE is an archive's folder; FILE is one that archiver export --format archive made. What is here stays: of an article
    that both have, the newer and better record is the article and the other a version of it, and tags and notes are joined.
    Running it again takes what is missing, and nothing twice.

    \b
    Examples:
      archiver import ~/old-laptop/archive --dry-run
      archiver import glutamate.tar
      ssh laptop archiver export --format archive | archiver import -

    \b
    Exit codes:
      0 done, or nothing new    1 failed    2 no archive, or a damaged file    3 some articles could not be taken, or not whole
      11 another run is writing
    """
    from archiver.tasks import import_

    store = run.store(create=not dry_run)
    tally = import_.Tally(error_line)
    followed = None
    with import_.opened(sys.stdin.buffer if source == STDIN else Path(source).expanduser()) as parcel:
        import_.take(store, parcel, tally, lambda found: _watched(found, quiet=quiet), dry_run=dry_run)
        if feeds:
            followed = import_.take_feeds(store, parcel, dry_run=dry_run)
        elif FEEDS in parcel.names and not quiet:
            message_line(f"{parcel.subject}: its {FEEDS} was left out; --feeds takes it, too")
    if not quiet:
        message_line(_summary(tally, followed, dry_run=dry_run))
    return SOME_FAILED if tally.failures else 0


def _summary(tally: import_.Tally, followed: int | None, *, dry_run: bool) -> str:
    said = [f"{tally.fates[fate]} {fate}" for fate in ("new", "joined", "unchanged") if tally.fates[fate]] or ["no article"]
    said += [f"{tally.failures} failed"] if tally.failures else []
    said += [] if followed is None else [f"{followed} feeds followed"]
    return ("would be: " if dry_run else "") + ", ".join(said)


def _watched(found: list[Bundle], *, quiet: bool) -> Iterable[Bundle]:
    """`found`, behind a progress bar where somebody sees it."""
    if quiet or not sys.stderr.isatty():
        return found
    from archiver.cli import views

    by_id = {bundle.id: bundle for bundle in found}
    return (by_id[article_id] for article_id in views.progress(list(by_id), total=len(by_id)))
