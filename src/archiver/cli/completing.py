"""What the shell offers for an argument: articles, tags, feeds. Asked while a person types, it never fails."""

from __future__ import annotations

import contextlib
import sqlite3
from typing import TYPE_CHECKING, TypeVar

from click.shell_completion import CompletionItem

from archiver.cli.terminal import SHOWN_ID_DIGITS, safe_line
from archiver.errors import ArchiverError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    import click

    from archiver.store import Store

T = TypeVar("T")
MOST = 50
"""So many are offered at most."""


def articles(ctx: click.Context, incomplete: str) -> list[CompletionItem]:
    """The IDs that begin with `incomplete`, each with its title; the articles fetched last where nothing was typed."""
    from archiver.store.indexing import glimpse

    digits = max(SHOWN_ID_DIGITS, len(incomplete))
    found = _glimpsed(ctx, lambda home: glimpse.beginning(home, incomplete.lower(), limit=MOST))
    return [CompletionItem(one.id[:digits], help=_said(one.title or one.url or "")) for one in found]


def labels(ctx: click.Context, incomplete: str) -> list[CompletionItem]:
    """The user's tags that begin with `incomplete`, whatever their case."""
    from archiver.store.indexing import glimpse

    wanted = incomplete.casefold()
    return [CompletionItem(label) for label in _glimpsed(ctx, glimpse.labels) if label.casefold().startswith(wanted)][:MOST]


def feeds(ctx: click.Context, incomplete: str) -> list[CompletionItem]:
    """The feeds whose title or URL begins with `incomplete`."""
    from archiver.tasks.syncing.subscriptions import subscriptions

    offered: list[CompletionItem] = []
    with _archive(ctx) as store:
        wanted = incomplete.casefold()
        for wish in subscriptions(store):
            if wish.title and wish.title.casefold().startswith(wanted):
                offered.append(CompletionItem(wish.title, help=_said(wish.url)))
            elif wish.url.casefold().startswith(wanted):
                offered.append(CompletionItem(wish.url, help=_said(wish.title or "")))
    return offered[:MOST]


def _glimpsed(ctx: click.Context, ask: Callable[[Path], list[T]]) -> list[T]:
    """What the index says as it stands; where there is none that can be read, one is made."""
    with contextlib.suppress(ArchiverError, OSError, sqlite3.Error):
        home = _home(ctx)
        try:
            return ask(home)
        except sqlite3.Error:
            from archiver.store import Filters

            with _archive(ctx) as store:
                store.rows(Filters(), limit=1)
            return ask(home)
    return []


@contextlib.contextmanager
def _archive(ctx: click.Context) -> Iterator[Store]:
    """The archive that the line being typed means; errors end the offering without a word."""
    from archiver.store import Store

    with contextlib.suppress(ArchiverError, OSError):
        with Store.open(_home(ctx), create=False) as store:
            yield store
        return


def _home(ctx: click.Context) -> Path:
    from archiver.cli.run import Run

    return Run(ctx.find_root().params.get("home")).settings.home


def _said(text: str) -> str:
    return safe_line(text)[:80]
