"""How many minutes texts take to read."""

from __future__ import annotations

WORDS_PER_MINUTE = 230
IDEOGRAPHS_PER_MINUTE = 400
"""Of Chinese or Japanese, silently; a word there has between one and two characters."""
_IDEOGRAPHIC = frozenset({"zh", "ja", "yue"})


def minutes(spaced: float, ideographs: float = 0) -> float:
    """The minutes for so many words that are not ideographs, and so many ideographs."""
    return spaced / WORDS_PER_MINUTE + ideographs / IDEOGRAPHS_PER_MINUTE


def minutes_in(language: str | None, words: int) -> float:
    """The minutes for so many words as `extraction.words.count` counts them, where nothing but the language is known.

    In Chinese and Japanese all of them are taken for ideographs.
    """
    ideographic = (language or "").lower().partition("-")[0] in _IDEOGRAPHIC
    return minutes(0, words) if ideographic else minutes(words)
