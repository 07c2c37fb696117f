"""Whether the page is an article, and if not, what it is. Conservative: in doubt, an article."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from archiver.article import Body, Evidence, Verdict
from archiver.extraction import listing
from archiver.extraction.claims import shown
from archiver.extraction.rules.verdicts import (
    CONTROLS_SHARE,
    IDEOGRAPH_LETTERS,
    LOCKED_WORDS,
    SIGNS,
    THIN_WORDS,
    THIN_WORDS_SIGNED,
    WORD_LETTERS,
)
from archiver.extraction.wording import ideographs

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from archiver.extraction.blocks import Block, Layout
    from archiver.extraction.claims import Claims
    from archiver.extraction.page import Page
    from archiver.extraction.rules.verdicts import Where
    from archiver.extraction.title import Headline

MEASURED_CHARACTERS = 2_000  # no bound is higher
MAX_TEXT_CHARACTERS = 5_000
MAX_CODE_CHARACTERS = 50_000
_OPENING_BLOCKS = 60
_BLOCKS_BEHIND = 2
_END_CHARACTERS = 500
_LABEL_CHARACTERS = 300
_BOX_CHARACTERS = range(20, 1_500)
_CONTROLS = bytes((*range(0x01, 0x09), *range(0x0E, 0x1C), 0x7F))


@dataclass(frozen=True, slots=True)
class Findings:
    """What was found out about a page.

    Attributes:
        kept: the blocks taken for the article's text, and `body` what was made of them.
        fields: those of "authors" and "dates.published" that have a value.
    """

    page: Page
    layout: Layout
    claims: Claims
    headline: Headline
    kept: Sequence[Block]
    body: Body
    fields: Collection[str]


def judge(found: Findings) -> tuple[Verdict, Evidence]:
    """The verdict, and the rule that led to it with what it saw."""
    words = count_words(found.body.text[:MEASURED_CHARACTERS])
    texts: dict[Where, list[str]] = {}
    for sign in SIGNS:
        if words > sign.max_words:
            continue
        if sign.where not in texts:
            texts[sign.where] = list(_texts(sign.where, found, words))
        for text in texts[sign.where]:
            words_found = sign.found_in(text)
            if words_found is not None:
                return sign.verdict, Evidence("rule", sign.name, shown(words_found))
    unreadable = _bytes_that_are_no_text(found.kept)
    if unreadable is not None:
        return "error", unreadable
    free = found.claims.first("free")
    if free is not None and free.value.casefold() in ("false", "locked") and words < LOCKED_WORDS:
        return "paywalled", Evidence("rule", f"marked as not free: {free.at}", f"{words} words")
    listed = listing.find(found.layout, found.claims, found.kept, url=found.page.url, fields=found.fields)
    if listed is not None:
        return "listing", listed
    least = THIN_WORDS_SIGNED if found.fields else THIN_WORDS
    if words < least:
        return "thin", Evidence("rule", f"fewer than {least} words", f"{words} words")
    return "article", Evidence("rule", "no sign of anything else", f"{found.body.words} words")


def count_words(text: str) -> int:
    """How long `text` is in words of five letters: a measure that needs neither spaces nor an alphabet."""
    letters = len(text) - text.count(" ") - text.count("\n")
    return round((letters + (IDEOGRAPH_LETTERS - 1) * ideographs(text)) / WORD_LETTERS)


def _texts(where: Where, found: Findings, words: int) -> Iterator[str]:
    """What stands at `where`; see `rules.verdicts.Sign`."""
    blocks = [block for block in found.layout.blocks if not block.element.hidden]
    if where == "title":
        yield found.headline.text or ""
        yield from (one.value for one in found.claims.of("title") if one.source == "dom title")
    elif where == "shown":
        yield "\n".join(block.text for block in blocks[:_OPENING_BLOCKS])[:MAX_TEXT_CHARACTERS]
    elif where == "body":
        yield "" if "authors" in found.fields else found.body.text[:MAX_TEXT_CHARACTERS]
    elif where == "end":
        labels = [block for block in blocks if len(block.text) < _LABEL_CHARACTERS]
        if words >= LOCKED_WORDS // 2:
            last = found.kept[-1].index if found.kept else -1
            labels = [block for block in labels if last < block.index <= last + _BLOCKS_BEHIND]
            yield found.body.text[-_END_CHARACTERS:]
        yield "\n".join(block.text for block in labels)[:MAX_TEXT_CHARACTERS]
    elif where == "code":
        yield from _code(found)
    else:
        for element in found.layout.elements[1:]:
            if element.hint and not element.hidden and found.layout.chars(element.first, element.last) in _BOX_CHARACTERS:
                yield element.hint


def _code(found: Findings) -> Iterator[str]:
    yield from (element.hint for element in found.layout.elements if element.hint)
    for node in found.page.tree.css("script, iframe"):
        attributes = node.attributes
        yield f"{attributes.get('id')} {attributes.get('src')} {(node.text() or '')[:MAX_CODE_CHARACTERS]}"


def _bytes_that_are_no_text(kept: Sequence[Block]) -> Evidence | None:
    """Control characters: counted in UTF-8, where one deletion is much quicker than a search."""
    texts = [block.text for block in kept]
    if "".join([text for text in texts if not text.isprintable()]).replace("\n", "").isprintable():  # as nearly all pages are
        return None
    content = "".join(texts).encode()
    controls = len(content) - len(content.translate(None, _CONTROLS))
    if controls <= CONTROLS_SHARE * len(content):
        return None
    return Evidence("rule", "bytes that are no text", f"{controls} control characters of {len(content)} bytes")
