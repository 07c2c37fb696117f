"""Claims: what each source says about each field, before anybody is believed; and the evidence that ranking leaves.

Every room collects its claims, sorts them with `by_rank`, picks a winner for its own reasons, and hands all of them to
`evidence`.
"""

from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple

from archiver.article import Evidence, Origin, Rejected
from archiver.extraction.marks import Marks
from archiver.extraction.rules.claim_ranks import RANKS

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Sequence

MAX_CLAIM_CHARACTERS = 2_000
MAX_CLAIMS_PER_FIELD = 200
MAX_SHOWN_CHARACTERS = 200
MAX_REJECTED = 8
_ORIGINS: dict[str, Origin] = {
    "json-ld": "json-ld",
    "meta": "meta",
    "microdata": "microdata",
    "rdfa": "microdata",
    "microformat": "microdata",
    "dom": "dom",
    "url": "url",
    "header": "header",
    "feed": "feed",
}
"""The first word of a source's name -> what evidence calls its kind."""
_RANK = attrgetter("rank")


class Claim(NamedTuple):
    """One source's value for one field.

    Attributes:
        source: the source's name in `rules/claim_ranks.py`.
        value: what stands there, white space collapsed.
        at: where exactly, for a person who looks for it in the page.
        rank: the lower, the sooner believed.
        block: index of the block it was read from; None where it is not visible text.
        url: the link that goes with it.
        bio: a sentence about the person named.
        kind: "person" or "organization", where the source says which.
    """

    field: str
    source: str
    value: str
    at: str
    rank: int
    block: int | None = None
    url: str | None = None
    bio: str | None = None
    kind: str | None = None

    @property
    def from_(self) -> Origin:
        """The kind of source, as evidence names it."""
        return _ORIGINS[self.source.partition(" ")[0]]


class Claims:
    """All claims found in a page, by field, in the order found; and the marks that more are read from."""

    def __init__(self, marks: Marks | None = None) -> None:
        self.marks = marks or Marks()
        self._by_field: dict[str, list[Claim]] = {}

    def add(  # noqa: PLR0913  # a claim has these parts
        self,
        field: str,
        source: str,
        value: str,
        *,
        at: str,
        block: int | None = None,
        url: str | None = None,
        bio: str | None = None,
        kind: str | None = None,
    ) -> None:
        """Notes a claim; an empty value, and what exceeds the bounds, is left out."""
        value = " ".join(value[:MAX_CLAIM_CHARACTERS].split())
        claims = self._by_field.setdefault(field, [])
        if value and len(claims) < MAX_CLAIMS_PER_FIELD:
            claims.append(Claim(field, source, value, at, RANKS[field, source], block, url, bio, kind))

    def of(self, field: str) -> list[Claim]:
        """The claims for `field`, lowest rank first; of equal rank, the first found."""
        return by_rank(self._by_field.get(field, []))

    def first(self, field: str) -> Claim | None:
        """The claim for `field` with the lowest rank."""
        return next(iter(self.of(field)), None)


def claim(  # noqa: PLR0913  # a claim has these parts
    field: str, source: str, value: str, *, at: str, block: int | None = None, url: str | None = None
) -> Claim:
    """A claim that a room found by itself."""
    return Claim(field, source, value, at, RANKS[field, source], block, url)


def by_rank(claims: Iterable[Claim]) -> list[Claim]:
    """`claims`, lowest rank first; of equal rank, in the order given."""
    ranked = list(claims)
    if len(ranked) > 1:
        ranked.sort(key=_RANK)
    return ranked


def evidence(
    winner: Claim,
    claims: Iterable[Claim],
    *,
    same: Callable[[str], Hashable] = str.casefold,
    together: Sequence[Claim] = (),
) -> Evidence:
    """The evidence for `winner`.

    Args:
        winner: the claim that was believed.
        claims: all claims for the field, the winner among them or not.
        same: maps a claim's value to what is compared: equal means that two claims agree.
        together: the claims that made up the value with the winner, where a source gives it piece by piece.
    """
    own = same(winner.value)
    agrees = {winner.value: True}  # most claims for a field have one value
    agree: list[str] = []
    rejected: list[Rejected] = []
    for one in claims:
        if one == winner or one in together:
            continue
        if one.value not in agrees:
            agrees[one.value] = same(one.value) == own
        if agrees[one.value]:
            agree.append(one.at)
        elif len(rejected) < MAX_REJECTED:
            rejected.append(Rejected(one.from_, one.at, shown(one.value)))
    value = shown("; ".join(dict.fromkeys(one.value for one in together)) or winner.value)
    return Evidence(winner.from_, winner.at, value, tuple(dict.fromkeys(agree)), tuple(dict.fromkeys(rejected)))


def shown(value: str) -> str:
    """`value`, cut to what evidence keeps of it."""
    return value if len(value) <= MAX_SHOWN_CHARACTERS else value[: MAX_SHOWN_CHARACTERS - 1] + "…"
