"""Groups of commands that are imported when they run, so that `--help` and completion stay fast."""

from __future__ import annotations

import difflib
import importlib
from typing import Any, NamedTuple

import click


class Command(NamedTuple):
    """A command before its module, in `archiver.cli`, is imported."""

    module: str
    summary: str


class LazyGroup(click.Group):
    """A group whose commands are imported on use.

    Args:
        table: what the overview needs to know of each, by name, in the order that a newcomer meets them.
    """

    def __init__(self, *arguments: Any, table: dict[str, Command], **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.table = table

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  # click's signature
        """The commands in the order of the table."""
        return list(self.table)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002  # click's signature
        """The command named `cmd_name`, or None."""
        if cmd_name not in self.table:
            return None
        command = importlib.import_module(f"archiver.cli.{self.table[cmd_name].module}").command
        assert isinstance(command, click.Command)
        return command

    def resolve_command(self, ctx: click.Context, args: list[str]) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that `args` begin with; an unknown one is an error that names the nearest."""
        try:
            return super().resolve_command(ctx, args)
        except click.UsageError as error:
            if near := difflib.get_close_matches(args[0], self.table, n=1):
                raise click.UsageError(f"{error.message} Did you mean {near[0]!r}?", ctx) from None
            raise

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002  # click's signature
        """The overview, from the table alone."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, command.summary) for name, command in self.table.items()])
