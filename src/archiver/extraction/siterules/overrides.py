"""What a rule gives for a field, in the place of what general rules found; the evidence keeps what lost.

Each function takes what a room found and gives it back, changed where the rule matched.
"""

from __future__ import annotations

import dataclasses
import re
from typing import TYPE_CHECKING

from archiver.article import Author, Credit, Evidence, Rejected
from archiver.extraction import byline as byline_room
from archiver.extraction import datetext, names
from archiver.extraction import image as image_room
from archiver.extraction.claims import MAX_REJECTED, shown
from archiver.extraction.content import is_title
from archiver.extraction.rules.about import HOME, TRAIL_SEPARATOR
from archiver.extraction.title import Headline, form

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Sequence
    from datetime import date

    from archiver.extraction import about as about_room
    from archiver.extraction import dates as dates_room
    from archiver.extraction import source as source_room
    from archiver.extraction.blocks import Layout
    from archiver.extraction.claims import Claims
    from archiver.extraction.datetext import Reading, When
    from archiver.extraction.names import Name
    from archiver.extraction.page import Page
    from archiver.extraction.siterules.ruled import Given, Ruled

_DATES = ("published", "modified", "reviewed")
_COMMAS = re.compile(r"\s*[,;]\s*")


def headline(ruled: Ruled, found: Headline, layout: Layout) -> Headline:
    """The title, and where it is printed."""
    given = ruled.given.get("title")
    if given is None:
        return found
    text = given.matches[0].text
    title_form = form(text)
    printed = [block.index for block in layout.blocks if is_title(block, title_form)]
    node = given.matches[0].node
    selected = layout.block_at(node) if node is not None else None
    block = selected if selected in printed else next(iter(printed), None)
    return Headline(text, block, frozenset(printed), _supersede(found.evidence, given.at, text, form))


def byline(ruled: Ruled, found: byline_room.Found, page: Page) -> byline_room.Found:
    """The byline, the authors in it, and the reviewer. Of byline and authors each follows from the other."""
    evidence = dict(found.evidence)
    line, authors, reviewer = found.byline, found.authors, found.reviewed_by
    given = ruled.given.get("authors") or ruled.given.get("byline")
    people = _people(given, page) if given else []
    if given and people:
        bios = {form(author.name): author.bio for author in authors}
        authors = tuple(dataclasses.replace(one, bio=bios.get(form(one.name))) for one in people)
        line = ", ".join(author.name for author in authors)
        value = "; ".join(match.text for match in given.matches)
        superseded = _supersede(evidence.get("authors"), given.at, value, _name_forms)
        evidence |= {"authors": superseded, "byline": superseded}
    if printed := ruled.given.get("byline"):
        line = names.printed(printed.matches[0].text)
        evidence["byline"] = _supersede(found.evidence.get("byline"), printed.at, printed.matches[0].text, _name_forms)
    if reviewed := ruled.given.get("reviewed_by"):
        reviewer = byline_room.credit(names.after_cue(reviewed.matches[0].text)[1])
        evidence["reviewed_by"] = _supersede(evidence.get("reviewed_by"), reviewed.at, reviewed.matches[0].text, form)
    return dataclasses.replace(found, byline=line, authors=authors, reviewed_by=reviewer, evidence=evidence)


def dates(ruled: Ruled, found: dates_room.Found, reading: Reading) -> dates_room.Found:
    """The three dates, as far as what the rule matched can be read as one."""
    values = {name: getattr(found.dates, name) for name in _DATES}
    evidence = dict(found.evidence)
    days: dict[str, date] = {}
    for name in _DATES:
        given = ruled.given.get(name)
        when = read_date(given.matches[0].text, reading) if given else None
        if given and when:
            values[name], days[name] = when.iso, when.day
            key = f"dates.{name}"
            evidence[key] = _supersede(evidence.get(key), given.at, given.matches[0].text, lambda text: _day(text, reading))
    published, modified = days.get("published"), values["modified"]
    if published and modified and "modified" not in days and modified[:10] < published.isoformat():
        values["modified"] = None  # a template's date: the rule knows better
        del evidence["dates.modified"]
    return dataclasses.replace(found, dates=dataclasses.replace(found.dates, **values), evidence=evidence)


