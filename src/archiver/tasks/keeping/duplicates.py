"""Articles that may be one: by what their pages claim, by where their addresses led, by their texts. Reads only."""

from __future__ import annotations

import functools
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from archiver import likeness
from archiver.errors import StoreError

if TYPE_CHECKING:
    from archiver.article import Article
    from archiver.store import Store
    from archiver.store.indexing.fingerprints import Watched

DEFAULT_THRESHOLD = 0.8
MIN_THRESHOLD = 0.5
"""Texts that are less alike than this need not share a band of their sketches."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """Two articles that may be one.

    Attributes:
        id: the one to keep: at the address that the other claims or led to, else an article before a beginning, the longer
            before the shorter, the first fetched before the later.
        reasons: `canonical` (a page claims the other's address, or both claim one), `redirect` (the address of one led to the
            other), `text`.
        likeness: for `text` alone, the share of word triples that both have among those of either; where the addresses speak
            too, the share of the shorter text's that stand in the longer.
    """

    id: str
    other: str
    likeness: float
    reasons: tuple[str, ...]
    title: str | None
    url: str | None
    other_title: str | None
    other_url: str | None

    @property
    def why(self) -> str:
        """The reasons on one line."""
        return ", ".join(self.reasons)


def duplicates(
    store: Store, watched: Watched, *, threshold: float = DEFAULT_THRESHOLD, of: frozenset[str] = frozenset()
) -> list[Candidate]:
    """The candidates with at least this likeness, the most alike first.

    Args:
        watched: may show how the texts not yet known are read.
        of: only candidates with one of these IDs; all where it is empty.

    Raises:
        StoreError: the archive cannot be read.
    """
    reasons: dict[frozenset[str], set[str]] = defaultdict(set)
    led: set[tuple[str, str]] = set()
    for kept, other, reason in store.pairs(watched):
        if kept != other and (not of or of & {kept, other}):
            reasons[frozenset({kept, other})].add(reason)
            if reason != "text":
                led.add((kept, other))
    sides = _Sides(store, led)
    found = (sides.candidate(pair, tuple(sorted(reasons[pair]))) for pair in sorted(reasons, key=sorted))
    alike = [candidate for candidate in found if candidate and candidate.likeness >= threshold]
    return sorted(alike, key=lambda candidate: (-candidate.likeness, candidate.id, candidate.other))


class _Sides:
    """The articles as they are compared; `led` has the pairs of which the first is the one that the addresses name."""

    def __init__(self, store: Store, led: set[tuple[str, str]]) -> None:
        self._store = store
        self._led = led
        self._read = functools.lru_cache(maxsize=256)(self._loaded)

    def candidate(self, pair: frozenset[str], reasons: tuple[str, ...]) -> Candidate | None:
        """The two as a candidate; None where one of them cannot be read."""
        try:
            (kept, words), (other, other_words) = sorted(map(self._read, sorted(pair)), key=lambda side: _order(side[0]))
        except StoreError:
            return None
        if (str(other.id), str(kept.id)) in self._led and (str(kept.id), str(other.id)) not in self._led:
            kept, other = other, kept
        alike = likeness.likeness if reasons == ("text",) else likeness.containment
        share = round(alike(words, other_words), 4)
        return Candidate(str(kept.id), str(other.id), share, reasons, kept.title, kept.url, other.title, other.url)

    def _loaded(self, article_id: str) -> tuple[Article, frozenset[int]]:
        article = self._store.load(article_id)
        return article, likeness.shingles(article.body.text)


def _order(article: Article) -> tuple[bool, int, str, str]:
    """What is worth keeping comes first."""
    fetched_at = article.capture.fetched_at if article.capture else ""
    return article.verdict != "article", -article.body.words, fetched_at, str(article.id)
