"""The line that is printed for a page which is safe on disk, the same for every command that archives."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from archiver.cli.terminal import SHOWN_ID_DIGITS, safe_line
from archiver.tasks.archiving.decide import Decision

if TYPE_CHECKING:
    from archiver.tasks.archiving.archive_page import Outcome


def print_outcome(outcome: Outcome) -> None:
    """On a terminal ID, title, publisher and what became of it, else ID, URL and path, parted by tabs."""
    article = outcome.article
    if not sys.stdout.isatty():
        click.echo("\t".join(safe_line(str(value)) for value in (article.id, article.url, outcome.path)), file=sys.stdout)
        return
    words = [click.style(str(article.id)[:SHOWN_ID_DIGITS], fg="cyan"), safe_line(article.title or "(no title)")]
    if publisher := article.source.publisher or article.source.host:
        words.append(click.style(safe_line(publisher), dim=True))
    if outcome.decision is not Decision.NEW:
        words.append(click.style(f"({outcome.decision})", fg="yellow"))
    click.echo("  ".join(words), file=sys.stdout)  # sys.stdout, so that a progress bar makes room
