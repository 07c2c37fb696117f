"""How long a text is to a reader: its words, and the minutes they take, whatever the script."""

from __future__ import annotations

import re
from itertools import filterfalse

from archiver import reading_time

CHARACTERS_PER_WORD = 5
"""Vowel and tone signs among them, in the scripts of South-East Asia, which put spaces between sentences only."""
_IDEOGRAPH = re.compile("[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_RUN = re.compile("[\u0e01-\u0e4e\u0e81-\u0ecd\u1000-\u103f\u1050-\u109f\u1780-\u17d3]+")
"""Thai, Lao, Burmese, Khmer, without their digits and marks."""
_IDEOGRAPH_BYTES = bytes(range(0xE3, 0xF5))
"""In UTF-8, of characters from U+3000 on alone: without them, the search for ideographs is saved."""
_RUN_BYTES = b"\xe0\xe1"
"""The same from U+0800 to U+1FFF."""
_LETTER = re.compile(r"\w")


def count(text: str) -> int:
    """How many words `text` has; in Chinese and Japanese, as their readers count, each character is one."""
    spaced, ideographs = _counted(text)
    return spaced + ideographs


def minutes(text: str) -> int:
    """How many minutes `text` takes to read, at least one."""
    spaced, ideographs = _counted(text)
    return max(1, round(reading_time.minutes(spaced, ideographs)))


def _counted(text: str) -> tuple[int, int]:
    """The words that are not ideographs, and the ideographs."""
    ideographs = unspaced = 0
    raw = b"" if text.isascii() else text.encode(errors="surrogatepass")
    if len(raw.translate(None, _IDEOGRAPH_BYTES)) < len(raw):
        text, ideographs = _IDEOGRAPH.subn(" ", text)
    if len(raw.translate(None, _RUN_BYTES)) < len(raw):
        unspaced = sum(-(-len(run) // CHARACTERS_PER_WORD) for run in _RUN.findall(text))
        text = _RUN.sub(" ", text)
    words = text.split()
    marked = filterfalse(str.isalnum, words)  # which leaves one in six to look at
    spaced = len(words) - len([word for word in marked if not word[0].isalnum() and not _LETTER.search(word)])
    return spaced + unspaced, ideographs
