"""The lead image, with the caption and credit that the page prints under it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from archiver.article import Evidence, Image
from archiver.extraction import claims as claims_room
from archiver.extraction.rules.credits import PICTURE_CREDIT

if TYPE_CHECKING:
    from collections.abc import Sequence

    from selectolax.lexbor import LexborNode

    from archiver.extraction.claims import Claims
    from archiver.extraction.page import Page

MAX_FIGURES = 40
MAX_CAPTION_CHARACTERS = 1_000
_SIZE = re.compile(r"(?:[-_](?:\d{2,4}x\d{2,4}|scaled|large|medium|small|\d{3,4}w?))+$")


def find(page: Page, claims: Claims) -> tuple[Image | None, dict[str, Evidence]]:
    """The lead image and its evidence by key in the record; None where the page names none."""
    stated = claims.of("image")
    for one in stated:
        address = page.absolute(one.value)
        if address:
            words, credit = caption(claims.marks.figures, address)
            return Image(address, words, credit), {"image": claims_room.evidence(one, stated)}
    return None, {}


def caption(figures: Sequence[LexborNode], address: str) -> tuple[str | None, str | None]:
    """Caption and credit of the figure that shows the image at `address`, in this or another size."""
    wanted = _stem(address)
    if not wanted:
        return None, None
    for figure in figures[:MAX_FIGURES]:
        printed = figure.css_first("figcaption")
        if printed is not None and wanted in {_stem(source) for source in _sources(figure)}:
            text = " ".join((printed.text(separator=" ") or "").split())[:MAX_CAPTION_CHARACTERS]
            match = PICTURE_CREDIT.search(text[-200:])
            return text or None, match["credit"].strip() if match else None
    return None, None


def _sources(figure: LexborNode) -> list[str]:
    found = []
    for image in figure.css("img")[:3]:
        attributes = image.attributes
        found += [attributes.get(name) or "" for name in ("src", "data-src", "data-lazy-src")]
    return found


def _stem(address: str) -> str:
    """The file's name without folder, ending and size."""
    try:
        name = urlsplit(address).path.rpartition("/")[2]
    except ValueError:
        return ""
    return _SIZE.sub("", name.rpartition(".")[0] or name).lower()
