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
from archiver.store.indexing.rows import Row

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from archiver.cli.options import Decorator

TSV_KEYS = ("id", "published", "publisher", "byline", "title", "url")
COLUMNS = tuple(field.name for field in dataclasses.fields(Row))
TABLE_ROWS = 100
"""So many articles a table shows where nobody said how many: more than that nobody reads on a terminal."""


class ColumnList(click.ParamType[tuple[str, ...]]):
    """Names of columns, joined by commas."""

    name = "columns"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[str, ...]:
        """The names, each of which there is."""
        if isinstance(value, tuple):
            return value
        names = tuple(name.strip().lower() for name in str(value).split(",") if name.strip())
        for name in names:
            if name not in COLUMNS:
                import difflib

                close = difflib.get_close_matches(name, COLUMNS, 1)
                hint = f"did you mean {close[0]!r}? " if close else ""
                self.fail(f"there is no column {name!r}; {hint}There are: {', '.join(COLUMNS)}", param, ctx)
        return names or self.fail("names no column", param, ctx)


def columns_option() -> Decorator:
    """`--columns NAME,…`."""
    return click.option(
        "--columns", type=ColumnList(), metavar="NAME,…", help="Print these fields, in this order; --json shows their names."
    )


def print_list(rows: Iterable[Row], form: str | None, columns: tuple[str, ...] | None = None, *, empty: str) -> None:
    """Prints articles, with `columns` or what each form usually has; as `print_rows`."""
    form = form or default_form()
    if form in {"table", "ids"} or columns is None:
        keys = columns or TSV_KEYS
        return print_rows(rows, form, kind=Row, keys=keys, table=lambda found: _table(found, columns), empty=empty)
    kind = dataclasses.make_dataclass("Chosen", columns)
    chosen = (kind(*(getattr(row, name) for name in columns)) for row in rows)
    return print_rows(chosen, form, kind=kind, keys=columns, table=_no_table, empty=empty)


def default_form() -> str:
    """How to print where nobody said: as a table on a terminal, as tsv elsewhere."""
    return "table" if sys.stdout.isatty() else "tsv"


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
    form = form or default_form()
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


def _table(rows: list[Row], columns: tuple[str, ...] | None) -> None:
    from archiver.cli import views

    if columns is None:
        views.print_table(rows)
    else:
        views.print_columns(columns, ([_cell(getattr(row, name)) for name in columns] for row in rows))


def _no_table(_rows: list[Any]) -> None:
    raise AssertionError("a table takes rows")


def _tsv(rows: Iterable[Any], keys: tuple[str, ...]) -> Iterable[str]:
    for row in rows:
        yield "\t".join(safe_line(_cell(getattr(row, key))) for key in keys)


def _cell(value: object) -> str:
    """A value as text: nothing where there is none, several joined by commas."""
    return "" if value is None else ", ".join(map(str, value)) if isinstance(value, tuple) else str(value)


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
