"""Writes docs/commands.md and the man pages from the programs' own `--help`: `.venv/bin/python tools/command_reference.py`.

A test compares the files with what this would write.
"""

from __future__ import annotations

from pathlib import Path

import click
import man_pages

from archiver.cli.main import COMMANDS, cli

REFERENCE = Path(__file__).resolve().parents[1] / "docs" / "commands.md"
WIDTH = 100
INTRODUCTION = """# Commands

Generated from `archiver --help` and each command's own by `tools/command_reference.py`.

Results go to standard output, progress and messages to standard error. Tables and colour appear on a terminal only; NO_COLOR
is respected. An article is named by its ID, any unique beginning of it, or its URL. Standard input is read only where `-` is
given.

## Exit codes

| code | meaning |
| --- | --- |
| 0 | done, or nothing to do |
| 1 | failed |
| 2 | usage: an argument, option or setting cannot be used as it stands |
| 3 | some items failed, others were done |
| 4 | not in the archive |
| 5 | damage found |
| 6 | fetched and kept, but not an article |
| 11 | another run holds the archive's lock |
| 130 | interrupted |

## Settings

Defaults, then `config.toml` (in the platform's configuration directory, or where `ARCHIVER_CONFIG` says), then the environment,
then options: the later one counts. Keys and variables are described in [settings.md](settings.md).
"""


def reference() -> str:
    """The whole page."""
    parts = [INTRODUCTION, _section("archiver", cli)]
    root = click.Context(cli, info_name="archiver", max_content_width=WIDTH)
    for name in COMMANDS:
        parts += _sections("archiver", cli, root, name)
    return "\n".join(parts)


def _sections(path: str, group: click.Group, parent: click.Context, name: str) -> list[str]:
    """The section of one command, and those of its own commands where it is a group."""
    command = group.get_command(parent, name)
    assert command is not None
    path = f"{path} {name}"
    found = [_section(path, command, parent, name)]
    if isinstance(command, click.Group):
        context = click.Context(command, info_name=name, parent=parent, max_content_width=WIDTH)
        for inner in command.list_commands(context):
            found += _sections(path, command, context, inner)
    return found


def _section(title: str, command: click.Command, parent: click.Context | None = None, name: str = "archiver") -> str:
    context = click.Context(
        command,
        info_name=name,
        parent=parent,
        max_content_width=WIDTH,
        terminal_width=WIDTH,
        help_option_names=["-h", "--help"],
    )
    return f"## {title}\n\n```\n{command.get_help(context)}\n```\n"


if __name__ == "__main__":
    REFERENCE.write_text(reference(), encoding="utf-8")
    man_pages.write()
