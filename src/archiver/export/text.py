"""Plain text: one file with all articles, or a folder with a file for each."""

from __future__ import annotations

from typing import TYPE_CHECKING, BinaryIO

from archiver.export import facts
from archiver.export.model import File, encoded
from archiver.export.names import Namer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archiver.article import Article
    from archiver.export.model import Selection, Wishes

PARTED = "\n" + "=" * 72 + "\n\n"
"""Between two articles in one file."""


def write(selection: Selection, output: BinaryIO, _wishes: Wishes) -> None:
    """Writes the articles one below the other."""
    before = ""
    for exported in selection:
        output.write(encoded(before + plain(exported.article)))
        before = PARTED


def files(selection: Selection, wishes: Wishes) -> Iterator[File]:
    """A file for each article."""
    namer = Namer(wishes.name, ".txt")
    for exported in selection:
        yield File(namer.name(exported.article), encoded(plain(exported.article)))


def plain(article: Article) -> str:
    """An article: its title, what is known of it line by line, and its text."""
    by = facts.authors(article)
    heading = (
        facts.title(article),
        facts.line(article.subtitle),
        f"By {by}" if by else "",
        ", ".join(filter(None, (facts.publisher(article), facts.dates(article)))),
        facts.line(article.url),
    )
    return "\n".join(filter(None, heading)) + "\n\n" + facts.clean(article.body.text).strip("\n") + "\n"
