"""The arguments that name what the archive holds, the same for every command; the shell completes them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from collections.abc import Callable

    from click.shell_completion import CompletionItem

    Decorator = Callable[[Callable[..., Any]], Callable[..., Any]]


def article_argument(name: str = "article") -> Decorator:
    """One article: an ID, the beginning of one, or a URL."""
    return click.argument(name, metavar="ID|URL", shell_complete=_articles)


def articles_argument(name: str = "articles", *, required: bool = True) -> Decorator:
    """Articles, each named as `article_argument` has it."""
    metavar = "ID|URL..." if required else "[ID|URL]..."
    return click.argument(name, metavar=metavar, nargs=-1, required=required, shell_complete=_articles)


def feeds_argument(*, required: bool = True) -> Decorator:
    """Feeds, each by its URL, its ID or its title."""
    return click.argument("feeds", metavar="FEED...", nargs=-1, required=required, shell_complete=_feeds)


def _articles(ctx: click.Context, _param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    from archiver.cli import completing  # only a shell asks

    return completing.articles(ctx, incomplete)


def _feeds(ctx: click.Context, _param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    from archiver.cli import completing

    return completing.feeds(ctx, incomplete)


def complete_labels(ctx: click.Context, _param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """The user's tags, for options and arguments that take them."""
    from archiver.cli import completing

    return completing.labels(ctx, incomplete)
