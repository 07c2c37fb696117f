"""Whether the page is an article, and if not, what it is. Conservative: in doubt, an article."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from archiver.article import Body, Evidence, Verdict
from archiver.extraction.claims import shown
from archiver.extraction.rules.verdicts import (
    CONTROLS_SHARE,
    LINKED_SHARE,
    LISTING_TYPES,
    LOCKED_WORDS,
    MIN_TEASERS,
    SIGNS,
    THIN_WORDS,
    THIN_WORDS_SIGNED,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from archiver.extraction.blocks import Block, Layout
    from archiver.extraction.claims import Claims
    from archiver.extraction.title import Headline

MAX_TEXT_CHARACTERS = 5_000
_CONTROLS = re.compile("[\x01-\x08\x0e-\x1b\x7f]")
_HEADINGS = frozenset({"h2", "h3", "h4"})


def judge(  # noqa: PLR0913  # everything that was found out about the page
    layout: Layout, claims: Claims, headline: Headline, kept: Sequence[Block], body: Body, *, url: str | None, signed: bool
) -> tuple[Verdict, Evidence]:
    """The verdict, and the rule that led to it; `signed` says that the page names an author or a date."""
    for sign in SIGNS:
        if body.words <= sign.max_words:
            for text in _texts(sign.where, layout, claims, headline, body):
                words = sign.found_in(text)
                if words is not None:
                    return sign.verdict, Evidence("rule", sign.name, shown(words))
    chars = sum(block.chars for block in kept)
    controls = sum(len(_CONTROLS.findall(block.text)) for block in kept)
    if controls > CONTROLS_SHARE * chars:
        return "error", Evidence("rule", "bytes that are no text", f"{controls} control characters of {chars}")
    free = claims.first("free")
    if free is not None and free.value.casefold() in ("false", "locked") and body.words < LOCKED_WORDS:
        return "paywalled", Evidence("rule", f"marked as not free: {free.at}", f"{body.words} words")
    listing = _links_alone(kept) or _listing(layout, claims, body, url, signed=signed)
    if listing is not None:
        return "listing", listing
    least = THIN_WORDS_SIGNED if signed else THIN_WORDS
    if body.words < least:
        return "thin", Evidence("rule", f"fewer than {least} words", f"{body.words} words")
    return "article", Evidence("rule", "no sign of anything else", f"{body.words} words")


def _texts(where: str, layout: Layout, claims: Claims, headline: Headline, body: Body) -> list[str]:
    if where == "title":
        return [headline.text or "", *(one.value for one in claims.of("title") if one.source == "dom title")]
    if where == "end":
        behind = [block.text for block in layout.blocks if len(block.text) < 300 and not block.element.hidden]
        return ["\n".join(behind)[:MAX_TEXT_CHARACTERS] if body.words < LOCKED_WORDS // 2 else body.text[-500:]]
    return ["\n".join(block.text for block in layout.blocks[:60] if not block.element.hidden)[:MAX_TEXT_CHARACTERS]]


def _links_alone(kept: Sequence[Block]) -> Evidence | None:
    chars = sum(block.chars for block in kept)
    linked = sum(block.link_chars for block in kept)
    if len(kept) < MIN_TEASERS or linked <= LINKED_SHARE * chars:
        return None
    return Evidence("rule", "a text of links alone", f"{linked} of {chars} characters in links")


def _listing(layout: Layout, claims: Claims, body: Body, url: str | None, *, signed: bool) -> Evidence | None:
    kinds = {one.value for one in claims.of("kind")}
    if signed and not kinds & LISTING_TYPES:
        return None
    teasers = sum(
        1 for element in layout.elements if element.tag in _HEADINGS and _is_linked(layout, element.first, element.last)
    )
    home = url is not None and urlsplit(url).path.strip("/") == ""
    if kinds & LISTING_TYPES and body.words < LOCKED_WORDS and teasers >= MIN_TEASERS // 2:
        return Evidence("rule", "says it is no article", ", ".join(sorted(kinds & LISTING_TYPES)))
    if teasers >= (MIN_TEASERS // 2 if home else MIN_TEASERS) and (home or body.words < LOCKED_WORDS):
        return Evidence("rule", "linked headings, no author and no date", f"{teasers} linked headings, {body.words} words")
    return None


def _is_linked(layout: Layout, first: int, last: int) -> bool:
    chars = layout.chars(first, last)
    return chars > 15 and layout.link_chars(first, last) > 0.8 * chars
