"""What a citation says of an article: who, what, where, when, by the page's own precision; and when it was archived."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from archiver.export import facts
from archiver.export.people import Person, person

if TYPE_CHECKING:
    from collections.abc import Iterable

    from archiver.article import Article

Day = tuple[int, ...]
"""A year, a year and a month, or a day."""
_DATE = re.compile(r"(\d{4})(?:-(0[1-9]|1[0-2])(?:-(0[1-9]|[12]\d|3[01]))?)?(?![\d-])")
_SMALL_WORDS = frozenset("a an and the of on in for to how why what der die das ein eine le la les un une el los".split())  # noqa: SIM905


@dataclass(frozen=True, slots=True)
class Reference:
    """An article as cited.

    Attributes:
        key: unique among those that are cited together; ASCII letters and digits.
        authors: people in parts, organisations as they are called.
        container: the site.
        published, accessed: at the precision that is known; None where it is not.
        note: which archived copy this is, by its digest.
    """

    key: str
    authors: tuple[Person | str, ...]
    title: str
    container: str
    published: Day | None
    accessed: Day | None
    url: str
    language: str
    note: str

    def csl(self) -> dict[str, Any]:
        """The item as CSL-JSON (schema 1.0.2)."""
        item: dict[str, Any] = {"id": self.key, "type": "webpage", "title": self.title}
        if self.authors:
            item["author"] = [_csl_name(author) for author in self.authors]
        for name, text in (
            ("container-title", self.container),
            ("URL", self.url),
            ("language", self.language),
            ("note", self.note),
        ):
            item |= {name: text} if text else {}
        for name, day in (("issued", self.published), ("accessed", self.accessed)):
            item |= {name: {"date-parts": [list(day)]}} if day else {}
        return item


def references(articles: Iterable[Article]) -> list[Reference]:
    """A reference for each article, with keys of their own."""
    found: list[Reference] = []
    taken: set[str] = set()
    for article in articles:
        made = _reference(article, taken)
        taken.add(made.key)
        found.append(made)
    return found


def day(value: str | None) -> Day | None:
    """The day that a date of a record names, or as much of it as is there."""
    match = _DATE.match(value or "")
    return tuple(int(part) for part in match.groups() if part) if match and match[1] != "0000" else None


def _reference(article: Article, taken: set[str]) -> Reference:
    container = facts.publisher(article)
    names = [line for author in article.authors if (line := facts.line(author.name))] or [facts.authors(article)]
    authors = tuple(person(name, container) or name for name in names if name)
    published, title = day(article.dates.published), facts.title(article)
    capture = article.capture
    return Reference(
        key=_key(authors, published, title, taken),
        authors=authors,
        title=title,
        container=container,
        published=published,
        accessed=day(capture.fetched_at) if capture else None,
        url=facts.web_address(article.url) or "",
        language=facts.line(article.language),
        note=f"Archived copy: SHA-256 {facts.line(capture.sha256)}" if capture else "",
    )


def _key(authors: tuple[Person | str, ...], published: Day | None, title: str, taken: set[str]) -> str:
    """`pedersen2017review`; with a letter where another has it."""
    first = authors[0].family if authors and isinstance(authors[0], Person) else authors[0] if authors else ""
    words = [word for word in map(_ascii, title.split()) if word and word not in _SMALL_WORDS]
    stem = f"{_ascii(str(first))[:20]}{published[0] if published else ''}{words[0][:20] if words else ''}" or "article"
    number = 1
    key = stem
    while key in taken:
        number += 1
        key = f"{stem}-{number}"
    return key


def _ascii(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text.casefold()).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]", "", plain)


def _csl_name(author: Person | str) -> dict[str, str]:
    if isinstance(author, str):
        return {"literal": author}
    return {"family": author.family, "given": author.given} | ({"suffix": author.suffix} if author.suffix else {})
