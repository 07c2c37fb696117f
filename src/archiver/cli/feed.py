"""`archiver feed`: the group of its commands."""

from __future__ import annotations

import click

from archiver.cli.lazy import Command, LazyGroup

COMMANDS = {
    "add": Command("feed_add", "Follow a feed, or the feed of a page."),
    "list": Command("feed_list", "List the feeds that are followed."),
    "remove": Command("feed_remove", "Follow feeds no more; their articles stay."),
    "pause": Command("feed_pause", "Leave feeds alone until they are resumed."),
    "resume": Command("feed_resume", "Poll paused feeds again."),
    "import": Command("feed_import", "Follow the feeds of an OPML file."),
    "export": Command("feed_export", "Print the feeds as OPML 2.0."),
    "publish": Command("feed_publish", "Write the archive's own feed: what is new, changed and gone."),
    "health": Command("feed_health", "List the hosts that stopped giving bylines, dates or bodies."),
    "check": Command("feed_check", "Explain a feed: what it is, its entries, what a sync would do."),
}


@click.group("feed", cls=LazyGroup, table=COMMANDS, context_settings={"help_option_names": ["-h", "--help"]})
def command() -> None:
    """Follow feeds: RSS, Atom, RDF, JSON Feed and sitemaps. archiver sync archives what is new in them.

    What is followed stands in feeds.opml in the archive, which may be edited by hand. A feed is named by its URL, its ID (or
    the beginning of one), or its title.

    \b
    Examples:
      archiver feed add https://example.org/
      archiver feed list
      archiver feed pause "Example News"

    \b
    Exit codes:
      those of its commands
    """
