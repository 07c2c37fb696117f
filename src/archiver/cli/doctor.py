"""`archiver doctor`."""

from __future__ import annotations

import dataclasses
import json
import os
from typing import TYPE_CHECKING

import click

from archiver.cli.terminal import safe_line, safe_text

if TYPE_CHECKING:
    from archiver.cli.run import Run

WRONG = 1
_MARKS = {"fine": ("ok", "green"), "note": ("note", "yellow"), "wrong": ("wrong", "red")}


@click.command("doctor")
@click.option("--json", "as_json", is_flag=True, help="Print a JSON list.")
@click.pass_obj
def command(run: Run, *, as_json: bool) -> int:
    """Look at what the program needs, and say what is wrong and what to do.

    Looked at are the program's own parts, the settings, the archive's folder and the room on its disk, the index, the feeds,
    the queue of imported pages, the site rules and the terminal. Nothing is changed. The archive's files are looked at by
    archiver check.

    \b
    Examples:
      archiver doctor
      archiver doctor --json

    \b
    Exit codes:
      0 all works    1 something does not    2 a setting cannot be used
    """
    from archiver import settings
    from archiver.tasks.doctor import examine

    level = "fine"
    findings = []
    for finding in examine(run.settings, settings.config_file(os.environ), run.rules, run.store()):
        findings.append(dataclasses.asdict(finding))
        level = "wrong" if "wrong" in {level, finding.level} else level
        if not as_json:
            mark, colour = _MARKS[finding.level]
            remedy = f" ({finding.remedy})" if finding.remedy else ""
            click.echo(f"{click.style(f'{mark:5}', fg=colour)}  {finding.subject}: {safe_line(finding.says + remedy)}")
    if as_json:
        click.echo(safe_text(json.dumps(findings, ensure_ascii=False, indent=2)))
    return WRONG if level == "wrong" else 0
