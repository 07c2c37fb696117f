"""`archiver feed check`."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

import click

from archiver.cli.options import timeout_option
from archiver.cli.terminal import safe_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archiver.cli.run import Run
    from archiver.tasks.syncing.check_feed import Examination

SHOWN_ENTRIES = 20


@click.command("check")
@click.argument("url", metavar="URL|FEED")
@timeout_option()
@click.pass_obj
def command(run: Run, url: str, *, timeout_seconds: float | None) -> None:
    """Explain the feed at URL: what it is, what is odd about it, its entries, and what a sync would do with each.

    Nothing is stored. A feed that is followed may be named by its ID or title, and is judged by what is known of it.

    \b
    Examples:
      archiver feed check https://example.org/feed

    \b
    Exit codes:
      0 a feed    1 no feed, or it could not be had
    """
    from archiver.tasks.syncing.check_feed import examine

    settings = run.settings
    if timeout_seconds is not None:
        settings = dataclasses.replace(settings, timeout_seconds=timeout_seconds)
    for line in _lines(examine(url, run.store(), settings)):
        click.echo(safe_text(line))


def _lines(found: Examination) -> Iterator[str]:
    feed = found.feed
    yield f"url            {found.url}"
    if found.final_url != found.url:
        yield f"found at       {found.final_url}"
    if found.moved_to:
        yield f"moved to       {found.moved_to} (for good, it says)"
    yield f"format         {feed.format}"
    yield f"title          {feed.title or '(none)'}"
    yield f"entries        {len(feed.entries)}"
    yield f"ETag           {found.etag or '(none)'}"
    yield f"Last-Modified  {found.last_modified or '(none)'}"
    yield f"polled every   {found.interval}"
    for problem in feed.problems:
        yield f"problem        {problem}"
    for entry in found.entries[:SHOWN_ENTRIES]:
        date = f"{entry.published:%Y-%m-%d}" if entry.published else "no date"
        text = ", whole text" if entry.whole_text else ""
        yield f"{entry.fate:<12}  {date}  known by {entry.known_by}{text}  {entry.title or '(no title)'}  {entry.link or ''}"
    if len(found.entries) > SHOWN_ENTRIES:
        yield f"and {len(found.entries) - SHOWN_ENTRIES} more"
    yield f"a sync would fetch {found.to_fetch} of {len(found.entries)} entries"
