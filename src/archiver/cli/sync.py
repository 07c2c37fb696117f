"""`archiver sync`."""

from __future__ import annotations

import contextlib
import dataclasses
import json
import re
import sys
import threading
from typing import TYPE_CHECKING, Any

import click

from archiver.cli.arguments import feeds_argument
from archiver.cli.network import network_options
from archiver.cli.options import jobs_option
from archiver.cli.outcome_line import print_outcome
from archiver.cli.stopping import stopped_by_signals
from archiver.cli.terminal import INTERRUPTED, error_line, message_line, safe_line
from archiver.values import MAX_SECONDS

if TYPE_CHECKING:
    from collections.abc import Callable

    from archiver.cli.run import Run
    from archiver.errors import ArchiverError
    from archiver.feeds.outlines import Subscription
    from archiver.settings import Settings
    from archiver.store import Store
    from archiver.tasks.archiving.archive_page import Outcome
    from archiver.tasks.syncing.summary import Summary

FAILED = 1
SOME_FAILED = 3
_DURATION = re.compile(r"(\d{1,7}(?:\.\d{1,3})?)\s*([smh]?)")
_SECONDS = {"": 1, "s": 1, "m": 60, "h": 3600}


class Duration(click.ParamType[float]):
    """A number of seconds, or of minutes or hours: 90, 90s, 10m, 1h."""

    name = "duration"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> float:
        """The seconds that `value` names."""
        found = _DURATION.fullmatch(str(value).strip().lower())
        seconds = float(found[1]) * _SECONDS[found[2]] if found else 0.0
        if not 0 < seconds <= MAX_SECONDS:
            self.fail(f"{value!r} is no duration; give 90, 90s, 10m or 1h", param, ctx)
        return seconds


@click.command("sync")
@feeds_argument(required=False)
@click.option("--max-time", type=Duration(), metavar="DURATION", help="End after so long: 90s, 10m, 1h. The next run goes on.")
@click.option("--max-articles", type=click.IntRange(min=1), metavar="N", help="Fetch at most N pages. The next run goes on.")
@click.option("--dry-run", is_flag=True, help="Poll, and show what would be fetched; archive and remember nothing.")
@click.option("--summary", type=click.Choice(["json"]), help="Print one JSON object at the end, for monitors.")
@network_options(headers=False)
@jobs_option()
@click.option("-q", "--quiet", is_flag=True, help="Print errors only, on a terminal too.")
@click.option("-v", "--verbose", is_flag=True, help="Also print what happens with each feed, and each article when piped.")
@click.pass_obj
def command(
    run: Run,
    feeds: tuple[str, ...],
    *,
    max_time: float | None,
    max_articles: int | None,
    dry_run: bool,
    summary: str | None,
    network: Callable[..., Settings],
    jobs: int | None,
    quiet: bool,
    verbose: bool,
) -> int:
    """Archive what is new in the feeds that are followed, and what waits in the queue.

    Polls the feeds that are due, or those that are named, whether due or not, and archives the page of each new entry as
    archiver fetch does. A page that cannot be had is tried again in later runs; where the feed carries the whole text, that is
    archived meanwhile and marked. How often a feed is polled follows its own rhythm. When no feed is named, the pages that
    archiver import queued are fetched afterwards.

    Made for cron (see docs/cron.md): nothing is printed when all is well, one line on standard error for each failure; a run
    that finds another one going says so in one line and exits with 11. On a terminal one line is printed for each article.

    \b
    Examples:
      archiver sync
      archiver sync "Example News" -v
      archiver sync --max-time 10m --summary json

    \b
    Exit codes:
      0 done, or nothing to do    1 all failed    3 some failed    4 not followed
      11 another sync is running, or another run is writing    130 interrupted
    """
    from archiver.tasks.exchange.reading_list import WorkOff
    from archiver.tasks.syncing.subscriptions import find, subscriptions
    from archiver.tasks.syncing.sync import Limits, Sync

    settings = network(run, jobs=jobs)
    store = run.store()
    followed = subscriptions(store)
    named = frozenset(find(store, name).url for name in feeds) if feeds else None
    wishes = [wish for wish in followed if wish.paused is None or (named and wish.url in named)]
    queued = not feeds and store.queue.due()
    if not followed and not queued and sys.stderr.isatty():
        message_line("No feed is followed; archiver feed add URL follows one.")
    if dry_run:
        return _preview([wish for wish in wishes if named is None or wish.url in named], store, settings)
    report = Report(run.after, quiet=quiet, verbose=verbose)
    if not wishes and not queued:
        report.close(None, summary)
        return 0
    with store.following.syncing():
        limits = Limits(max_time, max_articles)
        sync = Sync(store, settings, wishes, report, named=named, limits=limits, rules=run.rules)
        result = sync.summary
        stopped = threading.Event()
        try:
            with stopped_by_signals(sync.stop, stopped):
                sync.run()
            if queued and not stopped.is_set() and (left := limits.left(result)):
                work = WorkOff(store, settings, run.rules, limit=left.articles, seconds=left.seconds)
                with stopped_by_signals(work.stop, stopped):
                    work.run(result, report)
        except KeyboardInterrupt:
            stopped.set()
    report.close(result, summary)
    if stopped.is_set():
        error_line(f"interrupted: {described(result)}; the next run goes on")
        return INTERRUPTED
    if not result.failed and not result.feeds_failed:
        return 0
    return (
        FAILED
        if result.feeds == result.feeds_failed and not (result.new or result.updated or result.unchanged)
        else SOME_FAILED
    )


