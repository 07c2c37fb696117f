"""The terminal as rich sees it."""

from __future__ import annotations

import os

import click
from rich.console import Console
from rich.theme import Theme

from archiver.cli.run import Run

_LIGHT_GROUNDS = {"7", "15"}
"""As COLORFGBG has them: white and bright white, of the sixteen colours."""
_ON_LIGHT = Theme(
    {shade + pale: shade + strong for pale, strong in {"cyan": "blue", "yellow": "magenta"}.items() for shade in ("", "bold ")}
)
"""Cyan and yellow can hardly be read on white."""


def screen(width: int | None = None, *, plain: bool = False) -> Console:
    """Where views are drawn: stdout, in `width` columns, or as many as the terminal has.

    Rich itself heeds `NO_COLOR`, `FORCE_COLOR`, `COLUMNS` and a dumb terminal; `CLICOLOR_FORCE` we add. With `plain`
    nothing but text is written.
    """
    forced = os.environ.get("CLICOLOR_FORCE", "0") not in {"", "0"} or None
    if plain:
        return Console(highlight=False, markup=False, emoji=False, width=width, color_system=None, force_terminal=False)
    theme = _ON_LIGHT if is_light() else None
    return Console(highlight=False, markup=False, emoji=False, width=width, force_terminal=forced, theme=theme)


def is_light() -> bool:
    """Whether text stands on a light ground: by the setting, else by what the terminal says."""
    context = click.get_current_context(silent=True)
    run = context.find_object(Run) if context else None
    said = run.settings.background if run else "auto"
    if said == "auto":
        return os.environ.get("COLORFGBG", "").rpartition(";")[2] in _LIGHT_GROUNDS
    return said == "light"
