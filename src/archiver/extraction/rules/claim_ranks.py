"""Where a field's value may come from, and what is believed first.

A rank is a number per field: of two claims for one field the lower rank wins, unless the field's room finds a better
reason (agreement with what the page shows, a label, a contradiction). A source that has no row is not read.

Names: "meta X" is `<meta name|property|itemprop="X">`; "json-ld X" the property X of the page's main JSON-LD object,
"json-ld page X" that of its WebPage object; "microdata X" is `itemprop="X"` of the page's main item, or schema.org's X in
RDFa; "rdfa X" is an RDFa term of another vocabulary; "microformat X" is the property X of the page's h-entry; "dom …" are
places that the field's own room looks at; "url" is the address, "header X" a response header, "feed X" a part of the feed
entry that led to the page; "meta ~X" is any name that the pattern of META_SPELLINGS finds.
"""

from __future__ import annotations

import re
from typing import NamedTuple


class Rank(NamedTuple):
    """One row: a source that may claim `field`."""

    field: str
    source: str
    rank: int
    reason: str


CLAIM_RANKS = (
    # what the reader sees as headline; the page itself is asked first, in title.py
    Rank("title", "dom heading", 0, "the reader's own view; chosen with the help of all others"),
    Rank("title", "json-ld headline", 2, "written for machines from the article's own title field"),
    Rank("title", "microdata headline", 2, "marks up the visible headline"),
    Rank("title", "microformat p-name", 3, "marks up the visible headline; also that of an untitled note, which is its text"),
    Rank("title", "meta citation_title", 2, "Highwire tags come from the journal's database"),
    Rank("title", "meta parsely-title", 3, "analytics wants the bare title"),
    Rank("title", "meta sailthru.title", 3, "newsletter tool; the bare title"),
    Rank("title", "feed title", 3, "the publishing system's own title field, without the site's name"),
    Rank("title", "meta og:title", 4, "usually the bare title, often rephrased for sharing or with the site's name"),
    Rank("title", "meta dc.title", 5, "library metadata; some systems put the page title there"),
    Rank("title", "meta dcterms.title", 5, "as dc.title"),
    Rank("title", "rdfa dc:title", 5, "as meta dc.title, in the body: content management systems, of teasers too"),
    Rank("title", "meta twitter:title", 5, "as og:title, more often shortened"),
    Rank("title", "meta title", 6, "search-engine title: rephrased, with the site's name"),
    Rank("title", "dom title", 7, "<title>: nearly always with the site's name"),
    Rank("title", "json-ld name", 7, "the name of a WebPage or article object; often the <title>"),
    Rank("title", "json-ld page name", 8, "the page's name; often the <title>"),
    # the printed standfirst is sought by these words
    Rank("subtitle", "dom dek", 1, "printed under the headline"),
    Rank("subtitle", "json-ld alternativeHeadline", 2, "the second headline, where given"),
    Rank("subtitle", "json-ld description", 4, "often the standfirst, often a summary nobody sees"),
    Rank("subtitle", "meta description", 5, "as JSON-LD description"),
    Rank("subtitle", "meta og:description", 5, "as JSON-LD description"),
    Rank("subtitle", "feed summary", 5, "the standfirst, or the beginning of the text"),
    # people
    Rank("author", "dom byline", 1, "what the reader sees as author line, beside the headline or the end of the text"),
    Rank("author", "json-ld author", 2, "typed: person and organisation are told apart"),
    Rank("author", "meta citation_author", 2, "one tag per author, in order"),
    Rank("author", "microdata author", 3, "marks up the visible byline"),
    Rank("author", "microformat p-author", 4, "marks up the visible byline; of many blogs the account that posted"),
    Rank("author", "meta parsely-author", 3, "analytics per author: names, no roles"),
    Rank("author", "meta sailthru.author", 4, "as parsely-author, several names in one tag"),
    Rank("author", "feed author", 4, "the publishing system's account: mostly the author, sometimes who posted it"),
    Rank("author", "dom bio", 1, "a name above a paragraph that begins with it"),
    Rank("author", "dom author-class", 4, "a short line beside the text that its class names call the author's"),
    Rank("author", "dom author-link", 4, "rel=author, hCard and h-entry authors: the profile link beside the text"),
    Rank("author", "dom name-line", 5, "a full name beside the date under the headline, without a word that says so"),
    Rank("author", "dom bio-sentence", 8, "a paragraph behind the text that says of somebody that he writes"),
    Rank("author", "meta dc.creator", 5, "library metadata; sometimes the institution"),
    Rank("author", "meta dcterms.creator", 5, "as dc.creator"),
    Rank("author", "rdfa dc:creator", 5, "as meta dc.creator, in the body"),
    Rank("author", "meta dc.contributor", 9, "may be anybody who had a hand in it"),
    Rank("author", "meta author", 5, "the oldest tag: person, site, agency or account name"),
    Rank("author", "meta article:author", 6, "meant for a profile URL; a name on many sites"),
    Rank("author", "meta og:article:author", 6, "as article:author"),
    Rank("author", "meta byl", 3, "newspaper systems: the byline as printed"),
    Rank("author", "meta authors", 5, "as author"),
    Rank("author", "meta twitter:data", 8, "the share card's 'Written by' value; checked against its label"),
    Rank("author", "json-ld creator", 7, "the account that made the page, not always the author"),
    Rank("author", "json-ld page author", 7, "the page's author: often the site's default account"),
    # dates
    Rank("published", "dom label", 1, "printed beside a word that says it is the publication date"),
    Rank("published", "json-ld datePublished", 2, "exact, and about the article"),
    Rank("published", "meta article:published_time", 2, "exact, and about the article"),
    Rank("published", "meta og:article:published_time", 2, "as article:published_time"),
    Rank("published", "meta og:published_time", 3, "as article:published_time, wrongly prefixed"),
    Rank("published", "meta citation_publication_date", 3, "journals; may be the print issue's"),
    Rank("published", "meta citation_online_date", 2, "journals: when it appeared"),
    Rank("published", "meta citation_date", 4, "journals; any of the dates"),
    Rank("published", "meta parsely-pub-date", 2, "analytics by publication day"),
    Rank("published", "feed published", 3, "exact; of some feeds the moment it was put in"),
    Rank("published", "meta sailthru.date", 3, "newsletter tool's publication date"),
    Rank("published", "meta dc.date.issued", 3, "library metadata: publication"),
    Rank("published", "meta dcterms.issued", 3, "library metadata: publication"),
    Rank("published", "meta dc.date.created", 4, "library metadata: first version"),
    Rank("published", "meta dcterms.created", 4, "library metadata: first version"),
    Rank("published", "meta dcterms.date", 5, "library metadata: unspecific"),
    Rank("published", "rdfa dc:issued", 4, "as meta dcterms.issued, in the body"),
    Rank("published", "rdfa dc:created", 5, "as meta dcterms.created, in the body: content management systems' only date"),
    Rank("published", "rdfa dc:date", 5, "as meta dc.date, in the body"),
    Rank("published", "meta dc.date", 5, "library metadata: unspecific"),
    Rank("published", "meta published", 3, "newspaper systems"),
    Rank("published", "meta ~published", 3, "newspaper systems and analytics: a name in META_SPELLINGS"),
    Rank("published", "meta date", 6, "unspecific: sometimes the page's rebuild"),
    Rank("published", "microdata datePublished", 3, "marks up the visible date"),
    Rank("published", "microformat dt-published", 4, "marks up the visible date"),
    Rank("published", "dom time", 4, "<time> beside the headline"),
    Rank("published", "dom line", 5, "a line beside the headline that is nothing but a date"),
    Rank("published", "url", 6, "a day in the address is set once and never changes"),
    Rank("published", "json-ld page datePublished", 5, "the page's, sometimes much older than the article"),
    Rank("published", "json-ld dateCreated", 7, "first draft, at worst long before publication"),
    Rank("published", "microdata dateCreated", 7, "as JSON-LD dateCreated"),
    Rank("published", "json-ld uploadDate", 8, "a video's; the page shows little else"),
    Rank("published", "dom text", 9, "the only date near the text, without a label"),
    Rank("published", "dom dateline", 9, "the day that opens the text, as in 'Berlin, 3 May 2020 – '"),
    Rank("published", "dom modified-label", 10, "the only date that the page prints: it was published no later"),
    Rank("modified", "dom label", 1, "printed beside a word that says it is the date of the last change"),
    Rank("modified", "dom last-change", 1, "a sentence at the page's foot: 'This page was last edited on 3 May 2020'"),
    Rank("modified", "json-ld dateModified", 2, "exact, though some systems touch it without a change"),
    Rank("modified", "meta article:modified_time", 3, "as JSON-LD dateModified"),
    Rank("modified", "meta og:updated_time", 4, "as article:modified_time"),
    Rank("modified", "meta og:article:modified_time", 4, "as article:modified_time"),
    Rank("modified", "meta og:modified_time", 4, "as article:modified_time"),
    Rank("modified", "meta dcterms.modified", 4, "library metadata"),
    Rank("modified", "meta dc.date.modified", 4, "library metadata"),
    Rank("modified", "rdfa dc:modified", 5, "as meta dcterms.modified, in the body"),
    Rank("modified", "meta last-modified", 5, "may be the page's rebuild"),
    Rank("modified", "meta lastmod", 5, "may be the page's rebuild"),
    Rank("modified", "meta ~modified", 5, "newspaper systems and analytics: a name in META_SPELLINGS"),
    Rank("modified", "meta revised", 5, "newspaper systems"),
    Rank("modified", "feed updated", 5, "exact; touched without a change as often as not"),
    Rank("modified", "microdata dateModified", 4, "marks up the visible date"),
    Rank("modified", "microformat dt-updated", 5, "marks up the visible date; old templates give every date this name"),
    Rank("modified", "json-ld page dateModified", 6, "the page's: templates count as changes"),
    Rank("modified", "header last-modified", 9, "the file's date: a rebuild of the site counts as a change"),
    Rank("reviewed", "dom label", 1, "printed beside a word that says who or what was reviewed"),
    Rank("reviewed", "json-ld lastReviewed", 2, "schema.org's MedicalWebPage"),
    Rank("reviewed", "json-ld page lastReviewed", 2, "schema.org's MedicalWebPage"),
    Rank("reviewed", "microdata lastReviewed", 3, "as JSON-LD"),
    Rank("reviewed_by", "dom label", 1, "printed: 'Medically reviewed by …'"),
    Rank("reviewed_by", "json-ld reviewedBy", 2, "typed"),
    Rank("reviewed_by", "json-ld page reviewedBy", 2, "typed"),
    Rank("reviewed_by", "microdata reviewedBy", 3, "as JSON-LD"),
    # the publisher
    Rank("publisher", "dom published-on", 0, "'Published on X. All rights reserved.': the page's own sentence"),
    Rank("publisher", "meta og:site_name", 1, "the name the site gives itself, for readers"),
    Rank("publisher", "json-ld publisher", 2, "sometimes the company behind the site"),
    Rank("publisher", "meta citation_journal_title", 2, "the journal, where a platform hosts many"),
    Rank("publisher", "microdata publisher", 3, "as JSON-LD"),
    Rank("publisher", "json-ld page publisher", 3, "as JSON-LD publisher"),
    Rank("publisher", "json-ld site name", 4, "the WebSite object's name"),
    Rank("publisher", "meta application-name", 5, "what a pinned tile is called"),
    Rank("publisher", "meta dc.publisher", 5, "library metadata; often the company"),
    Rank("publisher", "meta dcterms.publisher", 5, "library metadata; often the company"),
    Rank("publisher", "meta citation_publisher", 6, "the company behind the journal"),
    Rank("publisher", "meta apple-mobile-web-app-title", 6, "shortened to fit under an icon"),
    Rank("publisher", "dom title-tail", 7, "what <title> has after the headline"),
    Rank("publisher", "json-ld organization name", 8, "any organisation the page describes, mostly its own"),
    Rank("publisher", "dom copyright", 9, "'© 2020 X': the owner, not always the site"),
    # addresses
    Rank("canonical", "dom canonical", 1, "<link rel=canonical>: what search engines obey"),
    Rank("canonical", "header link canonical", 1, "the same by HTTP (RFC 8288); where both are, the page's own is asked first"),
    Rank("canonical", "meta og:url", 2, "often the same, sometimes the home page"),
    Rank("canonical", "json-ld mainEntityOfPage", 3, "the article's own page"),
    Rank("canonical", "json-ld url", 4, "as mainEntityOfPage"),
    Rank("canonical", "meta twitter:url", 5, "as og:url"),
    # under which terms
    Rank("licence", "json-ld license", 1, "about the article"),
    Rank("licence", "microdata license", 2, "marks up the visible licence"),
    Rank("licence", "dom rel-license", 2, "HTML's own word for it; also of a part of the page, which only its words tell"),
    Rank("licence", "header link license", 3, "the same by HTTP: of all that the server has"),
    Rank("licence", "dom licence-line", 3, "'This article is licensed under …' behind the text or in the page's foot"),
    Rank("licence", "meta dcterms.license", 4, "library metadata"),
    Rank("licence", "json-ld page license", 4, "the page's, sometimes the site's terms"),
    Rank("licence", "meta dcterms.rights", 5, "library metadata: mostly whose copyright it is, sometimes a licence"),
    Rank("licence", "meta dc.rights", 5, "as dcterms.rights"),
    # about the article
    Rank("section", "dom trail", 1, "the printed path from the home page"),
    Rank("section", "json-ld breadcrumb", 2, "the same path for machines; starts with the home page"),
    Rank("section", "microdata breadcrumb", 2, "as JSON-LD"),
    Rank("section", "meta article:section", 4, "one name, the lowest section"),
    Rank("section", "json-ld articleSection", 4, "one or several names, without order"),
    Rank("section", "meta parsely-section", 4, "as article:section"),
    Rank("section", "meta citation_section", 5, "journals"),
    Rank("tags", "meta article:tag", 1, "one tag per word"),
    Rank("tags", "json-ld keywords", 2, "a list, or one string with commas"),
    Rank("tags", "meta parsely-tags", 2, "one string with commas"),
    Rank("tags", "meta news_keywords", 3, "chosen by the desk"),
    Rank("tags", "meta sailthru.tags", 3, "one string with commas"),
    Rank("tags", "microdata keywords", 3, "as JSON-LD"),
    Rank("tags", "microformat p-category", 4, "the links under the text that say what it is filed under; rel=tag too"),
    Rank("tags", "rdfa skos:preflabel", 4, "terms that a content management system files the page under"),
    Rank("tags", "feed tags", 4, "the publishing system's categories and tags in one list"),
    Rank("tags", "meta keywords", 6, "the site's, as often as the article's"),
    Rank("language", "dom lang", 1, "<html lang>: what browsers and screen readers obey"),
    Rank("language", "json-ld inLanguage", 2, "about the article"),
    Rank("language", "json-ld page inLanguage", 3, "about the page"),
    Rank("language", "meta content-language", 3, "the server's old way"),
    Rank("language", "meta dc.language", 3, "library metadata"),
    Rank("language", "meta dcterms.language", 3, "library metadata"),
    Rank("language", "meta citation_language", 3, "journals"),
    Rank("language", "meta og:locale", 4, "some systems leave en_US on every page"),
    Rank("language", "header content-language", 4, "the audience's language (RFC 9110), often the server's default"),
    Rank("language", "dom text", 9, "what the text sounds like: asked where nothing is declared, or the text does not fit"),
    Rank("image", "meta og:image", 1, "the picture the desk chose for sharing"),
    Rank("image", "meta og:image:secure_url", 2, "as og:image"),
    Rank("image", "meta og:image:url", 2, "as og:image"),
    Rank("image", "json-ld image", 3, "first of the article's pictures"),
    Rank("image", "meta twitter:image", 3, "as og:image, another crop"),
    Rank("image", "meta twitter:image:src", 4, "as og:image, another crop"),
    Rank("image", "meta parsely-image-url", 4, "as og:image"),
    Rank("image", "meta sailthru.image.full", 4, "as og:image"),
    Rank("image", "microdata image", 5, "the first marked picture"),
    Rank("image", "dom image_src", 5, "<link rel=image_src>: the oldest share picture"),
    Rank("image", "dom text", 6, "the first picture in the article's own text"),
    Rank("caption", "dom figcaption", 1, "printed under the same picture"),
    Rank("caption", "json-ld image caption", 2, "of the picture that JSON-LD names"),
    Rank("credit", "dom credit", 1, "an element of the caption that its name calls the credit"),
    Rank("credit", "dom figcaption", 2, "the end of the caption, behind 'Photo:' or its like"),
    Rank("credit", "json-ld image creditText", 3, "of the picture that JSON-LD names"),
    Rank("credit", "json-ld image creator", 4, "who made it, not always whom to credit"),
    # what the page says it is
    Rank("kind", "meta og:type", 1, "article, website, product …"),
    Rank("kind", "json-ld type", 2, "NewsArticle, CollectionPage …"),
    Rank("free", "json-ld isAccessibleForFree", 1, "Google's mark for paywalled text"),
    Rank("free", "json-ld page isAccessibleForFree", 1, "Google's mark for paywalled text"),
    Rank("free", "meta article:content_tier", 2, "free, metered or locked"),
)

