"""The line in which a page says how it wants to be cited ("Pedersen, T. (2018). Review Finds …"). It is no part of the text."""

from __future__ import annotations

import re

from archiver.extraction import blocks
from archiver.extraction import page as pages

_YEAR = re.compile(r"\(((?:19|20)\d\d)(?:,[^()]{1,30})?\)\.")
_BEGINNING = 40


def cited_year(html: bytes, *, title: str, url: str | None = None) -> str | None:
    """The year in the page's line about citing it; None where it has none.

    It is one in the manner of the APA: a year in brackets, a full stop, and then the article's own title.
    """
    wanted = _folded(title)[:_BEGINNING]
    if not wanted:
        return None
    for block in blocks.measure(pages.read(html, url=url).body).blocks:
        match = _YEAR.search(block.text)
        if match and _folded(block.text[match.end() :]).startswith(wanted):
            return match[1]
    return None


def _folded(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))
