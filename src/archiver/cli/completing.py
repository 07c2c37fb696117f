"""What the shell offers for an argument: articles, tags, feeds. Asked while a person types, it never fails."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

from click.shell_completion import CompletionItem

from archiver.cli.terminal import SHOWN_ID_DIGITS, safe_line
from archiver.errors import ArchiverError

if TYPE_CHECKING:
    from collections.abc import Iterator

    import click

    from archiver.store import Store

MOST = 50
"""So many are offered at most."""


def articles(ctx: click.Context, incomplete: str) -> list[CompletionItem]:
    """The IDs that begin with `incomplete`, each with its title; the articles fetched last where nothing was typed."""
    offered: list[CompletionItem] = []
    with _archive(ctx) as store:
        digits = max(SHOWN_ID_DIGITS, len(incomplete))
        rows = store.beginning(incomplete.lower(), limit=MOST)
        offered += [CompletionItem(row.id[:digits], help=_said(row.title or row.url)) for row in rows]
    return offered


def labels(ctx: click.Context, incomplete: str) -> list[CompletionItem]:
    """The user's tags that begin with `incomplete`, whatever their case."""
    offered: list[CompletionItem] = []
    with _archive(ctx) as store:
        wanted = incomplete.casefold()
        offered += [CompletionItem(label) for label in store.labels() if label.casefold().startswith(wanted)][:MOST]
    return offered


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


@contextlib.contextmanager
def _archive(ctx: click.Context) -> Iterator[Store]:
    """The archive that the line being typed means; errors end the offering without a word."""
    from archiver.cli.run import Run
    from archiver.store import Store

    with contextlib.suppress(ArchiverError, OSError):
        with Store.open(Run(ctx.find_root().params.get("home")).settings.home, create=False) as store:
            yield store
        return


def _said(text: str) -> str:
    return safe_line(text)[:80]
