"""What one run of the command line shares: the settings and the archive, each opened when first needed."""

from __future__ import annotations

import os
import re
import sys
from functools import cached_property
from typing import TYPE_CHECKING, BinaryIO

import click

from archiver.cli.terminal import error_line

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from archiver.settings import Explained, Settings
    from archiver.store import Store
    from archiver.tasks.archiving.archive_page import Outcome
    from archiver.tasks.site_rules import SiteRules


class Run:
    """One run; commands receive it as `click.pass_obj` gives it."""

    def __init__(self, home: Path | None) -> None:
        self._home = home
        self._noted: set[str] = set()

    def note(self, message: str) -> None:
        """Says on stderr what a user should know though nothing failed."""
        self._noted.add(message)
        error_line(message)

    def has_noted(self, message: str) -> bool:
        """Whether that was said already."""
        return message in self._noted

    @cached_property
    def settings(self) -> Settings:
        """Defaults < config.toml < environment < options."""
        from archiver import settings

        return settings.load(os.environ, home=self._home)

    @property
    def explained_settings(self) -> dict[str, Explained]:
        """Each setting by name: its value and its origin."""
        from archiver import settings

        return settings.explained(os.environ, home=self._home)

    @cached_property
    def rules(self) -> SiteRules:
        """The site rules; what is wrong with one is said when a page of its host comes."""
        from archiver.tasks.site_rules import SiteRules

        return SiteRules.of(self.settings, note=error_line)

    def after(self, outcome: Outcome) -> None:
        """Runs the user's hook for an article that is new or changed; a failure is one line."""
        from archiver.errors import HookFailed
        from archiver.tasks.archiving.hook import run_hook

        try:
            run_hook(self.settings.hook, outcome)
        except HookFailed as error:
            error_line(str(error))

    def store(self, *, create: bool = False) -> Store:
        """The archive, closed when the command ends. `create` makes the directory where there is none."""
        from archiver.store import Store

        store = Store.open(self.settings.home, create=create, note=self.note)
        click.get_current_context().call_on_close(store.close)
        return store


def lines_of_stdin() -> Iterator[str]:
    """Standard input's lines without comments (`#` at the start or after white space) and blank ones."""
    with _own_stdin() as lines:
        for line in lines:
            text = re.split(r"(?:^|\s)#", line.decode("utf-8", "replace"), maxsplit=1)[0].strip()
            if text:
                yield text


def _own_stdin() -> BinaryIO:
    """Standard input, opened once more: a thread that waits for it must not hold the lock that the program's end takes."""
    try:
        return os.fdopen(os.dup(sys.stdin.fileno()), "rb")
    except (OSError, ValueError):
        return sys.stdin.buffer
