"""CSV (RFC 4180): a row for each article, with the columns of `archiver list`.

Spreadsheets take a cell that begins with one of = + - @ (or a tab or line end) for a formula, and run it. Such a cell gets a
single quote in front, which they do not show; a program that reads the file takes it off again.
"""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, BinaryIO

from archiver.export.facts import clean
from archiver.export.model import encoded

if TYPE_CHECKING:
    from collections.abc import Sequence

    from archiver.export.model import Selection, Wishes

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")  # as spreadsheets in Asia type them


def write(selection: Selection, output: BinaryIO, _wishes: Wishes) -> None:
    """Writes a heading, and a row for each article."""
    output.write(_line(selection.columns))
    output.writelines(_line([cell(value) for value in exported.row.values()]) for exported in selection)


def _line(cells: Sequence[str]) -> bytes:
    text = io.StringIO()
    csv.writer(text).writerow(cells)
    return encoded(text.getvalue())


def cell(value: object) -> str:
    """What stands in a cell: several values joined by commas, and no formula."""
    text = clean(", ".join(map(str, value)) if isinstance(value, tuple) else "" if value is None else str(value))
    return f"'{text}" if text.startswith(_FORMULA_STARTS) else text
