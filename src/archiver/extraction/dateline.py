"""Date lines: the visible dates around the article, told apart by the words beside them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from archiver.extraction import datetext, places
from archiver.extraction.claims import Claim, claim
from archiver.extraction.rules.labels import CITED, LABEL, RELATIVE_WORDS
from archiver.extraction.rules.own_sentences import OWN_SENTENCES
from archiver.extraction.wording import holds_any, small

if TYPE_CHECKING:
    from collections.abc import Sequence

    from selectolax.lexbor import LexborNode

    from archiver.extraction.blocks import Block, Layout
    from archiver.extraction.datetext import Reading
    from archiver.extraction.places import Surroundings

FIRST_WEB_YEAR = 1990
MAX_TIME_ELEMENTS = 60
MAX_LABELLED_CHARACTERS = 300
MAX_DATE_CHARACTERS = 40
MAX_RELATIVE_CHARACTERS = 80
QUOTES = frozenset({"blockquote"})
_REST_OF_LINE = re.compile(r"[^\W\d_]{2,}")
_LINE_WORDS = 8  # "By Ana Cruz | Updated 3 May 2020 | 5 min read" is a date line; a sentence with a date is not


@dataclass(frozen=True, slots=True)
class Lines:
    """Claims read from visible dates, and the blocks that are nothing but date lines."""

    claims: list[Claim]
    blocks: frozenset[int]


def read(around: Surroundings, times: Sequence[LexborNode], reading: Reading) -> Lines:
    """The dates that stand near the headline and the text."""
    claims: list[Claim] = []
    blocks: set[int] = set()
    for block in around.near:
        if block.index == around.headline:
            claims += _beside_title(block, reading)
            continue
        if places.stands_in(block.element, QUOTES):
            continue  # an embedded post's
        found = in_block(around, block, reading, unlabelled=_may_be_bare(block.index, around))
        claims += found
        if found and all(_is_line(line) or CITED.search(line) for line in around.text(block).split("\n")):
            blocks.add(block.index)
    claims += _time_elements(around, times)
    return Lines(claims, frozenset(blocks))


def _may_be_bare(index: int, around: Surroundings) -> bool:
    """Whether a date without a label counts at block `index`: beside the headline and above the text it does."""
    return index <= around.region.first + 2 or (around.headline is not None and index <= around.headline + 4)


def _beside_title(block: Block, reading: Reading) -> list[Claim]:
    """The date that the headline's block prints beside the title, in an element of its own; one in the title is its subject."""
    at = places.place(block.element)
    for node in block.nodes if len(block.nodes) > 1 else ():
        text = " ".join((node.text_content or "").split())
        if len(text) <= MAX_DATE_CHARACTERS and datetext.may_hold_date(text):
            found = next(datetext.find(text, reading), None)
            if found and len(_REST_OF_LINE.findall(text[: found.start] + text[found.end :])) <= 1:
                return [claim("published", "dom line", text[found.start : found.end], at=at, block=block.index)]
    return []


def in_block(around: Surroundings, block: Block, reading: Reading, *, unlabelled: bool) -> list[Claim]:
    """The claims of one block; a date without a label is one only where `unlabelled` dates count."""
    claims: list[Claim] = []
    for text in around.text(block).split("\n"):
        dates = _dates_in(text, reading)
        if dates and not CITED.search(text):
            claims += _in_line(around.layout, block, text, dates, unlabelled=unlabelled)
    return claims


def _dates_in(text: str, reading: Reading) -> list[datetext.Found]:
    """The dates in one line; where it has none, the first that counts from the day of the capture."""
    if datetext.may_hold_date(text) and (dates := list(datetext.find(text, reading))):
        return dates
    if len(text) < MAX_RELATIVE_CHARACTERS and reading.today and holds_any(small(text), RELATIVE_WORDS):
        relative = datetext.find_relative(text, reading)
        return [relative] if relative else []
    return []


