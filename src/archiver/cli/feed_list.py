"""`archiver feed list`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from archiver.cli.listing import print_rows
from archiver.cli.options import list_format

if TYPE_CHECKING:
    from archiver.cli.run import Run
    from archiver.tasks.syncing.feed_status import FeedStatus

TSV_KEYS = ("id", "state", "polled_at", "news_at", "failures", "title", "url")


@click.command("list")
@list_format()
@click.pass_obj
def command(run: Run, *, form: str | None) -> None:
    """List the feeds that are followed, in the order of feeds.opml.

    A feed is new until it was polled, then followed; failing when its last poll failed; paused until it is resumed. Its last
    article is when an article of it was last archived.

    \b
    Examples:
      archiver feed list
      archiver feed list --json

    \b
    Exit codes:
      0 done, or nothing to list    1 feeds.opml is damaged
    """
    from archiver.tasks.syncing.feed_status import FeedStatus, statuses

    print_rows(
        statuses(run.store()),
        form,
        kind=FeedStatus,
        keys=TSV_KEYS,
        table=_table,
        empty="No feed is followed; archiver feed add URL follows one.",
    )


def _table(rows: list[FeedStatus]) -> None:
    from archiver.cli import views

    views.print_feeds(rows)
