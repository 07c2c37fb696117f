"""From a URL or a saved page to a record that knows its capture; stores nothing."""

from __future__ import annotations

import dataclasses
import functools
import hashlib
from typing import TYPE_CHECKING

from archiver import urls
from archiver.article import CaptureIdentity, LaterPage, Snapshot
from archiver.capture import SavedPage, header, original_headers
from archiver.errors import EmptyPage, NotHtml

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from archiver.article import Article
    from archiver.capture import Capture, Headers
    from archiver.entry import FeedEntry
    from archiver.tasks.site_rules import SiteRules

    BeginReading = Callable[[Capture | SavedPage, SiteRules | None, FeedEntry | None], Callable[[], Article]]

DOWNGRADED = "a redirect led from https to http: anyone on the way could have changed the page"
UNPROVEN = "fetched without verifying certificates (--insecure): anyone on the way could have changed the page"


def read_capture(capture: Capture, rules: SiteRules | None = None, entry: FeedEntry | None = None) -> Article:
    """The article in a capture, its pages joined; `entry` is the feed entry that led to it.

    Raises:
        EmptyPage: there is nothing in the page.
    """
    final = capture.final
    first = read_one(capture, rules, entry)
    later = [(page, read_one(page, rules)) for page in capture.later]
    article = first
    if later:
        from archiver.extraction.joining import joined

        article = joined(first, [article for _, article in later])
    identity = dataclasses.replace(
        _identity(capture.payload, first, final.started_at),
        status=final.status,
        media_type=capture.media_type,
        etag=header(final.headers, "ETag"),
        last_modified=header(final.headers, "Last-Modified"),
        pages=tuple(
            LaterPage(page.page_url, _charset(found), len(page.payload), digest(page.payload)) for page, found in later
        ),
        missing=capture.missing,
        snapshot=Snapshot(capture.final_url, rfc3339(capture.taken_at)) if capture.taken_at else None,
    )
    odd = (*([DOWNGRADED] * capture.downgraded), *([UNPROVEN] * capture.unproven))
    warnings = (*article.warnings, *odd, *capture.notes)
    return dataclasses.replace(article, requested_url=capture.requested_url, warnings=warnings, capture=identity)


def read_one(page: Capture, rules: SiteRules | None = None, entry: FeedEntry | None = None) -> Article:
    """The article in the first of a capture's pages alone, without its capture.

    Raises:
        EmptyPage: there is nothing in the page.
    """
    if page.taken_at is not None:  # what a web archive gave stands for the page, as it was then
        headers = original_headers(page.final.headers)
        return _extract(page.payload, page.page_url, headers, page.taken_at, rules, entry)
    article = _extract(page.payload, page.final_url, page.final.headers, page.final.started_at, rules, entry)
    if page.address is None or page.address == page.final_url:
        return article
    return dataclasses.replace(article, id=urls.article_id(page.address), url=page.address)


def read_saved(page: SavedPage, rules: SiteRules | None = None, entry: FeedEntry | None = None) -> Article:
    """The article in a page that was saved to a file; `entry` is the feed entry that led to it.

    Raises:
        EmptyPage: there is nothing in the page.
        NotHtml: the file is a picture, a PDF or the like.
    """
    from archiver.fetch.media import demand_html

    try:
        demand_html(page.payload, "text/html")
    except NotHtml as error:
        error.subject = page.url or ""
        raise
    headers = (("Content-Type", page.content_type),) if page.content_type else ()
    article = _extract(page.payload, page.url, headers, page.started_at, rules, entry)
    return dataclasses.replace(article, requested_url=page.url, capture=_identity(page.payload, article, page.started_at))


def begin_reading_here(capture: Capture | SavedPage, rules: SiteRules | None, entry: FeedEntry | None) -> Callable[[], Article]:
    """What reads the article in `capture`, here and when it is called; raises as `read_capture` and `read_saved`."""
    read: Callable[..., Article] = read_saved if isinstance(capture, SavedPage) else read_capture
    return functools.partial(read, capture, rules, entry)


def digest(payload: bytes) -> str:
    """The payload's SHA-256, hexadecimal, as `capture.sha256` holds it."""
    return hashlib.sha256(payload).hexdigest()


def rfc3339(moment: datetime) -> str:
    """`moment` (UTC) as records hold it, to the second, with `Z`."""
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def _extract(  # noqa: PLR0913, PLR0917  # what a page comes with
    html: bytes, url: str | None, headers: Headers, moment: datetime, rules: SiteRules | None, entry: FeedEntry | None
) -> Article:
    from archiver.extraction import extract  # half of all imports, and other processes may do the reading

    rule = rules.for_url(url) if rules else None
    try:
        return extract(html, url=url, headers=headers, fetched_at=rfc3339(moment), entry=entry, rule=rule)
    except EmptyPage as error:
        raise EmptyPage(error.reason, subject=error.subject or url or "", remedy=error.remedy) from None


def _identity(payload: bytes, article: Article, moment: datetime) -> CaptureIdentity:
    return CaptureIdentity(
        fetched_at=rfc3339(moment),
        status=None,
        media_type="text/html",
        charset=_charset(article),
        bytes=len(payload),
        sha256=digest(payload),
    )


def _charset(article: Article) -> str | None:
    found = article.evidence.get("capture.charset")
    return found.value if found else None
