"""The man pages are those of the program as it is, and are whole."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import click
import pytest

from archiver.cli.main import COMMANDS, cli

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tools"))

import man_pages  # noqa: E402


@pytest.fixture(scope="module")
def pages():
    return man_pages.pages()


def test_the_pages_are_what_help_prints(pages):
    there = {path.name: path.read_text(encoding="utf-8") for path in man_pages.PAGES.iterdir()}
    assert there == pages, "run: .venv/bin/python tools/command_reference.py"


def test_every_command_has_a_page(pages):
    assert set(pages) == {"archiver.1", *(f"archiver-{name}.1" for name in COMMANDS)}


@pytest.mark.parametrize("name", COMMANDS)
def test_a_page_has_options_examples_and_exit_status(name, pages):
    page = pages[f"archiver-{name}.1"]
    sections = [line.removeprefix(".SH ") for line in page.splitlines() if line.startswith(".SH ")]
    assert sections[:4] == ["NAME", "SYNOPSIS", "DESCRIPTION", "OPTIONS"]
    assert sections[-3:] == ["EXAMPLES", "EXIT STATUS", "SEE ALSO"]
    assert ".SH EXIT STATUS\n.SH" not in page
    assert f"\narchiver {name}" in page.replace("\\-", "-").partition(".SH EXAMPLES")[2]
    assert "\b" not in page
    command = cli.get_command(click.Context(cli), name)
    assert command is not None
    for option in command.params:
        if isinstance(option, click.Option):
            assert option.opts[0].replace("-", "\\-") in page


def test_exit_codes_are_terms():
    lines = man_pages._codes("  0 done    1 the FILE    2 cannot 3 be\n  130 interrupted")
    assert lines[1::3] == [r"\fB0\fR", r"\fB1\fR", r"\fB2\fR", r"\fB130\fR"]
    assert man_pages._codes("  those of its commands") == ["Those of its commands."]


def test_a_page_reads_as_text():
    assert man_pages._text(".TH is no request's end\\") == r"\&.TH is no request\(aqs end\e"


@pytest.mark.skipif(shutil.which("groff") is None, reason="needs groff")
def test_groff_has_nothing_to_warn_of():
    paths = sorted(man_pages.PAGES.iterdir())
    ran = subprocess.run(
        ["groff", "-man", "-ww", "-z", "-Kutf8", *paths], capture_output=True, encoding="utf-8", timeout=60, check=False
    )
    assert (ran.returncode, ran.stdout + ran.stderr) == (0, "")