RANKS = {(row.field, row.source): row.rank for row in CLAIM_RANKS}
META_SPELLINGS = {
    # pubdate, publish-date, publication_date, date-pub, w-published-date, cXenseParse:recs:publishtime, article:published
    "~published": re.compile(
        r"(?<!last)(?<!last[-_.])(?:publi(?:sh(?:ed)?|cation)|pub)[-_.]?(?:date|time|at|on)(?:time)?$"
        r"|[:.]published$|date[-_.]?pub(?:lished)?$|first[-_.]?published$"
    ),
    # datemodified, modified-date, last_updated_date, article:modified
    "~modified": re.compile(
        r"(?:mod|modified|modification|updated?)[-_.]?(?:date|time|at|on)$|[:.]modified$"
        r"|date[-_.]?(?:modified|updated?)$|last[-_.]?(?:published|updated)[-_.]?(?:date|time)?$"
    ),
}
"""The many spellings of one name, in small letters: asked where no row has the name itself."""
META_FIELDS = {row.source.removeprefix("meta "): row.field for row in CLAIM_RANKS if row.source.startswith("meta ")}
"""`<meta>` name, lower case -> the field it claims."""
JSON_LD_FIELDS = {row.source.removeprefix("json-ld "): row.field for row in CLAIM_RANKS if row.source.startswith("json-ld ")}
"""Property of the main object, or "page " and a property of the WebPage object -> the field it claims."""
MICRODATA_FIELDS = {
    row.source.removeprefix("microdata "): row.field for row in CLAIM_RANKS if row.source.startswith("microdata ")
}
"""`itemprop` -> the field it claims."""
RDFA_FIELDS = {row.source.removeprefix("rdfa "): row.field for row in CLAIM_RANKS if row.source.startswith("rdfa ")}
"""RDFa term of another vocabulary than schema.org, small letters -> the field it claims."""
MICROFORMAT_FIELDS = {
    row.source.removeprefix("microformat "): row.field for row in CLAIM_RANKS if row.source.startswith("microformat ")
}
"""Property of h-entry -> the field it claims."""
