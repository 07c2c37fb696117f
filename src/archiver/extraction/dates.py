"""Published, modified, reviewed: what the page states, and what its visible lines say about that."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta, timezone
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlsplit

from archiver.article import Dates, Evidence
from archiver.extraction import claims as claims_room
from archiver.extraction import dateline, datetext, far_dates
from archiver.extraction.claims import claim
from archiver.extraction.datetext import When

if TYPE_CHECKING:
    from collections.abc import Callable

    from archiver.extraction.claims import Claim, Claims
    from archiver.extraction.datetext import Reading
    from archiver.extraction.page import Page
    from archiver.extraction.places import Surroundings

MAX_OFFSET = timedelta(hours=14)
MIN_OFFSET = timedelta(hours=-10)
UNSURE = 4
"""From this rank on a published claim may be something else's date."""
FIELDS = ("published", "modified", "reviewed")
_URL_DAYS = (
    re.compile(r"(?<!\d)(?P<y>(?:19|20)\d\d)[/\-_.](?P<m>\d{1,2}|[a-z]{3,9})[/\-_.](?P<d>\d{1,2})(?!\d)", re.IGNORECASE),
    re.compile(r"(?<!\d)(?P<y>(?:19|20)\d\d)(?P<m>[01]\d)(?P<d>[0-3]\d)(?!\d)"),
)


@dataclass(frozen=True, slots=True)
class Found:
    """The dates, the evidence for each by its key in the record, and the blocks that are nothing but date lines.

    Attributes:
        warnings: where the page states a date of publication that is still to come.
    """

    dates: Dates
    evidence: dict[str, Evidence]
    blocks: frozenset[int]
    warnings: tuple[str, ...] = ()


class _Dated(NamedTuple):
    claim: Claim
    when: When


def find(page: Page, around: Surroundings, claims: Claims, read: Reading) -> Found:
    """The page's three dates, each at the precision that the page gives it."""
    in_address = _from_url(page.url)
    lines = dateline.read(around, claims.marks.times, read)
    told = bool(_dated([*claims.of("published"), *in_address], read))
    printed = lines.claims + far_dates.read(around, read, lines.claims, published=told)
    candidates = {field: _dated([*claims.of(field), *(one for one in printed if one.field == field)], read) for field in FIELDS}
    candidates["published"] += _dated(in_address, read)
    candidates["published"] = _no_later_than_a_printed_change(candidates)
    if not candidates["published"]:
        changes = [one.claim for one in candidates["modified"] if one.claim.source == "dom label"]
        candidates["published"] = _dated(
            [one._replace(field="published", source="dom modified-label") for one in changes], read
        )
    winners: dict[str, _Dated] = {}
    for field in ("reviewed", "modified", "published"):
        winner = _winner(field, candidates, winners, around)
        if winner is not None:
            winners[field] = winner
    published = winners.get("published")
    if published is None or not _is_contradicted(published, candidates["published"]):
        winners = {field: _sharpened(winner, candidates[field]) for field, winner in winners.items()}
    winners = {field: _agreed_order(winner, candidates, read) for field, winner in winners.items()}
    winners = {field: _in_own_zone(winner, candidates[field], around) for field, winner in winners.items()}
    if {"published", "modified"} <= winners.keys() and winners["modified"].when.day < winners["published"].when.day:
        del winners["modified"]  # a template's or an earlier draft's date
    found_evidence = {
        f"dates.{field}": claims_room.evidence(
            winner.claim, [one.claim for one in candidates[field]], same=_agreement(winner, candidates[field])
        )
        for field, winner in winners.items()
    }
    to_come = _to_come([*claims.of("published"), *printed], read)
    return Found(Dates(**{field: winner.when.iso for field, winner in winners.items()}), found_evidence, lines.blocks, to_come)


def _dated(claims: list[Claim], read: Reading) -> list[_Dated]:
    """The claims that are dates, and could be: not in the capture's future (a day of slack for zones)."""
    return [one for one in _read(claims, read) if not _is_to_come(one, read)]


def _read(claims: list[Claim], read: Reading) -> list[_Dated]:
    return [_Dated(one, when) for one in claims_room.by_rank(claims) if (when := datetext.parse(one.value, read))]


def _is_to_come(one: _Dated, read: Reading) -> bool:
    return read.today is not None and one.when.day > read.today + timedelta(days=1)


def _to_come(claims: list[Claim], read: Reading) -> tuple[str, ...]:
    """The warning that a publication date was left out because its day is still to come."""
    told = (one for one in _read(claims, read) if one.claim.field == "published" and one.claim.rank < UNSURE)
    first = next((one for one in told if _is_to_come(one, read)), None)
    if first is None:
        return ()
    return (f"the publication date {first.when.iso} is later than the day of fetching and was left out ({first.claim.at})",)


def _winner(field: str, candidates: dict[str, list[_Dated]], winners: dict[str, _Dated], around: Surroundings) -> _Dated | None:
    vague = _contradictory(candidates[field])

    def doubt(one: _Dated) -> int:
        others = one.claim.source in vague and not around.is_right_below(one.claim.block, 3)
        return one.claim.rank + (8 if others else 0)

    dated = sorted(candidates[field], key=doubt)
    if not dated:
        return None
    if field == "published" and dated[0].claim.source != "dom label":
        return _before_change(dated[0], dated, winners.get("modified"), around)
    return dated[0]


