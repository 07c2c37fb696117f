"""Printing lists of articles: the formats that every listing command shares."""

from __future__ import annotations

import csv
import dataclasses
import io
import itertools
import json
import sys
from typing import TYPE_CHECKING

import click

from archiver.cli.terminal import safe_line, safe_text
from archiver.store.rows import Row

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

TSV_KEYS = ("id", "published", "publisher", "byline", "title", "url")


def print_list(rows: Iterable[Row], form: str | None, *, empty: str) -> None:
    """Prints `rows` in `form`: None is a table on a terminal and tsv elsewhere. `empty` is said to people only."""
    form = form or ("table" if sys.stdout.isatty() else "tsv")
    if form == "table":
        _print_table(list(rows), empty)
        return
    for line in _WRITERS[form](rows):
        click.echo(safe_text(line))


def as_dict(row: Row) -> dict[str, object]:
    """What JSON, JSONL and CSV give of a row."""
    return dataclasses.asdict(row)


def _print_table(rows: list[Row], empty: str) -> None:
    if not rows:
        click.echo(empty, err=True)
        return
    from archiver.cli import views

    views.print_table(rows)


def _tsv(rows: Iterable[Row]) -> Iterable[str]:
    for row in rows:
        yield "\t".join(safe_line(str(getattr(row, key) or "")) for key in TSV_KEYS)


def _json(rows: Iterable[Row]) -> Iterable[str]:
    yield json.dumps([as_dict(row) for row in rows], ensure_ascii=False, indent=2)


def _jsonl(rows: Iterable[Row]) -> Iterable[str]:
    for row in rows:
        yield json.dumps(as_dict(row), ensure_ascii=False)


def _csv(rows: Iterable[Row]) -> Iterable[str]:
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    for cells in itertools.chain([[field.name for field in dataclasses.fields(Row)]], map(dataclasses.astuple, rows)):
        writer.writerow(cells)
        yield buffer.getvalue().removesuffix("\n")
        buffer.seek(0)
        buffer.truncate()


def _ids(rows: Iterable[Row]) -> Iterable[str]:
    for row in rows:
        yield row.id


_WRITERS: dict[str, Callable[[Iterable[Row]], Iterable[str]]] = {
    "tsv": _tsv,
    "json": _json,
    "jsonl": _jsonl,
    "csv": _csv,
    "ids": _ids,
}
