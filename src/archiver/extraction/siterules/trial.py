"""A rule tried on one page: field by field what it found, and which of its selectors found nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from archiver.extraction import extract, page
from archiver.extraction.siterules.rule import FIELDS
from archiver.extraction.siterules.search import Search

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from archiver.article import Article
    from archiver.extraction.siterules.rule import Kind, Selector, SiteRule

_EVIDENCE = {
    "published": "dates.published",
    "modified": "dates.modified",
    "reviewed": "dates.reviewed",
    "publisher": "source.publisher",
    "credited": "source.credited",
}
"""What the record calls the evidence of a field, where it has another name for it."""


@dataclass(frozen=True, slots=True)
class Tried:
    """One selector: how many matches it has, and the first; "" where that is an element of the body or to be stripped."""

    written: str
    line: int | None
    matches: int
    first: str


@dataclass(frozen=True, slots=True)
class FieldTrial:
    """One field.

    Attributes:
        tried: its selectors in order, of which the first with a match counts.
        by_rule: whether the record's value is the rule's.
        values: the record's value; of the body, its text.
        missing: what the example expects and the record does not say.
    """

    name: str
    tried: tuple[Tried, ...]
    by_rule: bool
    values: tuple[str, ...]
    missing: tuple[str, ...] = ()

    @property
    def failed(self) -> bool:
        """Whether the rule does not do what it is there for."""
        return bool(self.missing) or (bool(self.tried) and not self.by_rule)

    @property
    def matched(self) -> bool:
        """Whether any selector found something, even if it was of no use."""
        return any(one.matches for one in self.tried)


@dataclass(frozen=True, slots=True)
class Trial:
    """A rule on one page; `others` are its selectors for no field, by what they are for: strip, next_page, single_page_link."""

    article: Article
    fields: tuple[FieldTrial, ...]
    others: tuple[tuple[str, Tried], ...]

    @property
    def failed(self) -> bool:
        """Whether a field failed. What is to be stripped need not be on every page."""
        return any(one.failed for one in self.fields)


def try_out(  # noqa: PLR0913  # a rule, a page as `extract` takes it, and what is expected
    rule: SiteRule,
    html: bytes,
    *,
    url: str,
    content_type: str | None = None,
    fetched_at: str | None = None,
    expected: Mapping[str, tuple[str, ...]],
) -> Trial:
    """What `rule` finds in a page.

    Args:
        rule: the rule.
        html, url, content_type, fetched_at: the page, as `extract` takes it.
        expected: by field, what should be found; of the body, pieces of its text.

    Raises:
        EmptyPage: there is nothing in the page.
    """
    article = extract(html, url=url, content_type=content_type, fetched_at=fetched_at, rule=rule)
    read = page.read(html, url=url, content_type=content_type, replacements=rule.replacements)
    search = Search(read)
    fields = tuple(
        FieldTrial(
            name,
            tuple(_tried(search, rule.fields.get(name, ()), kind, body=name == "body")),
            _is_by(rule, article, name),
            values(article, name),
            tuple(_missing(name, expected.get(name, ()), values(article, name))),
        )
        for name, kind in FIELDS.items()
        if name in rule.fields or name in expected
    )
    others = [("strip", one) for one in _tried(search, rule.strip, "text", body=True)]
    others += [("next_page", one) for one in _tried(search, rule.next_page, "address")]
    others += [("single_page_link", one) for one in _tried(search, rule.single_page_link, "address")]
    return Trial(article, fields, tuple(others))


def values(article: Article, name: str) -> tuple[str, ...]:
    """The record's value of a rule's field, as texts."""
    dates, origin = article.dates, article.source
    found: dict[str, Iterable[str | None]] = {
        "authors": [author.name for author in article.authors],
        "published": [dates.published],
        "modified": [dates.modified],
        "reviewed": [dates.reviewed],
        "publisher": [origin.publisher],
        "credited": [credit.name for credit in origin.credited],
        "section": article.section,
        "tags": article.tags,
        "image": [article.image.url if article.image else None],
        "body": [article.body.text],
    }
    given = found[name] if name in found else [getattr(article, name)]
    return tuple(value for value in given if value)


def _tried(search: Search, selectors: Iterable[Selector], kind: Kind, *, body: bool = False) -> Iterator[Tried]:
    for selector in selectors:
        if body:
            yield Tried(selector.written, selector.line, len(search.nodes([selector])), "")
        else:
            matches = search.matches(selector, kind)
            yield Tried(selector.written, selector.line, len(matches), matches[0].text if matches else "")


def _is_by(rule: SiteRule, article: Article, name: str) -> bool:
    evidence = article.evidence.get(_EVIDENCE.get(name, name))
    return evidence is not None and evidence.from_ == "rule" and evidence.at.startswith(f"{rule.name}: ")


def _missing(name: str, expected: Iterable[str], found: tuple[str, ...]) -> Iterator[str]:
    """What is expected and not found; a day is found in a moment of that day."""
    texts = [" ".join(value.split()) for value in found]
    for wanted in expected:
        text = " ".join(wanted.split())
        if name == "body":
            present = any(text in value for value in texts)
        elif FIELDS[name] == "date":
            present = any(value.startswith(text) for value in texts)
        else:
            present = text in texts
        if not present:
            yield wanted
