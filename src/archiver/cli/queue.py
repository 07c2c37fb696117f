"""`archiver queue`: list, run, remove."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from archiver import urls
from archiver.cli.fetch import Report
from archiver.cli.listing import print_rows
from archiver.cli.network import network_options
from archiver.cli.options import jobs_option, list_format, quiet_option
from archiver.cli.stopping import stopped_by_signals
from archiver.cli.terminal import INTERRUPTED, error_line, message_line, safe_line
from archiver.errors import ArchiveUnwritable, LockHeld, NotInArchive
from archiver.store.queue import QUEUE_FILE
from archiver.wanted import Wanted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from archiver.cli.run import Run
    from archiver.settings import Settings
    from archiver.tasks.archiving.archive_pages import Result
    from archiver.tasks.exchange.reading_list import WorkOff

TSV_KEYS = ("url", "attempts", "not_before", "failed", "title")


@click.group("queue")
def command() -> None:
    """Show and work off the queue: pages that were imported and are not in the archive yet.

    archiver import fills it, and archiver sync works it off. It is the file queue.jsonl in the archive, which may be edited by
    hand. A page that could not be had waits a day before it is asked for again, then two, four and eight, and is given up then.

    \b
    Examples:
      archiver queue list
      archiver queue run

    \b
    Exit codes:
      those of its commands
    """


@command.command("list", short_help="List what waits, and why it could not be had.")
@click.option("--failed", is_flag=True, help="Only pages that could not be had.")
@list_format()
@click.pass_obj
def list_(run: Run, *, failed: bool, form: str | None) -> None:
    """List the pages that wait: address, failed attempts, when the next may be, and why the last one failed.

    \b
    Examples:
      archiver queue list --failed
      archiver queue list --json

    \b
    Exit codes:
      0 done, or nothing waits    5 the file cannot be read
    """
    queue = run.store().queue
    pages = [page for page in queue.pages() if page.failed or not failed]
    if strange := queue.strange_lines():
        told = "1 line is no page, and stays" if strange == 1 else f"{strange} lines are no pages, and stay"
        error_line(f"{run.settings.home / QUEUE_FILE}: {told} (correct it with an editor)")
    print_rows(pages, form, kind=Wanted, keys=TSV_KEYS, table=_lines, empty="Nothing waits.")


def _lines(pages: list[Wanted]) -> None:
    for page in pages:
        if not page.failed:
            state = "waits"
        elif page.given_up:
            state = f"given up: {page.failed}"
        else:
            state = f"again from {page.not_before}: {page.failed}"
        click.echo(safe_line(f"{page.url}  {state}"))


@command.command("run", short_help="Fetch what waits, now.")
@click.option("--again", is_flag=True, help="Also what is not due yet, and what was given up.")
@network_options(headers=False)
@jobs_option()
@quiet_option()
@click.option("-v", "--verbose", is_flag=True, help="Also print each request.")
@click.pass_obj
def run_(run: Run, *, again: bool, network: Callable[..., Settings], jobs: int | None, quiet: bool, verbose: bool) -> int:
    """Fetch the pages that wait, and archive them; each leaves the queue when it is safe. Ctrl-C leaves the rest waiting.

    robots.txt counts, and the pace of each host.

    \b
    Examples:
      archiver queue run
      archiver queue run --again

    \b
    Exit codes:
      0 all archived, or nothing waits    1 failed    3 some failed    11 another run is writing    130 interrupted
    """
    settings = network(run, jobs=jobs)
    return work_off(run, settings, again=again, quiet=quiet, verbose=verbose)


@command.command("remove", short_help="Take pages out of the queue.")
@click.argument("pages", metavar="URL...", nargs=-1, required=True)
@click.pass_obj
def remove(run: Run, pages: tuple[str, ...]) -> None:
    """Take pages out of the queue: they are not fetched.

    \b
    Examples:
      archiver queue remove https://example.org/2026/a-story

    \b
    Exit codes:
      0 done    2 not a URL    4 does not wait
    """
    store = run.store()
    waiting = {page.article_id for page in store.queue.pages()}
    wanted = {urls.article_id(urls.parse(page)): page for page in pages}
    for article_id, page in wanted.items():
        if article_id not in waiting:
            subject = urls.printable(page)
            raise NotInArchive("does not wait in the queue", subject=subject, remedy="archiver queue list shows what does")
    store.queue.settle(dict.fromkeys(wanted))


def work_off(run: Run, settings: Settings, *, again: bool = False, quiet: bool, verbose: bool) -> int:
    """Works the queue off, prints what comes of it, and gives the exit code."""
    from archiver.tasks.exchange.reading_list import WorkOff

    store = run.store(create=run.settings.home.is_dir())  # where there is no archive, nothing waits
    report = Report(run.after, quiet=quiet, verbose=verbose)
    work = WorkOff(store, settings, run.rules, again=again)
    with stopped_by_signals(work.stop) as stopped:
        try:
            for result in _watched(work, quiet=quiet):
                report.take(result)
        except KeyboardInterrupt:
            stopped.set()
        except (ArchiveUnwritable, LockHeld) as error:
            return report.broken_off("the queue", error)
    if stopped.is_set():
        error_line(f"interrupted: {report.summary()}; the rest waits in the queue")
        return INTERRUPTED
    report.close()
    if (left := len(store.queue.pages())) and not quiet:
        message_line(f"{left} still in the queue: archiver queue list says why")
    return report.exit_code


def _watched(work: WorkOff, *, quiet: bool) -> Iterator[Result]:
    """The results, behind a progress bar on a terminal."""
    if quiet or not len(work) or not sys.stderr.isatty():
        return work.results()
    from archiver.cli.views import progress

    return progress(work.results(), total=len(work), told=lambda result: result.name)
