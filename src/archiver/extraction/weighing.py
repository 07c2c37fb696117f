"""How much each block looks like article text: log-odds, summed from the rows of `rules`.

Two linear passes, one down the elements (hints are inherited) and one over the blocks. No threshold here: a page's
weights mean something against each other, and `content.py` compares them.
"""

from __future__ import annotations

import re
from collections import defaultdict
from itertools import accumulate
from typing import TYPE_CHECKING

from archiver.extraction.rules import measures
from archiver.extraction.rules.hints import HINTS, Hint
from archiver.extraction.rules.phrases import PHRASES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from archiver.extraction.blocks import Block, Element, Layout

_WORD = re.compile(r"[a-z]+|[A-Z]+(?![a-z])|[A-Z][a-z]+")
_NO_HINTS: frozenset[Hint] = frozenset()
_IDEOGRAPH = re.compile(r"[\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff]")
_IDEOGRAPH_CHARS = 2.5  # letters that say as much as one ideograph or syllable block
_SENTENCE_END = frozenset(".!?…。！？．؟۔।॥։።᙮။")
_CLOSING = "\"'”’»)]）」』】"
_PROSE_CHARS = 80  # shorter text may be anything
_PROSE_LINKED = 0.4
_LABEL_CHARS = 25
_PHRASE_CHARS = 150  # a longer block that opens with such words goes on to say something
_OPENING = 60
_PATTERNS = [(re.compile(row.pattern), row.weight) for row in PHRASES]
_ANY_PHRASE = re.compile("|".join(row.pattern for row in PHRASES))
_NEIGHBOURS = 5
_MOST = 0.5


class HintIndex:
    """Hints by what they match.

    Attributes:
        by_word: the rows that a word of `class`, `id` or `role` calls for.
        by_tag: the rows that a tag calls for.
    """

    def __init__(self, hints: Iterable[Hint]) -> None:
        by_word: defaultdict[str, set[Hint]] = defaultdict(set)
        by_tag: defaultdict[str, set[Hint]] = defaultdict(set)
        for hint in hints:
            for word in hint.words.split():
                by_word[word].add(hint)
            for tag in hint.tags.split():
                by_tag[tag].add(hint)
        self.by_word = {word: frozenset(found) for word, found in by_word.items()}
        self.by_tag = {tag: frozenset(found) for tag, found in by_tag.items()}


_ALL_HINTS = HintIndex(HINTS)


