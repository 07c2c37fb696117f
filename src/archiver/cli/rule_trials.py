"""What `archiver rules test` prints."""

from __future__ import annotations

import dataclasses
import json
from typing import TYPE_CHECKING

import click

from archiver.cli.terminal import counted, safe_line, safe_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archiver.tasks.try_rule import TrialOfFile


def print_trials(trials: list[TrialOfFile], *, as_json: bool) -> None:
    """Prints what was found on each page: field by field and selector by selector, or as JSON."""
    if as_json:
        click.echo(safe_text(json.dumps([_as_dict(one) for one in trials], ensure_ascii=False, indent=2)))
        return
    for one in trials:
        click.echo(safe_line(f"{one.file.path.name} on {one.url} ({one.page_from})"))
        for line in _lines(one):
            click.echo(line)


def _lines(tried: TrialOfFile) -> Iterator[str]:
    for one in tried.trial.fields:
        value = "; ".join(one.values)
        shown = f"{value[:97]}…" if len(value) > 98 else value
        outcome = "found" if one.by_rule else "found without the rule" if not one.tried else "FAILED"
        why = (
            "" if not one.failed or one.by_rule else f"what matched cannot be used; without it: {shown}" if one.matched else ""
        )
        why = why or (f"nothing matched; without the rule: {shown}" if outcome == "FAILED" else shown)
        yield safe_line(f"{one.name}: {outcome if not one.missing else 'FAILED'}: {why}")
        for selector in one.tried:
            yield f"  {safe_line(_told(selector.written, selector.line, selector.matches))}"
        for missing in one.missing:
            yield f"  {safe_line(f'expected, but not there: {missing}')}"
    for purpose, selector in tried.trial.others:
        leads = f": {selector.first}" if selector.first else ""
        yield safe_line(f"{purpose}: {_told(selector.written, selector.line, selector.matches)}{leads}")
    for warning in tried.trial.article.warnings:
        yield safe_line(f"warning: {warning}")


def _told(written: str, line: int | None, matches: int) -> str:
    where = f"line {line}: " if line else ""
    return f"{where}{written}: {counted(matches, 'match', 'matches') if matches else 'matched nothing'}"


def _as_dict(one: TrialOfFile) -> dict[str, object]:
    trial = one.trial
    return {
        "file": str(one.file.path),
        "url": one.url,
        "page_from": one.page_from,
        "failed": trial.failed,
        "fields": [dataclasses.asdict(field) | {"failed": field.failed} for field in trial.fields],
        "others": [{"purpose": purpose, **dataclasses.asdict(tried)} for purpose, tried in trial.others],
        "warnings": list(trial.article.warnings),
    }
