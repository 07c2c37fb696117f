"""What a fresh extraction means for what we hold. Pure: values in, a decision out."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from archiver.article import Article

SHRUNK_TO = 0.34
"""A body with less than this share of the words we hold is taken for a damaged page, not for an edit."""

_SAYS_NOTHING = frozenset({"challenge", "consent", "error"})
"""Verdicts of walls and error pages: the server has said nothing about what we asked for."""

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
    """What becomes of a fetched article; a copy is one that we hold under another address, where it says something else."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    WORSE = "worse"
    COPY = "copy"


def decide(previous: Article | None, article: Article) -> Decision:
    """Whether `article` is new, says something else than `previous`, says the same, or is worse than what we hold.

    Worse is a page that is no article where we hold one, a wall or an error page where we hold anything that says more, and
    an article whose body shrank to a fraction: they never replace what we hold. Two articles say the same when their text
    and fields are equal; the capture, the evidence, the lead image's address and links do not count, because sites change
    those on every load.
    """
    if previous is None:
        return Decision.NEW
    if _says(previous) == _says(article):
        return Decision.UNCHANGED
    shrunk = previous.verdict == "article" and article.body.words < SHRUNK_TO * previous.body.words
    return Decision.WORSE if shrunk or _rank(article) < _rank(previous) else Decision.CHANGED


def says_more(previous: Article, article: Article) -> bool:
    """Whether `article` is of a better kind than what we hold: an article in the place of a wall or a beginning."""
    return _rank(article) > _rank(previous)


def _rank(article: Article) -> int:
    """2 for an article, 1 for a page that says something, 0 for one that says nothing."""
    return 2 if article.verdict == "article" else int(article.verdict not in _SAYS_NOTHING)


def _says(article: Article) -> tuple[object, ...]:
    return (" ".join(article.body.text.split()), *(getattr(article, name) for name in _COMPARED))