class Weighing:
    """The weights of one page's blocks.

    Attributes:
        sizes: for each block its characters, ideographs counting as much as the words they stand for.
    """

    def __init__(self, layout: Layout, headline: int | None, hints: HintIndex = _ALL_HINTS) -> None:
        self.layout = layout
        self.headline = headline
        self.hints = hints
        self._of_name: dict[str, frozenset[Hint]] = {}
        self._of_names: dict[tuple[str | None, ...], frozenset[Hint]] = {}
        self._homes: dict[Element, float] = {}
        self.sizes = [_size(block) for block in layout.blocks]
        self._prose = [0.0, *accumulate(_prose(block, self.sizes[block.index]) for block in layout.blocks)]
        self._all_prose = self._prose[-1] or 1.0
        count = len(layout.blocks)
        self._all_plain = layout.chars(0, count) - layout.link_chars(0, count) or 1

    def weights(self) -> list[float]:
        """One number per block."""
        inherited = self._inherited()
        return [inherited[block.element] + self._text(block) + self._place(block) for block in self.layout.blocks]

    def _inherited(self) -> dict[Element, float]:
        """For each element the sum of the hints on it and around it, each hint once."""
        hints: dict[Element, frozenset[Hint]] = {}
        sums: dict[Element, float] = {}
        for element in self.layout.elements:
            parent = element.parent
            if parent is None:  # class names on the body speak of the whole page
                hints[element], sums[element] = _NO_HINTS, 0.0
                continue
            around, total = hints[parent], sums[parent]
            own = self._named_hints(element) - around
            if own:
                if self._holds_most(element):
                    own = frozenset(
                        hint for hint in own if hint.weight > 0 or (hint.apart and not self._holds_headline(element))
                    )
                around |= own
                total += sum(hint.weight for hint in own)
            hints[element], sums[element] = around, total
        return sums

    def _named_hints(self, element: Element) -> frozenset[Hint]:
        by_tag = self.hints.by_tag.get(element.tag, _NO_HINTS)
        attributes = element.attributes
        if not attributes:
            return by_tag
        names = (attributes.get("class"), attributes.get("id"), attributes.get("role"))
        key = (element.tag, *names)
        found = self._of_names.get(key)
        if found is None:
            found = by_tag.union(*(self._hints_of(name) for name in " ".join(filter(None, names)).split()))
            self._of_names[key] = found
        return found

    def _hints_of(self, name: str) -> frozenset[Hint]:
        """The hints of one class, id or role; of "post-meta" those of "meta" alone, since it is no post."""
        found = self._of_name.get(name)
        if found is None:
            by_word = self.hints.by_word
            found = _NO_HINTS.union(*(by_word.get(word.lower(), _NO_HINTS) for word in _WORD.findall(name)))
            found = self._of_name[name] = frozenset(hint for hint in found if hint.weight < 0) or found
        return found

    def _holds_most(self, element: Element) -> bool:
        first, last = element.first, element.last
        plain = self.layout.chars(first, last) - self.layout.link_chars(first, last)
        return plain > _MOST * self._all_plain or self._prose[last] - self._prose[first] > _MOST * self._all_prose

    def _holds_headline(self, element: Element) -> bool:
        return self.headline is None or element.first <= self.headline < element.last

    def _text(self, block: Block) -> float:
        weight = measures.BASE + measures.KINDS.get(block.element.tag, measures.OTHER_KIND)
        if not block.chars:
            return weight + measures.PICTURE
        size = self.sizes[block.index]
        weight += measures.LENGTH.at(size) + measures.LINKED.at(block.link_chars / block.chars)
        if size > _LABEL_CHARS and ends_sentence(block.text):
            weight += measures.SENTENCE
        return weight + _phrase(block) if size <= _PHRASE_CHARS else weight

    def _place(self, block: Block) -> float:
        index, prose = block.index, self._prose
        around = prose[min(index + _NEIGHBOURS + 1, len(prose) - 1)] - prose[max(index - _NEIGHBOURS, 0)]
        weight = self._home(block.element.parent or block.element) + measures.COMPANY.at(around)
        if self.headline is not None:
            if index < self.headline:
                weight += measures.BEFORE_HEADLINE
            elif index <= self.headline + 3:
                weight += measures.AFTER_HEADLINE
        return weight

    def _home(self, home: Element) -> float:
        weight = self._homes.get(home)
        if weight is None:
            first, last = home.first, home.last
            linked = self.layout.link_chars(first, last) / (self.layout.chars(first, last) or 1)
            share = (self._prose[last] - self._prose[first]) / self._all_prose
            weight = self._homes[home] = measures.HOME.at(share) + measures.MENU.at(linked)
        return weight


def ends_sentence(text: str) -> bool:
    """Whether a sentence-end mark of any script closes `text`, quotes and brackets aside."""
    return text.rstrip(_CLOSING)[-1:] in _SENTENCE_END


def _phrase(block: Block) -> float:
    """The sum of the phrases that the block opens with."""
    opening = block.text[:_OPENING].casefold()
    if not _ANY_PHRASE.match(opening):
        return 0.0
    return sum(weight for pattern, weight in _PATTERNS if pattern.match(opening))


def _size(block: Block) -> float:
    if block.text.isascii():
        return block.chars
    return block.chars + (_IDEOGRAPH_CHARS - 1) * len(_IDEOGRAPH.findall(block.text))


def _prose(block: Block, size: float) -> float:
    """How much running text the block is: its size outside links, or nothing."""
    if size < _PROSE_CHARS or block.link_chars >= _PROSE_LINKED * block.chars or not ends_sentence(block.text):
        return 0.0
    return size * (1 - block.link_chars / block.chars)