def _in_line(layout: Layout, block: Block, text: str, dates: list[datetext.Found], *, unlabelled: bool) -> list[Claim]:
    claims = []
    line = _is_line(text)
    start = 0
    for found in dates:
        if found.when.day.year < FIRST_WEB_YEAR:
            continue
        behind = text[found.end : found.end + 20] if found is dates[-1] else ""  # else it is the next date's label
        kind = _kind(layout, block, text[start : found.start], behind, first=start == 0)
        start = found.end
        value = found.when.iso if not datetext.may_hold_date(text) else text[found.start : found.end]
        at = places.place(block.element)
        own = _of_own_sentence(text, found)
        if own == "modified":
            claims.append(claim("modified", "dom last-change", value, at=at, block=block.index))
            continue
        if own == "published" and not line:
            claims.append(claim("published", "dom label", value, at=at, block=block.index))
            continue
        if kind == "published" and not line and not _has_colon_label(text[: found.start]):
            continue  # "This story was first published on … by …" speaks of another page
        if kind == "dated" and unlabelled and len(_REST_OF_LINE.findall(text[: found.start])) == 1:
            kind = "published"  # "Date: 3 May 2020" beside the headline; in the text it may be a picture's
        if kind in ("published", "modified", "reviewed") and len(text) <= MAX_LABELLED_CHARACTERS:
            claims.append(claim(kind, "dom label", value, at=at, block=block.index))
        elif kind in (None, "dated") and line and (unlabelled or kind or _has_labelled_sibling(text, dates, found)):
            claims.append(claim("published", "dom line", value, at=at, block=block.index))
    return claims


def _has_labelled_sibling(text: str, dates: list[datetext.Found], found: datetext.Found) -> bool:
    """Whether the line goes on with a date that says it is the last change: "3 May 2020. Updated: 7 May 2020"."""
    if found is not dates[0] or len(dates) != 2 or _REST_OF_LINE.search(text[: found.start]):
        return False
    label = LABEL.search(small(text[found.end : dates[1].start]))
    return label is not None and label.lastgroup == "modified"


def _has_colon_label(before: str) -> bool:
    """Whether a label and a colon stand right before a date: then the longest line is no sentence about another page."""
    stem = before[-80:].rstrip(" (")
    return stem.endswith((":", "：")) and any(label.end() >= len(stem) - 2 for label in LABEL.finditer(small(stem)))


def _of_own_sentence(text: str, found: datetext.Found) -> str | None:
    """Which of the page's own days the sentence around a date tells, "published" or "modified"; None where it tells none."""
    before, behind = small(text[max(0, found.start - 200) : found.start]), small(text[found.end : found.end + 160])
    return next((row.kind for row in OWN_SENTENCES if re.search(row.before, before) and re.match(row.behind, behind)), None)


def _kind(layout: Layout, block: Block, before: str, behind: str, *, first: bool) -> str | None:
    """What the words beside a date say it is; None where they say nothing."""
    labels = [*LABEL.finditer(small(before[-80:]))][-1:]
    labels = labels or [match for match in [LABEL.match(small(behind).lstrip(" (,|"))] if match]
    if labels:
        return labels[0].lastgroup
    if first and not _REST_OF_LINE.search(before) and block.index:
        previous = layout.blocks[block.index - 1].text
        match = LABEL.match(small(previous)) if len(previous) <= 30 else None
        if match and len(previous) - match.end() <= 4:
            return match.lastgroup
    return None


def _is_line(text: str) -> bool:
    """Whether `text` is a line of facts rather than a sentence."""
    return (
        len(text) <= 160 and len(_REST_OF_LINE.findall(text)) <= _LINE_WORDS + 6 and not text.rstrip().endswith((".", "?", "!"))
    )


def _time_elements(around: Surroundings, times: Sequence[LexborNode]) -> list[Claim]:
    claims = []
    for node in times[:MAX_TIME_ELEMENTS]:
        index = around.layout.block_at(node)
        if index is None or index not in around.near_indexes:
            continue
        attributes = node.attributes
        hint = f"{attributes.get('class') or ''} {attributes.get('itemprop') or ''}".lower()
        field = "modified" if "modif" in hint or ("updated" in hint and "published" not in hint) else "published"
        text = around.layout.blocks[index].text
        label = LABEL.search(small(text[:80]))
        if label is not None and label.lastgroup in ("modified", "reviewed", "other") and field == "published":
            continue  # read with its label already
        source = "dom time" if field == "published" else "dom label"
        claims.append(claim(field, source, attributes.get("datetime") or "", at="time[datetime]", block=index))
    return claims
