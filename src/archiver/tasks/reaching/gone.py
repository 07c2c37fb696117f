"""Whether a page is gone for good, as far as an answer tells. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archiver import urls
from archiver.errors import HttpStatus, NameNotFound
from archiver.extraction.rules.parking import MAX_PARKED_WORDS, PARKED, PARKING_HOSTS

if TYPE_CHECKING:
    from archiver.article import Article
    from archiver.capture import Capture
    from archiver.errors import ArchiverError

STATUSES = frozenset({404, 410})


def why_gone(error: ArchiverError) -> str | None:
    """Why the page is gone, where `error` says that it is: the host does not know it, or nobody knows the host."""
    is_gone = isinstance(error, NameNotFound) or (isinstance(error, HttpStatus) and error.status in STATUSES)
    return error.reason if is_gone else None


def why_lost(capture: Capture, article: Article | None) -> str | None:
    """Why what came in the place of a page, with success, is not that page; None where it may be.

    Args:
        article: what was found in it; None where it is empty.
    """
    asked, came = capture.requested_url, capture.page_url
    host = urls.host(came) or ""
    if any(urls.host_matches(host, row.name) for row in PARKING_HOSTS) and not urls.same_site(asked, came):
        return f"redirected to {host}, which deals in domains"
    if urls.is_front_page(came) and not urls.is_front_page(asked):
        return "redirected to a front page"
    if article is None:
        return None
    if article.verdict == "error":
        return "an error page"
    said = f"{article.title or ''}\n{article.body.text}"
    return "its domain is for sale" if article.body.words <= MAX_PARKED_WORDS and PARKED.search(said) else None
