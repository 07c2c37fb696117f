"""The values written in a script: JSON, and JavaScript's own object literals, read without running anything.

JSON goes through the standard library. What is nearly JSON (bare keys, single quotes, names in place of values) is read
token by token: without recursion, and up to the first token that no literal has, so that code is left at once.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

Value = Any
"""A dict, a list, a string, a whole number, a truth value, or None for whatever else a script may hold."""

MAX_DEPTH = 200
MAX_DIGITS = 15
MAX_FAILURES = 50
"""So often the standard library may find that something is no JSON: to say where, it counts the script's lines each time."""
_BEGINNING = re.compile(r"""(?:[=:(,]|\breturn)\s*+(?=[{\["'`])|\A\s*+(?=[{\[])""")
_TARGET = re.compile(r"(?<![\w$.])([\w$.]++)\s*+=\s*+(?:JSON\.parse\()?\Z")
_MAX_TARGET = 80
_TOKEN = re.compile(
    r"""
      \s*+
      (?: (?P<string>"(?:[^"\\\n]++|\\.)*+" | '(?:[^'\\\n]++|\\.)*+' | `(?:[^`\\]++|\\.)*+`)
        | (?P<mark>[{}\[\],:])
        | (?P<word>[-+!]?[\w$.]++(?:\([\w\s.,+-]*+\))?+)
      )""",
    re.VERBOSE | re.DOTALL,
)
_ESCAPE = re.compile(r"\\(?:u\{([0-9a-fA-F]{1,5})\}|u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|(.))", re.DOTALL)
_SINGLE_ESCAPES = {"b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "v": "\v", "0": "\0", "\n": ""}
_WORDS: dict[str, Value] = {"true": True, "!0": True, "false": False, "!1": False}
_NUMBER = re.compile(r"-?[0-9]+")
_FUNCTION = re.compile(r"\(\s*function\s*\(([\w$,\s]*)\)\s*\{")


def whole(text: str) -> Value:
    """The value that `text` is; None where it is not JSON, or nested too deep."""
    try:
        return _DECODER.decode(text)
    except (ValueError, RecursionError):
        return None


def found_in(script: str) -> Iterator[tuple[int, Value]]:
    """The objects, lists and strings where a value may begin in `script`, each after its position, in time linear in it.

    Where a function wraps a value to shorten it, `(function(a){return {title:a}})("…")`, its arguments are put in.
    """
    names = _arguments(script)
    position = failures = 0
    while beginning := _BEGINNING.search(script, position):
        start = beginning.end()
        value, position = _json(script, start) if failures < MAX_FAILURES else (None, start)
        if value is None:
            failures += 1
            value, position = _Literal(names).read(script, start)
        if value is not None:
            yield start, value


def assigned_to(script: str, position: int) -> str:
    """What the value at `position` is assigned to; "" where that does not stand right before it."""
    target = _TARGET.search(script[max(position - _MAX_TARGET, 0) : position])
    return target[1] if target else ""


def _arguments(script: str) -> dict[str, Value]:
    function = _FUNCTION.search(script)
    call = script.rfind("}(")
    if function is None or call < function.end():
        return {}
    arguments = script[call + 2 :].rstrip(" );\n")
    values, _ = _Literal({}).read(f"[{arguments}]", 0)
    return dict(zip((name.strip() for name in function[1].split(",")), values or (), strict=False))


def _json(text: str, position: int) -> tuple[Value, int]:
    """The JSON at `position` and where it ends; None where there is none."""
    try:
        return _DECODER.raw_decode(text, position)
    except (ValueError, RecursionError):
        return None, position


class _Literal:
    """One value, built token by token."""

    __slots__ = ("keys", "last", "names", "open")

    def __init__(self, names: Mapping[str, Value]) -> None:
        self.names = names
        self.open: list[dict[str, Value] | list[Value]] = []
        self.keys: list[str | None] = []  # of each open container: the key whose value is due
        self.last: Value = None  # in an object: what is a key if a colon follows

    def read(self, text: str, position: int) -> tuple[Value, int]:
        """The value and where it ends, or None and where it broke off."""
        while token := _TOKEN.match(text, position):
            position = token.end()
            mark = token["mark"]
            if not mark:
                value = _string(token["string"]) if token["string"] else self._word(token["word"])
                if not self.open:
                    return value, position
                self._add(value)
            elif mark in "}]":
                closed = self._close(mark)
                if closed is None or not self.open:
                    return closed, position
            elif not (self._open(mark) if mark in "{[" else self._part(mark)):
                return None, position
        return None, position

    def _open(self, mark: str) -> bool:
        if self.open and isinstance(self.open[-1], dict) and self.keys[-1] is None:
            return False
        container: dict[str, Value] | list[Value] = {} if mark == "{" else []
        if self.open:
            self._add(container)
        self.open.append(container)
        self.keys.append(None)
        self.last = None
        return len(self.open) <= MAX_DEPTH

    def _close(self, mark: str) -> Value:
        """The container that `mark` closes; None where it closes none."""
        if not self.open or isinstance(self.open[-1], dict) != (mark == "}"):
            return None
        self.keys.pop()
        return self.open.pop()

    def _part(self, mark: str) -> bool:
        """Takes note of a comma or colon; False where none can stand."""
        if not self.open:
            return False
        if mark == ":":
            if not isinstance(self.open[-1], dict) or self.keys[-1] is not None or self.last is None:
                return False
            self.keys[-1] = str(self.last)
        else:
            self.keys[-1] = None
        self.last = None
        return True

    def _add(self, value: Value) -> None:
        container, key = self.open[-1], self.keys[-1]
        if isinstance(container, list):
            container.append(value)
        elif key is not None:
            container[key] = value
            self.keys[-1] = None
        else:
            self.last = value

    def _word(self, word: str) -> Value:
        if self.open and isinstance(self.open[-1], dict) and self.keys[-1] is None:
            return word  # a bare key
        if word in self.names:
            return self.names[word]
        return _number(word) if _NUMBER.fullmatch(word) else _WORDS.get(word)


def _string(token: str) -> str:
    text = token[1:-1]
    return _ESCAPE.sub(_unescaped, text) if "\\" in text else text


def _unescaped(escape: re.Match[str]) -> str:
    digits = escape[1] or escape[2] or escape[3]
    return chr(int(digits, 16)) if digits else _SINGLE_ESCAPES.get(escape[4], escape[4])


def _number(digits: str) -> int | None:
    return int(digits) if len(digits) <= MAX_DIGITS else None


_DECODER = json.JSONDecoder(strict=False, parse_int=_number, parse_float=lambda _: None, parse_constant=lambda _: None)
