"""Everything that rich draws: the table of articles, search results, the article set for reading, progress.

Text from the web reaches rich as `Text` or through the Markdown writer, never as rich's own markup, and only after
`safe_text`.
"""

from __future__ import annotations

import contextlib
import sys
from typing import TYPE_CHECKING, TypeVar

from rich import box
from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from archiver.cli.console import screen
from archiver.cli.terminal import SHOWN_ID_DIGITS, STAR, safe_line, safe_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from archiver.store import Hit, Row
    from archiver.tasks.keeping.duplicates import Candidate
    from archiver.tasks.syncing.feed_status import FeedStatus

_Item = TypeVar("_Item")
READING_WIDTH = 80
DAY_WIDTH = 10
MINUTE_WIDTH = 16
COLUMN_GAP = 3
MAX_TITLE = 1000
"""As many characters of a title name a hit; some pages put a whole document there."""
_STYLES = {"ID": "cyan", "Publisher": "dim"}
_CLAIM_WIDTHS = (len("agrees"), len("microdata"))
_OUTCOME_STYLES = {"won": "green", "agrees": "dim", "lost": "red"}
_OPTIONAL = {"Byline": 60, "Publisher": 90}
"""Columns of the table, and how wide a terminal must be to show them."""


def print_table(rows: list[Row]) -> None:
    """The articles as a table fitted to the terminal: what does not fit is shortened, and on a narrow one left out."""
    console = screen()
    headings = ["ID", "Title", *_optional_headings(console.width), "Published"]
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False, padding=(0, 1))
    room = console.width - SHOWN_ID_DIGITS - DAY_WIDTH - COLUMN_GAP * (len(headings) - 1)
    side = room // 5
    widths = {"ID": SHOWN_ID_DIGITS, "Title": room - side * (len(headings) - 3), "Published": DAY_WIDTH}
    for heading in headings:
        table.add_column(
            heading, max_width=max(1, widths.get(heading, side)), no_wrap=True, overflow="ellipsis", style=_STYLES.get(heading)
        )
    for row in rows:
        cells = {
            "ID": Text(row.id[:SHOWN_ID_DIGITS]),
            "Title": _title(row),
            "Byline": Text(safe_line(row.byline or "")),
            "Publisher": Text(safe_line(row.publisher or row.host or "")),
            "Published": Text(safe_line((row.published or "")[:DAY_WIDTH])),
        }
        table.add_row(*(cells[heading] for heading in headings))
    console.print(table)


def print_columns(names: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """A table of chosen columns, each as wide as what it holds as long as all fit the terminal."""
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False, padding=(0, 1))
    for name in names:
        table.add_column(name, no_wrap=True, overflow="ellipsis", style="cyan" if name == "id" else None)
    for cells in rows:
        table.add_row(*(Text(safe_line(cell)) for cell in cells))
    screen().print(table)


def print_feeds(feeds: list[FeedStatus]) -> None:
    """The feeds that are followed, a line each; what is wrong with one stands below it."""
    console = screen()
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False, padding=(0, 1))
    for heading, style in (
        ("ID", "cyan"),
        ("Title", ""),
        ("Host", "dim"),
        ("Polled (UTC)", ""),
        ("Last article", ""),
        ("State", ""),
    ):
        table.add_column(heading, no_wrap=True, overflow="ellipsis", style=style)
    for feed in feeds:
        state = Text(feed.state, "yellow" if feed.state in ("failing", "paused") else "")
        if feed.note:
            state.append(f": {safe_line(feed.note)}")
        table.add_row(
            Text(feed.id[:SHOWN_ID_DIGITS]),
            Text(safe_line(feed.title or feed.url)),
            Text(safe_line(feed.host or "")),
            Text((feed.polled_at or "")[:MINUTE_WIDTH].replace("T", " ")),
            Text((feed.news_at or "")[:DAY_WIDTH]),
            state,
        )
    console.print(table)


def print_duplicates(found: list[Candidate]) -> None:
    """Articles that may be one, two lines for each two of them."""
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False, padding=(0, 1))
    for heading in ("ID", "Title", "Alike", "Why"):
        table.add_column(heading, no_wrap=True, overflow="ellipsis", style=_STYLES.get(heading))
    for candidate in found:
        ids = Text(f"{candidate.id[:SHOWN_ID_DIGITS]}\n{candidate.other[:SHOWN_ID_DIGITS]}")
        names = [candidate.title or candidate.url, candidate.other_title or candidate.other_url]
        titles = Text("\n".join(safe_line(name or "") for name in names), overflow="ellipsis", no_wrap=True)
        table.add_row(ids, titles, f"{candidate.likeness:.0%}", candidate.why)
    screen().print(table)


