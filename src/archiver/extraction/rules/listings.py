"""Signs that a page lists articles or goods (front page, section, shop category, search results), in log-odds.

Begun as a logistic regression over labelled pages, rounded where both halves of them (split by host) agree. One sign
decides nothing; `benchmarks/verdicts.py` prints how often each is found on articles and on listings.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from archiver.extraction.rules.measures import Steps


class ListingSign(NamedTuple):
    """One row.

    Attributes:
        name: what evidence calls it.
        weight: log-odds for a listing; below 0 it speaks for an article.
        where: "path" (of the address), "type" (`og:type`), "class" (class names and id of `<body>`), "fields" (those of
            "authors" and "dates.published" that have a value).
        pattern: what stands there, in lower case.
        reason: why this says so; percentages are of labelled articles and listings.
    """

    name: str
    weight: float
    where: str
    pattern: str
    reason: str

    def is_found_in(self, text: str) -> bool:
        """Whether `text` says so."""
        return re.search(self.pattern, text) is not None


LISTING_SIGNS = (
    ListingSign("home page", 1.3, "path", r"^/?$", "the site's own front page: 0.7% of articles, 11% of listings"),
    ListingSign(
        "address of a listing", 1.7, "path",
        r"/(?:c|cat|category|categories|categorias?|catégories?|kategorien?|rubrik|rubriken|rubriques?|tags?|topic|author|"
        r"collections|product-category|browse|search|suche|recherche|buscar|busca|cerca|genre|list)/",
        "what publishing and shop systems call their categories, tags, author and search pages: 0.4% of articles, 32% of listings",
    ),
    ListingSign(
        "words of a title in the address", -1.8, "path", r"(?<=[/-])(?:[^/-]+-){4}[^/-]+/?$",
        "sections have short names: five words or more end the address of 55% of articles, 3% of listings",
    ),
    ListingSign("og:type website", 0.8, "type", r"^website$", "systems that know articles say so: 12% of articles, 36% of listings"),
    ListingSign("og:type product.group", 1.5, "type", r"^product\.group$", "a shop's category: no article, 12% of listings"),
    ListingSign(
        "template of a listing", 1.7, "class",
        r"(?<!\S)(?:archive|category|tag|author|search|search-results|post-type-archive|page-category|catalog-category-view|"
        r"tax-product_cat|template-collection|template-search|template-blog|ns-14)(?!\S)",
        "what publishing systems, shops and wikis write on the body of their listings: 0.1% of articles, 12% of listings",
    ),
    ListingSign(
        "template of an article", -1.0, "class", r"(?<!\S)(?:single|single-post|singular|node-type-article|page-node-type-article|ns-0)(?!\S)",
        "what they write on the body of an article: 37% of articles, 1% of listings",
    ),
    ListingSign("author", -0.8, "fields", r"authors", "74% of articles, 21% of listings (those of one of their teasers)"),
    ListingSign("date", -1.0, "fields", r"dates\.published", "87% of articles, 28% of listings"),
)  # fmt: skip

TEASERS = Steps((1, 0.0), (2, 0.7), (4, 1.5), (8, 2.0), above=2.8)
"""How many times longer than the text the teasers are: over 2 on 5% of articles (short news), 63% of listings."""

LINKS = Steps((0.1, 0.0), (0.2, 0.4), (0.3, 1.2), (0.7, 2.4), above=3.0)
"""The share of the kept text that stands in links: over 0.3 on 0.4% of articles, 24% of listings."""

LISTING_WEIGHT = 2.15
"""What the signs of a listing sum up to: 0.6% of the labelled articles and 68% of the listings do."""

MIN_TEASERS = 4
TEASER_CHARACTERS = (20, 600)
TEASER_LINKED = 0.15
"""A teaser: one of four siblings of the same name, of two blocks or more, that holds so many characters and such a share of links."""

PARAGRAPH_CHARACTERS = 80
PARAGRAPH_LINKED = 0.3
"""What the teasers are compared with: kept blocks outside of them, at least so long, with at most such a share of links."""
TEXT_ALLOWANCE = 100
"""Characters added to the text: beside a short news item a few teasers say nothing."""
