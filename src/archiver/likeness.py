"""How much of one text stands in another, and a sketch by which alike texts are found among many. Pure.

A text is taken for the set of its shingles: each three words in a row, whatever their case, where a character of a script
without spaces is a word. How alike two texts are is the share of shingles that they have in common (Jaccard).

The sketch is min-wise sampling: 24 points stand evenly on the circle of 32-bit numbers, and at each the next hash of a shingle
is taken, which is the same in two texts with a chance equal to their likeness. Three of them make a band; texts that have one
of the eight bands in common are worth a comparison. (Broder, "On the resemblance and containment of documents", 1997; bands:
Leskovec, Rajaraman and Ullman, "Mining of Massive Datasets", 3.4.) A 64-bit simhash was weighed against it: it finds texts
that differ in one word of a hundred, and misses those that differ in one of ten.
"""

from __future__ import annotations

import re
import struct
import unicodedata
import zlib
from bisect import bisect_left

SHINGLE_WORDS = 3
MIN_SHINGLES = 24
"""A text with fewer is alike to many by chance: "This page needs JavaScript"."""
BANDS, POINTS_IN_BAND = 8, 3
BAND_BYTES = 4
_POINTS = BANDS * POINTS_IN_BAND
_STEP = 2**32 // _POINTS
# Thai to Burmese, Khmer, kana, Han, half-width kana, Han beyond the first plane
_UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff"
_UNSPACED += "\uf900-\ufaff\uff66-\uff9f\U00020000-\U0003ffff"
_WORD = re.compile(rf"[{_UNSPACED}]|[^\W{_UNSPACED}]+")
_ASCII_WORD = re.compile(rb"\w+")


def shingles(text: str) -> frozenset[int]:
    """The hashes of each three words in a row; of all words, where there are fewer."""
    folded = unicodedata.normalize("NFKC", text.casefold())
    if folded.isascii():
        words = _ASCII_WORD.findall(folded.encode())
    else:
        words = [word.encode("utf-8", "replace") for word in _WORD.findall(folded)]
    if len(words) < SHINGLE_WORDS:
        return frozenset(map(zlib.crc32, words))
    return frozenset(map(zlib.crc32, map(b" ".join, zip(*(words[start:] for start in range(SHINGLE_WORDS)), strict=False))))


def likeness(one: frozenset[int], other: frozenset[int]) -> float:
    """The share of shingles that both have among those that either has, from 0 to 1."""
    either = len(one | other)
    return len(one & other) / either if either else 0.0


def containment(one: frozenset[int], other: frozenset[int]) -> float:
    """The share of the smaller set that stands in the larger, from 0 to 1."""
    smaller = min(len(one), len(other))
    return len(one & other) / smaller if smaller else 0.0


def sketch(found: frozenset[int]) -> bytes | None:
    """The bands of a text with the shingles `found`, `BAND_BYTES` each; None where it is too short to be known by its words."""
    if len(found) < MIN_SHINGLES:
        return None
    ordered = sorted(found)
    samples = [ordered[bisect_left(ordered, number * _STEP) % len(ordered)] for number in range(_POINTS)]
    bands = (struct.pack(f"<{POINTS_IN_BAND}I", *samples[band::BANDS]) for band in range(BANDS))
    return struct.pack(f"<{BANDS}I", *map(zlib.crc32, bands))
