"""What the article is filed under: section trail and tags; and the printed standfirst."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING

from archiver.extraction import claims as claims_room
from archiver.extraction import places
from archiver.extraction.claims import claim
from archiver.extraction.rules.about import DEK_HINT, HOME, TRAIL_HINT, TRAIL_SEPARATOR, TRAIL_WORDS
from archiver.extraction.title import form
from archiver.extraction.wording import holds_any

if TYPE_CHECKING:
    from archiver.article import Evidence
    from archiver.extraction.blocks import Block, Element, Layout
    from archiver.extraction.claims import Claim, Claims
    from archiver.extraction.places import Surroundings
    from archiver.extraction.title import Headline

MAX_TAGS = 50
MAX_TAG_CHARACTERS = 80
MAX_STEPS = 8
MAX_STEP_CHARACTERS = 80
MAX_TRAIL_CHARACTERS = 400
MAX_DEK_CHARACTERS = 600
_TRAIL_MARKS = tuple("»›>→/|≫⟩▸")
"""One of these stands in whatever `TRAIL_SEPARATOR` matches."""


@dataclass(frozen=True, slots=True)
class Found:
    """The fields, their evidence by key in the record, and the blocks that print only these."""

    section: tuple[str, ...]
    tags: tuple[str, ...]
    subtitle: str | None
    evidence: dict[str, Evidence]
    blocks: frozenset[int]


@dataclass(slots=True)
class _Notes:
    evidence: dict[str, Evidence] = field(default_factory=dict)
    blocks: set[int] = field(default_factory=set)


def find(around: Surroundings, claims: Claims, headline: Headline, site: frozenset[str], furniture: frozenset[int]) -> Found:
    """What the page says about the article's place and kind; `furniture` are blocks that are known to be something else."""
    notes = _Notes()
    section = _section(around, claims, headline, site, notes)
    tags = _tags(claims, notes)
    subtitle = _subtitle(around.layout, claims, headline, furniture, notes)
    return Found(section, tags, subtitle, notes.evidence, frozenset(notes.blocks))


def _section(around: Surroundings, claims: Claims, headline: Headline, site: frozenset[str], notes: _Notes) -> tuple[str, ...]:
    blocks, printed = _trail(around)
    notes.blocks.update(block.index for block in blocks)
    steps = _steps(printed, headline.text, site)
    stated = claims.of("section")
    together: list[Claim] = []
    if steps:
        winner = claim("section", "dom trail", " » ".join(printed), at=places.place(blocks[0].element), block=blocks[0].index)
    elif stated:
        winner = stated[0]
        together = [one for one in stated if one.source == winner.source]
        steps = _steps([one.value for one in together], headline.text, site)
    if steps:
        own = {form(step) for step in (*steps, winner.value)}
        notes.evidence["section"] = claims_room.evidence(
            winner, stated, same=lambda value: form(value) in own or value, together=together
        )
    return tuple(steps)


def _trail(around: Surroundings) -> tuple[list[Block], list[str]]:
    """The printed path from the home page: its blocks, and its steps as printed."""
    layout, headline = around.layout, around.headline
    limit = len(layout.blocks) if headline is None else headline + 2
    for element in layout.elements:
        if element.first >= limit:
            break
        if 0 < element.last - element.first <= 2 * MAX_STEPS and _is_called_trail(element):
            blocks = layout.blocks[element.first : element.last]
            return blocks, [step for block in blocks for step in _pieces(around, block)]
    for block in layout.blocks[max((headline or 0) - 15, 0) : limit]:
        text = block.text
        if len(text) <= MAX_TRAIL_CHARACTERS and holds_any(text, _TRAIL_MARKS) and HOME.match(text):
            return [block], _pieces(around, block)
    return [], []


def _is_called_trail(element: Element) -> bool:
    if element.hint and holds_any(element.hint, TRAIL_WORDS) and TRAIL_HINT.search(element.hint):
        return True
    label = element.attributes.get("aria-label")
    return label is not None and "breadcrumb" in label.lower()


def _pieces(around: Surroundings, block: Block) -> list[str]:
    """The steps in one block: parted by a separator, or by nothing but their links."""
    text = around.text(block).replace("\n", " ")
    pieces = TRAIL_SEPARATOR.split(text)
    if len(pieces) == 1 and len(block.nodes) > 1:
        pieces = [(node.text_content or "") for node in block.nodes if node.tag == "-text"]
    return [" ".join(piece.split()).strip(" »›>/|:·") for piece in pieces if piece.strip(" »›>/|:·")]


def _steps(printed: list[str], title: str | None, site: frozenset[str]) -> list[str]:
    """The trail without the home page before it and the article behind it."""
    steps = [step for step in dict.fromkeys(printed) if 0 < len(step) <= MAX_STEP_CHARACTERS or form(step) == form(title or "")]
    if steps and (HOME.fullmatch(steps[0]) or form(steps[0]) in site):
        del steps[0]
    title_form = form(title or "")
    while (
        steps
        and title_form
        and (form(steps[-1]) == title_form or (len(form(steps[-1])) > 12 and title_form.startswith(form(steps[-1]))))
    ):
        del steps[-1]
    return [step for step in steps[:MAX_STEPS] if len(step) <= MAX_STEP_CHARACTERS and not HOME.fullmatch(step)]


def _tags(claims: Claims, notes: _Notes) -> tuple[str, ...]:
    stated = claims.of("tags")
    if not stated:
        return ()
    chosen = [one for one in stated if one.source == stated[0].source]
    split = [part.strip() for one in chosen for part in (one.value.split(",") if len(chosen) == 1 else [one.value])]
    tags: dict[str, str] = {}
    for tag in split:
        if 0 < len(tag) <= MAX_TAG_CHARACTERS and form(tag):
            tags.setdefault(form(tag), tag)
    if not tags:
        return ()
    notes.evidence["tags"] = claims_room.evidence(stated[0], stated, same=form, together=chosen)
    return tuple(tags.values())[:MAX_TAGS]


def _subtitle(layout: Layout, claims: Claims, headline: Headline, furniture: frozenset[int], notes: _Notes) -> str | None:
    """The line under the headline that is called a standfirst, or is a heading that says what the page's description says."""
    if headline.block is None:
        return None
    stated = claims.of("subtitle")
    descriptions = [form(one.value)[:60] for one in stated if len(one.value) > 30]
    for block in layout.blocks[headline.block + 1 : headline.block + 6]:
        text = block.text.replace("\n", " ")
        if block.index in furniture or block.index in headline.blocks or not 10 <= len(text) <= MAX_DEK_CHARACTERS:
            continue
        named = any(
            DEK_HINT.search(element.hint)
            for element in islice(places.lineage(block.element), 2)
            if headline.block < element.first
        )
        heading = block.element.tag in ("h2", "h3", "h4") and any(one and form(text).startswith(one) for one in descriptions)
        if named or heading:
            winner = claim("subtitle", "dom dek", text, at=places.place(block.element), block=block.index)
            notes.evidence["subtitle"] = claims_room.evidence(winner, stated, same=form)
            notes.blocks.add(block.index)
            return text
        if len(text) > 200:
            return None  # the text has begun
    return None
