"""The headline as a reader sees it, and the blocks that print it.

The page's headings are compared with what its meta tags and JSON-LD call the title; the heading that agrees best wins.
Where no heading will do, the claims are compared with each other and with the site's names, so that a site's name or a
section is cut off only when it is known to be one.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from archiver import urls
from archiver.extraction import claims as claims_room
from archiver.extraction import places
from archiver.extraction.rules.months import ANY_MONTHS
from archiver.extraction.rules.titles import (
    BETWEEN_PARTS,
    FAR_FROM_HEADLINE,
    HEADING_WEIGHTS,
    HEADLINE_HINT,
    SEPARATORS,
    TITLE_LABEL,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from archiver.article import Evidence
    from archiver.extraction.blocks import Element, Layout
    from archiver.extraction.claims import Claim, Claims
    from archiver.extraction.page import Page

MAX_HEADINGS = 300
MAX_TITLE_CHARACTERS = 400
ENOUGH = 2.0
OTHER_WEIGHT = 0.4
CALLED_WEIGHT = 0.5
CLAIM_WEIGHT = 3.0
_HEADING_TAGS = frozenset(HEADING_WEIGHTS)
_NOT_ALNUM = re.compile(r"[\W_]+")
_NOT_ALNUM_ASCII = bytes(code for code in range(128) if not chr(code).isalnum())
_TRAILING_NOISE = " #¶🔗"  # links that a documentation tool hangs behind its headings


@dataclass(frozen=True, slots=True)
class Headline:
    """The title and where it is printed.

    Attributes:
        text: the title; None where the page has none.
        block: index of the block that the reader sees as title; None where it is not printed.
        blocks: every block that prints the title, and nothing else.
        evidence: where `text` comes from; None where there is none.
    """

    text: str | None
    block: int | None = None
    blocks: frozenset[int] = frozenset()
    evidence: Evidence | None = None


class _Heading(NamedTuple):
    """A heading; `called` so by its class names, with `earlier` ones of the same tag before it."""

    element: Element
    text: str
    form: str
    called: bool
    earlier: int


def find(page: Page, layout: Layout, claims: Claims) -> Headline:
    """The page's headline."""
    stated = claims.of("title")
    names = site_names(page, claims)
    headings = _headings(layout)
    best = _best(headings, stated, names)
    if best is not None:
        text = _as_written(_without_label(_without_names(_without_date(best.text, stated), names)), stated)
        winner = claims_room.claim("title", "dom heading", text, at=places.place(best.element), block=best.element.first)
    else:
        winner_or_none = next((one for one in stated if form(one.value) not in names), None)
        if winner_or_none is None:
            return Headline(None)
        winner = winner_or_none
        text = _without_site(winner.value, stated, names)
    title_form = form(text)
    printed = frozenset(
        index
        for heading in headings
        if heading.form == title_form or heading is best
        for index in range(heading.element.first, heading.element.last)
    )
    block = winner.block if winner.block is not None else _printed_at(layout, title_form)
    return Headline(
        text=text,
        block=block,
        blocks=printed | ({block} if block is not None else set()),
        evidence=claims_room.evidence(winner, [winner, *stated], same=form),
    )


def form(text: str) -> str:
    """`text` for comparing: letters and digits alone, case and compatibility forms folded."""
    if text.isascii():  # most are; an eighth of the cost
        return text.lower().encode().translate(None, _NOT_ALNUM_ASCII).decode()
    return _NOT_ALNUM.sub("", unicodedata.normalize("NFKC", text).casefold())


def site_names(page: Page, claims: Claims) -> frozenset[str]:
    """The forms of what the site calls itself, its host among them."""
    names = {form(one.value) for one in claims.of("publisher")}
    host = urls.host(page.url) if page.url else None
    if host:
        labels = host.split(".")
        names |= {form(host), form(".".join(labels[-2:])), *(form(label) for label in labels[:-1] if len(label) > 3)}
    return frozenset(name for name in names if name)


def _headings(layout: Layout) -> list[_Heading]:
    found: list[_Heading] = []
    seen: Counter[str] = Counter()
    likely = [
        element
        for element in layout.elements
        if element.tag in _HEADING_TAGS or "title" in element.hint or "headline" in element.hint
    ]  # one in ten
    named: dict[str, bool] = {}  # teasers share their class names
    for element in likely:
        called = named.get(element.hint)
        if called is None:
            called = named[element.hint] = HEADLINE_HINT.search(element.hint) is not None
        if not called and element.tag not in _HEADING_TAGS:
            continue
        first, last = element.first, element.last
        if not 0 < last - first <= 4 or element.hidden or layout.chars(first, last) > MAX_TITLE_CHARACTERS:
            continue
        text = " ".join([block.text for block in layout.blocks[first:last]]).replace("\n", " ")
        text = text.lstrip().rstrip(_TRAILING_NOISE)
        folded = form(text)
        if folded and len(text) <= MAX_TITLE_CHARACTERS:
            if len(found) >= MAX_HEADINGS:
                break
            found.append(_Heading(element, text, folded, called, seen[element.tag]))
            seen[element.tag] += 1
    return found