class Report:
    """What is said of a run while it goes, and at its end.

    Args:
        after: called with what was archived, once that is said.
    """

    def __init__(self, after: Callable[[Outcome], None], *, quiet: bool, verbose: bool) -> None:
        self.after = after
        self.verbose = verbose
        self.on_terminal = sys.stdout.isatty()
        self.shows_articles = verbose or (self.on_terminal and not quiet)
        self.says_end = verbose or (sys.stderr.isatty() and not quiet)

    def archived(self, outcome: Outcome) -> None:
        """A line for an article, as `archiver fetch` prints it."""
        if self.shows_articles:
            with contextlib.suppress(BrokenPipeError):  # nobody reads our lines any more; archiving goes on
                print_outcome(outcome)
        self.after(outcome)

    def failed(self, error: ArchiverError) -> None:
        """A line for a failure."""
        with contextlib.suppress(BrokenPipeError):
            error_line(str(error))

    def log(self, text: str) -> None:
        """A line for those who asked for everything."""
        if self.verbose:
            with contextlib.suppress(BrokenPipeError):
                message_line(text)

    def close(self, result: Summary | None, form: str | None) -> None:
        """The end: for monitors as JSON, for people in words."""
        from archiver.tasks.syncing.summary import Summary

        result = result or Summary()
        for drift in result.drift:
            error_line(f"{drift} (the site may have been rebuilt; archiver feed health)")
        if form == "json":
            click.echo(json.dumps(dataclasses.asdict(result), ensure_ascii=False))
        elif self.says_end:
            message_line(described(result))


def described(result: Summary) -> str:
    """The summary in words."""
    parts = [
        f"{result.feeds} {'feed' if result.feeds == 1 else 'feeds'} polled",
        f"{result.new} new",
        f"{result.updated} updated",
    ]
    failed = result.failed + result.feeds_failed
    parts += [f"{failed} failed"] if failed else []
    parts += [f"{result.waiting} waiting"] if result.waiting else []
    return ", ".join(parts)


def _preview(wishes: list[Subscription], store: Store, settings: Settings) -> int:
    """Shows what a sync would fetch."""
    from archiver.tasks.syncing.preview import preview

    failures = 0
    for found in preview(wishes, store, settings):
        if found.error is not None:
            error_line(str(found.error))
            failures += 1
        for url, title in found.to_fetch:
            click.echo(f"{safe_line(url)}\t{safe_line(title or '')}")
    return 0 if not failures else FAILED if failures == len(wishes) else SOME_FAILED
