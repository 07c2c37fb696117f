"""Whether two addresses may be those of one article: what a page's canonical link is worth, and where redirects led. Pure.

An address alone never makes two articles one: the texts are compared too (docs/adr/0019-the-same-article-once.md).
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from archiver import likeness, urls
from archiver.errors import InvalidUrl

if TYPE_CHECKING:
    from collections.abc import Iterable

    from archiver.article import Article

SAME_TEXT = 0.9
"""The share of the shorter text's shingles that must stand in the longer: a paywalled beginning is the same article."""
_AMP_CACHE = "cdn.ampproject.org"
_COPY_SEGMENTS = frozenset({"amp", "amp.html", "print", "print.html", "mobile"})
"""What sites put after an article's path for another form of the same page."""


def canonical(article: Article) -> str | None:
    """The address that the page claims for itself, where that is another than its own and may be the same article's.

    It is on the same site, or that of an origin whom the text credits, and neither a front page nor the section above the page.
    """
    claimed, own = article.canonical_url, article.url
    if not claimed or not own or _same(claimed, own) is not False or is_front_page(claimed):
        return None
    if not (_same_site(own, claimed) or _is_credited(article, claimed)) or _is_above(own, claimed):
        return None
    return urls.without_credentials(claimed)


def led_here(article: Article, addresses: Iterable[str]) -> list[str]:
    """Those of `addresses` that redirected to the page, where they are others than its own.

    Nothing where the page is no article or a front page: there sites send the readers of what is gone.
    """
    own = article.url
    if own is None or article.verdict != "article" or is_front_page(own):
        return []
    found = {address: None for address in addresses if not is_front_page(address) and _same(address, own) is False}
    return list(map(urls.without_credentials, found))


def same_text(one: Article, other: Article) -> bool:
    """Whether one of the two texts is that of the other, or all but all of it."""
    texts = [likeness.shingles(article.body.text) for article in (one, other)]
    return min(map(len, texts)) >= likeness.MIN_SHINGLES and likeness.containment(*texts) >= SAME_TEXT


def is_front_page(url: str) -> bool:
    """Whether `url` is that of a site's front page."""
    parts = urlsplit(url)
    return not parts.path.strip("/") and not parts.query


def _same(one: str, other: str) -> bool | None:
    """Whether two URLs have one key; None where one of them has none."""
    try:
        return urls.key(one) == urls.key(other)
    except InvalidUrl:
        return None


def _same_site(own: str, claimed: str) -> bool:
    host, other = urls.host(own) or "", urls.host(claimed) or ""
    related = bool(host and other) and (urls.host_matches(host, other) or urls.host_matches(other, host))
    return related or urls.host_matches(host, _AMP_CACHE)


def _is_credited(article: Article, claimed: str) -> bool:
    """Whether the text names the site of `claimed` as where it comes from: known syndication."""
    return any(credit.url and _same_site(credit.url, claimed) for credit in article.source.credited)


def _is_above(own: str, claimed: str) -> bool:
    """Whether `claimed` is a section that the page stands in, by its path."""
    path, above = urlsplit(own).path.strip("/").split("/"), urlsplit(claimed).path.strip("/").split("/")
    if urlsplit(claimed).query or len(above) >= len(path) or path[: len(above)] != above:
        return False
    return not set(path[len(above) :]) <= _COPY_SEGMENTS
