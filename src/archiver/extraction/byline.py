"""The byline, the authors it names (with biography and profile link where the page has them), and the reviewer.

What is printed beside the article is believed first; among the other sources the set of names that most of them give.
Organisations count only where nobody names a person.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from archiver.article import Author, Evidence
from archiver.extraction import author_links, bios, bylines, names
from archiver.extraction import claims as claims_room
from archiver.extraction.names import Name, Parsed
from archiver.extraction.rules.bylines import DATE_BEHIND
from archiver.extraction.title import form

if TYPE_CHECKING:
    from archiver.extraction.claims import Claim, Claims
    from archiver.extraction.datetext import Reading
    from archiver.extraction.page import Page
    from archiver.extraction.places import Surroundings
    from archiver.extraction.title import Headline

MAX_CREDIT_CHARACTERS = 160
_ADJACENT_BLOCKS = 2
_ONE_NAME_PER_VALUE = frozenset(
    {"meta citation_author", "json-ld author", "json-ld page author", "json-ld creator", "meta parsely-author", "feed author"}
)


@dataclass(frozen=True, slots=True)
class Found:
    """The byline and its authors, the reviewer, their evidence by key in the record, and the blocks that print only these."""

    byline: str | None
    authors: tuple[Author, ...]
    reviewed_by: str | None
    evidence: dict[str, Evidence]
    blocks: frozenset[int]


@dataclass(frozen=True, slots=True)
class _Candidate:
    """What one source says: its claims, and the names in them."""

    claims: tuple[Claim, ...]
    names: tuple[Name, ...]
    key: frozenset[str]


def find(  # noqa: PLR0913, PLR0917  # what the page says, what it shows, and what the names must not be
    page: Page, around: Surroundings, claims: Claims, headline: Headline, site: frozenset[str], reading: Reading
) -> Found:
    """Who wrote the article, and who reviewed it, as far as the page says."""
    parsed = Parsed()
    lines = bylines.read(page, around, claims.marks.author_links, reading, parsed)
    known = [*claims.of("author"), *lines.claims]
    biography = bios.find(
        around, {form(name.text): name.text for one in known for name in parsed[one.value] if not name.organization}
    )
    stated = claims_room.by_rank(
        [*claims.of("author"), *(one for one in lines.claims if one.field == "author"), *biography.claims]
    )
    reviewer = claims_room.by_rank([*claims.of("reviewed_by"), *(one for one in lines.claims if one.field == "reviewed_by")])
    found_evidence: dict[str, Evidence] = {}
    reviewed_by = None
    if reviewer:
        reviewed_by = credit(reviewer[0].value)
        found_evidence["reviewed_by"] = claims_room.evidence(reviewer[0], reviewer, same=form)
    candidates = _candidates(
        stated, parsed, site, headline.text, {form(name.text) for one in reviewer for name in parsed[one.value]}
    )
    winner = _winner(candidates)
    if winner is None:
        return Found(None, (), reviewed_by, found_evidence, lines.blocks | biography.blocks)
    best = winner.claims[0]
    keys = {one.value: frozenset(form(name.text) for name in parsed[one.value]) for one in stated}
    authors = tuple(_author(page, around, name, stated, keys, biography) for name in winner.names)
    found_evidence["authors"] = claims_room.evidence(best, stated, same=keys.__getitem__, together=winner.claims)
    whole = best.block is not None and {form(name.text) for name in winner.names} <= keys[best.value]
    byline = (whole and names.printed(best.value)) or ", ".join(name.text for name in winner.names)
    found_evidence["byline"] = found_evidence["authors"]
    return Found(byline, authors, reviewed_by, found_evidence, lines.blocks | biography.blocks)


def _candidates(
    stated: list[Claim], parsed: Parsed, site: frozenset[str], title: str | None, reviewers: set[str]
) -> list[_Candidate]:
    by_source: dict[str, list[Claim]] = {}
    for one in stated:
        by_source.setdefault(one.source, []).append(one)
    unwanted = {form(title or "")}
    found = []
    for group in by_source.values():
        if group[0].block is not None:
            first = next((one for one in group if any(not name.organization for name in _named(one, parsed))), group[0])
            group = [one for one in group if one.at == first.at and _are_adjacent(one, first)]  # noqa: PLW2901
        named: dict[str, Name] = {}  # by the form of the name
        for one in group:
            for name in _named(one, parsed):
                key = form(name.text)
                if key not in named:
                    organization = name.organization or one.kind == "organization" or key in site
                    named[key] = Name(name.text, organization)
        kept = {key: name for key, name in named.items() if key and key not in unwanted}
        kept = {key: name for key, name in kept.items() if key not in reviewers} or kept
        kept = {key: name for key, name in kept.items() if not name.organization} or kept
        if kept:
            found.append(_Candidate(tuple(group), tuple(kept.values()), frozenset(kept)))
    return found


def _are_adjacent(one: Claim, other: Claim) -> bool:
    return abs((one.block or 0) - (other.block or 0)) <= _ADJACENT_BLOCKS


def _named(one: Claim, parsed: Parsed) -> list[Name]:
    if one.kind == "organization":
        return [Name(one.value, organization=True)] if parsed[one.value] else []
    return names.parse(one.value, single=True) if one.source in _ONE_NAME_PER_VALUE else parsed[one.value]


def _winner(candidates: list[_Candidate]) -> _Candidate | None:
    people = [one for one in candidates if not one.names[0].organization] or candidates
    if not people:
        return None
    return max(people, key=lambda one: _support(one, people))


def _support(candidate: _Candidate, candidates: list[_Candidate]) -> float:
    """How much speaks for these names: the sources that give them, each by its rank; half for those that give a part."""
    support = 0.0
    for other in candidates:
        weight = 4.0 / (1.0 + other.claims[0].rank)
        if other.key == candidate.key:
            support += weight
        elif other.key < candidate.key:
            support += weight / 2
    return support + (3.0 if candidate.claims[0].rank == 1 else 0.0)


def _author(  # noqa: PLR0913, PLR0917  # all that is known of a name
    page: Page, around: Surroundings, name: Name, stated: list[Claim], keys: dict[str, frozenset[str]], biography: bios.Bios
) -> Author:
    key = form(name.text)
    own = [one for one in stated if key in keys[one.value]]
    url = next((address for one in own if (address := _address(page, around, name, one, keys[one.value]))), None)
    bio = biography.texts.get(key) or next((one.bio for one in own if one.bio), None)
    return Author(name.text, bio, url)


def _address(page: Page, around: Surroundings, name: Name, one: Claim, named: frozenset[str]) -> str | None:
    """Where a claim says that `name` is at home; one of several names has the link around it alone."""
    address = page.absolute(one.url) if len(named) == 1 else None
    if address is None and one.block is not None:
        address = author_links.link_in(page, around.layout.blocks[one.block], name.text)
    return address


def credit(value: str) -> str:
    """The reviewer as printed, without the date behind."""
    text = DATE_BEHIND.sub("", value[:MAX_CREDIT_CHARACTERS]).strip(" .,;:|•·–—(")
    parsed = names.parse(text)
    people = [name.text for name in parsed if not name.organization and names.is_name_like(name.text)]
    return ", ".join(people) if people and names.is_name_like(people[0]) and not text[:1].islower() else text
