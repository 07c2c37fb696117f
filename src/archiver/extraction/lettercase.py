"""Letter case: a name that a page shouts, as it would be printed in running text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from archiver.extraction.rules.names import PARTICLES
from archiver.extraction.wording import small

if TYPE_CHECKING:
    from collections.abc import Callable

_TURKISH = re.compile(r"[İĞŞ]")  # beside these, the small form of I has no dot


def readable(words: list[str]) -> str:
    """The name as it would be printed in running text: a shouted name gets small letters."""
    text = " ".join(words)
    if len(words) < 2 or not text.isupper() or len(text) < 6:
        return text
    lower = _turkish_small if _TURKISH.search(text) else small
    return " ".join(_small(word, lower, first=not number) for number, word in enumerate(words))


def _turkish_small(text: str) -> str:
    return small(text.replace("I", "ı"))


def _small(word: str, lower: Callable[[str], str], *, first: bool) -> str:
    """A shouted word of a name in small letters, but for those that begin its parts."""
    if small(word) in PARTICLES and not first:
        return small(word)
    if len(word.strip(".")) == 1 or (len(word) <= 4 and word.count(".") > 1):
        return word
    parts = re.split(r"([-'’.])", word)
    text = "".join(
        part[:1] + lower(part[1:]) if len(part) > 1 or index == 0 else lower(part) for index, part in enumerate(parts)
    )
    return re.sub(r"^Mc(\w)", lambda match: "Mc" + match[1].upper(), text)
