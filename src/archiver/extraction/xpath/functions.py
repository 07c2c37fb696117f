"""The core function library (XPath 1.0, 4), and how values become other kinds of value."""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING, NamedTuple

from archiver.extraction.xpath.tree import ROOT, TEXT, Attribute

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from archiver.extraction.xpath.tree import Node, Tree, Value

_NUMBER = re.compile(r"\s*-?(?:\d+(?:\.\d*)?|\.\d+)\s*")
MAX_CHARACTERS = 1_000_000
"""Of a text that a function makes."""


class NotNodes(ValueError):
    """A function or path was given a text or number where only nodes will do."""


def boolean(value: Value) -> bool:
    """The truth value of `value`."""
    return bool(value) and not (isinstance(value, float) and math.isnan(value))


def number(tree: Tree, value: Value) -> float:
    """`value` as a number; NaN where it is none."""
    if isinstance(value, (bool, int, float)):
        return float(value)
    text = string(tree, value)
    return float(text) if _NUMBER.fullmatch(text) else math.nan


def string(tree: Tree, value: Value) -> str:
    """`value` as a text; of nodes, that of the first."""
    if isinstance(value, str):
        return value
    if isinstance(value, list):
        return tree.text(value[0]) if value else ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if math.isnan(value):
        return "NaN"
    if math.isinf(value):
        return "Infinity" if value > 0 else "-Infinity"
    return str(int(value)) if value == int(value) else repr(value)


def nodes(value: Value) -> list[Node]:
    """`value`, which must be nodes."""
    if not isinstance(value, list):
        raise NotNodes("a text or number stands where only nodes can")
    return value


def call(name: str, tree: Tree, node: Node, arguments: Sequence[Value]) -> Value:
    """The value of function `name`, seen from `node`."""
    function = FUNCTIONS[name]
    if not arguments and function.of_node:
        arguments = [[node]]
    if name in _OF_NODES:
        return _OF_NODES[name](tree, nodes(arguments[0]))
    if name == "id":
        return _with_ids(tree, arguments[0])
    if name == "lang":
        return _lang(tree, node, string(tree, arguments[0]))
    if name in _OF_TEXTS:
        texts = [string(tree, one) for one in arguments]
        tree.spend(sum(map(len, texts)) // 100 + 1)
        return _OF_TEXTS[name](*texts)
    if name == "substring":
        rest = [number(tree, one) for one in arguments[1:]]
        return _substring(string(tree, arguments[0]), *rest)
    if name in _OF_NUMBERS:
        return _OF_NUMBERS[name](number(tree, arguments[0]))
    if name in ("true", "false"):
        return name == "true"
    return boolean(arguments[0]) is (name == "boolean")


def _with_ids(tree: Tree, value: Value) -> Value:
    texts = [tree.text(one) for one in value] if isinstance(value, list) else [string(tree, value)]
    wanted = {identifier for text in texts for identifier in text.split()}
    tree.spend(len(tree.nodes))
    return [node for node in range(1, len(tree.nodes)) if tree.attributes(node).get("id") in wanted]


def _name(tree: Tree, given: list[Node]) -> str:
    if not given:
        return ""
    first = given[0]
    if isinstance(first, Attribute):
        return first.name
    return "" if tree.names[first] in (TEXT, ROOT) else tree.names[first]


def _lang(tree: Tree, node: Node, wanted: str) -> bool:
    one = node.owner if isinstance(node, Attribute) else node
    while one >= 0:
        said = tree.attributes(one).get("lang")
        if said is not None:
            return f"{said.lower()}-".startswith(f"{wanted.lower()}-")
        one = tree.parents[one]
    return False


def _substring(text: str, start: float, length: float = math.inf) -> str:
    """The characters whose position, from 1, is at least `start` rounded and less than that plus `length` rounded."""
    first = _round(start)
    end = first + _round(length)
    if math.isnan(first) or math.isnan(end):
        return ""
    low = max(int(first) - 1, 0) if math.isfinite(first) else 0 if first < 0 else len(text)
    high = max(int(end) - 1, 0) if math.isfinite(end) else len(text) if end > 0 else 0
    return text[low:high]


def _round(value: float) -> float:
    return math.floor(value + 0.5) if math.isfinite(value) else value


def _translate(text: str, old: str, new: str) -> str:
    table: dict[int, str | None] = {}
    for place, character in enumerate(old):
        table.setdefault(ord(character), new[place] if place < len(new) else None)
    return text.translate(table)


class Function(NamedTuple):
    """What a function takes; without arguments, `of_node` says, it takes the node at hand."""

    least: int
    most: int
    of_node: bool = False


_OF_NODES: dict[str, Callable[[Tree, list[Node]], Value]] = {
    "count": lambda _tree, given: float(len(given)),
    "sum": lambda tree, given: math.fsum(number(tree, tree.text(one)) for one in given),
    "name": _name,
    "local-name": _name,
    "namespace-uri": lambda _tree, _given: "",
}
_OF_TEXTS: dict[str, Callable[..., Value]] = {
    "string": lambda text: text,
    "concat": lambda *texts: "".join(texts)[:MAX_CHARACTERS],
    "starts-with": lambda text, start: text.startswith(start),
    "contains": lambda text, part: part in text,
    "substring-before": lambda text, part: text.partition(part)[0] if part and part in text else "",
    "substring-after": lambda text, part: text.partition(part)[2] if part else text,
    "string-length": lambda text: float(len(text)),
    "normalize-space": lambda text: " ".join(text.split()),
    "translate": _translate,
}
_OF_NUMBERS: dict[str, Callable[[float], float]] = {
    "number": lambda value: value,
    "floor": lambda value: float(math.floor(value)) if math.isfinite(value) else value,
    "ceiling": lambda value: float(math.ceil(value)) if math.isfinite(value) else value,
    "round": _round,
}
NUMERIC = frozenset({"count", "sum", "string-length", *_OF_NUMBERS})
FUNCTIONS = {
    "last": Function(0, 0),
    "position": Function(0, 0),
    "count": Function(1, 1),
    "id": Function(1, 1),
    "sum": Function(1, 1),
    "name": Function(0, 1, of_node=True),
    "local-name": Function(0, 1, of_node=True),
    "namespace-uri": Function(0, 1, of_node=True),
    "string": Function(0, 1, of_node=True),
    "concat": Function(2, 50),
    "starts-with": Function(2, 2),
    "contains": Function(2, 2),
    "substring-before": Function(2, 2),
    "substring-after": Function(2, 2),
    "substring": Function(2, 3),
    "string-length": Function(0, 1, of_node=True),
    "normalize-space": Function(0, 1, of_node=True),
    "translate": Function(3, 3),
    "boolean": Function(1, 1),
    "not": Function(1, 1),
    "true": Function(0, 0),
    "false": Function(0, 0),
    "lang": Function(1, 1),
    "number": Function(0, 1, of_node=True),
    "floor": Function(1, 1),
    "ceiling": Function(1, 1),
    "round": Function(1, 1),
}
