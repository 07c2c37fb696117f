"""The text that a feed carries: whether it is the whole article, and how it is set as a page."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from archiver.feeds.model import Entry

LEAST_WORDS = 120
"""A shorter text may be the whole of a note, or the beginning of an article: nobody can tell."""
LEAST_WORDS_OF_SUMMARY = 250
"""`description` is for excerpts; only one this long is the whole article, put there by an old or simple program."""
_TAIL_CHARACTERS = 300
_TAG = re.compile(r"<[^<>]{0,2000}>")


class Cut(NamedTuple):
    """How a text ends that goes on elsewhere."""

    pattern: str
    reason: str


CUTS = (
    Cut(r"(?:…|\.\.\.|\[…\]|\[\.\.\.\])\s*$", "an excerpt made by counting words"),
    Cut(
        r"\b(?:continue reading|read more|read the (?:full|rest)|keep reading|weiterlesen|lire la suite|leer más)\b",
        "a link to the rest",
    ),
    Cut(r"\bfull (?:story|article)\b\W*$", "a link to the rest"),
    Cut(r"\b(?:subscribers only|for paid subscribers|subscribe to (?:read|continue))\b", "the rest is sold"),
)
_CUT = re.compile("|".join(f"(?:{row.pattern})" for row in CUTS), re.IGNORECASE)


def full_text(entry: Entry) -> str | None:
    """The HTML in `entry` that is the whole article, as far as one can tell; None where there is none."""
    for text, least in ((entry.content, LEAST_WORDS), (entry.summary, LEAST_WORDS_OF_SUMMARY)):
        if text is None:
            continue
        words = html.unescape(_TAG.sub(" ", text))
        if len(words.split()) >= least and not _CUT.search(words.strip()[-_TAIL_CHARACTERS:]):
            return text
    return None


def as_page(entry: Entry, publisher: str | None) -> str | None:
    """An HTML page of the entry with its whole text; None where it has none."""
    text = full_text(entry)
    if text is None:
        return None
    title = html.escape(entry.title or "")
    head = [f'<meta charset="utf-8"><title>{title}</title>']
    head += [_meta("author", name) for name in entry.authors]
    if entry.published is not None:
        head.append(_meta("article:published_time", entry.published.isoformat()))
    if publisher:
        head.append(_meta("og:site_name", publisher))
    return (
        f"<!doctype html><html><head>{''.join(head)}</head><body><article><h1>{title}</h1>\n{text}\n</article></body></html>\n"
    )


def _meta(name: str, value: str) -> str:
    return f'<meta property="{name}" name="{name}" content="{html.escape(value)}">'
