"""What messages and help texts tell the user to type can be typed."""

from __future__ import annotations

import ast
import re
import shlex
from pathlib import Path

import click
import pytest

from archiver.cli.main import COMMANDS, cli

SOURCE = Path(__file__).resolve().parents[2] / "src" / "archiver"
_TYPED = re.compile(r"\barchiver ((?:[a-z][a-z-]*)(?: (?:--?[a-z][a-z-]*|[a-z][a-z-]*))*)")
_LINE = re.compile(r"(?:^|\| )\s*(?:\w+=\S+ )?archiver (.+?)(?= \||$)", re.MULTILINE)
_EXAMPLES = re.compile(r"\x08\n\s*Examples:\n(.*?)(?:\n\s*\n|\Z)", re.DOTALL)


def texts():
    """Every text in the program's source, docstrings too; what stands in braces of a template is X."""
    for path in sorted(SOURCE.rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        within = {id(part) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in node.values}
        for node in ast.walk(tree):
            if isinstance(node, ast.JoinedStr):
                yield path, "".join(str(part.value) if isinstance(part, ast.Constant) else "X" for part in node.values)
            elif isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in within:
                yield path, node.value


def named(words):
    """The command that `words` begin with, and the words after its name; None where they name none."""
    command: click.Command = cli
    rest, context = list(words), click.Context(cli, info_name="archiver", **cli.context_settings)
    while isinstance(command, click.Group) and rest and (found := command.get_command(context, rest[0])):
        command, rest = found, rest[1:]
        context = click.Context(command, info_name=command.name, parent=context)
    return (command, rest) if command is not cli else None


def spellings(command):
    """The options that a command takes."""
    own = {name for option in command.params for name in (*option.opts, *option.secondary_opts)}
    return own | {"-h", "--help"} | {name for option in cli.params for name in option.opts}


MENTIONED = sorted({(path.name, typed) for path, text in texts() for typed in _TYPED.findall(text)})
EXAMPLES = sorted({typed for _, text in texts() for block in _EXAMPLES.findall(text) for typed in _LINE.findall(block)})


def test_there_are_some():
    assert len(MENTIONED) > 50
    assert len(EXAMPLES) > 80


@pytest.mark.parametrize(("file", "typed"), MENTIONED)
def test_a_command_that_a_text_names_is_there_and_takes_the_options(file, typed):
    words = typed.split()
    found = named(words)
    if found is None:
        assert words[0] not in COMMANDS
        assert not any(word.startswith("-") for word in words), f"{file}: archiver {typed}"
        return
    command, rest = found
    assert {word for word in rest if word.startswith("--")} <= spellings(command), f"{file}: archiver {typed}"


@pytest.mark.parametrize("typed", EXAMPLES)
def test_an_example_parses(typed, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("subscriptions.opml").touch()
    found = named(shlex.split(typed.partition(" > ")[0].partition(" < ")[0], comments=True))
    assert found is not None
    command, rest = found
    if not isinstance(command, click.Group):
        with command.make_context(command.name, rest, parent=click.Context(cli, info_name="archiver", **cli.context_settings)):
            pass
