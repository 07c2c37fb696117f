"""Which records pass: filters and the facts in a search, as conditions in SQL. Pure; what users give is a parameter."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from archiver import urls
from archiver.errors import InvalidInput, InvalidUrl
from archiver.periods import SPELLINGS, period
from archiver.remarks import folded_label
from archiver.store.indexing import fulltext
from archiver.store.indexing.expressions import Every, Fact, Some, Term, Without

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import date

    from archiver.store.indexing.expressions import Expression
    from archiver.store.indexing.rows import Filters

Condition = tuple[str, list[object]]
"""A test in SQL, and the values of its parameters."""
_SHOWN = 60


def of_filters(filters: Filters) -> list[Condition]:
    """The conditions that `filters` mean, all of them.

    Raises:
        InvalidInput: the host cannot be one.
    """
    least, most = filters.words
    made: Iterable[tuple[object, Callable[..., Condition]]] = (
        (filters.host, _host),
        (filters.author, lambda text: _in_column("byline", text)),
        (filters.section, lambda text: _in_column("section", text)),
        (filters.feed, _feed),
        (filters.language, _language),
        (filters.verdict, lambda verdict: ("verdict = ?", [verdict])),
        (filters.ids, _ids),
        (least, lambda count: ("words >= ?", [count])),
        (most, lambda count: ("words <= ?", [count])),
        *((getattr(filters, f"{name}_since"), _since(column)) for name, column in _DATES.items()),
        *((getattr(filters, f"{name}_until"), _until(column)) for name, column in _DATES.items()),
        *((label, _label) for label in filters.labels),
    )
    found = [make(value) for value, make in made if value is not None]
    if filters.starred:
        found.append(("id IN (SELECT id FROM remarks WHERE starred)", []))
    if filters.unread:
        found.append(("id NOT IN (SELECT id FROM remarks WHERE read)", []))
    return found


def of_search(expression: Expression, *, today: date | None = None) -> tuple[str | None, list[Condition]]:
    """What a search asks of the full text, as an FTS5 query (None: nothing), and the conditions on the rest.

    Raises:
        InvalidInput: a fact that cannot be, or facts and words that stand side by side in one OR or NOT.
    """
    wanted: list[Expression] = []
    unwanted: list[Without] = []
    conditions: list[Condition] = []
    for part in expression.parts if isinstance(expression, Every) else (expression,):
        if _is_words(part):
            unwanted.append(part) if isinstance(part, Without) else wanted.append(part)
        else:
            conditions.append(_of_facts(part, today or datetime.now(UTC).astimezone().date()))
    if wanted:
        every = (*wanted, *unwanted)
        return fulltext.query(Every(every) if len(every) > 1 else every[0]), conditions
    conditions += [(f"number NOT IN ({_MATCHING})", [fulltext.query(part.part)]) for part in unwanted]
    return None, conditions


def matching(query: str) -> Condition:
    """That a record matches an FTS5 query."""
    return _MATCHES, [query]


def numbered(numbers: Iterable[int]) -> Condition:
    """That a match has one of these numbers; the matches are gone through, and not the numbers."""
    return "+texts.rowid IN (SELECT value FROM json_each(?))", [json.dumps(list(numbers))]


def query_of(test: Condition) -> str | None:
    """The FTS5 query of a condition that `matching` made; None for others."""
    return str(test[1][0]) if test[0] == _MATCHES else None


def walked(test: Condition) -> Condition:
    """The same for a walk through all records, where `matching` has the matches looked up one by one."""
    return (f"+{_MATCHES}", test[1]) if test[0] == _MATCHES else test


_DATES = {"published": "published", "fetched": "fetched_at", "modified": "modified"}
_MATCHES = "number IN (SELECT rowid FROM texts WHERE texts MATCH ?)"
_MATCHING = "SELECT rowid FROM texts WHERE texts MATCH ?"


def _is_words(expression: Expression) -> bool:
    if isinstance(expression, (Every, Some)):
        kinds = {_is_words(part) for part in expression.parts}
        if len(kinds) > 1:
            raise InvalidInput(
                "words and facts such as site: or before: can be joined by AND alone, outside of parentheses",
                remedy="search for each by itself",
            )
        return kinds.pop()
    return _is_words(expression.part) if isinstance(expression, Without) else isinstance(expression, Term)


def _of_facts(expression: Expression, today: date) -> Condition:
    if isinstance(expression, Fact):
        return _FACTS[expression.name](expression.value, today)
    if isinstance(expression, Without):
        sql, values = _of_facts(expression.part, today)
        return f"({sql}) IS NOT TRUE", values
    assert isinstance(expression, (Every, Some))
    parts = [_of_facts(part, today) for part in expression.parts]
    word = " AND " if isinstance(expression, Every) else " OR "
    return "(" + word.join(sql for sql, _ in parts) + ")", [value for _, values in parts for value in values]


def _host(name: str) -> Condition:
    """This host and its subdomains, by whole labels: those hosts are looked up, which are few, and then their records."""
    try:
        host = urls.host(urls.parse(f"https://{name.strip().strip('.')}")) or ""
    except InvalidUrl as error:
        raise InvalidInput(error.reason, subject=urls.printable(name), remedy="name a host such as example.org") from None
    escaped = re.sub(r"([!%_])", r"!\1", host)
    return "host IN (SELECT name FROM hosts WHERE name = ? OR name LIKE ? ESCAPE '!')", [host, f"%.{escaped}"]


def _in_column(column: str, text: str) -> Condition:
    if not fulltext.holds_words(text):
        return "FALSE", []
    prefix = len(text.rsplit(maxsplit=1)[-1]) > 1  # that a word begins with one letter says little, and costs much
    return matching(fulltext.term(Term(text, column, prefix)))


def _feed(text: str) -> Condition:
    return "instr(feed, ?) > 0", [text]


def _language(tag: str) -> Condition:
    # what begins with "pt-" stands before "pt.", the next character: comparing costs a walk less than LIKE
    near = "language >= ? COLLATE NOCASE AND language < ? COLLATE NOCASE"  # first: one look at most rows of a million
    return f"({near} AND (language = ? COLLATE NOCASE OR language >= ? COLLATE NOCASE))", [tag, f"{tag}.", tag, f"{tag}-"]


def _ids(wanted: frozenset[str]) -> Condition:
    return "id IN (SELECT value FROM json_each(?))", [json.dumps(sorted(wanted))]


def _label(label: str) -> Condition:
    return "id IN (SELECT id FROM remarks WHERE instr(folded, ?) > 0)", [f"\n{folded_label(label)}\n"]


def _since(column: str) -> Callable[[str], Condition]:
    # "2017-03~" is after every day of that month; the year by itself is what an index can find
    return lambda day: (f"{column} >= ? AND {column} || '~' >= ?", [day[:4], day])


def _until(column: str) -> Callable[[str], Condition]:
    return lambda day: (f"{column} < ?", [f"{day}~"])  # before every time that begins with it, or is shorter


def _after(text: str, today: date) -> Condition:
    return _since("published")(_first_day("after", text, today).isoformat())


def _before(text: str, today: date) -> Condition:
    return _until("published")(_first_day("before", text, today, days=-1).isoformat())


def _first_day(name: str, text: str, today: date, days: int = 0) -> date:
    try:
        return period(text.lower(), today=today).first + timedelta(days=days)
    except (ValueError, OverflowError):
        subject = f"{name}:{urls.printable(text[:_SHOWN])}"
        raise InvalidInput("is not a date", subject=subject, remedy=f"give {SPELLINGS}") from None


_FACTS: dict[str, Callable[[str, date], Condition]] = {
    "site": lambda value, _: _host(value),
    "tag": lambda value, _: _label(value),
    "lang": lambda value, _: _language(value),
    "feed": lambda value, _: _feed(value),
    "after": _after,
    "before": _before,
}
