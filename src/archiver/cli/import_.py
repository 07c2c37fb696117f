"""`archiver import`."""

from __future__ import annotations

import contextlib
import shutil
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

import click

from archiver.cli.import_list import import_list
from archiver.cli.import_saved import import_saved, import_tree
from archiver.cli.network import network_options
from archiver.cli.options import jobs_option, quiet_option
from archiver.cli.targets import STDIN
from archiver.cli.terminal import counted, error_line, message_line
from archiver.errors import InvalidInput
from archiver.store.parcels import FEEDS
from archiver.tasks.exchange import import_
from archiver.tasks.exchange.import_ import HEAD_BYTES, is_packed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from archiver.cli.run import Run
    from archiver.saved.tree import SavedFiles, Tree
    from archiver.settings import Settings
    from archiver.store.bundles import Bundle

SOME_FAILED = 3
MAX_LIST_BYTES = 200 * 2**20
_SPOOLED_BYTES = 16 * 2**20


@click.command("import")
@click.argument("source", metavar="ARCHIVE|FOLDER|FILE|-")
@click.option("--feeds", is_flag=True, help="Follow its feeds, too. With an archive.")
@click.option("--queue", "only_queues", is_flag=True, help="Leave the pages to archiver sync. With a list of pages.")
@click.option("--dry-run", is_flag=True, help="Say what would be taken; change nothing.")
@network_options(headers=False)
@jobs_option()
@quiet_option()
@click.option("-v", "--verbose", is_flag=True, help="Also print each request.")
@click.pass_obj
def command(
    run: Run,
    source: str,
    *,
    feeds: bool,
    only_queues: bool,
    dry_run: bool,
    network: Callable[..., Settings],
    jobs: int | None,
    quiet: bool,
    verbose: bool,
) -> int:
    """Take in articles from another archive, saved pages, or the pages on a list that another program exported.

    ARCHIVE is an archive's folder, and FILE one that archiver export --format archive made: versions, captures, tags and notes
    come along. What is here stays: of an article that both have, the newer and better record is the article and the other a
    version of it, and tags and notes are joined.

    FOLDER is one of saved pages, and FILE a zip file of them, a WARC or WACZ file, or a page with a mark of its saver: each
    page in it is archived, at the address that its saver wrote into it, or else at the one that it claims for itself. Folders
    of what belongs to a page are passed over.

    Else FILE is a list: bookmarks of a browser, an export of Pocket, Instapaper, Raindrop, wallabag or Omnivore, a CSV or JSON
    file with addresses, or one address on each line. Its pages are queued and fetched, and its tags, stars and notes kept; what
    cannot be had stays in the queue with the reason (archiver queue list). Running it again takes what is missing, and nothing
    twice.

    \b
    Examples:
      archiver import ~/old-laptop/archive --dry-run
      archiver import glutamate.tar
      archiver import bookmarks.html --queue
      archiver import ~/Downloads/saved-pages
      archiver import pocket.zip
      ssh laptop archiver export --format archive | archiver import -

    \b
    Exit codes:
      0 done, or nothing new    1 failed    2 nothing that can be taken    3 some could not be taken, or not whole
      11 another run is writing    130 interrupted
    """
    with _read(source) as file:
        if found := _saved(file, source):
            if feeds:
                raise click.UsageError("--feeds goes with an archive, and this is none.")
            from archiver.saved.tree import SavedFiles

            settings, options = network(run, jobs=jobs), {"dry_run": dry_run, "quiet": quiet, "verbose": verbose}
            if isinstance(found, SavedFiles):
                return import_saved(run, found, settings, **options)
            return import_tree(run, found, settings, fetches=not only_queues, **options)
        if isinstance(file, Path) or is_packed(_head(file)):
            if only_queues:
                raise click.UsageError("--queue goes with a list of pages, and this is an archive.")
            return _take(run, file if source == STDIN else Path(source).expanduser(), feeds=feeds, dry_run=dry_run, quiet=quiet)
        if feeds:
            raise click.UsageError("--feeds goes with an archive, and this is a list of pages.")
        content = file.read(MAX_LIST_BYTES + 1)
    if len(content) > MAX_LIST_BYTES:
        limit = f"{MAX_LIST_BYTES // 2**20} MiB"
        raise InvalidInput(f"larger than {limit}", subject=source, remedy="is this a list of pages?")
    settings = network(run, jobs=jobs)
    name = "standard input" if source == STDIN else source
    options = {"dry_run": dry_run, "quiet": quiet, "verbose": verbose}
    return import_list(run, content, name, settings, fetches=not only_queues, **options)


@contextlib.contextmanager
def _read(source: str) -> Iterator[Path | BinaryIO]:
    """A folder, or a file that can be read twice from its beginning."""
    if source == STDIN:
        with tempfile.SpooledTemporaryFile(max_size=_SPOOLED_BYTES) as spooled:
            shutil.copyfileobj(sys.stdin.buffer, spooled)
            spooled.seek(0)
            yield spooled  # type: ignore[misc]  # it is one, but for its type
        return
    path = Path(source).expanduser()
    if path.is_dir():
        yield path
        return
    try:
        with path.open("rb") as file:
            yield file
    except FileNotFoundError:
        raise InvalidInput("no such file", subject=source, remedy="check the name") from None
    except OSError as error:
        reason = f"cannot be read: {error.strerror or error}"
        raise InvalidInput(reason, subject=source, remedy="check its permissions") from error


def _saved(file: Path | BinaryIO, source: str) -> Tree | SavedFiles | None:
    """The folder or zip file of saved pages, or the file of them, that this is; None where it is something else."""
    from archiver import saved
    from archiver.saved.tree import FolderTree, OneFile, ZipTree

    if isinstance(file, Path):
        return None if import_.is_archive(file) else FolderTree(file)
    kind = saved.kind_of(file)
    if kind == "zip":
        try:
            return ZipTree(file, source)
        except InvalidInput as error:
            error.subject = source
            raise
    return OneFile(Path(source).expanduser()) if kind and source != STDIN else None


def _head(file: BinaryIO) -> bytes:
    head = file.read(HEAD_BYTES)
    file.seek(0)
    return head


def _take(run: Run, source: Path | BinaryIO, *, feeds: bool, dry_run: bool, quiet: bool) -> int:
    """Takes in an archive, and gives the exit code."""
    store = run.store(create=not dry_run)
    tally = import_.Tally(error_line)
    followed = None
    with import_.opened(source) as parcel:
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
    said += [] if followed is None else [f"{counted(followed, 'feed')} followed"]
    return ("would be: " if dry_run else "") + ", ".join(said)


def _watched(found: list[Bundle], *, quiet: bool) -> Iterable[Bundle]:
    """`found`, behind a progress bar where somebody sees it."""
    if quiet or not sys.stderr.isatty():
        return found
    from archiver.cli import views

    return views.progress(found, total=len(found), told=lambda bundle: bundle.id)
