"""Bars and sparklines on a terminal, drawn by rich within its width; in ASCII where the terminal has no more."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.console import Console, Group
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from rich.console import RenderableType

    from archiver.cli.stats_blocks import Block, Row

BESIDE = 72
"""A terminal so wide has sparklines beside their headings."""
TWO_COLUMNS = 88
"""A terminal so wide has two blocks side by side."""
WIDEST_BLOCK, GAP, LEAST_BAR, MOST_NAME = 76, 4, 4, 0.5
"""`MOST_NAME`: of a block's width, the share that names take at most."""
_EIGHTHS = " ▏▎▍▌▋▊▉█"
_HEIGHTS, _ASCII_HEIGHTS = " ▁▂▃▄▅▆▇█", " .:-=+*%#"


def print_charts(facts: Iterable[tuple[str, str]], lines: Iterable[Block], blocks: Iterable[Block]) -> None:
    """Facts as lines, then `lines` as a sparkline each, then `blocks` as bars."""
    console = Console(highlight=False, markup=False, emoji=False)
    plain = console.options.ascii_only
    console.print(_named((name, Text(text)) for name, text in facts))
    sparks = [(line.heading, Text.assemble((sparkline(line.rows, plain=plain), "cyan"), caption(line))) for line in lines]
    if sparks and console.width >= BESIDE:
        console.print(Padding(_named(sparks), (1, 0, 0, 0)))
    elif sparks:
        console.print(*(Group(Text(), Text(name, "bold"), text) for name, text in sparks), sep="\n")
    columns = 2 if console.width >= TWO_COLUMNS else 1
    width = min(WIDEST_BLOCK, (console.width - GAP * (columns - 1)) // columns)
    drawn = [_block(block, width, plain=plain) for block in blocks]
    for start in range(0, len(drawn), columns):
        row = Table.grid(padding=(0, GAP, 0, 0))
        for _ in range(columns):
            row.add_column(width=width)
        row.add_row(*drawn[start : start + columns])
        console.print(Padding(row, (1, 0, 0, 0)))


def sparkline(rows: Sequence[Row], *, plain: bool = False) -> str:
    """A character for each row, as high as it is long; what is more than nothing can be seen."""
    heights = _ASCII_HEIGHTS if plain else _HEIGHTS
    longest = max((row.length for row in rows), default=0)
    return "".join(heights[math.ceil(row.length * (len(heights) - 1) / longest)] if row.length else heights[0] for row in rows)


def caption(line: Block) -> str:
    """What a sparkline shows: from where to where, its peak, and what it leaves out."""
    if len(line.rows) == 1:
        return f"  {line.rows[0].name}: {line.rows[0].value}" + (f"; {line.note}" if line.note else "")
    peak = max(line.rows, key=lambda row: row.length)
    text = f"  {line.rows[0].name} to {line.rows[-1].name}, most {peak.value} ({peak.name})"
    return f"{text}; {line.note}" if line.note else text


def bar(length: float, longest: float, width: int, *, plain: bool = False) -> str:
    """A bar of at most `width` characters; what is more than nothing can be seen."""
    if not length or not longest:
        return ""
    if plain:
        return "#" * max(1, round(length / longest * width))
    whole, eighths = divmod(max(1, round(length / longest * width * 8)), 8)
    return _EIGHTHS[-1] * whole + _EIGHTHS[eighths].strip()


def _named(lines: Iterable[tuple[str, Text]]) -> Table:
    table = Table.grid(padding=(0, 2, 0, 0))
    table.add_column(style="bold", no_wrap=True)
    table.add_column()
    for name, text in lines:
        table.add_row(name, text)
    return table


def _block(block: Block, width: int, *, plain: bool) -> RenderableType:
    values = max(cell_len(row.value) for row in block.rows)
    names = min(max(cell_len(row.name) for row in block.rows), int(width * MOST_NAME), max(1, width - values - 2))
    room = width - names - values - 4
    longest = max(row.length for row in block.rows)
    table = Table.grid(padding=(0, 2, 0, 0))
    table.add_column(width=names, no_wrap=True, overflow="crop" if plain else "ellipsis")
    if room >= LEAST_BAR:
        table.add_column(width=room, no_wrap=True, style="cyan")
    table.add_column(width=values, no_wrap=True, justify="right")
    for row in block.rows:
        bars = [Text(bar(row.length, longest, room, plain=plain))] if room >= LEAST_BAR else []
        table.add_row(Text(row.name), *bars, Text(row.value))
    note = [Text(block.note, "dim")] if block.note else []
    return Group(Text(block.heading, "bold"), table, *note)
