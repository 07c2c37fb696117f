"""One subscription, and the OPML outline that it is read from and written to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from archiver import urls
from archiver.errors import InvalidUrl
from archiver.feeds.categories import labels_in
from archiver.feeds.choosing import FIELDS, Rule
from archiver.feeds.dates import moment
from archiver.feeds.markup import writable
from archiver.feeds.plain import line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml import etree

NAMESPACE = "urn:archiver:opml:1"
_NO = frozenset({"", "false", "no", "0"})


@dataclass(frozen=True, slots=True)
class Subscription:
    """The wish to follow a feed.

    Attributes:
        url: the feed's URL, as `urls.parse` gives it.
        folder: the names of the folders it stands in, the outermost first.
        paused: why it is not polled, in words; None where it is.
        since: entries older than this are not wanted.
        backlog: most entries taken at the first poll, the newest; None leaves that to the default.
        rules: which of its entries are wanted.
        labels: given to each article of its; in the file, OPML's own `category`.
    """

    url: str
    title: str | None = None
    home: str | None = None
    folder: tuple[str, ...] = ()
    paused: str | None = None
    since: datetime | None = None
    backlog: int | None = None
    rules: tuple[Rule, ...] = ()
    labels: tuple[str, ...] = ()


def address(outline: etree._Element) -> str | None:
    """The feed's address as it stands; None where the outline is no feed (`include` and `link` name other documents)."""
    if outline.get("type", "rss").strip().lower() in ("include", "link"):
        return None
    return next(
        (value.strip() for name, value in outline.attrib.items() if str(name).lower() == "xmlurl" and value.strip()), None
    )


def url_of(outline: etree._Element) -> str | None:
    """The feed's URL, as `urls.parse` gives it; None where the outline stands for no http(s) feed."""
    said = address(outline)
    try:
        return urls.parse(said) if said and said.lower().startswith(("http://", "https://")) else None
    except InvalidUrl:
        return None


def subscription(outline: etree._Element, url: str, folder: tuple[str, ...]) -> Subscription:
    """What an outline in `folder` says of the wish to follow `url`."""
    paused = (_read(outline, "paused") or "").strip()
    return Subscription(
        url=url,
        title=line(outline.get("text") or outline.get("title")),
        home=outline.get("htmlUrl"),
        folder=folder,
        paused=None if paused.lower() in _NO else paused,
        since=moment(_read(outline, "since")),
        backlog=_whole(_read(outline, "backlog")),
        rules=tuple(rule for name, rule in _rules(outline)),
        labels=labels_in(outline.get("category")),
    )


def _rules(outline: etree._Element) -> Iterator[tuple[str, Rule]]:
    for field in FIELDS:
        for kind in ("include", "exclude"):
            name = f"{kind}{field.capitalize()}"
            if pattern := _read(outline, name):
                yield name, Rule(field, pattern, include=kind == "include")


def write_wishes(outline: etree._Element, subscription: Subscription) -> None:
    """Writes what we ourselves remember of a subscription into its outline."""
    write(outline, "paused", subscription.paused)
    write(outline, "since", f"{subscription.since.astimezone(UTC):%Y-%m-%d}" if subscription.since else None)
    write(outline, "backlog", None if subscription.backlog is None else str(subscription.backlog))
    if subscription.labels != labels_in(outline.get("category")):  # as another program spelt it, it stays
        outline.set("category", writable(",".join(subscription.labels)))
    for rule in subscription.rules:
        name = f"{'include' if rule.include else 'exclude'}{rule.field.capitalize()}"
        before = _read(outline, name)
        write(outline, name, f"(?:{before})|(?:{rule.pattern})" if before and before != rule.pattern else rule.pattern)


def _read(outline: etree._Element, name: str) -> str | None:
    return outline.get(f"{{{NAMESPACE}}}{name}") or outline.get(f"archiver:{name}")  # the latter where nobody declared it


def write(outline: etree._Element, name: str, value: str | None) -> None:
    """Writes one of our own attributes; None takes it away."""
    outline.attrib.pop(f"archiver:{name}", None)
    if value is None:
        outline.attrib.pop(f"{{{NAMESPACE}}}{name}", None)
    else:
        outline.set(f"{{{NAMESPACE}}}{name}", writable(value))


def _whole(text: str | None) -> int | None:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else None
