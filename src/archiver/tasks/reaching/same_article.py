"""Whether two pages are of one article: the judgement on what links claim. Pure."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from archiver import urls
from archiver.extraction.onward import part_number
from archiver.extraction.title import form
from archiver.extraction.words import count

if TYPE_CHECKING:
    from archiver.article import Article

MIN_TITLE_LETTERS = 8
MIN_FRESH_WORDS = 5
MIN_FRESH_SHARE = 0.5
"""A next page that repeats more of the pages before it shows them again, with other comments below them."""
MIN_HELD_SHARE = 0.7
"""A page with all pages in one has at least so much of the first."""
MIN_WHOLE_SHARE = 0.8
"""A full page has at least so many of the words of its form for telephones or paper."""
_PART = re.compile(
    r"[\s(\[|–—:,-]*\b(?:page|part|seite|teil|página|pagina|partie|strona|стр(?:аница)?)\.?\s?\d{1,2}(?:\s?(?:of|von|de|di|/)\s?\d{1,2})?[)\]]?|[\s(\[]*\d{1,2}\s?/\s?\d{1,2}[)\]]*$",
    re.IGNORECASE,
)
"""What sites add to the title of a page that is not the first."""


def same_title(one: Article, other: Article) -> bool:
    """Whether one of the titles that a page gives itself is one of the other's, or its beginning."""
    first, second = _titles(one), _titles(other)
    return any(a.startswith(b) or b.startswith(a) for a in first for b in second)


def is_next(first: Article, page: Article, family: str) -> bool:
    """Whether `page` claims to be of the article that `first` begins, whose URL key is `family`, or nothing else at least."""
    if not same_title(first, page) or _differ(first.dates.published, page.dates.published):
        return False
    stated = page.canonical_url
    return stated is None or urls.key(stated) == family or part_number(stated, family) is not None


def goes_on(before: set[str], page: Article) -> bool:
    """Whether most of what `page` says was not said before."""
    fresh = sum(count(line) for line in page.body.text.split("\n") if form(line) not in before)
    return fresh >= max(MIN_FRESH_WORDS, MIN_FRESH_SHARE * page.body.words)


def is_whole(page: Article, whole: Article) -> bool:
    """Whether `whole` is the full page of which `page` is a form that leaves some of it out."""
    if whole.verdict != "article" or whole.body.words < MIN_WHOLE_SHARE * page.body.words:
        return False
    return same_title(page, whole) or _held_share(page, whole) >= MIN_HELD_SHARE


def has_all(page: Article | None, whole: Article) -> bool:
    """Whether `whole` has the text of `page`, the first of several, and more."""
    if whole.verdict != "article" or page is None:
        return whole.verdict == "article"
    return whole.body.words > page.body.words and _held_share(page, whole) >= MIN_HELD_SHARE


def lines(article: Article) -> set[str]:
    """The lines of the text, as they are compared."""
    return {said for line in article.body.text.split("\n") if (said := form(line))}


def _held_share(page: Article, whole: Article) -> float:
    """How much of the text of `page` stands in `whole`, by letters."""
    own, theirs = lines(page), lines(whole)
    return sum(map(len, own & theirs)) / max(1, sum(map(len, own)))


def _titles(article: Article) -> set[str]:
    found = article.evidence.get("title")
    stated = [article.title, *([found.value, *(one.value for one in found.rejected)] if found else [])]
    forms = {form(_PART.sub("", text)) for text in stated if text}
    return {said for said in forms if len(said) >= MIN_TITLE_LETTERS} or forms - {""}


def _differ(one: str | None, other: str | None) -> bool:
    """Whether two dates are of different days, as far as both say."""
    if one is None or other is None:
        return False
    known = min(len(one), len(other), len("2026-01-31"))
    return one[:known] != other[:known]
