"""`archiver fetch`."""

from __future__ import annotations

import contextlib
import itertools
import sys
from collections import Counter
from typing import TYPE_CHECKING

import click

from archiver.capture import Capture
from archiver.cli.network import network_options
from archiver.cli.options import DateExpression, jobs_option, quiet_option
from archiver.cli.outcome_line import print_outcome
from archiver.cli.run import lines_of_stdin
from archiver.cli.stopping import stopped_by_signals
from archiver.cli.targets import STDIN, as_file, pages_of
from archiver.cli.terminal import INTERRUPTED, error_line, message_line
from archiver.errors import ArchiverError, ArchiveUnwritable, InvalidInput, LockHeld, NotAnArticle
from archiver.tasks.archiving.decide import Decision

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from archiver.capture import Exchange
    from archiver.cli.run import Run
    from archiver.periods import Period
    from archiver.settings import Settings
    from archiver.tasks.archiving.archive_page import Outcome
    from archiver.tasks.archiving.archive_pages import Batch, Result, Target

SOME_FAILED = 3
FAILED = 1
NO_ARTICLE = "not an article"


@click.command("fetch")
@click.argument("targets", nargs=-1, required=True, metavar="URL|FILE|-...")
@click.option(
    "--url", "address", metavar="URL", help="The address that FILE was saved from; of a WARC file, the page that is meant."
)
@click.option("--robots", "obey_robots", is_flag=True, help="Do not fetch what the host's robots.txt asks not to.")
@click.option(
    "--pages/--no-pages",
    "join_pages",
    default=None,
    help="Whether the further pages of an article in several are fetched. Default: they are.",
)
@click.option(
    "--wayback/--no-wayback",
    "wayback",
    default=None,
    help="Whether the Internet Archive is asked for a copy where the page is gone. Default: no.",
)
@click.option(
    "--wayback-date",
    "near",
    type=DateExpression(),
    metavar="DATE",
    help="The day nearest to which that copy is wanted; implies --wayback. Default: the newest.",
)
@network_options()
@jobs_option()
@quiet_option()
@click.option("-v", "--verbose", is_flag=True, help="Also print each request with its status, size and time.")
@click.pass_obj
def command(
    run: Run,
    targets: tuple[str, ...],
    *,
    address: str | None,
    obey_robots: bool,
    join_pages: bool | None,
    wayback: bool | None,
    near: Period | None,
    network: Callable[..., Settings],
    jobs: int | None,
    quiet: bool,
    verbose: bool,
) -> int:
    """Archive pages.

    Each URL is downloaded, its capture kept as a WARC file, and the article in it saved as a JSON record. A FILE is a page
    that was saved before (HTML, MHTML, Safari's web archive; give its address with --url where the file does not say it), or
    a WARC or WACZ file, of which each page is archived. With - the URLs are read from standard input, one a line; blank lines
    and lines that begin with # are skipped.

    One line is printed for each page as soon as it is safe on disk: on a terminal ID, title and publisher, else ID, URL and
    path, parted by tabs. A page that says the same as the article in the archive stores nothing; one that changed is saved as
    a new version, and the old one stays. A page that claims the address of an article that is held, and has its text, is a
    copy: it is kept as a version of that article.

    AMP and print views are left for the full page, and an article in several pages is fetched and joined as a whole; links that
    are followed so obey robots.txt.

    \b
    Examples:
      archiver fetch https://example.org/2026/a-story
      archiver fetch saved.html --url https://example.org/2026/a-story
      archiver fetch crawl.warc.gz
      archiver fetch --cookies cookies.txt https://example.org/2026/for-readers
      archiver fetch - < urls.txt
      archiver fetch --wayback https://example.org/2009/a-page-that-is-gone

    \b
    Exit codes:
      0 all archived or unchanged    1 failed    2 not a URL or file    3 some failed
      6 fetched but not an article   11 another run is writing to the archive   130 interrupted
    """
    if address is not None and (len(targets) != 1 or targets[0] == STDIN):
        raise click.UsageError("--url goes with exactly one FILE.")
    from archiver.tasks.archiving.archive_pages import Batch
    from archiver.tasks.archiving.readers import Readers

    settings = network(run, jobs=jobs, join_pages=join_pages, wayback=True if near is not None else wayback)
    store = run.store(create=True)
    report = Report(run.after, quiet=quiet, verbose=verbose)
    day = near.first.isoformat() if near else None
    named = _named(targets, address, settings)
    batch = Batch(named, store, settings, run.rules, obey_robots=obey_robots, near=day, readers=Readers(settings))
    ended = report.follow(batch, _with_progress(batch.results(), targets, quiet=quiet), rest="the rest was not fetched")
    if ended is not None:
        return ended
    report.close()
    return report.exit_code


