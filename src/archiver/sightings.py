"""Later looks at an article's page that made no version: it was gone, or worse than what we hold.

The file of an article's sightings is described in docs/history.md. A page that says the same as before is not noted, but ends
what was noted: it is back.
"""

from __future__ import annotations

import dataclasses
import json
from dataclasses import dataclass
from typing import Any, Literal, cast, get_args

from archiver.documents import damaged, opened

SCHEMA_VERSION = 1
MAX_SIGHTINGS = 200
"""A page that comes and goes for years must not make a file without end; then the oldest but the first are left out."""
SAYS_GONE = frozenset({404, 410, 451})
"""Statuses that mean that the page is not to be had any more (RFC 9110, RFC 7725), not that the host is ill."""
WALLS = frozenset({"challenge", "consent"})
"""Verdicts of pages that stand before the article, there or not."""
Kind = Literal["gone", "worse"]
_DAY = len("2026-11-23")


@dataclass(frozen=True, slots=True)
class Sighting:
    """Looks in a row that found the same.

    Attributes:
        kind: "gone" where the server said so; "worse" where a page came that must not take the article's place.
        first_at: when that was first seen, UTC, RFC 3339 with `Z`.
        last_at: when last, kept to the day: a second look on one day does not move it.
        ended_at: when the page was next seen well; None as long as it was not.
        status: the HTTP status; None for a page that was read from a file.
        verdict: what the worse page was; None where there was none.
        words: how many its text had.
    """

    kind: Kind
    first_at: str
    last_at: str
    ended_at: str | None = None
    status: int | None = None
    verdict: str | None = None
    words: int | None = None

    @property
    def is_gone(self) -> bool:
        """Whether the article is not to be had there: the server says so, or a page that says so stands in its place."""
        return self.kind == "gone" or self.verdict == "error"

    def finds(self) -> tuple[object, ...]:
        """What was found, apart from when; of a worse page the number of words may differ."""
        return self.kind, self.status if self.kind == "gone" else None, self.verdict


@dataclass(frozen=True, slots=True)
class Sightings:
    """The sightings of one article, oldest first."""

    each: tuple[Sighting, ...] = ()

    @property
    def lasting(self) -> Sighting | None:
        """What the last look found, where it found the article gone or worse."""
        return self.each[-1] if self.each and self.each[-1].ended_at is None else None

    @property
    def gone_since(self) -> str | None:
        """Since when the article is not to be had any more; None where it is, as far as we know."""
        since = None
        for sighting in reversed(self.each):
            if sighting.ended_at is not None or not (sighting.is_gone or sighting.verdict in WALLS):
                break
            if sighting.is_gone:
                since = sighting.first_at
        return since

    def with_look(self, look: Sighting) -> Sightings:
        """With a look that found the article gone or worse; one that is older than what is noted says nothing new."""
        last = self.lasting
        if self.each and look.first_at < (self.each[-1].ended_at or self.each[-1].last_at):
            return self
        if last is None or last.finds() != look.finds():
            kept = self.each if len(self.each) < MAX_SIGHTINGS else (self.each[0], *self.each[2:])
            return Sightings((*kept, look))
        if last.last_at[:_DAY] == look.last_at[:_DAY]:
            return self
        return Sightings((*self.each[:-1], dataclasses.replace(last, last_at=look.last_at)))

    def ended(self, at: str) -> Sightings:
        """With what lasted ended at `at`, when the page was seen well."""
        if self.lasting is None or at < self.lasting.last_at:
            return self
        ends = {number for number, one in enumerate(self.each) if one.ended_at is None}
        return Sightings(
            tuple(dataclasses.replace(one, ended_at=at) if number in ends else one for number, one in enumerate(self.each))
        )


def united(ours: Sightings, theirs: Sightings) -> Sightings:
    """What two archives noted of one page, in the order of time."""
    each = sorted({*ours.each, *theirs.each}, key=lambda one: (one.first_at, one.last_at, one.kind))
    return Sightings((*each[:1], *each[1:][-MAX_SIGHTINGS + 1 :]))


def dumps(sightings: Sightings, article_id: str, *, held: bytes | None = None) -> bytes:
    """The content of the file; keys of `held`, a sound file, that we do not know stay."""
    document: dict[str, object] = {
        "schema": SCHEMA_VERSION,
        "id": article_id,
        "sightings": [dataclasses.asdict(one) for one in sightings.each],
    }
    if held is not None:
        document |= {key: value for key, value in json.loads(held.decode("utf-8-sig")).items() if key not in document}
    return (json.dumps(document, ensure_ascii=False, indent=2) + "\n").encode("utf-8", "backslashreplace")


def loads(content: bytes, article_id: str, *, subject: str) -> Sightings:
    """The sightings in the `content` of the file `subject`.

    Raises:
        RecordDamaged: it holds none, or those of another article, or (`RecordNewer`) has a newer schema.
    """
    document = opened(content, article_id, schema=SCHEMA_VERSION, subject=subject)
    found = document.get("sightings", [])
    if not isinstance(found, list):
        raise damaged("its sightings are no list", subject)
    return Sightings(tuple(_sighting(one, subject) for one in found))


def _sighting(found: Any, subject: str) -> Sighting:
    if not isinstance(found, dict) or found.get("kind") not in get_args(Kind):
        raise damaged(f"a sighting has no kind among {', '.join(get_args(Kind))}", subject)
    texts = {name: found.get(name) for name in ("first_at", "last_at", "ended_at", "verdict")}
    counts = {name: found.get(name) for name in ("status", "words")}
    if not isinstance(texts["first_at"], str) or not isinstance(texts["last_at"], str):
        raise damaged("a sighting does not say when", subject)
    if not all(value is None or isinstance(value, str) for value in texts.values()):
        raise damaged("what should be text in a sighting is none", subject)
    if not all(value is None or (isinstance(value, int) and not isinstance(value, bool)) for value in counts.values()):
        raise damaged("what should be a whole number in a sighting is none", subject)
    return Sighting(kind=found["kind"], **cast("dict[str, Any]", texts | counts))
