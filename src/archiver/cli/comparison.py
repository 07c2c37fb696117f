"""Two versions of an article side by side, ready to be printed in any form."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from archiver.tasks.versions import changes
from archiver.tasks.versions.wording import Comparison, compare

if TYPE_CHECKING:
    from archiver.article import Article
    from archiver.tasks.versions.changes import FieldChange


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two versions.

    Attributes:
        number: as `archiver history` counts.
    """

    number: int
    fetched_at: str
    archiver: str
    lines: tuple[str, ...]

    @property
    def name(self) -> str:
        """Its number and when it was fetched."""
        return f"version {self.number}, {self.fetched_at or 'undated'}"


@dataclass(frozen=True, slots=True)
class Compared:
    """What tells two versions apart.

    Attributes:
        title: that of the later one.
        honesty: what is to be said where text and dates do not go together.
    """

    id: str
    url: str
    title: str
    language: str | None
    before: Side
    after: Side
    fields: tuple[FieldChange, ...]
    text: Comparison
    honesty: str | None

    @property
    def counted(self) -> str:
        """How many words came and went."""
        added, removed = self.text.words_added, self.text.words_removed
        return f"{added:,} {'word' if added == 1 else 'words'} added, {removed:,} removed"


def compared(one: tuple[int, Article], other: tuple[int, Article]) -> Compared:
    """Two versions, each with its number."""
    before, after = one[1], other[1]
    return Compared(
        id=str(after.id),
        url=after.url or "",
        title=after.title or after.url or "",
        language=after.language,
        before=_side(*one),
        after=_side(*other),
        fields=changes.fields(before, after),
        text=compare(before.body.text, after.body.text),
        honesty=changes.honesty(before, after),
    )


def _side(number: int, article: Article) -> Side:
    fetched_at = article.capture.fetched_at if article.capture else ""
    return Side(number, fetched_at, article.archiver, tuple(article.body.text.split("\n")))
