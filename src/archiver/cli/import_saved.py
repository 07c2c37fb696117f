"""`archiver import` of a folder or zip file of saved pages."""

from __future__ import annotations

import sys
from collections import Counter
from typing import TYPE_CHECKING

from archiver.cli.fetch import Report
from archiver.cli.import_list import import_list
from archiver.cli.queue import work_off
from archiver.cli.terminal import INTERRUPTED, counted, error_line, message_line
from archiver.errors import ArchiverError, InvalidInput

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archiver.cli.run import Run
    from archiver.saved.tree import SavedFiles, Tree
    from archiver.settings import Settings
    from archiver.tasks.archiving.archive_pages import Batch, Result

SOME_FAILED = 3
ARTICLES = "articles"
"""The folder that tells an archive."""


def import_tree(run: Run, tree: Tree, settings: Settings, *, fetches: bool, dry_run: bool, quiet: bool, verbose: bool) -> int:
    """Takes the saved pages in a folder or zip file, and the pages on the reading lists in it; gives the exit code.

    Raises:
        InvalidInput: there is neither.
    """
    from archiver.saved.tree import SavedFiles, called
    from archiver.tasks.exchange.lists_within import lists

    codes: list[int] = []
    belongings: list[str] = []
    options = {"dry_run": dry_run, "quiet": quiet}
    if ARTICLES in tree.listing("").folders:
        raise InvalidInput("is an archive in a zip file", subject=tree.subject, remedy="unpack it first")
    for found in lists(tree):
        name = called(tree, found.name)
        codes.append(import_list(run, found.content, name, settings, fetches=False, verbose=verbose, **options))
        belongings += found.belongings
    files = SavedFiles(tree, belongings)
    codes.append(import_saved(run, files, settings, may_be_empty=bool(belongings), verbose=verbose, **options))
    if belongings and fetches and not dry_run:
        codes.append(work_off(run, settings, quiet=quiet, verbose=verbose))
    wrong = {code for code in codes if code}
    return INTERRUPTED if INTERRUPTED in wrong else wrong.pop() if len(wrong) == 1 else SOME_FAILED if wrong else 0


def import_saved(  # the command's options
    run: Run,
    files: SavedFiles,
    settings: Settings,
    *,
    may_be_empty: bool = False,
    dry_run: bool,
    quiet: bool,
    verbose: bool,
) -> int:
    """Archives the pages in `files`, says what came of each, and gives the exit code.

    Raises:
        InvalidInput: there is none, and that may not be.
    """
    from archiver.tasks.archiving.archive_pages import Batch
    from archiver.tasks.exchange.saved_pages import targets

    if dry_run:
        return _weighed(run, files, settings, may_be_empty=may_be_empty, quiet=quiet)
    report = Report(run.after, quiet=quiet, verbose=verbose)
    batch = Batch(targets(files, settings), run.store(create=True), settings, run.rules)
    ended = report.follow(batch, _watched(batch, quiet=quiet), rest="importing it again takes the rest")
    if ended is not None:
        return ended
    if not report.codes:
        return _without_pages(files, may_be_empty=may_be_empty)
    if not quiet:
        message_line("; ".join([report.summary(), *_others(files)]))
    return report.exit_code


def _weighed(run: Run, files: SavedFiles, settings: Settings, *, may_be_empty: bool, quiet: bool) -> int:
    from archiver.tasks.exchange.saved_pages import weigh

    counts: Counter[str] = Counter()
    for found in weigh(files, settings, run.store(create=False)):
        if isinstance(found, ArchiverError):
            error_line(str(found))
        counts["failed" if isinstance(found, ArchiverError) else "in the archive already" if found else "to be archived"] += 1
    if not counts:
        return _without_pages(files, may_be_empty=may_be_empty)
    if not quiet:
        order = ("to be archived", "in the archive already", "failed")
        said = ", ".join(f"{counts[name]} {name}" for name in order if counts[name])
        message_line("; ".join([f"would be: {said}", *_others(files)]))
    return SOME_FAILED if counts["failed"] else 0


def _without_pages(files: SavedFiles, *, may_be_empty: bool) -> int:
    if not may_be_empty:
        raise InvalidInput(
            "holds neither an archive nor a saved page",
            subject=files.tree.subject,
            remedy="docs/importing.md says what can be imported",
        )
    return 0


def _others(files: SavedFiles) -> list[str]:
    said = [counted(files.others["other files"], "other file")] if files.others["other files"] else []
    said += [counted(files.others["links"], "link")] if files.others["links"] else []
    return [f"{' and '.join(said)} passed over"] if said else []


def _watched(batch: Batch, *, quiet: bool) -> Iterator[Result]:
    """The results, behind a progress bar on a terminal."""
    if quiet or not sys.stderr.isatty():
        return batch.results()
    from archiver.cli.views import progress

    return progress(batch.results(), total=None, told=lambda result: result.name)
