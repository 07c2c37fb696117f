"""A headless Chromium, where the machine has one: what a page looks like, and what it complains about."""

from __future__ import annotations

import os
import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

VARIABLE = "CHROMIUM"
"""Names the program, where it is not on the PATH under a usual name."""
NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
DARK, LIGHT = "--blink-settings=preferredColorScheme=0", "--blink-settings=preferredColorScheme=1"


def chromium() -> str:
    """The program; skips the test where there is none."""
    found = os.environ.get(VARIABLE) or next(filter(None, map(shutil.which, NAMES)), None)
    if not found:
        pytest.skip(f"no Chromium on the PATH (looked for {', '.join(NAMES)}; ${VARIABLE} may name it)")
    return found


def screenshot(page: Path, picture: Path, *options: str, width: int = 1000, height: int = 1000) -> list[str]:
    """Takes a picture of `page` into the PNG file `picture`; gives what the browser's console said of it."""
    size = f"--window-size={width},{height}"
    ran = _run(page, picture.parent, "--enable-logging=stderr", size, *options, f"--screenshot={picture}")
    return [line for line in ran.stderr.splitlines() if ":CONSOLE" in line]


def dom(page: Path) -> str:
    """What the browser makes of `page`."""
    return _run(page, page.parent, "--dump-dom").stdout


def pdf(page: Path, file: Path, *options: str) -> bytes:
    """What the browser prints, into `file` too."""
    _run(page, file.parent, *options, f"--print-to-pdf={file}")
    return file.read_bytes()


def _run(page: Path, scratch: Path, *options: str) -> subprocess.CompletedProcess[str]:
    command = [chromium(), "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars"]
    profile = f"--user-data-dir={scratch / 'profile'}"
    return subprocess.run(
        [*command, profile, *options, page.absolute().as_uri()], check=True, capture_output=True, text=True, timeout=120
    )
