"""Draws what the program prints on a terminal, for README: `.venv/bin/python tools/pictures.py [FOLDER]`.

Commands run on a terminal of their own, on an archive of sample pages whose days are fixed, so the same program gives the same
bytes. Each picture is an SVG for readers who like it light and one for those who like it dark; they load nothing.
"""

from __future__ import annotations

import io
import json
import os
import pty
import re
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from rich.console import Console
from rich.terminal_theme import TerminalTheme
from rich.text import Text

from archiver import Archive
from archiver.settings import Settings

ROOT = Path(__file__).resolve().parents[1]
SAMPLES = ROOT / "tests" / "fixtures" / "pages"
PICTURES = ROOT / "docs" / "pictures"
COLUMNS = 100
FOUNDING = "a7779b1b98"
PAGES = ("body-blogger", "body-headings", "body-chapters", "body-interview", "body-italian", "body-info-box", "founding-plain")
"""The samples in the order of their fetching."""

COMMANDS = {
    "list": ["list"],
    "show": ["show", FOUNDING],
    "stats": ["stats", "--top", "4"],
    "diff": ["diff", FOUNDING],
}
"""The pictures by name."""

LINES = 30
"""As many lines as a picture has at most."""

THEMES = {
    "light": TerminalTheme(
        (255, 255, 255), (31, 35, 40),
        [(36, 41, 47), (179, 29, 40), (17, 99, 41), (125, 78, 0),
         (9, 105, 218), (130, 80, 223), (27, 124, 131), (87, 96, 106)],
        [(87, 96, 106), (164, 14, 38), (26, 127, 55), (99, 60, 1),
         (5, 80, 174), (102, 57, 186), (15, 98, 110), (31, 35, 40)],
    ),
    "dark": TerminalTheme(
        (13, 17, 23), (230, 237, 243),
        [(72, 79, 88), (255, 123, 114), (63, 185, 80), (210, 153, 34),
         (88, 166, 255), (188, 140, 255), (57, 197, 207), (177, 186, 196)],
        [(110, 118, 129), (255, 161, 152), (86, 211, 100), (227, 179, 65),
         (121, 192, 255), (210, 168, 255), (86, 212, 221), (255, 255, 255)],
    ),
}  # fmt: skip
"""The colours of text, of its ground, and of the sixteen names that a program may call: contrast of 4.5 and more."""

_FONT_FACES = re.compile(r"@font-face \{[^}]*\}\s*")


def main() -> int:
    """Writes the pictures; 0."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else PICTURES
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        fill(Path(scratch) / "archive")
        for name, words in COMMANDS.items():
            printed = on_terminal(words, Path(scratch))
            for theme in THEMES:
                (folder / f"{name}-{theme}.svg").write_text(drawn(printed, words, theme), encoding="utf-8")
    return 0


def fill(home: Path) -> None:
    """An archive of the samples, a day apart, and of the last one's second version."""
    with Archive(home, settings=Settings(home)) as archive:
        for day, name in enumerate(PAGES, start=1):
            page = (SAMPLES / name / "page.html").read_text(encoding="utf-8")
            url = json.loads((SAMPLES / name / "case.json").read_text(encoding="utf-8"))["url"]
            archive.add(page, url, saved_at=datetime(2026, 10, day, 8, 14, tzinfo=UTC))
        edited = page.replace("one patient in three", "one patient in four").replace("another thirty", "another twenty")
        archive.add(edited, url, saved_at=datetime(2026, 11, 2, 8, 14, tzinfo=UTC))


def on_terminal(words: list[str], scratch: Path) -> str:
    """What the program prints on a terminal, styles included."""
    environment = {
        "ARCHIVER_CONFIG": os.devnull, "ARCHIVER_HOME": str(scratch / "archive"), "COLUMNS": str(COLUMNS), "HOME": str(scratch),
        "LANG": "C.UTF-8", "LINES": "500", "PAGER": "cat", "PATH": os.environ["PATH"], "TERM": "xterm-256color", "TZ": "UTC",
        "PYTHONPATH": os.pathsep.join(sys.path),
    }  # fmt: skip
    child, terminal = pty.fork()
    if child == 0:
        os.execve(sys.executable, [sys.executable, "-m", "archiver", *words], environment)  # noqa: S606  # no shell is wanted
    printed = b""
    try:
        while piece := os.read(terminal, 65536):
            printed += piece
    except OSError:  # how Linux ends a terminal whose program is gone
        pass
    os.close(terminal)
    _, status = os.waitpid(child, 0)
    if status:
        sys.exit(f"archiver {' '.join(words)} failed:\n{printed.decode('utf-8', 'replace')}")
    return printed.decode("utf-8").replace("\r\n", "\n")


def drawn(printed: str, words: list[str], theme: str) -> str:
    """A picture of a terminal with these colours, in which this was typed and printed."""
    lines = printed.strip("\n").split("\n")
    if len(lines) > LINES:
        lines = [*lines[:LINES], "…"]
    console = Console(
        record=True, file=io.StringIO(), width=COLUMNS, force_terminal=True, color_system="truecolor", legacy_windows=False
    )
    console.print(Text(f"$ archiver {' '.join(words)}", style="bold"))
    console.print(Text.from_ansi("\n".join(lines)))
    svg = console.export_svg(title="", theme=THEMES[theme], unique_id=f"archiver-{words[0]}-{theme}")
    return "\n".join(line.rstrip() for line in _FONT_FACES.sub("", svg).splitlines()) + "\n"


if __name__ == "__main__":
    sys.exit(main())
