"""`archiver fetch`."""

from __future__ import annotations

import contextlib
import dataclasses
import itertools
import sys
from collections import Counter
from typing import TYPE_CHECKING

import click

from archiver import urls
from archiver.capture import Capture
from archiver.cli.options import quiet_option, timeout_option
from archiver.cli.run import Run, lines_of_stdin
from archiver.cli.targets import STDIN, as_file, read_file
from archiver.cli.terminal import INTERRUPTED, SHOWN_ID_DIGITS, error_line, message_line, safe_line
from archiver.errors import ArchiverError, ArchiveUnwritable, InvalidInput, LockHeld, NotAnArticle
from archiver.tasks.decide import Decision

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archiver.settings import Settings
    from archiver.store import Store
    from archiver.tasks.archive_page import Outcome
    from archiver.tasks.site_rules import SiteRules

SOME_FAILED = 3
FAILED = 1


@click.command("fetch")
@click.argument("targets", nargs=-1, required=True, metavar="URL|FILE|-...")
@click.option("--url", "address", metavar="URL", help="The address that FILE was saved from.")
@click.option("--robots", "obey_robots", is_flag=True, help="Do not fetch what the host's robots.txt asks not to.")
@timeout_option()
@quiet_option()
@click.option("-v", "--verbose", is_flag=True, help="Also print each request with its status and size.")
@click.pass_obj
def command(
    run: Run,
    targets: tuple[str, ...],
    *,
    address: str | None,
    obey_robots: bool,
    timeout_seconds: float | None,
    quiet: bool,
    verbose: bool,
) -> int:
    """Archive pages.

    Each URL is downloaded, its capture kept as a WARC file, and the article in it saved as a JSON record. A FILE is a page
    that was saved before; give its address with --url. With - the URLs are read from standard input, one a line; blank lines
    and lines that begin with # are skipped.

    One line is printed for each page as soon as it is safe on disk: on a terminal ID, title and publisher, else ID, URL and
    path, parted by tabs. A page that says the same as the article in the archive stores nothing; one that changed is saved as
    a new version, and the old one stays. A page that claims the address of an article that is held, and has its text, is a
    copy: it is kept as a version of that article.

    \b
    Examples:
      archiver fetch https://example.org/2026/a-story
      archiver fetch saved.html --url https://example.org/2026/a-story
      archiver fetch - < urls.txt

    \b
    Exit codes:
      0 all archived or unchanged    1 failed    2 not a URL or file    3 some failed
      6 fetched but not an article   11 another run is writing to the archive   130 interrupted
    """
    if address is not None and (len(targets) != 1 or targets[0] == STDIN):
        raise click.UsageError("--url goes with exactly one FILE.")
    settings = run.settings
    if timeout_seconds is not None:
        settings = dataclasses.replace(settings, timeout_seconds=timeout_seconds)
    store = run.store(create=True)
    report = Report(quiet=quiet, verbose=verbose)
    try:
        for target in _with_progress(targets, quiet=quiet):
            try:
                report.add(_archive(target, address, store, settings, run.rules, obey_robots=obey_robots))
            except (ArchiveUnwritable, LockHeld):
                raise  # what stopped this page would stop every other
            except ArchiverError as error:
                report.add_failure(error)
    except KeyboardInterrupt:
        error_line(f"interrupted: {report.summary()}; the rest was not fetched")
        return INTERRUPTED
    except (ArchiveUnwritable, LockHeld) as error:
        error_line(str(error))
        if report.codes:
            error_line(f"stopped: {report.summary()}; the rest was not fetched")
        return SOME_FAILED if 0 in report.codes else error.exit_code
    report.close()
    return report.exit_code


class Report:
    """What is said of a run: a line per page as it is done, a summary at the end, and the exit code."""

    def __init__(self, *, quiet: bool, verbose: bool) -> None:
        self.quiet = quiet
        self.verbose = verbose
        self.counts: Counter[str] = Counter()
        self.codes: list[int] = []

    def add(self, outcome: Outcome) -> None:
        """Says what came of a page that was archived."""
        with contextlib.suppress(BrokenPipeError):  # nobody reads our lines any more; archiving goes on
            self._say(outcome)
        if outcome.seen.verdict != "article":
            self.add_failure(_not_an_article(outcome))
            return
        self.counts[outcome.decision] += 1
        self.codes.append(0)

    def add_failure(self, error: ArchiverError) -> None:
        """Says what went wrong with a page."""
        with contextlib.suppress(BrokenPipeError):
            error_line(str(error))
        self.counts["not an article" if isinstance(error, NotAnArticle) else "failed"] += 1
        self.codes.append(error.exit_code)

    def summary(self) -> str:
        """The counts in words: "3 new, 1 unchanged"."""
        return ", ".join(f"{count} {name}" for name, count in self.counts.items()) or "nothing archived"

    def close(self) -> None:
        """Prints the summary where there was more than one page."""
        if len(self.codes) > 1 and not self.quiet:
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
            for exchange in outcome.capture.exchanges:
                line = f"{exchange.method} {exchange.url} {exchange.status} {exchange.reason} {len(exchange.body):,} bytes"
                message_line(line)
        if self.quiet:
            return
        article = outcome.article
        if not sys.stdout.isatty():
            click.echo("\t".join(safe_line(str(value)) for value in (article.id, article.url, outcome.path)), file=sys.stdout)
            return
        words = [click.style(str(article.id)[:SHOWN_ID_DIGITS], fg="cyan"), safe_line(article.title or "(no title)")]
        publisher = article.source.publisher or article.source.host
        if publisher:
            words.append(click.style(safe_line(publisher), dim=True))
        if outcome.decision is not Decision.NEW:
            words.append(click.style(f"({outcome.decision})", fg="yellow"))
        click.echo("  ".join(words), file=sys.stdout)  # sys.stdout, so that a progress bar makes room


def _archive(
    target: str, address: str | None, store: Store, settings: Settings, rules: SiteRules, *, obey_robots: bool
) -> Outcome:
    from archiver.tasks.archive_page import archive_saved, archive_url

    path = as_file(target)
    if path is None:
        if address is not None:
            raise InvalidInput("--url goes with a FILE, and this is a URL", subject=target, remedy="leave --url out")
        return archive_url(target, store, settings, rules, obey_robots=obey_robots)
    if address is None:
        raise InvalidInput("a saved page needs its address", subject=target, remedy="give it with --url")
    return archive_saved(read_file(path, urls.without_credentials(urls.parse(address))), store, rules)


def _not_an_article(outcome: Outcome) -> NotAnArticle:
    seen = outcome.seen
    why = seen.evidence.get("verdict")
    reason = f"fetched, but it is no article: {seen.verdict}{f' ({why.value})' if why else ''}"
    if outcome.decision is Decision.WORSE:
        return NotAnArticle(reason, subject=str(seen.url), remedy="what the archive holds stays as it is")
    return NotAnArticle(reason, subject=str(seen.url), remedy=f"kept as {seen.verdict}; to drop it: archiver remove {seen.id}")


def _with_progress(targets: tuple[str, ...], *, quiet: bool) -> Iterator[str]:
    """The targets, standard input's lines in the place of "-"; behind a progress bar on a terminal when there are several."""
    expanded = itertools.chain.from_iterable(lines_of_stdin() if target == STDIN else [target] for target in targets)
    one_page = len(targets) == 1 and STDIN not in targets
    if one_page or quiet or not sys.stderr.isatty():
        return expanded
    from archiver.cli.views import progress

    return progress(expanded, total=None if STDIN in targets else len(targets))
