"""Which entries of a feed are wanted: regular expressions on title, author, category and URL, and a day to begin with.

An expression is searched for in the text, whatever its case. The `regex` library runs it, because that one can be stopped: some
expressions take for ever on some texts.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from archiver.errors import InvalidInput

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import datetime

    import regex

    from archiver.feeds.model import Entry

MATCH_SECONDS = 0.2
MAX_PATTERN_CHARACTERS = 2000
FIELDS: dict[str, Callable[[Entry], Iterable[str | None]]] = {
    "title": lambda entry: (entry.title,),
    "author": lambda entry: entry.authors,
    "category": lambda entry: entry.categories,
    "url": lambda entry: (entry.link,),
}


@dataclass(frozen=True, slots=True)
class Rule:
    """One wish: entries whose `field` (a key of `FIELDS`) matches `pattern` are the only ones wanted, or are not wanted."""

    field: str
    pattern: str
    include: bool

    def demand_sound(self) -> None:
        """Nothing, where the rule can be applied.

        Raises:
            InvalidInput: there is no such field, or the pattern is no regular expression.
        """
        if self.field not in FIELDS:
            raise InvalidInput("is no part of an entry", subject=repr(self.field), remedy=f"choose among {', '.join(FIELDS)}")
        self._compiled()

    def matches(self, entry: Entry) -> bool:
        """Whether the entry's field matches.

        Raises:
            InvalidInput: as `demand_sound`, or finding out takes too long.
        """
        pattern = self._compiled()
        try:
            return any(pattern.search(text, timeout=MATCH_SECONDS) for text in FIELDS[self.field](entry) if text)
        except TimeoutError:
            remedy = "write it without nested repetitions"
            raise InvalidInput(f"takes too long on {self.field}s", subject=repr(self.pattern), remedy=remedy) from None

    def _compiled(self) -> regex.Pattern[str]:
        import regex  # few feeds have rules

        if len(self.pattern) > MAX_PATTERN_CHARACTERS:
            raise InvalidInput("is too long", subject=repr(self.pattern[:40]), remedy="write a shorter expression")
        try:
            return regex.compile(self.pattern, regex.IGNORECASE)
        except regex.error as error:
            reason = f"is no regular expression: {error}"
            raise InvalidInput(reason, subject=repr(self.pattern), remedy="correct it") from None


def refusal(entry: Entry, rules: Iterable[Rule], since: datetime | None = None) -> str | None:
    """Why `entry` is not wanted, in words; None where it is. What has no date is not older than `since`.

    Raises:
        InvalidInput: a rule cannot be applied.
    """
    if since is not None and entry.moment is not None and entry.moment < since:
        return f"older than {since:%Y-%m-%d}"
    for rule in rules:
        if rule.matches(entry) != rule.include:
            return f"its {rule.field} {'does not match' if rule.include else 'matches'} {rule.pattern!r}"
    return None