def _best(headings: list[_Heading], stated: list[Claim], names: frozenset[str]) -> _Heading | None:
    """The likeliest headline; None where none is likely enough."""
    titles = [(set(value.casefold().split()), form(value)) for value in dict.fromkeys(one.value for one in stated[:12])]
    best, highest = None, 0.0
    for heading in headings:
        likely = HEADING_WEIGHTS.get(heading.element.tag, OTHER_WEIGHT) + (CALLED_WEIGHT if heading.called else 0.0)
        if likely + CLAIM_WEIGHT <= highest:
            continue  # a teaser: not even a claim that says the same would make it the headline
        score = likely + _score(heading, titles, names)
        if score > highest:
            best, highest = heading, score
    return best if highest >= ENOUGH else None


def _score(heading: _Heading, titles: list[tuple[set[str], str]], names: frozenset[str]) -> float:
    """What speaks for and against a heading besides its markup; `CLAIM_WEIGHT` at most."""
    folded = heading.form
    words = set(heading.text.casefold().split())
    score = CLAIM_WEIGHT * max([_agreement(words, folded, claim, claim_form) for claim, claim_form in titles], default=0.0)
    if folded in names:
        score -= 3.0
    if places.stands_in(heading.element, FAR_FROM_HEADLINE):
        score -= 1.5
    # of two alike the first is the headline; lists of teasers repeat their tag, headlines do not
    return score - min(0.02 * heading.earlier, 0.5)


def _agreement(words: set[str], folded: str, claim_words: set[str], claim_form: str) -> float:
    """From 0 to 1: how far a heading says what a claim says."""
    if folded == claim_form:
        return 1.0
    if len(folded) >= 8 and folded in claim_form:
        rest = 1 - len(folded) / len(claim_form)
        return max(0.95 - 0.5 * rest, 0.3)
    if len(claim_form) >= 8 and claim_form in folded:
        return 0.8 * len(claim_form) / len(folded)
    shared = len(words & claim_words)
    return 0.8 * shared / min(len(words), len(claim_words)) if shared > 1 else 0.0


def _without_label(title: str) -> str:
    """`title` without the word before it that says that it is one."""
    label = TITLE_LABEL.match(title)
    return title[label.end() :] if label else title


def _as_written(title: str, stated: list[Claim]) -> str:
    """`title` with the marks that a claim has between its parts, which a page may print in other type or on other lines."""
    plain = title.split()
    return next((one.value for one in stated if BETWEEN_PARTS.search(one.value) and _unmarked(one.value) == plain), title)


def _unmarked(title: str) -> list[str]:
    return BETWEEN_PARTS.sub(" ", title).split()


def _without_site(title: str, stated: list[Claim], names: frozenset[str]) -> str:
    """`title` without a name of the site at its ends, and without a tail that another claim does not have."""
    title = _without_names(title, names)
    others = (one.value for one in stated)
    return next((other for other in others if _is_head(other, title)), title)


def _without_date(title: str, stated: list[Claim]) -> str:
    """`title` without a date before it, where a claim says it has none."""
    for one in stated:
        if len(one.value) < len(title) and title.endswith(one.value):
            before = [word.strip(",.") for word in title[: -len(one.value)].casefold().split()]
            if 1 < len(before) == sum(word.isdigit() or word in ANY_MONTHS for word in before):
                return one.value
    return title


def _without_names(title: str, names: frozenset[str]) -> str:
    """`title` without a name of the site at its ends."""
    parts = SEPARATORS.split(title)
    while len(parts) > 2 and _is_name(parts[-1], names):
        del parts[-2:]
    while len(parts) > 2 and _is_name(parts[0], names):
        del parts[:2]
    return "".join(parts).strip()


def _is_name(part: str, names: frozenset[str]) -> bool:
    """Whether `part` is a name of the site, or made of labels of its host: "Quay Gazette" at gazette.quay.example."""
    words = part.split()
    return form(part) in names or (bool(words) and all(form(word) in names for word in words))


def _is_head(other: str, title: str) -> bool:
    """Whether `title` is `other` with a separator and a tail."""
    return len(other) >= 8 and title.startswith(other) and bool(SEPARATORS.match(title, len(other)))


def _printed_at(layout: Layout, title_form: str) -> int | None:
    size = len(title_form)
    candidates: Iterable[int] = (
        block.index for block in layout.blocks if size <= 2 * block.chars <= 6 * size and form(block.text) == title_form
    )
    return next(iter(candidates), None)
