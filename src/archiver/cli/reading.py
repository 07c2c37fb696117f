"""An article set for reading in the terminal: who, when and where, what the user says about it, the text, the authors."""

from __future__ import annotations

import re
import shutil
import sys
from typing import TYPE_CHECKING

import click
from rich.console import Group, RenderableType
from rich.text import Text

from archiver import urls
from archiver.cli.console import is_light, screen
from archiver.cli.terminal import SHOWN_ID_DIGITS, STAR, safe_line, safe_text
from archiver.cli.typesetting import Links, justification, typeset
from archiver.extraction import words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.console import Console

    from archiver.article import Article
    from archiver.remarks import Remarks
    from archiver.sightings import Sightings

DAY_WIDTH = 10
_ROOM_AT_END = re.compile(r" +((?:\x1b\[[\d;]*m)*)$")
"""Spaces that fill a line; styles may end after them."""
MEASURE = 80
"""How wide a line may be that is pleasant to read, in columns."""


def show(article: Article, remarks: Remarks, sightings: Sightings, *, width: int | None = None, plain: bool = False) -> None:
    """Prints the article in `width` columns; through the pager when it is longer than the terminal.

    With `plain` only text is printed: no colour, no pager, and links are numbered.
    """
    page = screen(width, plain=plain)
    width = width or min(page.width, MEASURE)
    links = Links(numbered=page.color_system is None)
    with page.capture() as captured:
        page.print(_set(article, remarks, sightings, width, links, plain=plain), width=width)
    lines = [_ROOM_AT_END.sub(r"\1", line) for line in captured.get().splitlines()]
    text = "\n".join(lines) + "\n"
    if not plain and len(lines) >= shutil.get_terminal_size().lines and sys.stdin.isatty():
        click.echo_via_pager(text, color=_pager_colour(page))
    else:
        sys.stdout.write(text)


def _pager_colour(page: Console) -> bool | None:
    return None if page.color_system else False  # True would keep click from telling less to show it


def _set(article: Article, remarks: Remarks, sightings: Sightings, width: int, links: Links, *, plain: bool) -> RenderableType:
    parts: list[RenderableType] = [_line_of(article.title or "(no title)", "bold")]
    if article.subtitle:
        parts.append(_line_of(article.subtitle, "italic"))
    parts.extend(Text(line, "dim") for line in _facts(article))
    if sightings.gone_since:
        parts.append(Text(safe_line(f"Gone from the web since {sightings.gone_since[:DAY_WIDTH]}"), "red"))
    parts.extend(Text(line, "yellow") for line in _remarked(remarks))
    parts.extend((Text(), typeset(article.body.html, width=width, links=links, plain=plain, light=is_light())))
    bios = [
        author.bio if author.bio.startswith(author.name) else f"{author.name}: {author.bio}"
        for author in article.authors
        if author.bio
    ]
    if bios:
        parts.append(Text())
        parts.extend(_line_of(bio, "dim italic") for bio in bios)
    if links.addresses:
        parts.append(Text())
        parts.extend(Text(f"[{number}] {address}", "dim", overflow="fold") for address, number in links.addresses.items())
    return Group(*parts)


def _line_of(words_of_page: str, style: str) -> Text:
    return Text(safe_line(words_of_page), style, justify=justification(words_of_page))


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
    capture = article.capture
    fetched = f"fetched {capture.fetched_at[:10]}" if capture else None
    if capture and capture.snapshot:
        fetched = f"copy of {capture.snapshot.taken_at[:10]} from {urls.host(capture.snapshot.url)}, {fetched}"
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
