"""`archiver feed add`."""

from __future__ import annotations

import dataclasses
import sys
from datetime import UTC, datetime, time
from typing import TYPE_CHECKING

import click

from archiver import urls
from archiver.cli.options import DateExpression, quiet_option, timeout_option
from archiver.cli.terminal import SHOWN_ID_DIGITS, message_line, safe_line
from archiver.errors import InvalidInput

if TYPE_CHECKING:
    from archiver.cli.run import Run
    from archiver.feeds import Feed
    from archiver.feeds.choosing import Rule
    from archiver.feeds.outlines import Subscription
    from archiver.periods import Period
    from archiver.settings import Settings
    from archiver.store import Store
    from archiver.tasks.syncing.subscriptions import Candidate

SHOWN_CANDIDATES = 20


@click.command("add")
@click.argument("url", metavar="URL")
@click.option("--title", metavar="TEXT", help="What to call it. Default: its own title.")
@click.option("--folder", metavar="NAME[/NAME]", help="The folder it stands in.")
@click.option("--tag", "tags", multiple=True, metavar="TAG", help="Give this tag to each of its articles.")
@click.option("--since", type=DateExpression(), metavar="DATE", help="Take no older entries.")
@click.option(
    "--backlog", type=click.IntRange(min=0), metavar="N", help="Of the entries it has now, take the N newest. Default: 200."
)
@click.option(
    "--include", multiple=True, metavar="FIELD=REGEX", help="Take only entries whose title, author, category or url matches."
)
@click.option("--exclude", multiple=True, metavar="FIELD=REGEX", help="Do not take entries that match.")
@timeout_option()
@quiet_option()
@click.pass_obj
def command(
    run: Run,
    url: str,
    *,
    title: str | None,
    folder: str | None,
    tags: tuple[str, ...],
    since: Period | None,
    backlog: int | None,
    include: tuple[str, ...],
    exclude: tuple[str, ...],
    timeout_seconds: float | None,
    quiet: bool,
) -> int:
    """Follow the feed at URL, or the feed of the page at URL.

    A page's feeds are those that it names or links to, else what stands where sites keep feeds. Where there are several, you
    are asked on a terminal, and else they are listed. Nothing is archived yet: archiver sync does that.

    An expression is searched for whatever its case; several for one field are alternatives.

    \b
    Examples:
      archiver feed add https://example.org/ --folder News --backlog 20
      archiver feed add https://example.org/feed --since 2w --tag science
      archiver feed add https://example.org/feed --include category=science --exclude "title=^sponsored"

    \b
    Exit codes:
      0 followed    1 there is no feed, or it could not be had    2 there are several, or usage
      11 another run is writing to the archive
    """
    from archiver.feeds.outlines import Subscription
    from archiver.remarks import Remarks, clean_label
    from archiver.tasks.syncing.subscriptions import changing, feed_id

    labels = Remarks().labelled(map(clean_label, tags)).labels
    rules = (*_rules(include, include=True), *_rules(exclude, include=False))
    settings = run.settings
    if timeout_seconds is not None:
        settings = dataclasses.replace(settings, timeout_seconds=timeout_seconds)
    chosen = _chosen(url, run.store(), settings)
    feed = chosen.feed
    subscription = Subscription(
        url=chosen.url,
        title=title or chosen.title,
        home=feed.home if feed else None,
        folder=tuple(name.strip() for name in (folder or "").split("/") if name.strip()),
        since=datetime.combine(since.first, time(), UTC) if since else None,
        backlog=backlog,
        rules=rules,
        labels=labels,
    )
    with changing(run.store(create=True)) as opml:
        added = opml.add(subscription)
    shown = urls.without_credentials(chosen.url)
    if not quiet:
        message_line(_told(subscription, feed, shown) if added else f"{shown} is followed already; nothing was changed")
        if not sys.stdout.isatty():
            click.echo(f"{feed_id(chosen.url)}\t{safe_line(shown)}")
        elif added:
            message_line(f"{feed_id(chosen.url)[:SHOWN_ID_DIGITS]}  {shown}; archiver sync archives what is new")
    return 0


def _told(subscription: Subscription, feed: Feed | None, shown: str) -> str:
    """That a feed is followed now, and what of it the first sync takes."""
    from archiver.tasks.syncing.plan import BACKLOG

    entries = len(feed.entries) if feed else 0
    most = BACKLOG if subscription.backlog is None else subscription.backlog
    rest = f", of which the newest {most} are taken (--backlog)" if entries > most else ""
    return f"following {subscription.title or shown}: {entries} entries{rest}"


def _chosen(url: str, store: Store, settings: Settings) -> Candidate:
    from archiver.tasks.manners.pace import Pace
    from archiver.tasks.syncing.subscriptions import candidates, read_candidate

    pace = Pace(store, settings.pace_seconds)
    found = candidates(url, settings, pace)
    if len(found) == 1:
        chosen = found[0]
    elif _may_ask():
        chosen = found[_asked(found) - 1]
    else:
        listed = "; ".join(f"{one.url} ({safe_line(one.title)})" if one.title else one.url for one in found[:SHOWN_CANDIDATES])
        reason = f"the page has {len(found)} feeds: {listed}"
        raise InvalidInput(reason, subject=urls.without_credentials(url), remedy="give the address of one of them")
    return chosen if chosen.feed is not None else read_candidate(chosen, url, settings, pace)


def _may_ask() -> bool:
    return sys.stdin.isatty() and sys.stderr.isatty()


def _asked(found: list[Candidate]) -> int:
    """The number of the feed that the user wants."""
    for number, one in enumerate(found[:SHOWN_CANDIDATES], start=1):
        message_line(f"{number}. {one.title or '(no title)'}: {one.url}")
    chosen: int = click.prompt("Which feed", type=click.IntRange(1, min(len(found), SHOWN_CANDIDATES)), default=1, err=True)
    return chosen


def _rules(texts: tuple[str, ...], *, include: bool) -> list[Rule]:
    from archiver.feeds.choosing import FIELDS, Rule

    found = []
    for text in texts:
        field, equals, pattern = text.partition("=")
        if not equals or not pattern:
            raise InvalidInput("is no rule", subject=repr(text), remedy=f"write FIELD=REGEX; fields: {', '.join(FIELDS)}")
        rule = Rule(field.strip().lower(), pattern, include=include)
        rule.demand_sound()
        found.append(rule)
    return found
