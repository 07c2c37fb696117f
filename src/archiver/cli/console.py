"""The terminal as rich sees it."""

from __future__ import annotations

import os

from rich.console import Console


def screen(width: int | None = None, *, plain: bool = False) -> Console:
    """Where views are drawn: stdout, in `width` columns, or as many as the terminal has.

    Rich itself heeds `NO_COLOR`, `FORCE_COLOR`, `COLUMNS` and a dumb terminal; `CLICOLOR_FORCE` we add. With `plain`
    nothing but text is written.
    """
    forced = os.environ.get("CLICOLOR_FORCE", "0") not in {"", "0"} or None
    if plain:
        return Console(highlight=False, markup=False, emoji=False, width=width, color_system=None, force_terminal=False)
    return Console(highlight=False, markup=False, emoji=False, width=width, force_terminal=forced)