class Report:
    """What is said of a run: a line per page as it is done, a summary at the end, and the exit code.

    Args:
        after: called with what was archived, once that is said.
    """

    def __init__(self, after: Callable[[Outcome], None], *, quiet: bool, verbose: bool) -> None:
        self.after = after
        self.quiet = quiet
        self.verbose = verbose
        self.counts: Counter[str] = Counter()
        self.codes: Counter[int] = Counter()

    def take(self, result: Result) -> None:
        """Says what came of a page."""
        if result.error is not None:
            self.add_failure(result.error)
        elif result.outcome is not None:
            self.add(result.outcome)

    def follow(self, batch: Batch, results: Iterable[Result], *, rest: str) -> int | None:
        """Says what came of each of the batch's pages; gives the exit code where it did not come to its end.

        `rest` says what then becomes of the others.
        """
        with stopped_by_signals(batch.stop) as stopped:
            try:
                for result in results:
                    if isinstance(result.error, (ArchiveUnwritable, LockHeld)):
                        return self.broken_off(result.name, result.error)  # what stopped this page would stop every other
                    self.take(result)
            except KeyboardInterrupt:
                stopped.set()
        if stopped.is_set():
            error_line(f"interrupted: {self.summary()}; {rest}")
            return INTERRUPTED
        return None

    def broken_off(self, name: str, error: ArchiverError) -> int:
        """Says why the run ends here, at the page or file `name`; gives the exit code."""
        error_line(f"{name}: not archived: {error}")
        if self.codes:
            error_line(f"stopped: {self.summary()}; the rest was not fetched")
        return SOME_FAILED if 0 in self.codes else error.exit_code

    def add(self, outcome: Outcome) -> None:
        """Says what came of a page that was archived."""
        is_article = outcome.seen.verdict == "article"
        if is_article:  # counted first: who reads the line may end the run by it
            self.counts[outcome.decision] += 1
            self.codes[0] += 1
        with contextlib.suppress(BrokenPipeError):  # nobody reads our lines any more; archiving goes on
            self._say(outcome)
        self.after(outcome)
        if outcome.seen.verdict != "article":
            self.add_failure(_not_an_article(outcome))

    def add_failure(self, error: ArchiverError) -> None:
        """Says what went wrong with a page."""
        with contextlib.suppress(BrokenPipeError):
            error_line(str(error))
        self.counts[NO_ARTICLE if isinstance(error, NotAnArticle) else "failed"] += 1
        self.codes[error.exit_code] += 1

    def summary(self) -> str:
        """The counts in words: "3 new, 1 unchanged"."""
        counted = (f"{self.counts[name]} {name}" for name in (*Decision, NO_ARTICLE, "failed") if self.counts[name])
        return ", ".join(counted) or "nothing archived"

    def close(self) -> None:
        """Prints the summary where there was more than one page."""
        if self.codes.total() > 1 and not self.quiet:
            message_line(self.summary())

    @property
    def exit_code(self) -> int:
        """0 when all went well, the failures' own code when all failed alike, else "failed" or "some failed"."""
        codes = set(self.codes)
        if codes <= {0}:
            return 0
        if 0 in codes:
            return SOME_FAILED
        return codes.pop() if len(codes) == 1 else FAILED

    def _say(self, outcome: Outcome) -> None:
        if self.verbose and isinstance(outcome.capture, Capture):
            for exchange in (exchange for page in outcome.capture.pages for exchange in page.exchanges):
                message_line(_told(exchange))
        if not self.quiet:
            print_outcome(outcome)


def _told(exchange: Exchange) -> str:
    """One hop in words: what was asked for, what came, how large, how fast."""
    took = "" if exchange.seconds is None else f" in {exchange.seconds:.2f} s"
    size = f"{len(exchange.body):,} bytes{' (not all of it)' if exchange.truncated else ''}"
    return f"{exchange.method} {exchange.url} {exchange.status} {exchange.reason} {size}{took}"


def _not_an_article(outcome: Outcome) -> NotAnArticle:
    seen = outcome.seen
    why = seen.evidence.get("verdict")
    reason = f"fetched, but it is no article: {seen.verdict}{f' ({why.value})' if why else ''}"
    if outcome.decision is Decision.WORSE:
        return NotAnArticle(reason, subject=str(seen.url), remedy="what the archive holds stays as it is")
    return NotAnArticle(reason, subject=str(seen.url), remedy=f"kept as {seen.verdict}; to drop it: archiver remove {seen.id}")


def _named(targets: tuple[str, ...], address: str | None, settings: Settings) -> Iterator[Target]:
    """What the arguments name, standard input's lines in the place of "-"."""
    from archiver.tasks.archiving.archive_pages import Target

    for target in itertools.chain.from_iterable(lines_of_stdin() if target == STDIN else [target] for target in targets):
        try:
            path = as_file(target)
            if path is None and address is not None:
                raise InvalidInput("--url goes with a FILE, and this is a URL", subject=target, remedy="leave --url out")
            yield Target(target, None if path is None else pages_of(path, address, settings))
        except ArchiverError as error:
            yield Target(target, [error])


def _with_progress(results: Iterator[Result], targets: tuple[str, ...], *, quiet: bool) -> Iterator[Result]:
    """The results, behind a progress bar on a terminal when there are several."""
    one_page = len(targets) == 1 and STDIN not in targets
    if one_page or quiet or not sys.stderr.isatty():
        return results
    from archiver.cli.views import progress

    return progress(results, total=None if STDIN in targets else len(targets), told=lambda result: result.name)
