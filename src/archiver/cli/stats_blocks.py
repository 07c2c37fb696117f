"""The numbers of `archiver stats` as they are shown, whatever draws them: facts in words, and blocks of bars."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import TYPE_CHECKING

from archiver.cli.terminal import safe_line
from archiver.store import Filters

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archiver.tasks.series import Bar, Series
    from archiver.tasks.stats import Ranking, Stats

_UNITS = ("bytes", "kB", "MB", "GB", "TB")
_RANKINGS = (
    ("sites", "Sites", "sites"),
    ("authors", "Authors, as printed", "bylines"),
    ("your_tags", "Your tags", "tags"),
    ("tags", "The pages' tags", "tags"),
    ("sections", "Sections", "sections"),
    ("languages", "Languages", "languages"),
    ("verdicts", "Verdicts", "verdicts"),
)
"""For each ranking its field, its heading, and what its names are called."""


@dataclass(frozen=True, slots=True)
class Row:
    """A bar: what it stands for, how long it is beside the others, and what is written at its end."""

    name: str
    length: float
    value: str


@dataclass(frozen=True, slots=True)
class Block:
    """Bars under a heading; the note says what they leave out.

    `first_column` and `last_column` say what the names and the values of its rows are.
    """

    heading: str
    first_column: str
    rows: tuple[Row, ...]
    note: str = ""
    last_column: str = "Articles"


def facts(stats: Stats) -> Iterator[tuple[str, str]]:
    """What is said in words: each with its name."""
    totals = stats.totals
    some = f" of {totals.of_articles:,}" if totals.of_articles != totals.articles else ""
    yield "Articles", f"{totals.articles:,}{some}"
    yield "Words", f"{totals.words:,}"
    yield "Reading", duration(totals.minutes)
    yield "Yours", f"{totals.starred:,} starred, {totals.read:,} read"
    for name, first, last in (
        ("Fetched", totals.fetched_first, totals.fetched_last),
        ("Published", totals.published_first, totals.published_last),
    ):
        if first and last:
            days = dict.fromkeys((first, last))
            yield name, safe_line(" to ".join(days))


def lines_of_time(stats: Stats) -> Iterator[Block]:
    """Articles over time: fetched, published, by weekday and by hour of publication; those that have any."""
    for heading, series in (("Fetched", stats.fetched), ("Published", stats.published)):
        if series.bars:
            yield Block(f"{heading} by {series.unit}", series.unit.capitalize(), _rows(series.bars), _left_out(series))
    for heading, bars, of in (("Weekday", stats.weekdays, "day"), ("Hour", stats.hours, "time")):
        if any(bar.articles for bar in bars):
            known = sum(bar.articles for bar in bars)
            note = f"{known:,} of {stats.totals.articles:,} pages state the {of}"
            yield Block(f"{heading} of publication", heading, _rows(bars), note)


def rankings(stats: Stats) -> Iterator[Block]:
    """The most frequent names; those rankings that have any."""
    for field, heading, called in _RANKINGS:
        ranking: Ranking = getattr(stats, field)
        if ranking.top:
            more = ranking.different - len(ranking.top)
            note = f"and {more:,} more {called} ({ranking.others:,})" if more else ""
            yield Block(heading, called.capitalize(), _rows(ranking.top), note)


def fields(stats: Stats) -> Block:
    """How often each field was found."""
    rows = (Row(found.field, found.share, f"{found.share:.0%}") for found in stats.fields)
    return Block("Fields found", "Field", tuple(rows), last_column="Share")


def disk(stats: Stats) -> Block:
    """What the archive takes."""
    rows = []
    for kind in stats.disk:
        about = "" if kind.exact else "about "
        rows.append(Row(kind.name, kind.bytes, f"{about}{size(kind.bytes)}"))
    total = sum(kind.bytes for kind in stats.disk)
    return Block("On disk", "Files", tuple(rows), f"{size(total)} in all, whatever was chosen", "Size")


def chosen(filters: Filters) -> str:
    """The filters in words; nothing where there are none."""
    usual = Filters()
    said = []
    for field in dataclasses.fields(filters):
        value = getattr(filters, field.name)
        if value == getattr(usual, field.name):
            continue
        said.append(f"{field.name.replace('_', ' ')}: {_spelled(value)}")
    return safe_line("; ".join(said))


def _spelled(value: object) -> str:
    if isinstance(value, tuple):  # a range of words, or tags
        least, most = (value[0], value[-1])
        return (
            ", ".join(map(str, value))
            if isinstance(least, str)
            else f"{least or 0} or more"
            if most is None
            else f"{least or 0} to {most}"
        )
    return "yes" if value is True else str(value)


def duration(minutes: int) -> str:
    """So many minutes in hours."""
    hours, rest = divmod(minutes, 60)
    return f"{hours:,} h {rest} min" if hours else f"{rest} min"


def size(count: float) -> str:
    """So many bytes, as "1.2 MB"; a MB has 1,000,000."""
    unit = 0
    while count >= 1000 and unit < len(_UNITS) - 1:
        count /= 1000
        unit += 1
    return f"{count:,.0f} {_UNITS[unit]}" if unit == 0 or count >= 100 else f"{count:.1f} {_UNITS[unit]}"


def _rows(bars: tuple[Bar, ...]) -> tuple[Row, ...]:
    return tuple(Row(safe_line(bar.name), bar.articles, f"{bar.articles:,}") for bar in bars)


def _left_out(series: Series) -> str:
    """What the bars of a series do not show."""
    counts = ((series.earlier, "earlier or less exact"), (series.later, "in the future"), (series.undated, "without a date"))
    return ", ".join(f"{count:,} {meaning}" for count, meaning in counts if count)