def _no_later_than_a_printed_change(candidates: dict[str, list[_Dated]]) -> list[_Dated]:
    """What is said of the publication, without the unsure dates behind a printed change: a comment's, a rebuild's."""
    changes = [one.when.day for one in candidates["modified"] if one.claim.source == "dom label"]
    return [one for one in candidates["published"] if one.claim.rank < UNSURE or not changes or one.when.day <= max(changes)]


def _is_contradicted(published: _Dated, dated: list[_Dated]) -> bool:
    """Whether what the page says for machines disagrees with the publication date that won."""
    unseen = (one for one in dated if one.claim.block is None and one.claim.from_ in ("json-ld", "meta"))
    return any(abs(one.when.day - published.when.day) > timedelta(days=1) for one in unseen)


def _sharpened(winner: _Dated, dated: list[_Dated]) -> _Dated:
    """`winner`; or, where it is a bare day, the claim that gives the moment on that day.

    The moment of a printed day may fall on the day beside it, where the server's zone is not the page's.
    """
    if "T" in winner.when.iso:
        return winner
    slack = timedelta(days=1 if winner.claim.block is not None else 0)
    moments = (one for one in dated if "T" in one.when.iso and abs(one.when.day - winner.when.day) <= slack)
    return next(moments, winner)


def _before_change(first: _Dated, dated: list[_Dated], modified: _Dated | None, around: Surroundings) -> _Dated:
    """`first`; or an earlier day under the headline or in the address, where a system writes each change into both fields."""
    if modified is None or first.when.day != modified.when.day:
        return first
    known = [
        one
        for one in dated
        if one.claim.source == "url"
        or (one.claim.source in ("dom line", "dom time") and around.is_right_below(one.claim.block, 8))
    ]
    if any(one.when.day == first.when.day for one in known):
        return first
    return next((one for one in known if one.when.day < first.when.day - timedelta(days=1)), first)


def _in_own_zone(winner: _Dated, dated: list[_Dated], around: Surroundings) -> _Dated:
    """`winner`; or, where it is a moment in UTC, the claim that gives the same moment or its day as the reader sees it."""
    moment = winner.when.moment
    if moment is not None and moment.tzinfo is None:
        return next((zoned for one in dated if (zoned := _zoned(winner, one))), winner)
    if moment is None or moment.utcoffset() != timedelta(0):
        return winner
    for one in dated:
        other = one.when.moment
        if other is not None and other.utcoffset() and other.replace(second=0) == moment.replace(second=0):
            return one
        local = _zoned(one, winner) if other is not None and other.tzinfo is None else None
        if local is not None and local is not winner:
            return local
    somewhere = {(moment + MIN_OFFSET).date(), (moment + MAX_OFFSET).date()} - {winner.when.day}
    beside = [one for one in dated if one.when.day in somewhere]
    return next(
        (
            one
            for one in beside
            if one.claim.source == "url" or (one.claim.source == "dom line" and around.is_right_below(one.claim.block, 40))
        ),
        winner,
    )


def _zoned(local: _Dated, other: _Dated) -> _Dated | None:
    """`local`, a moment without a zone, in the zone that `other` tells; None where they speak of two moments.

    A moment in UTC tells one, too: two statements of one moment differ by the zone that neither names.
    """
    moment, told = local.when.moment, other.when.moment
    if moment is None or told is None or told.tzinfo is None:
        return None
    offset = moment.replace(second=0) - told.replace(second=0, tzinfo=None)
    if not offset:
        return other
    if told.utcoffset() or abs(offset) > MAX_OFFSET or offset % timedelta(minutes=30):
        return None
    there = moment.replace(tzinfo=timezone(offset))
    return local._replace(when=When(there.date(), there.isoformat()))


def _agreed_order(winner: _Dated, candidates: dict[str, list[_Dated]], read: Reading) -> _Dated:
    """`winner`; or, where it is read as month first or day first by the page's language alone, as another claim reads it."""
    day = winner.when.day
    if day.day > 12 or day.day == day.month or any(one.when.day == day for one in candidates["published"] if one is not winner):
        return winner
    other = datetext.parse(winner.claim.value, replace(read, month_first=not read.month_first))
    if other is None or other.day == day:
        return winner  # written in a way that has one reading
    agrees = any(one.when.day == other.day for dated in candidates.values() for one in dated)
    return winner._replace(when=other) if agrees else winner


def _contradictory(dated: list[_Dated]) -> set[str]:
    """The sources that name three days or more: they mark up other articles of the page too."""
    days: dict[str, set[date]] = {}
    for one in dated:
        days.setdefault(one.claim.source, set()).add(one.when.day)
    return {source for source, named in days.items() if len(named) >= 3}


def _agreement(winner: _Dated, dated: list[_Dated]) -> Callable[[str], bool | str]:
    """True for what says the winner's day, or its moment in another zone; what says anything else stands for itself."""
    whens = {one.claim.value: one.when for one in dated}

    def says_the_same(value: str) -> bool | str:
        when = whens[value]
        moment, other = winner.when.moment, when.moment
        if moment and other and moment.tzinfo and other.tzinfo:
            return moment == other or when.day == winner.when.day or value
        return when.day == winner.when.day or value

    return says_the_same


def _from_url(url: str | None) -> list[Claim]:
    """The day in the address's path, if there is exactly one reading."""
    path = urlsplit(url).path if url else ""
    for pattern in _URL_DAYS:
        match = pattern.search(path)
        if match:
            month = match["m"]
            value = (
                f"{match['y']}-{int(month):02}-{int(match['d']):02}"
                if month.isdigit()
                else f"{match['d']} {month} {match['y']}"
            )
            return [claim("published", "url", value, at="url")]
    return []
