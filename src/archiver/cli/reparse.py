"""`archiver reparse`."""

from __future__ import annotations

import contextlib
import json
import os
import sys
from collections import Counter
from typing import TYPE_CHECKING, Any

import click

from archiver.cli.arguments import articles_argument
from archiver.cli.filters import filter_options, filters_from
from archiver.cli.options import quiet_option
from archiver.cli.terminal import INTERRUPTED, SHOWN_ID_DIGITS, error_line, message_line, safe_line, safe_text
from archiver.errors import ArchiveUnwritable, LockHeld

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archiver.cli.run import Run
    from archiver.store import Store
    from archiver.tasks.versions.changes import FieldChange
    from archiver.tasks.versions.reread import Reread

SOME_FAILED = 3
WOULD_CHANGE = 1


@click.command("reparse")
@articles_argument(required=False)
@click.option("--all", "everything", is_flag=True, help="All articles.")
@filter_options()
@click.option("--check", "--dry-run", "check", is_flag=True, help="Show what would change; write nothing.")
@click.option("--accept-worse", is_flag=True, help="Also save what is worse than the article in the archive.")
@click.option(
    "--jobs", type=click.IntRange(min=1, max=256), metavar="N", help="Extract in N processes. Default: one for each core."
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object at the end.")
@quiet_option()
@click.option("-v", "--verbose", is_flag=True, help="Also print the values that change, article by article.")
@click.pass_obj
def command(
    run: Run,
    /,
    articles: tuple[str, ...],
    *,
    everything: bool,
    check: bool,
    accept_worse: bool,
    jobs: int | None,
    as_json: bool,
    quiet: bool,
    verbose: bool,
    **chosen: Any,
) -> int:
    """Extract articles again from their captures, offline: after an upgrade, or when a site rule changed.

    Name articles, choose them by filters, or take --all. A record that changes is saved as a re-extraction, and the one before
    stays as a version (archiver history). Where the body would shrink to a fraction, or the page would be no article any more,
    what the archive holds stays, and a line says so. What the capture cannot say (the feed entry that led to the page)
    is taken from the record.

    \b
    Examples:
      archiver reparse --all --check
      archiver reparse --host example.org
      archiver reparse 7f3a9c --check -v

    \b
    Exit codes:
      0 done, or nothing to do    1 with --check: something would change    2 usage
      3 some captures are missing or damaged    4 not in the archive    11 another run is writing
    """
    from archiver.tasks.versions.reparse import reparse

    store = run.store()
    ids = _chosen(store, articles, chosen, everything=everything)
    report = Report(check=check, quiet=quiet, verbose=verbose, as_json=as_json)
    jobs = jobs or _cores()
    outcomes = reparse(store, ids, run.settings, jobs=jobs, save=not check, accept_worse=accept_worse)
    try:
        for outcome in _with_progress(outcomes, len(ids), quiet=quiet):
            report.add(outcome)
    except KeyboardInterrupt:
        error_line(f"interrupted: {report.summary()}; the rest is as it was")
        return INTERRUPTED
    except (ArchiveUnwritable, LockHeld) as error:
        error_line(str(error))
        error_line(f"stopped: {report.summary()}; the rest is as it was")
        return error.exit_code
    report.close()
    return report.exit_code


class Report:
    """What is said of a run: changes as they come, what failed or was not taken, the table or object at the end."""

    def __init__(self, *, check: bool, quiet: bool, verbose: bool, as_json: bool) -> None:
        self._check = check
        self._quiet = quiet
        self._verbose = verbose
        self._as_json = as_json
        self._fates: Counter[str] = Counter()
        self._fields: Counter[str] = Counter()
        self._changes: list[dict[str, object]] = []
        self._notes: set[str] = set()

    def add(self, outcome: Reread) -> None:
        """Says what came of one article."""
        self._fates[outcome.fate] += 1
        for note in outcome.notes:
            if note not in self._notes:
                self._notes.add(note)
                error_line(note)
        if outcome.fate == "failed":
            error_line(str(outcome.error))
        elif outcome.fate == "worse" and not self._quiet:
            remedy = " (--accept-worse takes it)" if outcome.article else ""
            message_line(f"kept as it is: {outcome.error}{remedy}")
        elif outcome.fate == "changed":
            self._fields.update(one.name for one in outcome.changes)
            with contextlib.suppress(BrokenPipeError):
                self._say(outcome)

    def summary(self) -> str:
        """The counts in words."""
        names = ("changed", "unchanged", "worse", "failed")
        return ", ".join(f"{self._fates[name]:,} {name}" for name in names if self._fates[name]) or "nothing to do"

    def close(self) -> None:
        """Prints the counts."""
        if self._as_json:
            fates = {name: self._fates[name] for name in ("changed", "unchanged", "worse", "failed")}
            document = {
                "check": self._check,
                "articles": self._fates.total(),
                **fates,
                "fields": dict(self._fields.most_common()),
            }
            if self._verbose:
                document["changes"] = self._changes
            click.echo(safe_text(json.dumps(document, ensure_ascii=False, indent=2)))
        elif self._check and not self._quiet:
            _print_fields(self._fields)
        if not self._quiet:
            message_line(f"would be {self.summary()}" if self._check and self._fates["changed"] else self.summary())

    @property
    def exit_code(self) -> int:
        """0, or what a script should look at."""
        if self._fates["failed"]:
            return SOME_FAILED
        return WOULD_CHANGE if self._check and self._fates["changed"] else 0

    def _say(self, outcome: Reread) -> None:
        if self._as_json:
            if self._verbose:
                fields = [{"name": one.name, "before": one.before, "after": one.after} for one in outcome.changes]
                self._changes.append({"id": outcome.id, "url": outcome.url, "fields": fields})
            return
        if self._quiet or (self._check and not self._verbose):
            return
        names = ", ".join(one.name for one in outcome.changes)
        if sys.stdout.isatty():
            name = click.style(outcome.id[:SHOWN_ID_DIGITS], fg="cyan")
            line = f"{name}  {safe_line(outcome.title)}  {click.style(names, dim=True)}"
        else:
            line = "\t".join(map(safe_line, (outcome.id, outcome.url, names)))
        click.echo(line, file=sys.stdout)
        if self._verbose:
            for one in outcome.changes:
                click.echo(f"  {_told(one)}", file=sys.stdout)


def _told(change: FieldChange) -> str:
    return safe_line(f"{change.name}: {change.before or '(none)'} → {change.after or '(none)'}")


def _print_fields(fields: Counter[str]) -> None:
    if not sys.stdout.isatty():
        for name, count in fields.most_common():
            click.echo(f"{name}\t{count}")
        return
    if fields:
        from archiver.cli.changes_view import print_counts

        print_counts(fields.most_common())


def _chosen(store: Store, articles: tuple[str, ...], chosen: dict[str, Any], *, everything: bool) -> list[str]:
    filtered = any(chosen.values())
    if bool(articles) + bool(everything or filtered) != 1:
        raise click.UsageError("Name articles, or choose them by filters, or give --all.")
    if articles:
        return list(dict.fromkeys(store.find(article) for article in articles))
    return [row.id for row in store.rows(filters_from(chosen))]


def _cores() -> int:
    affinity = getattr(os, "sched_getaffinity", None)
    return len(affinity(0)) if affinity else os.cpu_count() or 1


def _with_progress(outcomes: Iterator[Reread], total: int, *, quiet: bool) -> Iterator[Reread]:
    """The outcomes; behind a progress bar on a terminal when there are several."""
    if total == 1 or quiet or not sys.stderr.isatty():
        return outcomes
    from archiver.cli.views import progress

    return progress(outcomes, total=total, told=lambda outcome: outcome.title)
