"""How much each block looks like article text: log-odds, summed from the rows of `rules`.

Three linear passes: over the texts, down the elements (hints are inherited), and over the blocks in their places. Their
loops are written out, since a call for each block and each hint doubles what they cost. No threshold here: a page's
weights mean something against each other, and `content.py` compares them.
"""

from __future__ import annotations

from bisect import bisect_left
from itertools import accumulate
from typing import TYPE_CHECKING

from archiver.extraction.rows import TABLES, TENTHS, Row, Tables, tables_by_bit
from archiver.extraction.rules.phrases import HEAD
from archiver.extraction.wording import ideographs

if TYPE_CHECKING:
    from archiver.extraction.blocks import Element, Layout

_NAMING = ("class", "id", "role", "itemprop")
_IDEOGRAPH_CHARS = 2.5  # letters that say as much as one ideograph or syllable block
_SENTENCE_END = frozenset(".!?…。！？．؟۔।॥։።᙮။")
_CLOSING = "\"'”’»)]）」』】"
_PROSE_CHARS = 80  # shorter text may be anything
_PROSE_LINKED = 0.4
_LABEL_CHARS = 25
_SIGN_CHARS = 3
_PHRASE_CHARS = 300  # a longer block that opens with such words goes on to say something
_OPENING = 60
_NEIGHBOURS = 5
_BELOW_HEADLINE = 3
_MOST = 0.5


class Weighing:
    """One page's blocks on the scales.

    Attributes:
        sizes: for each block its characters, ideographs counting as much as the words they stand for.
        totals: for each block the sum of what the rows that count for it are worth in `tables`.
    """

    def __init__(self, layout: Layout, headline: int | None, tables: Tables = TABLES) -> None:
        self.layout = layout
        self.headline = headline
        self.tables = tables
        self.sizes: list[float] = []
        texts, prose = self._texts()
        self._prose = [0.0, *accumulate(prose)]
        self._plain = [0, *accumulate(block.chars - block.link_chars for block in layout.blocks)]
        self.totals = [hint + text + place for hint, text, place in zip(self._hints(), texts, self._places(), strict=True)]

    def weights(self) -> list[float]:
        """One number per block."""
        return [total / TENTHS for total in self.totals]

    def _texts(self) -> tuple[list[int], list[float]]:
        """For each block what its own text is worth, and how much running text it is: its size outside links, or nothing."""
        tables, sizes = self.tables, self.sizes
        kinds, other_kind, base, sentence = tables.kinds, tables.other_kind, tables.base, tables.sentence
        length_limits, lengths = tables.length
        linked_limits, links = tables.linked
        phrases, signs = tables.phrases, tables.signs
        totals: list[int] = []
        prose: list[float] = []
        for block in self.layout.blocks:
            text, size = block.text, float(block.chars)
            total = base + kinds.get(block.element.tag, other_kind)
            plain = 0.0
            if size <= _SIGN_CHARS and not any(map(str.isalnum, text)):
                total += tables.picture
            else:
                linked = block.link_chars / size
                if not text.isascii():
                    size += (_IDEOGRAPH_CHARS - 1) * ideographs(text)
                total += lengths[bisect_left(length_limits, size)] + links[bisect_left(linked_limits, linked)]
                if size > _LABEL_CHARS and ends_sentence(text):
                    total += sentence
                    if size >= _PROSE_CHARS and linked < _PROSE_LINKED:
                        plain = size * (1 - linked)
                if size <= _PHRASE_CHARS:
                    opening = text[:_OPENING].casefold()
                    for pattern, worth in phrases.get(opening[:HEAD], ()) if opening[0].isalpha() else signs:
                        if pattern.match(opening):
                            total += worth
            sizes.append(size)
            totals.append(total)
            prose.append(plain)
        return totals, prose

    def _hints(self) -> list[int]:
        """For each block what the hints around it are worth, each hint once."""
        by_tag, by_names, raising, apart = self.tables.by_tag, self.tables.by_names, self.tables.raising, self.tables.apart
        plain, prose = self._plain, self._prose
        most_plain, most_prose = _MOST * plain[-1], _MOST * prose[-1]
        masks: dict[Element | None, int] = {}
        for element in self.layout.elements:
            first, last = element.first, element.last
            if first == last:  # no block asks
                continue
            parent = element.parent
            if parent is None:  # class names on the body speak of the whole page
                masks[element] = 0
                continue
            mask = masks[parent]
            own = by_tag.get(element.tag, 0)
            attributes = element.attributes
            if attributes:
                for naming in _NAMING:
                    names = attributes.get(naming)
                    if names:
                        own |= by_names[names]
            own &= ~mask
            if own:
                if plain[last] - plain[first] > most_plain or prose[last] - prose[first] > most_prose:
                    own &= raising if self.headline is None or first <= self.headline < last else raising | apart
                mask |= own
            masks[element] = mask
        worths = {mask: self._worth_of_hints(mask) for mask in set(masks.values())}
        return [worths[masks[block.element]] for block in self.layout.blocks]

    def _worth_of_hints(self, mask: int) -> int:
        total = 0
        while mask:
            lowest = mask & -mask
            total += self.tables.hints[lowest]
            mask ^= lowest
        return total

    def _places(self) -> list[int]:
        """For each block what its place in the page is worth."""
        prose, company = self._prose, self.tables.company
        company_limits, companies = company
        homes: dict[Element, int] = {}
        totals: list[int] = []
        ends = prose[_NEIGHBOURS + 1 :] + prose[-1:] * _NEIGHBOURS
        begins = [0.0] * _NEIGHBOURS + prose
        for block, end, begin in zip(self.layout.blocks, ends, begins, strict=False):
            home = block.home
            total = homes.get(home)
            if total is None:
                total = homes[home] = self._home(home)
            totals.append(total + companies[bisect_left(company_limits, end - begin)])
        if self.headline is not None:
            for index in range(len(totals))[: self.headline + _BELOW_HEADLINE + 1]:
                totals[index] += self.tables.before_headline if index < self.headline else self.tables.after_headline
        return totals

    def _home(self, home: Element) -> int:
        first, last = home.first, home.last
        share = (self._prose[last] - self._prose[first]) / (self._prose[-1] or 1.0)
        return self.tables.home.at(share) + self.tables.menu.at(self.layout.linked(first, last))


def rows(layout: Layout, headline: int | None) -> list[list[Row]]:
    """For each block the rows that count for it: its weight is the sum of theirs."""
    tables = tables_by_bit()
    return [tables.rows_of(total) for total in Weighing(layout, headline, tables).totals]


def ends_sentence(text: str) -> bool:
    """Whether a sentence-end mark of any script closes `text`, quotes and brackets aside."""
    return text.rstrip(_CLOSING)[-1:] in _SENTENCE_END
