"""One page's way through the rooms of this package: its claims, its headline and fields, its body, the verdict."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from archiver import urls
from archiver.article import EVIDENCED, Article, FeedOrigin
from archiver.capture import header
from archiver.errors import EmptyPage, InvalidUrl
from archiver.extraction import (
    about,
    blocks,
    byline,
    content,
    dates,
    datetext,
    fragment,
    garbage,
    image,
    language,
    licence,
    microformats,
    outside,
    page,
    places,
    render,
    source,
    structured,
    title,
    unseen,
    verdict,
)
from archiver.extraction.explanation import Examined
from archiver.extraction.siterules import overrides
from archiver.extraction.siterules.ruled import Ruled

if TYPE_CHECKING:
    from archiver.capture import Headers
    from archiver.entry import FeedEntry
    from archiver.extraction.siterules import SiteRule


def extract(  # noqa: PLR0913  # what is known of a page besides its bytes
    html: str | bytes,
    *,
    url: str | None = None,
    content_type: str | None = None,
    fetched_at: str | None = None,
    headers: Headers = (),
    entry: FeedEntry | None = None,
    rule: SiteRule | None = None,
) -> Article:
    """The article in a page.

    Args:
        html: the page; bytes are decoded as a browser would decode them.
        url: where it came from: for relative links, the host, the ID, and the date in its path.
        content_type: the response's Content-Type header, for its charset.
        fetched_at: when it was fetched, RFC 3339: what "3 days ago" is counted from, and the limit of plausible dates.
        headers: those of the response, for what they say about the page.
        entry: the feed entry that led to the page, for what the feed says about it.
        rule: where the site's own pages have what, if somebody wrote that down; what it matches outranks all else.

    Returns:
        The record without a capture. `verdict` says whether the page is an article at all.

    Raises:
        EmptyPage: there is nothing in the page.
    """
    with garbage.left_until_the_end():
        return examine(
            html, url=url, content_type=content_type, fetched_at=fetched_at, headers=headers, entry=entry, rule=rule
        ).article


def examine(  # noqa: PLR0913  # as extract
    html: str | bytes,
    *,
    url: str | None = None,
    content_type: str | None = None,
    fetched_at: str | None = None,
    headers: Headers = (),
    entry: FeedEntry | None = None,
    rule: SiteRule | None = None,
) -> Examined:
    """The article in a page, as `extract` gives it, and what its body was chosen from."""
    url, article_id = _identity(url)

    # what the page is, and what it says about itself
    stated_type = content_type or header(headers, "Content-Type")
    read = page.read(html, url=url, content_type=stated_type, replacements=rule.replacements if rule else ())
    layout = blocks.measure(read.body)
    ruled = Ruled(rule, read, layout)
    claims = structured.collect(read)
    microformats.collect(read, layout, claims)
    outside.collect(claims, headers, entry, url=url, fetched_at=fetched_at)
    site = title.site_names(read, claims)

    # where the article is, and its fields
    headline = overrides.headline(ruled, title.find(read, layout, claims), layout)
    if headline.text is None and not layout.blocks:
        raise EmptyPage("the page has no content", subject=url or "")
    region = content.locate(layout, headline=headline.block)
    spoken = language.find(layout, region, claims)
    reading = datetext.reading(spoken.tag, urls.host(url) if url else None, _day(fetched_at))
    around = places.Surroundings(layout, headline.block, region)
    by = overrides.byline(ruled, byline.find(read, around, claims, headline, site, reading), read)
    when = overrides.dates(ruled, dates.find(read, around, claims, reading), reading)
    origin = overrides.source(ruled, source.find(read, around, claims, headline.text), read)
    terms = licence.find(read, around, claims)
    filed = overrides.about(ruled, about.find(around, claims, headline, site, by.blocks | when.blocks))

    # its body: what is left when everything that has a field of its own is taken out
    owners = {
        "title": headline.blocks,
        "byline": by.blocks,
        "dates": when.blocks,
        "source": origin.blocks,
        "licence": terms.blocks,
        "dek, trail or tags": filed.blocks,
        "fields of the site rule": ruled.blocks,
    }
    furniture = frozenset().union(*owners.values())
    fates = ruled.fates(content.fates(layout, region, furniture=furniture, title=headline.text), headline.text)
    kept = [ruled.trimmed(block) for block in content.kept(layout, fates)]
    body = render.body(fragment.build(read, kept, unwanted=ruled.leaves_out))
    hidden = None if ruled.body_evidence else unseen.find(read, claims, headline.text, seen=body.text)
    if hidden is not None:
        kept, body = hidden.kept, hidden.body
    picture = overrides.image(ruled, image.find(read, layout, claims, body), read, layout, claims)
    named = [name for name, value in (("authors", by.authors), ("dates.published", when.dates.published)) if value]
    ruling, ruling_evidence = verdict.judge(verdict.Findings(read, layout, claims, headline, kept, body, named))

    evidence = {"title": headline.evidence} if headline.evidence else {}
    evidence |= {"capture.charset": read.charset} if read.charset else {}
    evidence |= by.evidence | when.evidence | origin.evidence | filed.evidence | picture.evidence | {"verdict": ruling_evidence}
    evidence |= {"language": spoken.evidence} if spoken.evidence else {}
    evidence |= {"licence": terms.evidence} if terms.evidence else {}
    if body.text:
        found_body = ruled.body_evidence or (hidden.evidence if hidden else None)
        evidence["body"] = found_body or content.evidence(kept, body.text)
    article = Article(
        id=article_id,
        url=url,
        requested_url=url,
        canonical_url=origin.canonical_url,
        title=headline.text,
        subtitle=filed.subtitle,
        byline=by.byline,
        authors=by.authors,
        dates=when.dates,
        reviewed_by=by.reviewed_by,
        source=origin.source,
        licence=terms.licence,
        section=filed.section,
        tags=filed.tags,
        language=spoken.tag,
        image=picture.image,
        body=body,
        verdict=ruling,
        evidence={field: evidence[field] for field in EVIDENCED if field in evidence},
        warnings=read.warnings + layout.warnings + when.warnings + ruled.warnings,
        feed=FeedOrigin(entry.feed_url, entry.entry_id, entry.title) if entry else None,
    )
    return Examined(article, layout, region, headline.block, owners, fates, hidden.evidence.at if hidden else None)


def _identity(url: str | None) -> tuple[str | None, str | None]:
    """The address without credentials and fragment, and the article's ID."""
    if url is None:
        return None, None
    try:
        clean = urls.without_credentials(urls.parse(url))
        return clean, urls.article_id(clean)
    except InvalidUrl:
        return None, None  # not an address: nothing can be resolved against it


def _day(fetched_at: str | None) -> date | None:
    try:
        day = datetime.fromisoformat(fetched_at).date() if fetched_at else None
    except ValueError:
        return None
    return day if day and 1990 <= day.year <= datetext.LAST_YEAR else None
