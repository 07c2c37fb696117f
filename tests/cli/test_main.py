"""The entry: overview, version, and errors as one line."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import click
import pytest

import archiver as package
from archiver.cli import terminal
from archiver.cli.main import COMMANDS, cli, main


def commands():
    """Every command, and those of groups, by what is typed."""
    return [("", cli), *_commands_of(cli, "")]


def _commands_of(group, path):
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        yield f"{path}{name}", command
        if isinstance(command, click.Group):
            yield from _commands_of(command, f"{path}{name} ")


def test_the_overview_names_every_command(archiver):
    ran = archiver("--help")
    assert ran.code == 0
    for name in COMMANDS:
        assert f"  {name} " in ran.out


def test_the_version(archiver):
    assert archiver("--version").out == f"archiver {package.__version__}\n"


@pytest.mark.parametrize(("name", "command"), commands())
def test_every_command_has_examples_exit_codes_and_help_for_each_option(name, command):
    assert f"archiver {name}" in command.help
    assert "Examples:" in command.help
    assert "Exit codes:" in command.help
    assert "\\b" not in command.help, "a raw docstring keeps click's mark from working"
    for parameter in command.params:
        if isinstance(parameter, click.Option):
            assert parameter.help, f"{name} {parameter.opts}"


@pytest.mark.parametrize("arguments", [["fly"], ["--wings"], ["show"], ["show", "a", "b"]])
def test_wrong_usage_is_exit_2(archiver, arguments):
    ran = archiver(*arguments)
    assert ran.code == 2
    assert "Traceback" not in ran.err


def test_a_bug_is_one_line_and_not_a_traceback(archiver, monkeypatch):
    def broken(*_arguments, **_options):
        raise ZeroDivisionError("in the works")

    monkeypatch.setattr("archiver.store.Store.open", broken)
    ran = archiver("list")
    assert ran.code == 1
    assert ran.err.count("\n") == 1
    assert "ZeroDivisionError" in ran.err
    assert "ARCHIVER_DEBUG" in ran.err


def test_ctrl_c_is_exit_130(archiver, monkeypatch):
    def interrupted(*_arguments, **_options):
        raise KeyboardInterrupt

    monkeypatch.setattr("archiver.store.Store.open", interrupted)
    assert archiver("list").code == 130


def test_a_wrong_config_file_names_file_and_setting(archiver, tmp_path):
    (tmp_path / "config.toml").write_text("colour = 1")
    ran = archiver("list")
    assert ran.code == 2
    assert "config.toml" in ran.err
    assert "colour" in ran.err


def test_no_command_shows_the_overview(capsys):
    with pytest.raises(SystemExit):
        main([])
    printed = capsys.readouterr()
    assert "  fetch " in printed.out + printed.err


def test_list_of_an_archive_that_is_a_file(archiver, archive):
    archive.write_text("x")
    ran = archiver("list")
    assert ran.code == 1
    assert str(archive) in ran.err


def test_json_of_nothing_is_an_empty_list(archiver):
    assert json.loads(archiver("list", "--json").out) == []


def test_a_mistyped_command_is_answered_with_the_nearest(archiver):
    ran = archiver("serach", "tides")
    assert ran.code == 2
    assert "Did you mean 'search'?" in ran.err
    assert "Did you mean" not in archiver("qqqq").err
    assert "Did you mean 'list'?" in archiver("feed", "lst").err


def test_ctrl_c_while_the_program_is_still_starting_is_one_line(monkeypatch, capsys):
    from archiver import __main__

    def interrupted():
        raise KeyboardInterrupt

    monkeypatch.setattr("archiver.cli.main.main", interrupted)
    with pytest.raises(SystemExit) as ended:
        __main__.main()
    assert ended.value.code == terminal.INTERRUPTED == __main__.INTERRUPTED
    assert capsys.readouterr().err == "archiver: interrupted\n"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="the system has no device that is always full")
def test_output_that_cannot_be_written_is_one_line_and_no_bug(filled, archive):
    command = [sys.executable, "-m", "archiver", "--archive", str(archive), "list", "--json"]
    with Path("/dev/full").open("w") as full:
        ran = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert ran.returncode == 1
    assert ran.stderr.startswith("archiver: what is printed cannot be written: No space left on device")
    assert ran.stderr.count("\n") == 1
