"""Which feeds are followed: reading, adding, removing, pausing, and finding the feed that a URL means."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from archiver import feeds, urls
from archiver.errors import ArchiverError, FeedError, InvalidUrl, NotAFeed, NotFollowed, StoreError
from archiver.feeds.discovery import common_places, feeds_in
from archiver.feeds.opml import EMPTY, Opml

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from archiver.feeds import Feed
    from archiver.feeds.outlines import Subscription
    from archiver.fetch.turns import Turns
    from archiver.settings import Settings
    from archiver.store import Store


def subscriptions(store: Store) -> list[Subscription]:
    """What is followed, in the order of the file.

    Raises:
        StoreError: the file cannot be read, or is damaged.
    """
    return _read(store).subscriptions()


def find(store: Store, name: str) -> Subscription:
    """The subscription that `name` stands for: its URL, its ID or the beginning of one, or its title.

    Raises:
        NotFollowed: none, or several.
    """
    followed = subscriptions(store)
    wanted = name.strip().casefold()
    with contextlib.suppress(InvalidUrl):
        key = urls.key(name)
        if exact := [one for one in followed if one.url == name or urls.key(one.url) == key]:
            return exact[0]
    found = [one for one in followed if (one.title or "").casefold() == wanted]
    if not found and len(wanted) >= 3:
        found = [one for one in followed if feed_id(one.url).startswith(wanted)]
    if len(found) == 1:
        return found[0]
    reason = "several feeds go by this name" if found else "no such feed is followed"
    raise NotFollowed(
        reason, subject=urls.printable(urls.without_credentials(name)[:200]), remedy="archiver feed list shows them"
    )


def feed_id(url: str) -> str:
    """The ID of the feed at `url`, made like that of an article."""
    return urls.article_id(url)


@contextlib.contextmanager
def changing(store: Store) -> Iterator[Opml]:
    """The file of subscriptions, to be changed; it is written at the end, under the archive's lock.

    Raises:
        StoreError, LockHeld: it is as it was.
    """
    with store.writing():
        opml = _read(store)
        before = opml.to_bytes()
        yield opml
        after = opml.to_bytes()
        if after != before or store.following.subscriptions() is None:
            store.following.save_subscriptions(after)


def pause(store: Store, names: Sequence[str], why: str | None) -> list[Subscription]:
    """Pauses the feeds that go by `names`, and gives them; without a reason `why`, they are polled again.

    Raises:
        NotFollowed: one of them is not there; nothing was changed.
        StoreError, LockHeld: as `changing`.
    """
    found = [find(store, name) for name in names]
    with changing(store) as opml:
        for one in found:
            opml.pause(one.url, why)
    return found


def remove(store: Store, subscription: Subscription) -> None:
    """Follows a feed no more; its articles stay."""
    with changing(store) as opml:
        opml.remove(subscription.url)
    store.following.polling.forget(urls.without_credentials(subscription.url))


@dataclass(frozen=True, slots=True)
class Candidate:
    """A feed that a URL may mean; `feed` is what it holds, where it was read already."""

    url: str
    title: str | None
    feed: Feed | None = None


def candidates(url: str, settings: Settings, turns: Turns) -> list[Candidate]:
    """The feeds that `url` may mean: itself, if it is one; else those that its page names or links to, or its site keeps.

    Raises:
        InvalidUrl, FetchError, EmptyPage: it could not be had.
        NotAFeed: it is none, and none was found.
    """
    from archiver.fetch import fetch_feed

    url = urls.parse(url)
    capture = fetch_feed(url, settings, max_bytes=feeds.MAX_BYTES, turns=turns)
    try:
        feed = feeds.parse(capture.payload, capture.final_url)
    except NotAFeed as error:
        reason = error.reason
    else:
        return [Candidate(url, feed.title, None if feed.children else feed)]
    if found := feeds_in(capture.payload, capture.final_url):
        named = [one for one in found if one.named]
        return [Candidate(one.url, one.title) for one in (named or found)]
    if candidate := _at_common_places(capture.final_url, settings, turns):
        return [candidate]
    remedy = "no feed was found in the page, nor where sites keep one; give the feed's own address"
    raise NotAFeed(reason, subject=urls.without_credentials(url), remedy=remedy)


def read_candidate(found: Candidate, page_url: str, settings: Settings, turns: Turns) -> Candidate:
    """The feed of a candidate, read; its address stood in the page at `page_url`.

    Raises:
        FetchError, EmptyPage, NotAFeed: it could not be had, or is none.
    """
    from archiver.tasks.syncing.poll import poll

    answer = poll(found.url, settings, trusted_host=urlsplit(urls.parse(page_url)).hostname, turns=turns)
    return Candidate(found.url, (answer.feed.title if answer.feed else None) or found.title, answer.feed)


def _at_common_places(url: str, settings: Settings, turns: Turns) -> Candidate | None:
    for place in common_places(url):
        with contextlib.suppress(ArchiverError):
            return read_candidate(Candidate(place, None), url, settings, turns)
    return None


def _read(store: Store) -> Opml:
    try:
        return Opml.read(store.following.subscriptions() or EMPTY)
    except FeedError as error:
        raise StoreError(error.reason, subject=str(store.root / "feeds.opml"), remedy=error.remedy) from None
