"""Two texts compared for readers: paragraph by paragraph, and within a changed one word by word. Pure."""

from __future__ import annotations

import functools
import itertools
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, get_args

from archiver.extraction import words
from archiver.tasks.versions.alignment import Allowance, Stretch, stretches

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

Kind = Literal["same", "removed", "added"]
KINDS: tuple[Kind, ...] = get_args(Kind)
ALIKE = 0.5
"""The share of words two paragraphs have in common from which one is taken for the other, edited."""
LOOK_AHEAD = 8
"""So many paragraphs further on is the edited one looked for."""
PARAGRAPH_ITEMS = 40
"""What looking for the edited paragraph costs, in items of an `Allowance`, for each on either side."""
ISLAND_CHARACTERS = 3
"""What stayed between two changes and is no longer than this is read more easily as part of the change."""


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of a paragraph. The text before is what is "same" or "removed", the text after what is "same" or "added"."""

    kind: Kind
    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph of either text, on one line."""

    spans: tuple[Span, ...]

    @property
    def kind(self) -> Literal["same", "removed", "added", "changed"]:
        """What became of it."""
        kinds = {span.kind for span in self.spans}
        return next(iter(kinds)) if len(kinds) == 1 else "changed"


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two texts, paragraph by paragraph, with how many words the later one added and left out."""

    paragraphs: tuple[Paragraph, ...]
    words_added: int
    words_removed: int


def compare(before: str, after: str) -> Comparison:
    """What became of `before` in `after`; white space alone is no change."""
    allowance = Allowance()
    old, new = _paragraphs(before), _paragraphs(after)
    compared: list[Paragraph] = []
    for stretch in stretches(old, new, allowance):
        removed, added = old[stretch.i : stretch.i_end], new[stretch.j : stretch.j_end]
        if stretch.same:
            compared += [_whole("same", text) for text in added]
        else:
            compared += _edited(removed, added, allowance)
    return Comparison(tuple(compared), *(_words(compared, kind) for kind in ("added", "removed")))


def _paragraphs(text: str) -> list[str]:
    return [line for line in (" ".join(line.split()) for line in text.split("\n")) if line]


def _whole(kind: Kind, text: str) -> Paragraph:
    return Paragraph((Span(kind, text),))


def _words(paragraphs: Iterable[Paragraph], kind: Kind) -> int:
    return words.count("\n".join(span.text for one in paragraphs for span in one.spans if span.kind == kind))


def _edited(removed: list[str], added: list[str], allowance: Allowance) -> Iterator[Paragraph]:
    """Paragraphs that went and came: each that went beside the one that it became, if there is one."""
    if (len(removed) + len(added)) * PARAGRAPH_ITEMS > allowance.items:
        yield from (_whole("removed", text) for text in removed)
        yield from (_whole("added", text) for text in added)
        return
    allowance.items -= (len(removed) + len(added)) * PARAGRAPH_ITEMS
    news = [_Tokens(text) for text in added]
    ahead = 0
    for text in removed:
        old = _Tokens(text)
        near = news[ahead : ahead + LOOK_AHEAD]
        likeness, step = max(((old.likeness(new), -step) for step, new in enumerate(near)), default=(0.0, 0))
        if likeness < ALIKE:
            yield _whole("removed", text)
            continue
        yield from (_whole("added", came) for came in added[ahead : ahead - step])
        yield Paragraph(tuple(_spans(old, news[ahead - step], allowance)))
        ahead += 1 - step
    yield from (_whole("added", text) for text in added[ahead:])


class _Tokens:
    """A paragraph in words and marks, each with the space before it."""

    def __init__(self, text: str) -> None:
        self.spaces, self.words = map(list, zip(*_token().findall(text), strict=True))
        self.bag = Counter(self.words)

    def likeness(self, other: _Tokens) -> float:
        """The share of words that both have."""
        fewer, more = sorted((self.bag, other.bag), key=len)
        common = sum(min(count, more[word]) for word, count in fewer.items() if word in more)
        return 2 * common / (len(self.words) + len(other.words))

    def text(self, start: int, end: int) -> str:
        """So many of its words, with the space before each."""
        return "".join(itertools.chain.from_iterable(zip(self.spaces[start:end], self.words[start:end], strict=True)))


def _spans(old: _Tokens, new: _Tokens, allowance: Allowance) -> Iterator[Span]:
    """A paragraph word by word."""
    kept = ""
    for stretch in _without_islands(list(stretches(old.words, new.words, allowance)), new.words):
        came = new.text(stretch.j, stretch.j_end)
        if stretch.same:
            kept += came
            continue
        went = old.text(stretch.i, stretch.i_end)
        if went[:1] == came[:1] == " ":
            kept, went, came = kept + " ", went[1:], came[1:]
        yield from (Span(kind, text) for kind, text in zip(KINDS, (kept, went, came), strict=True) if text)
        kept = ""
    if kept:
        yield Span("same", kept)


def _without_islands(found: list[Stretch], new: list[str]) -> Iterator[Stretch]:
    """The stretches of a paragraph, those that stayed between two changes and are next to nothing as part of the change."""
    pending: Stretch | None = None
    for number, stretch in enumerate(found):
        small = len("".join(new[stretch.j : min(stretch.j_end, stretch.j + ISLAND_CHARACTERS + 1)])) <= ISLAND_CHARACTERS
        between = 0 < number < len(found) - 1
        if stretch.same and not (small and between):
            if pending:
                yield pending
                pending = None
            yield stretch
        else:
            pending = Stretch(
                False,
                pending.i if pending else stretch.i,
                stretch.i_end,
                pending.j if pending else stretch.j,
                stretch.j_end,
            )
    if pending:
        yield pending


@functools.cache
def _token() -> Any:
    """Space, if any, then a word or a mark."""
    import regex  # only who compares texts needs it

    syllabic = r"\p{Thai}\p{Lao}\p{Myanmar}\p{Khmer}"
    letter = rf"[[\p{{L}}\p{{N}}\p{{M}}_]--[\p{{Han}}\p{{Hiragana}}\p{{Katakana}}{syllabic}]]"
    word = rf"{letter}+(?:['’.,·-]{letter}+)*"
    return regex.compile(
        rf"(\s*)([\p{{Katakana}}ー]+|[\p{{Han}}\p{{Hiragana}}]|[{syllabic}]\p{{M}}*|{word}|\S)", regex.VERSION1
    )
