"""The pictures in README show what the program prints today."""

from __future__ import annotations

import html
import re
import sys
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

pytest.importorskip("pty", reason="terminals of this kind are POSIX")

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tools"))

import pictures  # noqa: E402

NAMES = [f"{name}-{theme}.svg" for name in pictures.COMMANDS for theme in pictures.THEMES]


@pytest.fixture(scope="module")
def drawn(tmp_path_factory):
    folder = tmp_path_factory.mktemp("pictures")
    before, sys.argv = sys.argv, ["pictures.py", str(folder)]
    try:
        assert pictures.main() == 0
    finally:
        sys.argv = before
    return folder


def words(path):
    return [html.unescape(text) for text in re.findall(r"<text[^>]*>([^<]*)</text>", path.read_text(encoding="utf-8"))]


@pytest.mark.parametrize("name", NAMES)
def test_a_picture_shows_what_is_printed(name, drawn):
    assert words(drawn / name) == words(pictures.PICTURES / name), "run: .venv/bin/python tools/pictures.py"


@pytest.mark.parametrize("name", NAMES)
def test_a_picture_is_sound_and_loads_nothing(name, drawn):
    text = (drawn / name).read_text(encoding="utf-8")
    ET.fromstring(text)
    assert "url(http" not in text.replace('"', "")
    assert "<script" not in text
    assert str(drawn.parent) not in text


def test_the_same_print_gives_the_same_bytes():
    printed = "\x1b[1mbold\x1b[0m and \x1b[32mgreen\x1b[0m"
    assert pictures.drawn(printed, ["list"], "dark") == pictures.drawn(printed, ["list"], "dark")
    assert pictures.drawn(printed, ["list"], "dark") != pictures.drawn(printed, ["list"], "light")


def test_no_picture_is_left_that_nothing_draws():
    assert sorted(path.name for path in pictures.PICTURES.glob("*.svg")) == sorted(NAMES)


@pytest.mark.parametrize("theme", pictures.THEMES)
def test_every_colour_can_be_read(theme):
    """A ratio of 4.5, which WCAG 2 asks for, except for what is meant to be near the ground: black and its bright form."""
    colours = pictures.THEMES[theme]
    ground = luminance(colours.background_color)
    named = [colours.ansi_colors[number] for number in range(1, 16) if number != 8]
    for colour in [colours.foreground_color, *map(tuple, named)]:
        lighter, darker = sorted((luminance(colour), ground), reverse=True)
        assert (lighter + 0.05) / (darker + 0.05) >= 4.5, colour


def luminance(colour):
    parts = [part / 255 for part in colour]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
