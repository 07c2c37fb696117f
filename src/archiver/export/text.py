"""Plain text: one file with all articles, or a folder with a file for each."""

from __future__ import annotations

from typing import TYPE_CHECKING, BinaryIO

from archiver.export import facts
from archiver.export.model import Draft, encoded
from archiver.export.names import Namer, named

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from archiver.article import Article
    from archiver.export.model import Exported, File, Selection, Wishes

SUFFIX = ".txt"
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
    return named(drafts(selection, wishes), wishes, SUFFIX)


def drafts(selection: Iterable[Exported], wishes: Wishes) -> Iterator[Draft]:
    """What each of the files is made of."""
    namer = Namer(wishes.name, SUFFIX)
    for exported in selection:
        article = exported.article
        yield Draft(str(article.id), namer.stem(article), encoded(plain(article)))


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
