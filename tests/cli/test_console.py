"""What the terminal can do, as the environment says it."""

import pytest

from archiver.cli.console import screen


@pytest.fixture(autouse=True)
def bare(monkeypatch):
    for name in ("NO_COLOR", "FORCE_COLOR", "CLICOLOR_FORCE", "TTY_COMPATIBLE", "COLORTERM"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TERM", "xterm-256color")


def test_what_is_piped_has_no_colour():
    assert screen().color_system is None


@pytest.mark.parametrize(("value", "coloured"), [("1", True), ("0", False), ("", False)])
def test_colour_can_be_forced(monkeypatch, value, coloured):
    monkeypatch.setenv("CLICOLOR_FORCE", value)
    assert (screen().color_system is not None) is coloured


def test_plain_is_plain_though_colour_is_forced(monkeypatch):
    monkeypatch.setenv("CLICOLOR_FORCE", "1")
    assert screen(plain=True).color_system is None


def test_the_width_is_what_is_asked_for():
    assert screen(33).width == 33
