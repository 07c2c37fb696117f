"""From a URL or a saved page to a record that knows its capture; stores nothing."""

from __future__ import annotations

import dataclasses
import hashlib
from typing import TYPE_CHECKING

from archiver import urls
from archiver.article import CaptureIdentity
from archiver.capture import header
from archiver.errors import EmptyPage, NotHtml
from archiver.extraction import extract

if TYPE_CHECKING:
    from datetime import datetime

    from archiver.article import Article
    from archiver.capture import Capture, Headers, SavedPage
    from archiver.entry import FeedEntry
    from archiver.fetch.turns import Turns
    from archiver.settings import Settings
    from archiver.tasks.site_rules import SiteRules

DOWNGRADED = "a redirect led from https to http: anyone on the way could have changed the page"
UNPROVEN = "fetched without verifying certificates (--insecure): anyone on the way could have changed the page"


def read_url(url: str, settings: Settings, turns: Turns, rules: SiteRules | None = None) -> Article:
    """The article at `url`, fetched now, in its turn; `rules` are those of sites.

    Raises:
        InvalidUrl, FetchError, EmptyPage: the page could not be had, or there is nothing in it.
    """
    from archiver.fetch import fetch

    return read_capture(fetch(urls.parse(url), settings, turns=turns), rules)


def read_capture(capture: Capture, rules: SiteRules | None = None, entry: FeedEntry | None = None) -> Article:
    """The article in a capture; `entry` is the feed entry that led to it.

    Raises:
        EmptyPage: there is nothing in the page.
    """
    final = capture.final
    article = _extract(capture.payload, capture.final_url, final.headers, final.started_at, rules, entry)
    identity = dataclasses.replace(
        _identity(capture.payload, article, final.started_at),
        status=final.status,
        media_type=capture.media_type,
        etag=header(final.headers, "ETag"),
        last_modified=header(final.headers, "Last-Modified"),
    )
    warnings = (*article.warnings, *([DOWNGRADED] * capture.downgraded), *([UNPROVEN] * capture.unproven))
    return dataclasses.replace(article, requested_url=capture.requested_url, warnings=warnings, capture=identity)


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


def digest(payload: bytes) -> str:
    """The payload's SHA-256, hexadecimal, as `capture.sha256` holds it."""
    return hashlib.sha256(payload).hexdigest()


def rfc3339(moment: datetime) -> str:
    """`moment` (UTC) as records hold it, to the second, with `Z`."""
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def _extract(  # noqa: PLR0913, PLR0917  # what a page comes with
    html: bytes, url: str | None, headers: Headers, moment: datetime, rules: SiteRules | None, entry: FeedEntry | None
) -> Article:
    rule = rules.for_url(url) if rules else None
    try:
        return extract(html, url=url, headers=headers, fetched_at=rfc3339(moment), entry=entry, rule=rule)
    except EmptyPage as error:
        raise EmptyPage(error.reason, subject=error.subject or url or "", remedy=error.remedy) from None


def _identity(payload: bytes, article: Article, moment: datetime) -> CaptureIdentity:
    charset = article.evidence.get("capture.charset")
    return CaptureIdentity(
        fetched_at=rfc3339(moment),
        status=None,
        media_type="text/html",
        charset=charset.value if charset else None,
        bytes=len(payload),
        sha256=digest(payload),
    )
