"""Running a program on a terminal of its own, to see what a person would see."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

STYLES = re.compile(r"\x1b\[[0-9;]*m|\x1b\]8;[^\x1b]*\x1b\\|\x1b\[\?25[lh]|\x1b\[[0-9]*[AGKJ]|\r")
"""What our own output uses of a terminal: colours, hyperlinks, and the moves of a progress bar."""


def on_terminal(command: Sequence[str], environment: Mapping[str, str], *, columns: int = 100) -> str:
    """Everything that `command` writes to a terminal so many columns wide; its pager is `cat`."""
    pty = pytest.importorskip("pty", reason="terminals of this kind are POSIX")
    child, terminal = pty.fork()
    if child == 0:
        settings = {"TERM": "xterm-256color", "PAGER": "cat", "COLUMNS": str(columns), "LINES": "500"}
        os.execve(command[0], list(command), {**environment, **settings})
    printed = b""
    try:
        while piece := os.read(terminal, 65536):
            printed += piece
    except OSError:  # how Linux ends a terminal whose program is gone
        pass
    os.close(terminal)
    os.waitpid(child, 0)
    return printed.decode("utf-8", "replace")


BAR = "━━━━"


def unstyled(printed: str) -> str:
    """What is left when our own styles are taken out, and progress bars, which are gone when the work is done."""
    return "".join(line for line in STYLES.sub("", printed).splitlines(keepends=True) if BAR not in line)
