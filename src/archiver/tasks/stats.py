"""What an archive, or a choice of its articles, looks like in numbers."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from archiver import reading_time
from archiver.tasks.series import Bar, Series, series, start

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from archiver.store import Filters, Store
    from archiver.store.indexing.tallies import Ranking as Counted
    from archiver.store.indexing.tallies import Tallies

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
UNKNOWN = "unknown"
"""Stands for the language where a page's is not known."""


@dataclass(frozen=True, slots=True)
class Totals:
    """The sums, and the first and last dates.

    Attributes:
        of_articles: the articles of the whole archive, chosen or not.
        minutes: of reading, as docs/stats.md says.
        fetched_first, …: days; of publication, as exact as the pages are.
    """

    articles: int
    of_articles: int
    words: int
    minutes: int
    starred: int
    read: int
    fetched_first: str | None
    fetched_last: str | None
    published_first: str | None
    published_last: str | None


@dataclass(frozen=True, slots=True)
class Ranking:
    """The most frequent names.

    Attributes:
        different: how many names there are in all, these among them.
        others: how often the names are given that are not among `top`.
    """

    top: tuple[Bar, ...]
    different: int
    others: int


@dataclass(frozen=True, slots=True)
class Found:
    """In how many of the articles a field has a value."""

    field: str
    articles: int
    share: float


@dataclass(frozen=True, slots=True)
class Disk:
    """What one kind of files takes; not `exact` where there are so many that some spoke for all."""

    name: str
    files: int
    bytes: int
    exact: bool


@dataclass(frozen=True, slots=True)
class Stats:
    """What can be said of the chosen articles; of `disk`, of the whole archive.

    Attributes:
        weekdays: of those whose publication is known to the day, Monday first.
        hours: "00" to "23", of those whose page states a time of publication, as printed there.
    """

    totals: Totals
    fetched: Series
    published: Series
    weekdays: tuple[Bar, ...]
    hours: tuple[Bar, ...]
    sites: Ranking
    authors: Ranking
    your_tags: Ranking
    tags: Ranking
    sections: Ranking
    languages: Ranking
    verdicts: Ranking
    fields: tuple[Found, ...]
    disk: tuple[Disk, ...]


def stats(store: Store, filters: Filters, *, top: int, today: date | None = None) -> Stats:
    """The numbers of the articles that pass `filters`; of names, the `top` most frequent ones.

    Raises:
        InvalidInput: the host in `filters` cannot be one.
        StoreError: the index cannot be read.
    """
    counted = store.tallies(filters, top=top)
    today = today or datetime.now(UTC).date()
    return Stats(
        totals=_totals(counted),
        fetched=series(counted.fetched, today=today, undated=_without(counted.fetched, counted)),
        published=series(_days(counted.published), today=today, undated=_without(counted.published, counted)),
        weekdays=_weekdays(counted.published),
        hours=_hours(counted.published),
        sites=_ranking(counted.hosts),
        authors=_ranking(counted.bylines),
        your_tags=_ranking(counted.labels),
        tags=_ranking(counted.tags),
        sections=_ranking(counted.sections),
        languages=_summed(((language or UNKNOWN, articles) for language, _, articles, _ in counted.kinds), top),
        verdicts=_summed(((verdict, articles) for _, verdict, articles, _ in counted.kinds), top),
        fields=tuple(
            Found(field, articles, round(articles / counted.articles, 4) if counted.articles else 0.0)
            for field, articles in counted.found
        ),
        disk=(Disk("records", counted.held, counted.held_bytes, exact=True), *_disk(store)),
    )


def _totals(counted: Tallies) -> Totals:
    minutes = sum(reading_time.minutes_in(language, words) for language, _, _, words in counted.kinds)
    return Totals(
        counted.articles,
        counted.held,
        counted.words,
        round(minutes),
        counted.starred,
        counted.read,
        *_span(counted.fetched),
        *_span(counted.published),
    )


def _span(dated: Iterable[tuple[str, int]]) -> tuple[str | None, str | None]:
    """The first and the last day."""
    days = [moment[:10] for moment, _ in dated if start(moment[:10])]
    return (min(days), max(days)) if days else (None, None)


def _without(dated: Iterable[tuple[str, int]], counted: Tallies) -> int:
    """How many articles have no date, or none that can be read."""
    return counted.articles - sum(articles for moment, articles in dated if start(moment[:10]))


def _days(published: Iterable[tuple[str, int]]) -> Iterable[tuple[str, int]]:
    return ((moment[:10], articles) for moment, articles in published)


def _weekdays(published: Iterable[tuple[str, int]]) -> tuple[Bar, ...]:
    found = [0] * len(WEEKDAYS)
    for moment, articles in published:
        if len(moment) >= 10 and (day := start(moment[:10])):
            found[day.weekday()] += articles
    return tuple(Bar(name, articles) for name, articles in zip(WEEKDAYS, found, strict=True))


def _hours(published: Iterable[tuple[str, int]]) -> tuple[Bar, ...]:
    found: Counter[str] = Counter()
    for moment, articles in published:
        if moment[10:11] == "T":
            found[moment[11:]] += articles
    return tuple(Bar(name, found[name]) for name in (f"{hour:02}" for hour in range(24)))


def _ranking(counted: Counted) -> Ranking:
    top = tuple(Bar(name, articles) for name, articles in counted.names)
    return Ranking(top, counted.different, counted.articles - sum(bar.articles for bar in top))


def _summed(counts: Iterable[tuple[str, int]], top: int) -> Ranking:
    found: Counter[str] = Counter()
    for name, articles in counts:
        found[name] += articles
    ranked = sorted(found.items(), key=lambda counted: (-counted[1], counted[0]))
    shown = tuple(Bar(name, articles) for name, articles in ranked[:top])
    return Ranking(shown, len(found), sum(articles for _, articles in ranked[top:]))


def _disk(store: Store) -> Iterable[Disk]:
    return (Disk(name, usage.files, usage.bytes, usage.exact) for name, usage in store.disk_use().items())
