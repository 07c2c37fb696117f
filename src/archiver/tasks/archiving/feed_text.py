"""The mark of a record whose text is what a feed carries, because its page could not be had. Pure."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from archiver.article import Evidence

if TYPE_CHECKING:
    from archiver.article import Article

TOLD_BY_FEED = "the text is what the feed carries; its page could not be had: "


def why_told_by_feed(article: Article) -> str:
    """Why the text is the feed's, as its record says."""
    said = (text for text in article.warnings if text.startswith(TOLD_BY_FEED))
    return next(said, "").removeprefix(TOLD_BY_FEED)


def told_by_feed(article: Article, feed_url: str, why: str) -> Article:
    """`article`, extracted from an entry set as a page, with evidence that names the feed; `why` the page could not be had."""
    evidence = {
        name: dataclasses.replace(found, from_="feed", at=f"entry: {found.at}", agree=(), rejected=())
        for name, found in article.evidence.items()
    }
    evidence["body"] = Evidence("feed", "entry.content", feed_url)
    warnings = (*article.warnings, f"{TOLD_BY_FEED}{why}")
    return dataclasses.replace(article, evidence=evidence, warnings=warnings)
