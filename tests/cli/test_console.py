"""What the terminal can do, as the environment says it."""

import os

import click
import pytest
from rich.text import Text

from archiver.cli.console import is_light, screen
from archiver.cli.run import Run


@pytest.fixture(autouse=True)
def bare(monkeypatch):
    for name in ("NO_COLOR", "FORCE_COLOR", "CLICOLOR_FORCE", "TTY_COMPATIBLE", "COLORTERM", "COLORFGBG"):
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


@pytest.mark.parametrize(
    ("said", "light"),
    [("", False), ("15;0", False), ("0;15", True), ("0;default;15", True), ("0;7", True), ("15;default", False)],
)
def test_the_terminal_says_what_is_behind_the_text(monkeypatch, said, light):
    monkeypatch.setenv("COLORFGBG", said)
    assert is_light() is light


def test_on_a_light_ground_nothing_is_yellow(monkeypatch):
    monkeypatch.setenv("CLICOLOR_FORCE", "1")
    for said, shown in (("15;0", "33"), ("0;15", "35")):
        monkeypatch.setenv("COLORFGBG", said)
        console = screen()
        with console.capture() as captured:
            console.print(Text("x", "yellow"), Text("y", "bold yellow"))
        assert captured.get() == f"\x1b[{shown}mx\x1b[0m \x1b[1;{shown}my\x1b[0m\n"


@pytest.mark.parametrize(("set_to", "light"), [("light", True), ("dark", False), ("auto", True)])
def test_the_setting_outranks_the_terminal(monkeypatch, set_to, light):
    monkeypatch.setenv("COLORFGBG", "0;15")
    monkeypatch.setenv("ARCHIVER_CONFIG", os.devnull)
    monkeypatch.setenv("ARCHIVER_BACKGROUND", set_to)
    with click.Context(click.Command("show"), obj=Run(None)):
        assert is_light() is light
