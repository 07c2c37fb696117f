"""Everything that rich draws: the table of articles, search results, the article set for reading, progress.

Text from the web reaches rich as `Text` or through the Markdown writer, never as rich's own markup, and only after
`safe_text`.
"""

from __future__ import annotations

import shutil
import sys
from typing import TYPE_CHECKING

import click
from rich import box
from rich.console import Console, Group, RenderableType
from rich.markdown import Markdown
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from archiver.cli.terminal import SHOWN_ID_DIGITS, safe_line, safe_text
from archiver.extraction import render, words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from archiver.article import Article
    from archiver.remarks import Remarks
    from archiver.store import Hit, Row
    from archiver.tasks.feed_status import FeedStatus

READING_WIDTH = 80
DAY_WIDTH = 10
MINUTE_WIDTH = 16
COLUMN_GAP = 3
STAR = "★"
_STYLES = {"ID": "cyan", "Publisher": "dim"}
_CLAIM_WIDTHS = (len("agrees"), len("microdata"))
_OUTCOME_STYLES = {"won": "green", "agrees": "dim", "lost": "red"}
_OPTIONAL = {"Byline": 60, "Publisher": 90}
"""Columns of the table, and how wide a terminal must be to show them."""


def print_table(rows: list[Row]) -> None:
    """The articles as a table fitted to the terminal: what does not fit is shortened, and on a narrow one left out."""
    console = _console()
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
    _console().print(table)


def print_feeds(feeds: list[FeedStatus]) -> None:
    """The feeds that are followed, a line each; what is wrong with one stands below it."""
    console = _console()
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


def print_rules(rows: list[dict[str, object]]) -> None:
    """The site rules as a table; what is too long is broken into lines."""
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False, padding=(0, 1))
    for heading in rows[0]:
        table.add_column(heading.capitalize(), overflow="fold", style="cyan" if heading == "host" else None)
    for row in rows:
        table.add_row(*(Text(safe_line(str(cell))) for cell in row.values()))
    _console().print(table)


def print_hits(hits: list[Hit]) -> None:
    """Search results: a line to name each article, and the passage that matched, highlighted."""
    console = _console()
    for hit in hits:
        row = hit.row
        name = Text.assemble((row.id[:SHOWN_ID_DIGITS], "cyan"), "  ", (safe_line(row.title or row.url), "bold"))
        origin = "  ".join(safe_line(part) for part in ((row.published or "")[:10], row.publisher or row.host) if part)
        excerpt = Text()
        for text, matched in hit.excerpt:
            excerpt.append(safe_text(text.replace("\n", " ")), "bold yellow" if matched else "")
        console.print(name, Padding(Text(origin, "dim"), (0, 0, 0, 2)), Padding(excerpt, (0, 0, 1, 2)), sep="\n")


def print_claims(fields: Iterable[tuple[str, str, Sequence[tuple[str, str, str, str]]]], *, whole: bool) -> None:
    """For each field its key, its value, and under it each claim: outcome, kind of source, place, and what stands there.

    What does not fit on the line is cut off, or with `whole` goes on below.
    """
    console = _console()
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


def show_article(article: Article, remarks: Remarks) -> None:
    """The article set for reading, with what the user says about it, through the pager when it is longer than the terminal."""
    console = _console()
    width = min(console.width, READING_WIDTH)
    with console.capture() as captured:
        console.print(_typeset(article, remarks), width=width)
    text = captured.get()
    if text.count("\n") >= shutil.get_terminal_size().lines and sys.stdin.isatty():
        click.echo_via_pager(text, color=None if console.color_system else False)  # True would keep click from telling less
    else:
        click.echo(text, nl=False, color=True)


def progress(items: Iterable[str], *, total: int | None) -> Iterator[str]:
    """`items`, behind a progress bar on stderr; `total` is how many there are, None where nobody knows yet."""
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (BarColumn(20), MofNCompleteColumn(), TimeElapsedColumn(), TextColumn("{task.description}", markup=False))
    # on a terminal our lines go above the bar; when stdout is piped they must go there untouched
    on_terminal = sys.stdout.isatty()
    with Progress(*columns, console=Console(stderr=True), transient=True, redirect_stdout=on_terminal) as bar:
        task = bar.add_task("", total=total)
        for item in items:
            bar.update(task, description=safe_line(item)[: READING_WIDTH // 2])
            yield item
            bar.advance(task)


def _console() -> Console:
    return Console(highlight=False, markup=False, emoji=False)


def _optional_headings(width: int) -> list[str]:
    return [heading for heading, least in _OPTIONAL.items() if width >= least]


def _title(row: Row) -> Text:
    title = Text(safe_line(row.title or row.url))
    if row.verdict != "article":
        title = Text.assemble((f"[{row.verdict}] ", "yellow"), title)
    if row.starred:
        title = Text.assemble((f"{STAR} ", "yellow"), title)
    return title


def _typeset(article: Article, remarks: Remarks) -> RenderableType:
    parts: list[RenderableType] = [Text(safe_line(article.title or "(no title)"), "bold")]
    if article.subtitle:
        parts.append(Text(safe_line(article.subtitle), "italic"))
    parts.extend(Text(line, "dim") for line in _facts(article))
    parts.extend(Text(line, "yellow") for line in _remarked(remarks))
    parts.append(Text())
    parts.append(Markdown(safe_text(render.to_markdown(article.body.html)), hyperlinks=True))
    bios = [
        author.bio if author.bio.startswith(author.name) else f"{author.name}: {author.bio}"
        for author in article.authors
        if author.bio
    ]
    if bios:
        parts.append(Text())
        parts.extend(Text(safe_line(bio), "dim italic") for bio in bios)
    return Group(*parts)


def _remarked(remarks: Remarks) -> Iterator[str]:
    tags = f"Your tags: {', '.join(remarks.labels)}" if remarks.labels else None
    yield from _line(STAR if remarks.starred else None, tags, "read" if remarks.read else None)
    if remarks.note:
        yield safe_text(f"Your note: {remarks.note}")


def _facts(article: Article) -> Iterator[str]:
    """The lines between title and text: who, when, where, and what we keep of it."""
    source, dates = article.source, article.dates
    by = article.byline or ", ".join(author.name for author in article.authors)
    yield from _line(by and f"By {by}", source.publisher or source.host)
    reviewed = dates.reviewed and f"reviewed {dates.reviewed[:10]}" + (
        f" by {article.reviewed_by}" if article.reviewed_by else ""
    )
    yield from _line(
        dates.published and f"Published {dates.published[:10]}", dates.modified and f"updated {dates.modified[:10]}", reviewed
    )
    licence = (article.licence.name or article.licence.url) if article.licence else None
    yield from _line(
        "Source: " + "; ".join(credit.name for credit in source.credited) if source.credited else None,
        licence and f"Licence: {licence}",
    )
    yield from _line(" › ".join(article.section))
    yield from _line(article.url)
    fetched = f"fetched {article.capture.fetched_at[:10]}" if article.capture else None
    verdict = None if article.verdict == "article" else f"no article: {article.verdict}"
    yield from _line(
        (article.id or "")[:SHOWN_ID_DIGITS],
        f"{article.body.words:,} words, {words.minutes(article.body.text)} min",
        fetched,
        verdict,
    )


def _line(*parts: str | None) -> Iterator[str]:
    kept = [safe_line(part) for part in parts if part]
    if kept:
        yield " · ".join(kept)
