"""The colours of pages."""

from __future__ import annotations

import itertools
import re

import pytest

from archiver.export import style


def luminance(colour):
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("colours", [style.LIGHT, style.DARK, style.PAPER], ids=["light", "dark", "paper"])
def test_text_can_be_read(colours):
    """The contrast of WCAG 2.2, 1.4.3; bars have the colour of links, and would need 3 (1.4.11)."""
    for ground, text in itertools.product(("ground", "box"), ("text", "dim", "link")):
        darker, lighter = sorted((luminance(colours[ground]), luminance(colours[text])))
        assert (lighter + 0.05) / (darker + 0.05) >= 4.5, (ground, text)


def test_paper_is_light_whatever_the_screen_is():
    last = style.COLOURS.rpartition("@media ")[2]
    assert last.startswith("print{:root{color-scheme:light;")
    assert dict(re.findall(r"--(\w+):(#\w+)", last)) == style.PAPER
