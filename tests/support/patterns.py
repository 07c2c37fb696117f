"""Patterns that are tables in disguise: their alternatives, each with the pattern that is left without it."""

from __future__ import annotations

import re
from typing import NamedTuple

_GROUP = re.compile(r"\((?:\?(?:[aiLmsux-]*:|[=!]|<[=!]|P<\w+>|[aiLmsux]+(?=\))))?")
_CLASS = re.compile(r"\[\^?\]?(?:\\.|[^\]\\])*\]")


class Alternative(NamedTuple):
    """One innermost alternative, and the pattern without it."""

    text: str
    left_out: re.Pattern[str]


def alternatives(pattern: re.Pattern[str]) -> list[Alternative]:
    """The alternatives of `pattern` that hold no alternatives themselves, in order."""
    text = pattern.pattern
    found: list[tuple[int, int]] = []
    groups: list[list[int]] = [[0]]  # of each open group: where its alternatives begin
    position = 0
    while position < len(text):
        character = text[position]
        if character == "\\":
            position += 2
        elif character == "[":
            position += len((_CLASS.match(text, position) or [""])[0])
        elif character == "(":
            position += len((_GROUP.match(text, position) or [""])[0])
            groups.append([position])
        else:
            if character == "|":
                groups[-1].append(position + 1)
            elif character == ")":
                _close(groups.pop(), position, found)
            position += 1
    _close(groups.pop(), position, found)
    return [Alternative(text[first:last], _without(pattern, first, last)) for first, last in sorted(found)]


def _close(begins: list[int], end: int, found: list[tuple[int, int]]) -> None:
    if len(begins) > 1:
        spans = zip(begins, [*(begin - 1 for begin in begins[1:]), end], strict=True)
        found += [(first, last) for first, last in spans if not any(first <= inner and outer <= last for inner, outer in found)]


def _without(pattern: re.Pattern[str], first: int, last: int) -> re.Pattern[str]:
    text = pattern.pattern
    if text[first - 1 : first] == "|":
        first -= 1
    else:
        last += 1
    return re.compile(text[:first] + text[last:], pattern.flags & ~re.UNICODE)
