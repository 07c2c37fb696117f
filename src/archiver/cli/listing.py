"""Printing lists, of articles or of anything else: the formats that every listing command shares."""

from __future__ import annotations

import csv
import dataclasses
import io
import itertools
import json
import sys
from typing import TYPE_CHECKING, Any

import click

from archiver.cli.terminal import safe_line, safe_text
from archiver.store.rows import Row

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

TSV_KEYS = ("id", "published", "publisher", "byline", "title", "url")


def print_list(rows: Iterable[Row], form: str | None, *, empty: str) -> None:
    """Prints articles; as `print_rows`."""
    print_rows(rows, form, kind=Row, keys=TSV_KEYS, table=_table, empty=empty)


def print_rows(
    rows: Iterable[Any],
    form: str | None,
    *,
    kind: type,
    keys: tuple[str, ...],
    table: Callable[[list[Any]], None],
    empty: str,
) -> None:
    """Prints `rows` in `form`: None is a table on a terminal and tsv elsewhere.

    Args:
        rows: dataclasses.
        form: one of the names of `options.LIST_FORMATS`.
        kind: their class, for the heading of CSV.
        keys: what tsv gives of each.
        table: draws the table.
        empty: said to people only, where there are none.
    """
    form = form or ("table" if sys.stdout.isatty() else "tsv")
    if form == "table":
        found = list(rows)
        if found:
            table(found)
        else:
            click.echo(empty, err=True)
        return
    for line in _tsv(rows, keys) if form == "tsv" else _csv(rows, kind) if form == "csv" else _WRITERS[form](rows):
        click.echo(safe_text(line))


def as_dict(row: Any) -> dict[str, object]:
    """What JSON, JSONL and CSV give of a row."""
    return dataclasses.asdict(row)


def _table(rows: list[Row]) -> None:
    from archiver.cli import views

    views.print_table(rows)


def _tsv(rows: Iterable[Any], keys: tuple[str, ...]) -> Iterable[str]:
    for row in rows:
        values = (getattr(row, key) for key in keys)
        yield "\t".join("" if value is None else safe_line(str(value)) for value in values)


def _json(rows: Iterable[Any]) -> Iterable[str]:
    yield json.dumps([as_dict(row) for row in rows], ensure_ascii=False, indent=2)


def _jsonl(rows: Iterable[Any]) -> Iterable[str]:
    for row in rows:
        yield json.dumps(as_dict(row), ensure_ascii=False)


def _csv(rows: Iterable[Any], kind: type) -> Iterable[str]:
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    for cells in itertools.chain([_headings(kind)], map(_cells, rows)):
        writer.writerow(cells)
        yield buffer.getvalue().removesuffix("\n")
        buffer.seek(0)
        buffer.truncate()


def _headings(kind: type) -> list[object]:
    return [field.name for field in dataclasses.fields(kind)]


def _cells(row: Any) -> list[object]:
    """The values of a row, several in one place joined by commas."""
    return [", ".join(value) if isinstance(value, tuple) else value for value in dataclasses.astuple(row)]


def _ids(rows: Iterable[Any]) -> Iterable[str]:
    for row in rows:
        yield row.id


_WRITERS: dict[str, Callable[[Iterable[Any]], Iterable[str]]] = {
    "json": _json,
    "jsonl": _jsonl,
    "ids": _ids,
}
