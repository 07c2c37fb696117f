"""Where on the page a block stands: near the headline, behind the text, or in a corner that is about something else."""

from __future__ import annotations

import re
import sys
from itertools import takewhile
from typing import TYPE_CHECKING

from archiver.extraction.known import Known
from archiver.extraction.rules.places import COMMENTS, ELSEWHERE, ELSEWHERE_TAGS, OWN_FOOTER

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archiver.extraction.blocks import Block, Element, Layout
    from archiver.extraction.content import Region

BLOCKS_ABOVE_HEADLINE = 6
BLOCKS_BELOW_HEADLINE = 16
BLOCKS_AROUND_START = 6
BLOCKS_BEHIND_TEXT = 14
MAX_LINE_CHARACTERS = 400
MAX_SMALL_PRINT_CHARACTERS = 200
MAX_DISTANCE = 8
MAX_FOOT_CHARACTERS = 800
_CALLED_ELSEWHERE: Known[str, bool] = Known(lambda hint: ELSEWHERE.search(hint) is not None)
_BEFORE_MARK = re.compile(r" (?=[,;]\s)")


class Surroundings:
    """The blocks around one article, and what several rooms ask about them.

    Attributes:
        layout: the page's blocks.
        headline: index of the block that prints the title, or None.
        region: where the text is.
        near: the short blocks where bylines and dates are printed: below the headline, above it, then behind the text.
    """

    def __init__(self, layout: Layout, headline: int | None, region: Region) -> None:
        self.layout = layout
        self.headline = headline
        self.region = region
        # what a script has yet to show is shown with the headline
        self._all_hidden = headline is not None and layout.blocks[headline].element.hidden
        self._elsewhere: dict[Element, bool] = {}
        self._others: dict[Element, Element | None] = {}
        self._texts: dict[int, str] = {}
        self.near = [block for block in self._candidates() if not self.is_elsewhere(block)]
        self.near_indexes = frozenset(block.index for block in self.near)

    def text(self, block: Block) -> str:
        """The block's text with a space wherever one element ends and another begins: styles tell a byline's parts apart."""
        text = self._texts.get(block.index)
        if text is None:
            text = self._texts[block.index] = _spaced(block)
        return text

    def is_elsewhere(self, block: Block) -> bool:
        """Whether `block` belongs to something other than the article: comments, teasers, navigation, the page's footer."""
        element = block.element
        known = self._elsewhere.get(element)
        if known is None:
            known = self._elsewhere[element] = (element.hidden and not self._all_hidden) or self._is_inside_other(element)
        return known

    def is_right_below(self, block: int | None, blocks: int) -> bool:
        """Whether `block` is one of the first `blocks` under the headline."""
        return block is not None and self.headline is not None and 0 < block - self.headline <= blocks

    def _candidates(self) -> Iterator[Block]:
        below: list[int] = []
        above: list[int] = []
        behind: list[int] = []
        if self.headline is not None:
            below += range(self.headline, self.headline + BLOCKS_BELOW_HEADLINE)
            above += range(self.headline - 1, self.headline - BLOCKS_ABOVE_HEADLINE - 1, -1)
        first, last = self.region.first, self.region.last
        if last > first:
            below += range(first, first + BLOCKS_AROUND_START)
            above += range(first - 1, first - BLOCKS_AROUND_START - 1, -1)
            behind += range(last - 4, last + BLOCKS_BEHIND_TEXT)
        blocks = self.layout.blocks
        for index in dict.fromkeys((*below, *above, *behind)):
            if 0 <= index < len(blocks):
                block = blocks[index]
                if 0 < len(block.text) <= MAX_LINE_CHARACTERS:
                    yield block

    def _is_inside_other(self, element: Element) -> bool:
        other = self._other_around(element)
        if other is None:
            return False
        inside_article = any(
            one.tag in ("article", "main") for one in takewhile(lambda one: one is not other, lineage(element))
        )
        return not self._is_own(other, inside_article=inside_article)

    def _other_around(self, element: Element) -> Element | None:
        """The nearest element around `element`, or itself, that usually is about something else.

        None where there is none, or only around the headline too: what also holds the headline is about the article.
        """
        known, headline = self._others, -1 if self.headline is None else self.headline
        passed: list[Element] = []
        other: Element | None = None
        one: Element | None = element
        while one is not None:
            if one in known:
                other = known[one]
                break
            passed.append(one)
            if one.first <= headline < one.last or one.tag == "body":
                break
            if one.tag in ELSEWHERE_TAGS or (one.hint and _CALLED_ELSEWHERE[one.hint]):
                other = one
                break
            one = one.parent
        for one in passed:
            known[one] = other
        return other

    def _is_own(self, element: Element, *, inside_article: bool) -> bool:
        """Whether an element that usually is about something else holds the article's small print, or the article itself."""
        chars = self.layout.chars(element.first, element.last)
        if element.tag == "footer":
            return inside_article or self._is_small_print(element, chars)
        if element.tag in ("nav", "form", "dialog"):
            return False
        distance = element.first - self.headline if self.headline is not None else MAX_DISTANCE + 1
        if 0 < distance <= 3 or (abs(distance) <= MAX_DISTANCE and chars <= MAX_SMALL_PRINT_CHARACTERS):
            return not COMMENTS.search(element.hint)
        # a wrapper of the whole page may be named after the sidebar or the comments that it also holds
        return 2 * chars > self.layout.chars(0, len(self.layout.blocks))

    def _is_small_print(self, footer: Element, chars: int) -> bool:
        """Whether a footer outside the article closes it: by its name, or by standing behind the text with few links."""
        if OWN_FOOTER.search(footer.hint):
            return chars <= MAX_SMALL_PRINT_CHARACTERS
        if _CALLED_ELSEWHERE[footer.hint]:
            return False
        few_links = 4 * self.layout.link_chars(footer.first, footer.last) < chars
        return few_links and chars <= MAX_FOOT_CHARACTERS and footer.first <= self.region.last + BLOCKS_BEHIND_TEXT


def lineage(element: Element) -> Iterator[Element]:
    """The element itself, its parent, and so on up to the body."""
    one: Element | None = element
    while one is not None:
        yield one
        one = one.parent


def stands_in(element: Element | None, tags: frozenset[str], *, steps: int = sys.maxsize) -> bool:
    """Whether one of `tags` is the element's, or that of an element around it, `steps` upward at most."""
    while element is not None and steps >= 0:
        if element.tag in tags:
            return True
        element, steps = element.parent, steps - 1
    return False


def _spaced(block: Block) -> str:
    if len(block.nodes) == 1:
        return block.text
    pieces = []
    for node in block.nodes:
        if node.tag == "-text":
            pieces.append(" ".join((node.text_content or "").split()))
        elif node.tag == "br":
            pieces.append("\n")
    text = _BEFORE_MARK.sub("", " ".join(piece for piece in pieces if piece))
    return "\n".join(line.strip() for line in text.split("\n")).strip()


def place(element: Element) -> str:
    """Where `element` is, for evidence: its `name`, behind that of the nearest element that has more of one than its tag."""
    named = next((one for one in lineage(element) if _names(one)), element)
    return name(element) if named is element else f"{name(named)} {element.tag}"


def name(element: Element) -> str:
    """A CSS-like name of `element`: its tag, and two of its classes or else its ID."""
    return "".join([element.tag, *_names(element)])


def _names(element: Element) -> list[str]:
    given = element.attributes
    classes = (given.get("class") or "").split()[:2]
    return [f".{one}" for one in classes] or [f"#{one}" for one in (given.get("id") or "").split()[:1]]
