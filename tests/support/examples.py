"""Short texts that a pattern matches, made from the pattern: each alternative, each repetition at its least and one more."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import re

_PARSER = importlib.import_module("re._parser")
_CATEGORIES = {"CATEGORY_DIGIT": "7", "CATEGORY_SPACE": " ", "CATEGORY_WORD": "x", "CATEGORY_NOT_WORD": "-"}


def examples(pattern: re.Pattern[str]) -> list[str]:
    """The texts; look-around and anchors are not heeded, so that a few may not match."""
    return list(dict.fromkeys(_of_sequence(_PARSER.parse(pattern.pattern, pattern.flags))))


def _of_sequence(sequence: Any) -> list[str]:
    """Texts in which one part after the other takes each of its forms, while the others keep their first."""
    parts = [_of_part(str(operation), argument) for operation, argument in sequence]
    plain = [forms[0] for forms in parts]
    varied = ("".join([*plain[:n], form, *plain[n + 1 :]]) for n, forms in enumerate(parts) for form in forms[1:])
    return ["".join(plain), *varied]


def _of_part(operation: str, argument: Any) -> list[str]:
    match operation:
        case "LITERAL":
            return [chr(argument)]
        case "ANY" | "NOT_LITERAL":
            return ["x"]
        case "IN":
            return [chr(value) for kind, value in argument if str(kind) == "LITERAL"] or [_member(argument)]
        case "BRANCH":
            return [text for branch in argument[1] for text in _of_sequence(branch)]
        case "SUBPATTERN" | "MAX_REPEAT" | "MIN_REPEAT":
            least, most = argument[:2] if operation != "SUBPATTERN" else (1, 1)
            texts = _of_sequence(argument[-1])
            return [text * count for count in range(least, min(most, least + 1) + 1) for text in texts]
        case _:
            return [""]  # anchors, look-around, references


def _member(members: list[tuple[Any, Any]]) -> str:
    kind, value = members[0]
    match str(kind):
        case "RANGE":
            return chr(value[0])
        case "CATEGORY":
            return _CATEGORIES[str(value)]
        case _:
            return "x"  # everything but …