def source(ruled: Ruled, found: source_room.Found, page: Page) -> source_room.Found:
    """Publisher, credited sources and canonical address."""
    evidence, origin, canonical = dict(found.evidence), found.source, found.canonical_url
    if given := ruled.given.get("publisher"):
        origin = dataclasses.replace(origin, publisher=given.matches[0].text)
        evidence["source.publisher"] = _supersede(evidence.get("source.publisher"), given.at, given.matches[0].text, form)
    if given := ruled.given.get("credited"):
        credits_ = tuple(Credit(match.text, page.absolute(match.url)) for match in given.matches)
        origin = dataclasses.replace(origin, credited=tuple(dict.fromkeys(credits_)))
        evidence["source.credited"] = _supersede(evidence.get("source.credited"), given.at, _all(given), form)
    if (given := ruled.given.get("canonical_url")) and (address := page.absolute(given.matches[0].text)):
        canonical = address.partition("#")[0]
        evidence["canonical_url"] = _supersede(evidence.get("canonical_url"), given.at, given.matches[0].text, form)
    return dataclasses.replace(found, source=origin, canonical_url=canonical, evidence=evidence)


def about(ruled: Ruled, found: about_room.Found) -> about_room.Found:
    """Standfirst, section trail and tags."""
    evidence, subtitle, section, tags = dict(found.evidence), found.subtitle, found.section, found.tags
    if given := ruled.given.get("subtitle"):
        subtitle = given.matches[0].text
        evidence["subtitle"] = _supersede(evidence.get("subtitle"), given.at, subtitle, form)
    if given := ruled.given.get("section"):
        steps = _pieces(given, TRAIL_SEPARATOR)
        section = tuple(step for step in steps if not (HOME.match(step) and len(steps) > 1 and step == steps[0]))
        evidence["section"] = _supersede(evidence.get("section"), given.at, _all(given), form)
    if given := ruled.given.get("tags"):
        tags = tuple(dict.fromkeys(_pieces(given, _COMMAS)))
        evidence["tags"] = _supersede(evidence.get("tags"), given.at, _all(given), form)
    return dataclasses.replace(found, subtitle=subtitle, section=section, tags=tags, evidence=evidence)


def image(ruled: Ruled, found: image_room.Found, page: Page, layout: Layout, claims: Claims) -> image_room.Found:
    """The lead image."""
    given = ruled.given.get("image")
    address = page.absolute(given.matches[0].text) if given else None
    if given is None or address is None:
        return found
    evidence = _supersede(found.evidence.get("image"), given.at, given.matches[0].text, str.casefold)
    return image_room.at(address, evidence, page, layout, claims)


def read_date(text: str, reading: Reading) -> When | None:
    """The date that `text` is, or the first in it; None where there is none, or only one that is still to come."""
    when = datetext.parse(text, reading)
    if when is None:
        first = next(datetext.find(text, reading), None) or datetext.find_relative(text, reading)
        when = first.when if first else None
    future = when is not None and reading.today is not None and (when.day - reading.today).days > 1
    return None if future else when


def _day(text: str, reading: Reading) -> Hashable:
    when = read_date(text, reading)
    return when.day if when else text


def _people(given: Given, page: Page) -> list[Author]:
    found: dict[str, Author] = {}
    single = len(given.matches) > 1
    for match in given.matches:
        named: Sequence[Name] = names.parse(match.text, single=single)
        for name in named:
            url = page.absolute(match.url) if len(named) == 1 else None
            found.setdefault(form(name.text), Author(name.text, None, url))
    return list(found.values())


def _name_forms(text: str) -> frozenset[str]:
    return frozenset(form(name.text) for piece in text.split("; ") for name in names.parse(piece))


def _pieces(given: Given, separator: re.Pattern[str]) -> list[str]:
    """The texts of all matches; those in one text, where that is the only match."""
    texts = [match.text for match in given.matches]
    pieces = separator.split(texts[0]) if len(texts) == 1 else texts
    return [piece.strip() for piece in pieces if piece and piece.strip()]


def _all(given: Given) -> str:
    return "; ".join(match.text for match in given.matches)


def _supersede(lost: Evidence | None, at: str, value: str, same: Callable[[str], Hashable]) -> Evidence:
    """The evidence for a rule's `value`, with what general rules believed before among those that agree, or that lost."""
    if lost is None:
        return Evidence("rule", at, shown(value))
    own = same(value)
    rejected = (Rejected(lost.from_, lost.at, lost.value), *lost.rejected)
    agree = [one.at for one in rejected if same(one.value) == own]
    if same(lost.value) == own:
        agree += lost.agree
        rejected = rejected[1:]
    elif lost.agree:
        rejected = (*rejected, *(Rejected(lost.from_, place, lost.value) for place in lost.agree))
    kept = [one for one in rejected if same(one.value) != own]
    return Evidence("rule", at, shown(value), tuple(dict.fromkeys(agree)), tuple(kept[:MAX_REJECTED]))