def print_rules(rows: list[dict[str, object]]) -> None:
    """The site rules as a table; what is too long is broken into lines."""
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False, padding=(0, 1))
    for heading in rows[0]:
        table.add_column(heading.capitalize(), overflow="fold", style="cyan" if heading == "host" else None)
    for row in rows:
        table.add_row(*(Text(safe_line(str(cell))) for cell in row.values()))
    screen().print(table)


def print_settings(rows: list[tuple[str, str, str]]) -> None:
    """The settings as a table: name, value, origin."""
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False, padding=(0, 1))
    for heading, style in (("Setting", "cyan"), ("Value", ""), ("Origin", "dim")):
        table.add_column(heading, overflow="fold", style=style)
    for row in rows:
        table.add_row(*(Text(safe_line(cell)) for cell in row))
    screen().print(table)


def print_hits(hits: list[Hit]) -> None:
    """Search results: a line to name each article, and the passage that matched, highlighted."""
    console = screen()
    for hit in hits:
        row = hit.row
        title = safe_line(row.title or row.url)[:MAX_TITLE]
        name = Text.assemble((row.id[:SHOWN_ID_DIGITS], "cyan"), "  ", (title, "bold"))
        origin = "  ".join(safe_line(part) for part in ((row.published or "")[:10], row.publisher or row.host) if part)
        excerpt = Text()
        for text, matched in hit.excerpt:
            excerpt.append(safe_text(text.replace("\n", " ")), "bold yellow" if matched else "")
        console.print(name, Padding(Text(origin, "dim"), (0, 0, 0, 2)), Padding(excerpt, (0, 0, 1, 2)), sep="\n")


def print_claims(fields: Iterable[tuple[str, str, Sequence[tuple[str, str, str, str]]]], *, whole: bool) -> None:
    """For each field its key, its value, and under it each claim: outcome, kind of source, place, and what stands there.

    What does not fit on the line is cut off, or with `whole` goes on below.
    """
    console = screen()
    room = max(2, console.width - 2 - sum(_CLAIM_WIDTHS) - 2 * len(_CLAIM_WIDTHS) - 2)
    for field, value, claims in fields:
        console.print(
            Text.assemble((field, "bold cyan"), "  ", (safe_line(value), "bold")),
            soft_wrap=whole,
            no_wrap=not whole,
            overflow="ellipsis",
        )
        table = Table.grid(padding=(0, 2, 0, 0))
        for width in (*_CLAIM_WIDTHS, room // 2, room - room // 2):
            table.add_column(width=width, no_wrap=not whole, overflow="fold" if whole else "ellipsis")
        for outcome, *cells in claims:
            table.add_row(Text(outcome, _OUTCOME_STYLES[outcome]), *(Text(safe_line(cell)) for cell in cells))
        console.print(Padding(table, (0, 0, 1, 2)))


def progress(items: Iterable[_Item], *, total: int | None, told: Callable[[_Item], str]) -> Iterator[_Item]:
    """`items`, behind a progress bar on stderr that names the last one done, as `told` gives it.

    Args:
        total: how many there are, None where nobody knows yet.
    """
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (BarColumn(20), MofNCompleteColumn(), TimeElapsedColumn(), TextColumn("{task.description}", markup=False))
    # on a terminal our lines go above the bar; when stdout is piped they must go there untouched
    on_terminal = sys.stdout.isatty()
    with Progress(*columns, console=Console(stderr=True), transient=True, redirect_stdout=on_terminal) as bar:
        task = bar.add_task("", total=total)
        for item in items:
            yield item
            bar.update(task, description=safe_line(told(item))[: READING_WIDTH // 2], advance=1)


@contextlib.contextmanager
def counting(total: int) -> Iterator[Callable[[], None]]:
    """A progress bar on stderr for `total` steps; gives what is called after each."""
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TimeElapsedColumn

    console = Console(stderr=True)
    columns = (BarColumn(20), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True, redirect_stdout=sys.stdout.isatty()) as bar:
        task = bar.add_task("", total=total)
        yield lambda: bar.advance(task)


def _optional_headings(width: int) -> list[str]:
    return [heading for heading, least in _OPTIONAL.items() if width >= least]


def _title(row: Row) -> Text:
    title = Text(safe_line(row.title or row.url))
    if row.verdict != "article":
        title = Text.assemble((f"[{row.verdict}] ", "yellow"), title)
    if row.gone_since:
        title = Text.assemble(("[gone] ", "red"), title)
    if row.starred:
        title = Text.assemble((f"{STAR} ", "yellow"), title)
    return title
