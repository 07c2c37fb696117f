"""Why each block of a page is in the article, or is not: what `archiver extract --explain` shows.

Nothing is judged here. Weights, bars and fates are those of `content`, rows those of `weighing`, which add up by the same
code when a page is extracted.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from operator import add
from typing import TYPE_CHECKING, NamedTuple

from archiver.extraction import content, places, weighing
from archiver.extraction.content import Fate
from archiver.extraction.title import form

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from archiver.article import Article
    from archiver.extraction.blocks import Block, Element, Layout
    from archiver.extraction.rows import Row

NEAR = 3
"""So many dropped blocks are told one by one before and behind the article."""
MIN_FOLDED = 4
MIN_FOUND = 12
"""Letters and digits of a block that are enough to find it by a longer text, which holds it."""
_AROUND = 2  # elements with a class that are enough to know a place by


class Examined(NamedTuple):
    """An article, and what its body was chosen from.

    Attributes:
        region: where `content.locate` found the article.
        headline: index of the block that the reader sees as title; None where it is not printed.
        owners: by field, the blocks that belong to it and not to the body.
        fates: what became of each block.
        unseen: where the body was found, if not in what the page shows.
    """

    article: Article
    layout: Layout
    region: content.Region
    headline: int | None
    owners: Mapping[str, Collection[int]]
    fates: Sequence[Fate]
    unseen: str | None


@dataclass(frozen=True, slots=True)
class Judged:
    """One block and what became of it.

    Attributes:
        kept: whether the body has it.
        reason: why, in words.
        weight: what `rows` add up to; those that look at the block by itself never count for more than 5.
        rows: all that count for the block: the heaviest first where the weight passes the bar, else the lightest.
        place: a CSS-like path to its element.
    """

    index: int
    text: str
    kept: bool
    reason: str
    weight: float
    rows: tuple[Row, ...]
    place: str


@dataclass(frozen=True, slots=True)
class Folded:
    """A run of blocks that need no telling one by one.

    Attributes:
        best: the one that came nearest to its bar.
        hints: what most of them are, the commonest first.
    """

    blocks: tuple[Judged, ...]
    best: Judged
    hints: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Explanation:
    """A page, block by block.

    Attributes:
        first, last: the region, `first <= index < last`.
        peak: the weight of the page's surest text, which its other blocks are measured against.
        bar: what a block must outweigh.
        unseen: where the body was found, if it is none of the page's blocks; they are dropped then.
    """

    article: Article
    blocks: tuple[Judged, ...]
    first: int
    last: int
    peak: float
    bar: float
    unseen: str | None

    def holding(self, text: str) -> list[Judged]:
        """The blocks that hold `text`, or that it holds, whatever its case, punctuation and white space."""
        wanted = form(text)
        forms = [(block, form(block.text)) for block in self.blocks]
        return [block for block, said in forms if wanted in said or (len(said) >= MIN_FOUND and said in wanted)]

    def folded(self) -> Iterator[Judged | Folded]:
        """The blocks in order; far from the article, runs of those that weigh too little are folded."""
        kept = [block.index for block in self.blocks if block.kept]
        if not kept and self.blocks:
            kept = [max(self.blocks, key=lambda block: block.weight).index]
        near = range(kept[0] - NEAR, kept[-1] + NEAR + 1) if kept else range(0)
        for foldable, run in groupby(self.blocks, lambda block: block.reason == Fate.LIGHT.value and block.index not in near):
            blocks = tuple(run)
            if foldable and len(blocks) >= MIN_FOLDED:
                yield Folded(blocks, max(blocks, key=lambda block: block.weight), _commonest_hints(blocks))
            else:
                yield from blocks


def explain(examined: Examined) -> Explanation:
    """What became of each block of an examined page."""
    article, layout, region, headline, owners, fates, unseen = examined
    rows = map(add, weighing.rows(layout, headline), content.rows_around(layout, region))
    return Explanation(
        article,
        tuple(
            Judged(
                block.index,
                block.text,
                fate in content.KEPT_FATES and not unseen,
                _reason(block, fate, owners, unseen),
                weight,
                tuple(sorted(counted, key=lambda row: row.weight, reverse=weight > region.bar)),
                _path(block.element),
            )
            for block, fate, weight, counted in zip(layout.blocks, fates, region.weights, rows, strict=True)
        ),
        region.first,
        region.last,
        region.peak,
        region.bar,
        unseen,
    )


def _reason(block: Block, fate: Fate, owners: Mapping[str, Collection[int]], unseen: str | None) -> str:
    if fate is Fate.OWNED:
        return f"belongs to the {' and the '.join(field for field, owned in owners.items() if block.index in owned)}"
    if unseen and fate in content.KEPT_FATES:
        return "left for the text that is not shown"
    return str(fate.value)


def _path(element: Element) -> str:
    """The element, and those around it that have a name, from the outermost: "article.post > p"."""
    named = [one for one in places.lineage(element) if one is element or one.attributes.get("class")]
    return " > ".join(places.name(one) for one in reversed(named[: _AROUND + 1]))


def _commonest_hints(blocks: Iterable[Judged]) -> tuple[str, ...]:
    counts: dict[str, int] = {}
    for block in blocks:
        for row in block.rows:
            if row.table == "Hint" and row.weight < 0:
                counts[row.key] = counts.get(row.key, 0) + 1
    return tuple(sorted(counts, key=lambda hint: -counts[hint])[:3])
