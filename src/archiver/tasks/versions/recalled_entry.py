"""What a feed said about an article, as far as its record remembers: the claims that won, agreed or lost."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archiver.entry import FeedEntry

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archiver.article import Article

_OF_ENTRY_TEXT = "entry: "
"""What stands before a place in a record whose text is the feed's own."""
_SEPARATOR = "; "
_CUT = "…"


def recalled(article: Article) -> FeedEntry | None:
    """The entry that led to the article's page; None where none did."""
    if article.feed is None:
        return None
    return FeedEntry(
        feed_url=article.feed.url,
        entry_id=article.feed.entry_id,
        title=article.feed.title,
        authors=tuple(_each(article, "authors", "entry author")),
        published=_one(article, "dates.published", "entry published"),
        updated=_one(article, "dates.modified", "entry updated"),
        summary=_summary(article),
        tags=tuple(_each(article, "tags", "entry tags")),
    )


def _claimed(article: Article, field: str, place: str) -> Iterator[str]:
    """What the claims from `place` of the entry said, the one that won first."""
    evidence = article.evidence.get(field)
    if evidence is None:
        return
    if place in (evidence.at.removeprefix(_OF_ENTRY_TEXT), *evidence.agree):
        yield evidence.value
    yield from (claim.value for claim in evidence.rejected if claim.at == place)


def _one(article: Article, field: str, place: str) -> str | None:
    return next(_claimed(article, field, place), None)


def _each(article: Article, field: str, place: str) -> Iterator[str]:
    for value in _claimed(article, field, place):
        yield from (part for part in value.split(_SEPARATOR) if part and not part.endswith(_CUT))


def _summary(article: Article) -> str | None:
    """The evidence holds the beginning of a long one; where it is the subtitle, that is the whole."""
    said = _one(article, "subtitle", "entry summary")
    if said is None:
        return None
    evidence = article.evidence["subtitle"]
    if "entry summary" in (evidence.at.removeprefix(_OF_ENTRY_TEXT), *evidence.agree):
        return article.subtitle
    return None if said.endswith(_CUT) else said
