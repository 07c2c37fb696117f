"""From a URL or a saved page to what became of each of its blocks; stores nothing."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from archiver import urls
from archiver.extraction import examine, onward
from archiver.extraction.explanation import explain
from archiver.tasks.archiving.read_page import read_saved, rfc3339

if TYPE_CHECKING:
    from datetime import datetime

    from archiver.capture import Headers, SavedPage
    from archiver.extraction.explanation import Explanation
    from archiver.extraction.onward import Onward
    from archiver.fetch.turns import Turns
    from archiver.settings import Settings
    from archiver.tasks.site_rules import SiteRules


def explain_url(url: str, settings: Settings, turns: Turns, rules: SiteRules | None = None) -> Explanation:
    """The page at `url`, fetched now, in its turn, block by block; `rules` are those of sites.

    Raises:
        InvalidUrl, FetchError, EmptyPage: the page could not be had, or there is nothing in it.
    """
    from archiver.fetch import fetch

    capture = fetch(urls.parse(url), settings, turns=turns)
    return _explain(capture.payload, capture.final_url, capture.final.headers, capture.final.started_at, rules)


def explain_saved(page: SavedPage, rules: SiteRules | None = None) -> Explanation:
    """A page that was saved to a file, block by block.

    Raises:
        EmptyPage, NotHtml: as `read_saved`, which is asked first.
    """
    read_saved(page)
    headers = (("Content-Type", page.content_type),) if page.content_type else ()
    return _explain(page.payload, page.url, headers, page.started_at, rules)


def _explain(html: bytes, url: str | None, headers: Headers, moment: datetime, rules: SiteRules | None) -> Explanation:
    rule = rules.for_url(url) if rules else None
    explanation = explain(examine(html, url=url, headers=headers, fetched_at=rfc3339(moment), rule=rule))
    others = _others(onward.look(html, url, headers=headers, rule=rule)) if url else None
    if others is None:
        return explanation
    article = dataclasses.replace(explanation.article, warnings=(*explanation.article.warnings, others))
    return dataclasses.replace(explanation, article=article)


def _others(page: Onward) -> str | None:
    """What is to be said of an article in several pages, of which one is explained; None where the page knows of no other."""
    whole = "archiver extract without --explain joins the pages"
    if page.first:
        return f"only this page was looked at, a later one of the article that begins at {page.first}; {whole}"
    if following := page.ruled_next or page.part(2):
        return f"only this page was looked at, and the article may go on at {following}; {whole}"
    return None
