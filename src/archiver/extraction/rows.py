"""The rows that judge blocks, as tables that the weighing adds up.

In a table a row is worth a whole number, so that sums are exact whatever their order: its weight in tenths, or, where
one asks what a weight is made of, a bit of its own. The same sums then say which rows count.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from archiver.extraction.known import Known
from archiver.extraction.rules import measures
from archiver.extraction.rules.hints import HINTS, Hint
from archiver.extraction.rules.phrases import PHRASES, Phrase

if TYPE_CHECKING:
    from collections.abc import Sequence

TENTHS = 10
_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")  # postMeta, HTMLText
_LETTERS = bytes(  # for `translate`: white space parts names, what is no letter parts the words of a name
    ord(" ") if byte.isspace() else ord(byte.lower()) if byte.isalpha() else ord("-") for byte in map(chr, range(128))
).ljust(256, b"-")


class Row(NamedTuple):
    """One row of `rules`: a hint, a phrase, or one number of `measures`.

    Attributes:
        table: "Hint", "Phrase", or the name of the table or number in `measures`.
        key: which row of the table; empty for a number that stands alone.
    """

    table: str
    key: str
    weight: float

    @property
    def name(self) -> str:
        """Which row of all."""
        return f"{self.table} {self.key}".rstrip()


class Scale(NamedTuple):
    """A step table: `worths[n]` is for measures up to `limits[n]`, the last for all above."""

    limits: tuple[float, ...]
    worths: tuple[int, ...]

    def at(self, measure: float) -> int:
        """What the step that `measure` falls on is worth."""
        return self.worths[bisect_left(self.limits, measure)]


class Tables:
    """All rows, by what they match.

    Attributes:
        rows: all of them; with `by_bit`, row number n is worth `1 << n`.
        by_names, by_tag: for classes, ids or roles, and each tag, the set of hints that they call for. A set of hints is
            a mask; hint number n is the bit `1 << n`.
        lowering, raising, apart: sets of hints.
        hints: what each hint is worth.
        base, picture, sentence, before_headline, after_headline: what a single number of `measures` is worth.
        kinds, other_kind: worths by tag.
        places: worths by place.
        length, linked, home, menu, company, kin, beside, alike: step tables.
        phrases: by what a line begins with, the patterns that may match it, and what each is worth.
        signs: the same for lines that begin with no letter.
    """

    def __init__(self, hints: Sequence[Hint] = HINTS, phrases: Sequence[Phrase] = PHRASES, *, by_bit: bool = False) -> None:
        self.rows: list[Row] = []
        self._by_bit = by_bit
        self._by_word: dict[bytes, int] = {}
        self._by_name = Known(self._hints_of_name)
        self.by_names = Known(self._hints_of_names)
        self.by_tag: dict[str, int] = {}
        self.lowering = self.raising = self.apart = 0
        for number, hint in enumerate(hints):
            self._index(hint, 1 << number)
        self.hints = {1 << number: self._worth("Hint", hint.name, hint.weight) for number, hint in enumerate(hints)}
        self.phrases: dict[str, list[tuple[re.Pattern[str], int]]] = {}
        self.signs: list[tuple[re.Pattern[str], int]] = []
        for row in phrases:
            self._index_phrase(row)
        self.base, self.picture, self.sentence, self.before_headline, self.after_headline, self.other_kind = (
            self._worth(name, "", getattr(measures, name))
            for name in ("BASE", "PICTURE", "SENTENCE", "BEFORE_HEADLINE", "AFTER_HEADLINE", "OTHER_KIND")
        )
        self.kinds = {tag: self._worth("KINDS", tag, weight) for tag, weight in measures.KINDS.items()}
        self.places = {place: self._worth("PLACES", place, weight) for place, weight in measures.PLACES.items()}
        self.length, self.linked, self.home, self.menu, self.company, self.kin, self.beside, self.alike = (
            self._scale(name, getattr(measures, name))
            for name in ("LENGTH", "LINKED", "HOME", "MENU", "COMPANY", "KIN", "BESIDE", "ALIKE")
        )

    def _index(self, hint: Hint, bit: int) -> None:
        for word in hint.words.encode().split():
            self._by_word[word] = self._by_word.get(word, 0) | bit
        for tag in hint.tags.split():
            self.by_tag[tag] = self.by_tag.get(tag, 0) | bit
        if hint.weight < 0:
            self.lowering |= bit
        else:
            self.raising |= bit
        if hint.apart:
            self.apart |= bit

    def _hints_of_names(self, names: str) -> int:
        found = 0
        if names != names.lower():
            names = _HUMP.sub("-", names)
        for name in names.encode("ascii", "replace").translate(_LETTERS).split():
            found |= self._by_name[name]
        return found

    def _hints_of_name(self, name: bytes) -> int:
        """The hints of one name in small letters; of "post-meta" those of "meta" alone, since it is no post."""
        mask = 0
        for word in name.split(b"-"):
            mask |= self._by_word.get(word, 0)
        return mask & self.lowering or mask

    def _index_phrase(self, row: Phrase) -> None:
        known = re.compile(row.pattern), self._worth("Phrase", row.name, row.weight)
        for head in row.heads:
            self.phrases.setdefault(head, []).append(known)
        if row.begins_with_signs:
            self.signs.append(known)

    def _scale(self, name: str, steps: measures.Steps) -> Scale:
        keys = (*(str(limit) for limit in steps.limits), "above")
        return Scale(
            steps.limits, tuple(self._worth(name, key, weight) for key, weight in zip(keys, steps.weights, strict=True))
        )

    def _worth(self, table: str, key: str, weight: float) -> int:
        self.rows.append(Row(table, key, weight))
        return 1 << len(self.rows) - 1 if self._by_bit else round(weight * TENTHS)

    def rows_of(self, bits: int) -> list[Row]:
        """The rows in a sum, where rows are worth bits."""
        return [row for number, row in enumerate(self.rows) if bits >> number & 1]


@cache
def tables_by_bit() -> Tables:
    """The rows, each worth a bit of its own."""
    return Tables(by_bit=True)


TABLES = Tables()
