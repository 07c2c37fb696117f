"""Charts as SVG that stands in a page: colours by the page's style sheet, no script, and a text for who does not see them."""

from __future__ import annotations

import math
from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from archiver.cli.stats_blocks import Row

WIDTH, HEIGHT = 440, 150
_TOP, _BOTTOM = 18, 24
"""Room above the columns for the highest count, and below them for their names."""
_CHARACTER, _LABEL_GAP = 7, 10
"""About how wide a digit is, and how far two names are apart at least."""
_GAP = 0.2


def columns(rows: Sequence[Row], title: str, description: str, number: int) -> str:
    """A column for each row, named below as far as there is room; `number` is that of the chart on its page.

    Args:
        title: what the chart shows.
        description: the same in numbers, read to those who do not see it.
    """
    step = WIDTH / len(rows)
    longest = max(row.length for row in rows) or 1
    ground = HEIGHT - _BOTTOM
    widest = max(len(row.name) for row in rows) * _CHARACTER
    every = math.ceil((widest + _LABEL_GAP + max(0, widest - step) / 2) / step)  # the edges push names towards the others
    shapes = []
    for place, row in enumerate(rows):
        height = row.length / longest * (ground - _TOP)
        box = f'x="{(place + _GAP / 2) * step:.1f}" y="{ground - height:.1f}" width="{step * (1 - _GAP):.1f}"'
        said = f"<title>{escape(row.name)}: {escape(row.value)}</title>"
        shapes.append(f'<rect {box} height="{height:.1f}">{said}</rect>')
        if place % every == 0:
            shapes.append(_text(row.name, place, step, HEIGHT - 6))
    peak = max(range(len(rows)), key=lambda place: rows[place].length)
    shapes.append(_text(rows[peak].value, peak, step, _TOP - 5))
    shapes.append(f'<line x1="0" y1="{ground}" x2="{WIDTH}" y2="{ground}"/>')
    names = f'aria-labelledby="chart-{number} chart-{number}-said"'
    head = f'<title id="chart-{number}">{escape(title)}</title><desc id="chart-{number}-said">{escape(description)}</desc>'
    return f'<svg role="img" {names} viewBox="0 0 {WIDTH} {HEIGHT}">{head}{"".join(shapes)}</svg>'


def bar(length: float, longest: float) -> str:
    """A bar for the cell of a table whose text says the same."""
    share = 100 * length / longest if longest else 0
    return (
        '<svg class="bar" aria-hidden="true" viewBox="0 0 100 10" preserveAspectRatio="none">'
        f'<rect width="{share:.2f}" height="10"/></svg>'
    )


def _text(text: str, place: int, step: float, y: float) -> str:
    """A text in the middle of a column, or as near to it as the chart's edges let it be."""
    half = len(text) * _CHARACTER / 2
    x = min(max((place + 0.5) * step, half), WIDTH - half)
    return f'<text x="{x:.1f}" y="{y:g}">{escape(text)}</text>'
