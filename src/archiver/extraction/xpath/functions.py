"""The core function library (XPath 1.0, 4), and how values become other kinds of value."""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING, NamedTuple

from archiver.extraction.xpath.tree import CHARACTERS_PER_STEP, ROOT, TEXT, Attribute

if TYPE_CHECKING:
    from collections.abc import Callable

    from archiver.extraction.xpath.tree import Node, Tree, Value

    _Run = Callable[[Tree, Node, list[Value]], Value]

_NUMBER = re.compile(r"\s*-?(?:\d+(?:\.\d*)?|\.\d+)\s*")


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


def call(name: str, tree: Tree, node: Node, arguments: list[Value]) -> Value:
    """The value of function `name`, seen from `node`."""
    function = FUNCTIONS[name]
    return function.run(tree, node, arguments or [[node]])  # without an argument, those that take one take the node


def _with_ids(tree: Tree, _node: Node, arguments: list[Value]) -> Value:
    value = arguments[0]
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


def _lang(tree: Tree, node: Node, arguments: list[Value]) -> Value:
    wanted = string(tree, arguments[0])
    one = node.owner if isinstance(node, Attribute) else node
    while one >= 0:
        said = tree.attributes(one).get("lang")
        if said is not None:
            return f"{said.lower()}-".startswith(f"{wanted.lower()}-")
        one = tree.parents[one]
    return False


def _substring(tree: Tree, _node: Node, arguments: list[Value]) -> Value:
    """The characters whose position, from 1, is at least `start` rounded and less than that plus `length` rounded."""
    text = string(tree, arguments[0])
    first = _round(number(tree, arguments[1]))
    end = first + _round(number(tree, arguments[2])) if len(arguments) > 2 else math.inf
    if math.isnan(first) or math.isnan(end):
        return ""
    low = max(int(first) - 1, 0) if math.isfinite(first) else 0 if first < 0 else len(text)
    high = max(int(end) - 1, 0) if math.isfinite(end) else len(text) if end > 0 else 0
    return text[low:high]


def _round(value: float) -> float:
    return float(math.floor(value + 0.5)) if math.isfinite(value) else value


def _translate(text: str, old: str, new: str) -> str:
    table: dict[int, str | None] = {}
    for place, character in enumerate(old):
        table.setdefault(ord(character), new[place] if place < len(new) else None)
    return text.translate(table)


def _of_nodes(function: Callable[[Tree, list[Node]], Value]) -> _Run:
    return lambda tree, _node, arguments: function(tree, nodes(arguments[0]))


def _of_texts(function: Callable[..., Value]) -> _Run:
    def run(tree: Tree, _node: Node, arguments: list[Value]) -> Value:
        texts = [string(tree, one) for one in arguments]
        tree.spend(sum(map(len, texts)) // CHARACTERS_PER_STEP + 1)
        return function(*texts)

    return run


def _of_number(function: Callable[[float], float]) -> _Run:
    return lambda tree, _node, arguments: function(number(tree, arguments[0]))


class Function(NamedTuple):
    """A function, and how many arguments it takes at least and at most."""

    least: int
    most: int
    run: _Run


COUNTING = frozenset({"position", "last"})
"""Those that `expressions` answers, for they hang on where they stand."""
NUMERIC = frozenset({"count", "sum", "string-length", "number", "floor", "ceiling", "round"})
_CONTEXT = Function(0, 0, lambda _tree, _node, _arguments: math.nan)
FUNCTIONS = dict.fromkeys(COUNTING, _CONTEXT) | {
    "count": Function(1, 1, _of_nodes(lambda _tree, given: float(len(given)))),
    "sum": Function(1, 1, _of_nodes(lambda tree, given: math.fsum(number(tree, tree.text(one)) for one in given))),
    "id": Function(1, 1, _with_ids),
    "name": Function(0, 1, _of_nodes(_name)),
    "local-name": Function(0, 1, _of_nodes(_name)),
    "namespace-uri": Function(0, 1, _of_nodes(lambda _tree, _given: "")),
    "string": Function(0, 1, _of_texts(lambda text: text)),
    "concat": Function(2, 50, _of_texts(lambda *texts: "".join(texts))),
    "starts-with": Function(2, 2, _of_texts(lambda text, start: text.startswith(start))),
    "contains": Function(2, 2, _of_texts(lambda text, part: part in text)),
    "substring-before": Function(2, 2, _of_texts(lambda text, part: text.partition(part)[0] if part and part in text else "")),
    "substring-after": Function(2, 2, _of_texts(lambda text, part: text.partition(part)[2] if part else text)),
    "substring": Function(2, 3, _substring),
    "string-length": Function(0, 1, _of_texts(lambda text: float(len(text)))),
    "normalize-space": Function(0, 1, _of_texts(lambda text: " ".join(text.split()))),
    "translate": Function(3, 3, _of_texts(_translate)),
    "boolean": Function(1, 1, lambda _tree, _node, arguments: boolean(arguments[0])),
    "not": Function(1, 1, lambda _tree, _node, arguments: not boolean(arguments[0])),
    "true": Function(0, 0, lambda _tree, _node, _arguments: True),
    "false": Function(0, 0, lambda _tree, _node, _arguments: False),
    "lang": Function(1, 1, _lang),
    "number": Function(0, 1, _of_number(lambda value: value)),
    "floor": Function(1, 1, _of_number(lambda value: float(math.floor(value)) if math.isfinite(value) else value)),
    "ceiling": Function(1, 1, _of_number(lambda value: float(math.ceil(value)) if math.isfinite(value) else value)),
    "round": Function(1, 1, _of_number(_round)),
}
