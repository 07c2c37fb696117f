"""`archiver import` of a reading list that another program exported."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archiver.cli.queue import work_off
from archiver.cli.terminal import error_line, message_line
from archiver.errors import InvalidInput

if TYPE_CHECKING:
    from archiver.cli.run import Run
    from archiver.settings import Settings

SOME_FAILED = 3


def import_list(  # the command's options
    run: Run, content: bytes, name: str, settings: Settings, *, fetches: bool, dry_run: bool, quiet: bool, verbose: bool
) -> int:
    """Queues the pages of the reading list `content`, called `name` in messages; with `fetches` they are archived at once.

    Raises:
        InvalidInput: it is no reading list.
        ArchiveUnwritable, StoreError, LockHeld: nothing was queued.
    """
    from archiver.reading_lists import parse
    from archiver.tasks.exchange.reading_list import take, weigh

    reading_list = parse(content)
    if reading_list is None:
        raise InvalidInput(
            "is neither an archive nor a list of pages that is known",
            subject=name,
            remedy="docs/importing.md says what can be imported",
        )
    taken = (weigh if dry_run else take)(reading_list, run.store(create=not dry_run))
    for broken in taken.broken:
        error_line(f"{name}: {broken.place}: {broken.reason}")
    if not quiet:
        said = f"{reading_list.written_by}: {taken.queued} to be fetched, {taken.held} in the archive already"
        message_line(f"would be: {said}" if dry_run else said)
    code = 0
    if fetches and not dry_run:
        code = work_off(run, settings, quiet=quiet, verbose=verbose)
    return code or (SOME_FAILED if taken.broken else 0)
