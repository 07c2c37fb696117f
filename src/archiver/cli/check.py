"""`archiver check`."""

from __future__ import annotations

import contextlib
import dataclasses
import json
import sys
from collections import Counter
from typing import TYPE_CHECKING

import click

from archiver.cli.options import quiet_option
from archiver.cli.terminal import counted, error_line, message_line, safe_line, safe_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from archiver.cli.run import Run
    from archiver.store import Store
    from archiver.store.checking import Finding, Tally
    from archiver.tasks.keeping.repair_article import Step

SHOWN = 20
"""So many findings of one kind are printed, unless all are asked for: after a lost disk there is one for each article."""
DAMAGE = 5
"""The exit code where something that was kept is damaged or lost."""


@click.command("check")
@click.option("--deep", is_flag=True, help="Also read every capture as WARC, and compare the digest of every payload in it.")
@click.option("--repair", is_flag=True, help="Mend what was found. Nothing is deleted: what is damaged goes to quarantine/.")
@click.option("--yes", is_flag=True, help="With --repair: do not ask.")
@click.option("--dry-run", is_flag=True, help="With --repair: show what would be done; do nothing.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@quiet_option()
@click.option("-v", "--verbose", is_flag=True, help="Print every finding, what heals itself too, and how much was checked.")
@click.pass_obj
def command(run: Run, *, deep: bool, repair: bool, yes: bool, dry_run: bool, as_json: bool, quiet: bool, verbose: bool) -> int:
    """Check that the archive is whole: every record, version, capture and file of remarks is there and is what it was.

    Prints a line for each finding: "damage" is a loss or may be one, "stray" is something that nothing needs. What heals itself
    ("derived": the index, temporary files) is no damage, and shown on a terminal or with -v. Of many findings of one kind the
    first 20 are printed and the others counted; -v and --json have all. Nothing is printed when all is well and the output goes
    to a file or a monitor.

    \b
    Examples:
      archiver check
      archiver check --repair --dry-run
      archiver check --deep --json

    \b
    Exit codes:
      0 whole    1 not confirmed, or there is no archive    5 damage found, or with --repair something was lost
      11 another run is writing
    """
    if (yes or dry_run) and not repair:
        raise click.UsageError("--yes and --dry-run go with --repair.")
    report = _Report(as_json=as_json, quiet=quiet, verbose=verbose)
    store = run.store()
    if not store.root.is_dir():  # a monitor must not take a disk that is not mounted for an archive that is whole
        from archiver.errors import StoreError

        raise StoreError("there is no archive", subject=str(store.root), remedy="name it with --archive; is its disk mounted?")
    if repair and not dry_run:
        code = _repair(run, store, report, deep=deep, ask=not yes)
    else:
        code = _check(run, store, report, deep=deep, show_steps=dry_run)
    report.end(store)
    return code


def _check(run: Run, store: Store, report: _Report, *, deep: bool, show_steps: bool) -> int:
    from archiver.tasks.keeping.repair import plan

    found = []
    for one in _found(store, deep=deep, quiet=report.quiet):
        report.finding(one)
        if show_steps:
            found.append(one)
    report.left_out()
    for step in plan(store, found, run.rules if show_steps else None):
        report.step(step, taken=False)
    return DAMAGE if report.counts["damage"] else 0


def _repair(run: Run, store: Store, report: _Report, *, deep: bool, ask: bool) -> int:
    """Looks without the lock, which a whole archive does not need; where there is something to mend, once more with it."""
    from archiver.tasks.keeping.repair import ENDED_BY_THE_LOCK, REPAIRED, plan, settle

    if ask and not _on_terminal():
        raise click.UsageError("There is no terminal to ask on; give --yes.")
    found = list(_found(store, deep=deep, quiet=report.quiet))
    mended = set()
    if not any(one.kind in REPAIRED | ENDED_BY_THE_LOCK for one in found):
        report.findings(found)
    else:
        if ask and not _confirmed(plan(store, found, run.rules)):
            error_line("nothing was changed")
            return 1
        with store.writing():
            found = list(_found(store, deep=deep, quiet=report.quiet))
            report.findings(found)
            for step in plan(store, found, run.rules):
                step.take()
                report.step(step, taken=True)
                mended.add(step.id or step.path)
            if mended:
                settle(store)
    left = any(one.severity == "damage" and (one.kind not in REPAIRED or (one.id or one.path) not in mended) for one in found)
    return DAMAGE if report.lost or left else 0


def _confirmed(steps: Iterable[Step]) -> bool:
    """Whether the user wants these steps taken; without a question where there are none."""
    count = 0
    for count, step in enumerate(steps, 1):
        if count <= SHOWN:
            click.echo(safe_line(f"{step.path}: {step.says}"), err=True)
    if count > SHOWN:
        click.echo(f"… and {count - SHOWN:,} more (--dry-run shows all)", err=True)
    what = "this" if count == 1 else f"these {count:,} things"
    return count == 0 or click.confirm(f"Do {what}?", err=True)


def _found(store: Store, *, deep: bool, quiet: bool) -> Iterator[Finding]:
    """The findings; behind a progress bar on a terminal."""
    from archiver.tasks.keeping.check import findings

    with contextlib.ExitStack() as stack:
        tick: Callable[[], None] = lambda: None  # noqa: E731
        if sys.stderr.isatty() and not quiet:
            from archiver.cli.views import counting

            tick = stack.enter_context(counting(store.checking.size()))
        yield from findings(store, deep=deep, tick=tick)


def _on_terminal() -> bool:
    return sys.stdin.isatty()


class _Report:
    """What is printed: lines as they come, or one JSON object at the end."""

    def __init__(self, *, as_json: bool, quiet: bool, verbose: bool) -> None:
        self.quiet = quiet
        self.counts: Counter[str] = Counter()
        self.lost = 0
        self._kinds: Counter[str] = Counter()
        self._all = verbose
        self._as_json = as_json
        self._verbose = verbose or (sys.stdout.isatty() and not quiet)
        self._findings: list[dict[str, object]] = []
        self._steps: list[dict[str, object]] = []

    def findings(self, found: Iterable[Finding]) -> None:
        """Prints all that was found."""
        for one in found:
            self.finding(one)
        self.left_out()

    def finding(self, one: Finding) -> None:
        """Prints a finding, unless it is one of many of its kind."""
        self.counts[one.severity] += 1
        if self._as_json:
            self._findings.append({"kind": one.kind, **dataclasses.asdict(one)})
            return
        if not (one.severity == "damage" or self._verbose or (one.severity == "stray" and not self.quiet)):
            return
        self._kinds[one.kind] += 1
        if self._all or self._kinds[one.kind] <= SHOWN:
            click.echo(safe_line(f"{one.severity}: {one}"), file=sys.stdout)  # sys.stdout, so that a progress bar makes room

    def left_out(self) -> None:
        """Prints how many findings of each kind were not printed; after the last."""
        from archiver.store.checking import KINDS

        for kind, count in {} if self._all else self._kinds.items():
            if count > SHOWN:
                row = KINDS[kind]
                says = row.says.replace("{}", "…")
                click.echo(f"{row.severity}: … and {count - SHOWN:,} more: {says} (-v or --json has all)", file=sys.stdout)

    def step(self, step: Step, *, taken: bool) -> None:
        """Prints what is done, or would be."""
        self.lost += step.lost is not None
        if self._as_json:
            does = {"does": step.says, "done": taken, "lost": step.lost}
            self._steps.append({"path": step.path, "id": step.id, "url": step.url, **does})
            return
        if not self.quiet:
            click.echo(safe_line(f"{'repaired' if taken else 'would repair'}: {step.path}: {step.says}"), file=sys.stdout)
        if step.lost is not None:
            again = f" (fetch it again: {step.url})" if step.url else ""
            click.echo(safe_line(f"lost: {step.path}: {step.lost}{again}"), file=sys.stdout)

    def end(self, store: Store) -> None:
        """Prints how much there was, and of what kind."""
        tally = store.checking.tally
        if self._as_json:
            counts = {name: self.counts[name] for name in ("damage", "stray", "derived", "note")}
            report = {"archive": str(store.root), "checked": dataclasses.asdict(tally), **counts, "findings": self._findings}
            text = json.dumps({**report, "steps": self._steps, "lost": self.lost}, ensure_ascii=False, indent=2)
            click.echo(safe_text(text))
        elif self._verbose or (self.counts.total() and not self.quiet):
            message_line(f"{_amount(tally)}: {_verdict(self.counts)}")


def _amount(tally: Tally) -> str:
    megabytes = tally.capture_bytes / 1e6
    amounts = [counted(tally.records, "article"), counted(tally.versions, "version"), counted(tally.captures, "capture")]
    return f"{', '.join(amounts)} ({megabytes:.1f} MB)"


def _verdict(counts: Counter[str]) -> str:
    if not counts["damage"] and not counts["stray"]:
        return "whole"
    return ", ".join(f"{counts[name]:,} {name}" for name in ("damage", "stray") if counts[name])
