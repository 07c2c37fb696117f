"""What one record of an article says that another does not, field by field, and what its dates have to do with it. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from archiver.record import to_dict
from archiver.tasks.archiving.decide import stated_dates
from archiver.tasks.archiving.noise import without_noise

if TYPE_CHECKING:
    from archiver.article import Article

FIELDS = (
    "title",
    "subtitle",
    "byline",
    "authors",
    "dates.published",
    "dates.modified",
    "dates.reviewed",
    "reviewed_by",
    "source.publisher",
    "source.credited",
    "licence",
    "section",
    "tags",
    "language",
    "image",
    "verdict",
)
"""The record's keys that are compared, dotted; its text is compared word by word."""


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A field whose value is another, each in short; None where there is none."""

    name: str
    before: str | None
    after: str | None


def fields(before: Article, after: Article) -> tuple[FieldChange, ...]:
    """The fields that say something else; for a picture the parameters of its address do not count."""
    old, new = to_dict(before), to_dict(after)
    return tuple(
        FieldChange(name, in_short(one) or None, in_short(other) or None)
        for name in FIELDS
        if _compared(name, one := value_of(old, name)) != _compared(name, other := value_of(new, name))
    )


def value_of(record: Any, name: str) -> Any:
    """What a record in JSON values holds under a dotted key; None where a part on the way is null."""
    for key in name.split("."):
        record = record.get(key) if isinstance(record, dict) else None
    return record


def in_short(value: Any) -> str:
    """A value of the record on one line: people and origins by their names, an image by its address, a body by its size."""
    if isinstance(value, list):
        return ", ".join(in_short(one) for one in value)
    if isinstance(value, dict):
        return f"{value['words']:,} words" if "words" in value else str(value.get("name") or value.get("url") or "")
    return str(value or "")


def text_changed(before: Article, after: Article) -> bool:
    """Whether a reader reads other words: in title, subtitle or body."""
    return _text(before) != _text(after)


def date_moved(before: Article, after: Article) -> bool:
    """Whether the page states another date than before, or one more; a date told more exactly is the same date."""
    old, new = stated_dates(before), stated_dates(after)
    pairs = ((old.published, new.published), (old.modified, new.modified), (old.reviewed, new.reviewed))
    return any(_moved(one, other) for one, other in pairs)


def honesty(before: Article, after: Article) -> str | None:
    """What is to be said where text and dates do not go together; None where they do."""
    changed, moved = text_changed(before, after), date_moved(before, after)
    if changed and not moved:
        dates = stated_dates(after)
        if not (dates.published or dates.modified or dates.reviewed):
            return "text changed, the page states no date"
        return "text changed, no date moved (silent edit)"
    return "date moved, text did not" if moved and not changed else None


def _compared(name: str, value: Any) -> Any:
    if name == "image" and value:
        return value["url"].partition("?")[0], value["caption"], value["credit"]
    return value


def _text(article: Article) -> tuple[str | None, str | None, str]:
    return article.title, article.subtitle, without_noise(article.body.text)


def _moved(before: str | None, after: str | None) -> bool:
    if before is None or after is None:
        return after is not None
    length = min(len(before), len(after))
    if before[:length] == after[:length]:
        return False
    try:
        return datetime.fromisoformat(before) != datetime.fromisoformat(after)
    except ValueError:
        return True
