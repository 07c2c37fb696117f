"""What was found out about a name, kept: the pages of a site share their class names, and so do sites of one maker."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

_Name = TypeVar("_Name", str, bytes)
_Value = TypeVar("_Value")

MAX_NAMES = 20_000
"""Some megabytes; beyond them all are forgotten, which costs less than to say which are asked for."""
MAX_NAME_LENGTH = 200


class Known(dict[_Name, _Value]):
    """`known[name]` is `find(name)`, a function of nothing else, found once."""

    __slots__ = ("_find",)

    def __init__(self, find: Callable[[_Name], _Value]) -> None:
        super().__init__()
        self._find: Callable[[_Name], _Value] = find

    def __missing__(self, name: _Name) -> _Value:
        value = self._find(name)
        if len(name) <= MAX_NAME_LENGTH:
            if len(self) >= MAX_NAMES:
                self.clear()
            self[name] = value
        return value
