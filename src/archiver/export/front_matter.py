"""YAML front matter: what note programs and site generators know of a Markdown file.

Every text is a JSON string, which YAML reads as it is (YAML 1.2, section 1.3), whatever quotes or line ends stand in it. Dates
are YAML timestamps where the page gave a day at least; Hugo refuses less.
"""

from __future__ import annotations

import json
import re
import unicodedata
from typing import TYPE_CHECKING

from archiver.export import facts

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from archiver.export.model import Exported

FENCE = "---\n"
_ESCAPED = re.compile("[\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")
_TIMESTAMP = re.compile(r"\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])(?:T\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)?)?")


def front_matter(exported: Exported, image: str | None) -> str:
    """The front matter of an article, from fence to fence; `image` is where its lead image is to be found."""
    return FENCE + "".join(f"{key}: {value}\n" for key, value in _entries(exported, image)) + FENCE


def _entries(exported: Exported, image: str | None) -> Iterator[tuple[str, str]]:
    article, remarks = exported.article, exported.remarks
    yield "title", scalar(facts.title(article))
    if by := facts.authors(article):
        yield "author", scalar(by)
    if article.authors:
        yield "authors", sequence(facts.line(author.name) for author in article.authors)
    yield from _moment("date", "published", article.dates.published)
    yield from _moment("lastmod", "modified", article.dates.modified)
    texts = {
        "description": facts.line(article.subtitle),
        "source": facts.line(article.url),
        "publisher": facts.publisher(article),
        "lang": facts.line(article.language),
        "image": image,
    }
    yield from ((key, scalar(text)) for key, text in texts.items() if text)
    if remarks.labels:
        yield "tags", sequence(map(_tag, remarks.labels))
    if article.tags:
        yield "keywords", sequence(map(facts.line, article.tags))
    yield from ((key, "true") for key, said in (("starred", remarks.starred), ("read", remarks.read)) if said)
    if remarks.note:
        yield "note", scalar(facts.clean(remarks.note))
    if article.capture:
        yield from _moment("accessed", "accessed", article.capture.fetched_at)
    yield "archiver_id", scalar(str(article.id))


def _tag(label: str) -> str:
    """A label as Obsidian takes tags: of letters, digits and marks, "_", "-" and "/"; everything else becomes "-"."""
    kept = "".join(c if c in "_-/" or unicodedata.category(c)[0] in "LNM" else " " for c in label)
    return "-".join(kept.split()) or "-"


def _moment(key: str, otherwise: str, value: str | None) -> Iterator[tuple[str, str]]:
    """A date under `key`; one that is no whole day, as a text, under the key `otherwise`."""
    if value and _TIMESTAMP.fullmatch(value):
        yield key, value
    elif value:
        yield otherwise, scalar(facts.line(value))


def sequence(texts: Iterable[str]) -> str:
    """A YAML sequence of texts."""
    return f"[{', '.join(map(scalar, texts))}]"


def scalar(text: str) -> str:
    """A YAML scalar that is `text`."""
    return _ESCAPED.sub(lambda found: f"\\u{ord(found[0]):04x}", json.dumps(text, ensure_ascii=False))
