"""Telling a table of data from one that only arranges the page."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

_ARRANGING = "h1, h2, h3, blockquote, article, section, form, iframe"
"""Structure that stands in a cell only where cells are regions of the page; another table is such, too."""
_CELLS = frozenset({"td", "th"})
_LONG_CELL = 400
"""Characters; a cell of data is shorter. Prose in columns is not a table."""


def holds_data(table: LexborNode) -> bool:
    """Whether rows and columns of `table` mean something, so that it stays a table in the fragment."""
    role = (table.attributes.get("role") or "").lower()
    if role in {"presentation", "none"} or table.css_first(_ARRANGING) is not None or len(table.css("table")) > 1:
        return False
    rows = table.css("tr")
    if len(rows) < 2 or all(len(_cells(row)) < 2 for row in rows):
        return False
    if table.css_first("th, caption, thead") is not None:
        return True
    lengths = [len((cell.text_content or "").strip()) for row in rows for cell in _cells(row)]
    return sum(length > _LONG_CELL for length in lengths) * 4 <= len(lengths)


def _cells(row: LexborNode) -> list[LexborNode]:
    return [cell for cell in row.iter() if cell.tag in _CELLS]
