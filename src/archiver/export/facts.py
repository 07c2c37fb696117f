"""What readers are told of an article beside its text: who, where, when."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from archiver.article import Article

_UNSEEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ufeff\ufffe\uffff\ud800-\udfff]")
_SECOND = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?=(?:\.\d+)?Z$)")
_WEB_ADDRESS = re.compile(r"""https?://(?![./?#:]|[^/?#]*\.\.)[^\s<>"'`\\^{}|]+""", re.IGNORECASE)
"""With a host whose labels are not empty."""
_BIDI = re.compile("[\u202a-\u202e\u2066-\u2069]")


def clean(text: str) -> str:
    """`text` without what is no text: control characters (a line's end and a tab stay), and characters that XML cannot hold."""
    return _UNSEEN.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def line(text: str | None) -> str:
    """`text` on one line, cleaned, without the characters that turn the direction of what follows them."""
    cleaned = _BIDI.sub("", clean(" ".join((text or "").split())))
    return " ".join(cleaned.split())  # what was taken away may have stood between spaces


def title(article: Article) -> str:
    """What the article is called."""
    return line(article.title) or line(article.url) or "(no title)"


def authors(article: Article) -> str:
    """The people, parted by commas; else the byline as printed."""
    return ", ".join(filter(None, (line(author.name) for author in article.authors))) or line(article.byline)


def publisher(article: Article) -> str:
    """Who published it, or at least where."""
    return line(article.source.publisher) or line(article.source.host)


def dates(article: Article) -> str:
    """Its dates, by the day, with what each of them is."""
    found = article.dates
    named = (("published", found.published), ("updated", found.modified), ("reviewed", found.reviewed))
    return ", ".join(f"{name} {line(value)[:10]}" for name, value in named if value)


def fetched(article: Article) -> str:
    """The day it was fetched."""
    return line(article.capture.fetched_at)[:10] if article.capture else ""


def second(moment: str | None) -> str | None:
    """A time in UTC to the second, `2026-11-23T08:14:00Z`; None for anything else."""
    found = _SECOND.match(moment or "")
    return f"{found[0]}Z" if found else None


def is_right_to_left(language: str | None) -> bool:
    """Whether text in `language` (BCP 47) runs from right to left."""
    parts = (language or "").lower().replace("_", "-").split("-")
    script = next((part for part in parts[1:] if len(part) == 4 and part.isalpha()), None)
    return script in _SCRIPTS if script else parts[0] in _LANGUAGES


def web_address(address: str | None) -> str | None:
    """`address` where it is one of the web, safe in a link; None for anything else that a record may hold."""
    found = line(address).replace(" ", "%20")
    return found if _WEB_ADDRESS.fullmatch(found) else None


_SCRIPTS = frozenset({"arab", "hebr", "thaa", "syrc", "nkoo", "adlm", "rohg", "samr", "mand"})
_LANGUAGES = frozenset({"ar", "arc", "ckb", "dv", "fa", "he", "iw", "ji", "ku", "nqo", "ps", "sd", "syr", "ug", "ur", "yi"})
"""Scripts that run from right to left, and the languages that are usually written in one of them (ISO 15924, 639)."""
