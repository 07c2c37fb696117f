"""Containers being set, and what becomes of each: a list, a quote with its bar, a table, an indented block."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from rich import box
from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.segment import Segment
from rich.style import Style
from rich.table import Table
from rich.text import Text

if TYPE_CHECKING:
    from bs4 import Tag
    from rich.console import Console, ConsoleOptions, RenderResult

LEAST_CELL = 9
"""Columns that a table's cell needs; a table with less room is set row by row."""
INDENT = 2
"""Columns by which a container's content is set in."""
BULLETS = "•◦▪"
BAR = "│ "
_INDENTED = frozenset({"li", "dd", "blockquote", "figure"})
_CLOSE_ITEM = (Text, Table)
"""A list's item that is a line and the list it heads: no blank line parts them."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A table's cell; `columns` is how many it spans."""

    content: RenderableType
    heads: bool
    columns: int


@dataclass(slots=True)
class Frame:
    """A container being set: what it holds so far, from the top.

    Attributes:
        rows: of a table its rows; of a row its cells, as one row.
        title: of a table its caption.
        column: in how many columns from the left edge the container stands.
        depth: how many lists it stands in.
    """

    name: str
    tag: Tag
    column: int = 0
    depth: int = 0
    blocks: list[RenderableType] = field(default_factory=list)
    rows: list[list[Cell]] = field(default_factory=list)
    title: Text | None = None

    def inner(self, tag: Tag) -> Frame:
        """A frame for `tag`, which stands in this one."""
        indent = INDENT if tag.name in _INDENTED else 0
        return Frame(tag.name, tag, self.column + indent, self.depth + (self.name in {"ul", "ol"}))

    def group(self) -> Group:
        """What it holds, a blank line between blocks."""
        close = self.name in {"figure", "dl", "td", "th"} or (
            self.name == "li" and tuple(map(type, self.blocks)) == _CLOSE_ITEM
        )
        return Group(*(self.blocks if close else _spaced(self.blocks)))


def contained(frame: Frame, width: int) -> RenderableType | None:
    """`frame` as it is drawn in `width` columns; None where it holds nothing."""
    if frame.name == "table":
        return _table(frame, width - frame.column)
    if not frame.blocks:
        return None
    if frame.name == "blockquote":
        return _Barred(frame.group())
    if frame.name in {"ul", "ol"}:
        return _list(frame)
    if frame.name in {"dd", "figure"}:
        return Padding(frame.group(), (0, 0, 0, INDENT), expand=False)
    return frame.group()


def cell(frame: Frame) -> Cell:
    """The table's cell that `frame` is."""
    columns = str(frame.tag.get("colspan") or "1")
    return Cell(frame.group(), frame.name == "th", int(columns) if columns in set("123456789") else 1)


@dataclass(frozen=True, slots=True)
class _Barred:
    """A quote: a bar runs down beside it."""

    quoted: RenderableType

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        inside = options.update(width=max(1, options.max_width - len(BAR)))
        for line in console.render_lines(self.quoted, inside, pad=False):
            yield Segment(BAR, Style(dim=True))
            yield from line
            yield Segment.line()


def _list(frame: Frame) -> RenderableType:
    first = str(frame.tag.get("start") or "1")
    number = int(first) if re.fullmatch(r"-?\d{1,6}", first) else 1
    grid = Table.grid(padding=(0, 1, 0, 0))
    grid.add_column(no_wrap=True, justify="right")
    grid.add_column(overflow="fold")
    loose = any(isinstance(item, Group) and len(item.renderables) > len(_CLOSE_ITEM) for item in frame.blocks)
    for index, item in enumerate(frame.blocks):
        marker = BULLETS[frame.depth % len(BULLETS)] if frame.name == "ul" else f"{number + index}."
        if loose and index:
            grid.add_row("", "")
        grid.add_row(Text(marker, "dim"), item)
    return grid


def _table(frame: Frame, width: int) -> RenderableType | None:
    rows = [row for row in frame.rows if row]
    if not rows:
        return None
    heads = rows[0] if len(rows) > 1 and all(cell.heads for cell in rows[0]) else []
    columns = max(sum(cell.columns for cell in row) for row in rows)
    if columns * LEAST_CELL > width and heads:
        return _row_by_row(frame.title, _spread(heads, columns), [_spread(row, columns) for row in rows[1:]], width)
    table = Table(box=box.SIMPLE_HEAD if heads else None, show_header=bool(heads), pad_edge=False, show_edge=False)
    table.title, table.title_justify = frame.title, "left"
    for content in _spread(heads, columns):
        table.add_column(content, overflow="fold")
    for row in rows[1:] if heads else rows:
        table.add_row(*_spread(row, columns))
    return table


def _row_by_row(
    title: Text | None, heads: list[RenderableType], rows: list[list[RenderableType]], width: int
) -> RenderableType:
    blocks: list[RenderableType] = [title] if title else []
    for row in rows:
        grid = Table.grid(padding=(0, 2, 0, 0))
        grid.add_column(overflow="fold", style="bold", max_width=max(1, width // 3))
        grid.add_column(overflow="fold")
        for head, content in zip(heads, row, strict=True):
            grid.add_row(head, content)
        blocks.append(grid)
    return Group(*_spaced(blocks))


def _spread(row: list[Cell], columns: int) -> list[RenderableType]:
    """The contents of `row` over so many columns: a wide cell leaves those beside it empty."""
    cells: list[RenderableType] = []
    for one in row:
        cells.extend([one.content, *[""] * (one.columns - 1)])
    return [*cells, *[""] * (columns - len(cells))]


def _spaced(blocks: list[RenderableType]) -> list[RenderableType]:
    """`blocks`, a blank line between them."""
    return [part for index, block in enumerate(blocks) for part in ((Text(), block) if index else (block,))]
