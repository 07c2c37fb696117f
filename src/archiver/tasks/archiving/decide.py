"""What a fresh extraction means for what we hold. Pure: values in, a decision out."""

from __future__ import annotations

import dataclasses
from enum import StrEnum
from typing import TYPE_CHECKING

from archiver.tasks.archiving.noise import settled_url, without_noise

if TYPE_CHECKING:
    from archiver.article import Article, Dates

SHRUNK_TO = 0.34
"""A body with less than this share of the words we hold is taken for a damaged page, not for an edit."""

SAYS_NOTHING = frozenset({"challenge", "consent", "error"})
"""Verdicts of walls and error pages: the server has said nothing about what we asked for."""

_COMPARED = ("title", "subtitle", "byline", "reviewed_by", "section", "language", "verdict")
"""Fields that are compared as they stand; the others below, less what changes though nobody edited the article."""


class Decision(StrEnum):
    """What becomes of a fetched article; `OLDER`: it says something else, and was captured before what we hold."""

    """What becomes of a fetched article; a copy is one that we hold under another address, where it says something else."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    WORSE = "worse"
    OLDER = "older"
    COPY = "copy"


def decide(previous: Article | None, article: Article) -> Decision:
    """Whether `article` is new, says something else than `previous`, says the same, or is worse than what we hold.

    Worse is a page that is no article where we hold one, a wall or an error page where we hold anything that says more, and
    an article whose body shrank to a fraction, or shrank at all because a further page of it could not be had: they never
    replace what we hold; nor do a web archive's copy and what a feed carries where we had the article from its own host. Two
    articles say the same when their text and fields are equal, noise apart; the capture, the evidence, the lead image's address
    and links do not count, because sites change those on every load.
    """
    if previous is None:
        return Decision.NEW
    if _says(previous) == _says(article):
        return Decision.UNCHANGED
    least = previous.body.words * (1.0 if article.capture and article.capture.missing else SHRUNK_TO)
    shrunk = previous.verdict == "article" and article.body.words < least
    second_hand = (_is_copy(article) or is_feed_text(article)) and _is_first_hand(previous)
    return Decision.WORSE if shrunk or second_hand or _rank(article) < _rank(previous) else Decision.CHANGED


def _is_copy(article: Article) -> bool:
    return article.capture is not None and article.capture.snapshot is not None


def _is_first_hand(article: Article) -> bool:
    """Whether it is an article that came from its own host, and not in the words of a feed."""
    return article.verdict == "article" and not _is_copy(article) and not is_feed_text(article)


def is_feed_text(article: Article) -> bool:
    """Whether the article's text is what a feed carried, because the page could not be had."""
    body = article.evidence.get("body")
    return body is not None and body.from_ == "feed"


def stated_dates(article: Article) -> Dates:
    """The dates that the page states; what its server says moves with every change of the site."""
    modified = article.evidence.get("dates.modified")
    if modified is not None and modified.from_ == "header":
        return dataclasses.replace(article.dates, modified=None)
    return article.dates


def says_more(previous: Article, article: Article) -> bool:
    """Whether `article` is of a better kind than what we hold: an article in the place of a wall or a beginning."""
    return _rank(article) > _rank(previous)


def _rank(article: Article) -> int:
    """2 for an article, 1 for a page that says something, 0 for one that says nothing."""
    return 2 if article.verdict == "article" else int(article.verdict not in SAYS_NOTHING)


def _says(article: Article) -> tuple[object, ...]:
    """What is compared of an article: what somebody wrote, without noise (`noise.py`)."""
    source = article.source
    return (
        without_noise(article.body.text),
        *(getattr(article, name) for name in _COMPARED),
        stated_dates(article),
        [(author.name, without_noise(author.bio or ""), settled_url(author.url)) for author in article.authors],
        (source.publisher, source.host, [(credit.name, settled_url(credit.url)) for credit in source.credited]),
        sorted({tag.casefold() for tag in article.tags}),
    )
