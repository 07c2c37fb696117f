"""What a fresh extraction means for what we hold. Pure: values in, a decision out."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from archiver.article import Article

SHRUNK_TO = 0.34
"""A body with less than this share of the words we hold is taken for a damaged page, not for an edit."""

_COMPARED = (
    "title",
    "subtitle",
    "byline",
    "authors",
    "dates",
    "reviewed_by",
    "source",
    "section",
    "tags",
    "language",
    "verdict",
)


class Decision(StrEnum):
    """What becomes of a fetched article."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    WORSE = "worse"


def decide(previous: Article | None, article: Article) -> Decision:
    """Whether `article` is new, says something else than `previous`, says the same, or is worse than what we hold.

    Worse is a page that is no article any more (a wall, an error page, a listing) or whose body shrank to a fraction:
    it never replaces what we hold. Two articles say the same when their text and fields are equal; the capture, the
    evidence, the lead image's address and links do not count, because sites change those on every load.
    """
    if previous is None:
        return Decision.NEW
    if _says(previous) == _says(article):
        return Decision.UNCHANGED
    if previous.verdict == "article":
        shrunk = article.body.words < SHRUNK_TO * previous.body.words
        if article.verdict != "article" or shrunk:
            return Decision.WORSE
    return Decision.CHANGED


def _says(article: Article) -> tuple[object, ...]:
    return (" ".join(article.body.text.split()), *(getattr(article, name) for name in _COMPARED))
