"""One feed asked: fetched, read, and with a sitemap index its newest sitemaps too. Stores nothing; runs in any thread."""

from __future__ import annotations

import dataclasses
import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from archiver import feeds, urls
from archiver.capture import Validators, header
from archiver.errors import NotAFeed
from archiver.fetch import fetch_feed
from archiver.fetch.status import NOT_MODIFIED
from archiver.fetch.turns import AT_ONCE

if TYPE_CHECKING:
    from archiver.capture import Capture
    from archiver.feeds import Child, Feed
    from archiver.fetch.turns import Turns
    from archiver.settings import Settings

_NONE = Validators()
MAX_SITEMAPS = 20
"""Of a sitemap index, so many of the sitemaps that changed last are read at one poll."""
MAX_INDEX_DEPTH = 2
MAX_VALIDATOR_CHARACTERS = 1000
"""A longer one is none: it would have to be sent back each time."""
_MAX_AGE = re.compile(r"(?:^|[\s,])max-age\s{0,3}=\s{0,3}\"?(\d{1,9})", re.IGNORECASE)
_CHARSET = re.compile(r"charset\s{0,3}=\s{0,3}[\"']?([A-Za-z0-9._:-]{1,40})", re.IGNORECASE)
_PERMANENT = frozenset({301, 308})


@dataclass(frozen=True, slots=True)
class Poll:
    """The answer to one poll.

    Attributes:
        feed: what it holds; None where it is unchanged.
        url: where it was found, redirects followed.
        moved_to: where every redirect on the way said that it has moved for good; None where it has not.
        max_age: how long the server says that it stays as it is.
    """

    feed: Feed | None
    url: str
    validators: Validators = _NONE
    moved_to: str | None = None
    max_age: timedelta | None = None


def poll(
    url: str,
    settings: Settings,
    *,
    validators: Validators = _NONE,
    trusted_host: str | None = None,
    turns: Turns = AT_ONCE,
) -> Poll:
    """The feed at `url`; unchanged only where validators were given.

    Args:
        validators: those that came with it the last time.
        trusted_host: as for `fetch.fetch`: to be given where `url` stood in a document.
        turns: tell when a host may be asked.

    Raises:
        InvalidUrl, FetchError, EmptyPage: it could not be had.
        NotAFeed: it is none.
    """
    capture = fetch_feed(
        url, settings, max_bytes=feeds.MAX_BYTES, validators=validators, trusted_host=trusted_host, turns=turns
    )
    answer = Poll(
        feed=None,
        url=capture.final_url,
        validators=_validators(capture, validators),
        moved_to=_moved_to(capture),
        max_age=_max_age(capture),
    )
    if capture.final.status == NOT_MODIFIED:
        return answer
    feed = _read(capture)
    if feed.format == "sitemap index":
        dated = all(child.modified for child in feed.children)
        feed = _with_children(url, feed, settings, turns)
        if not dated:  # the index may stay the same while its sitemaps change
            answer = dataclasses.replace(answer, validators=_NONE)
    return dataclasses.replace(answer, feed=feed)


def _read(capture: Capture) -> Feed:
    charset = _CHARSET.search(header(capture.final.headers, "Content-Type") or "")
    try:
        return feeds.parse(capture.payload, capture.final_url, charset=charset[1] if charset else None)
    except NotAFeed as error:
        raise NotAFeed(error.reason, subject=capture.requested_url, remedy=error.remedy) from None


def _with_children(url: str, index: Feed, settings: Settings, turns: Turns) -> Feed:
    """The index at `url` as one sitemap, made of those that it names and that changed last."""
    visited, trusted = {url}, urlsplit(url).hostname
    entries: list[feeds.Entry] = []
    problems: list[str] = list(index.problems)
    ahead = [(child, 1) for child in _newest(index.children)]
    read = 0
    while ahead and read < MAX_SITEMAPS and len(entries) < feeds.MAX_ENTRIES:
        child, depth = ahead.pop(0)
        if child.url in visited:
            continue
        visited.add(child.url)
        read += 1
        sitemap = _read(fetch_feed(child.url, settings, max_bytes=feeds.MAX_BYTES, trusted_host=trusted, turns=turns))
        if sitemap.children and depth < MAX_INDEX_DEPTH:
            ahead[:0] = [(inner, depth + 1) for inner in _newest(sitemap.children)]
        elif sitemap.children:
            problems.append(f"{child.url}: an index of an index of an index; not read")
        entries += sitemap.entries
    if ahead:
        problems.append(f"{len(ahead)} of its sitemaps were not read; the {MAX_SITEMAPS} that changed last were")
    return dataclasses.replace(index, entries=tuple(entries[: feeds.MAX_ENTRIES]), problems=tuple(problems))


def _newest(children: tuple[Child, ...]) -> list[Child]:
    """Those that changed last first; without dates as they stand, the last first, because sites add at the end."""
    if all(child.modified for child in children):
        return sorted(children, key=lambda child: child.modified or datetime.min.replace(tzinfo=UTC), reverse=True)
    return list(children)[::-1]


def _validators(capture: Capture, sent: Validators) -> Validators:
    """Those of the document; where it is unchanged and says nothing new, those that were sent."""
    etag, last_modified = (_sensible(header(capture.final.headers, name)) for name in ("ETag", "Last-Modified"))
    if capture.final.status != NOT_MODIFIED:
        return Validators(etag, last_modified)
    return Validators(etag or sent.etag, last_modified or sent.last_modified)


def _sensible(value: str | None) -> str | None:
    return value if value and len(value) <= MAX_VALIDATOR_CHARACTERS and value.isascii() and value.isprintable() else None


def _moved_to(capture: Capture) -> str | None:
    """Where the feed has moved for good: neither to another scheme than https, nor anywhere that a redirect may not lead."""
    hops = capture.exchanges[:-1]
    if not hops or any(hop.status not in _PERMANENT for hop in hops) or capture.downgraded:
        return None
    return urls.parse(capture.final_url)


def _max_age(capture: Capture) -> timedelta | None:
    said = header(capture.final.headers, "Cache-Control") or ""
    found = _MAX_AGE.search(said[:1000])
    return timedelta(seconds=int(found[1])) if found else None
