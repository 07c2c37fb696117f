"""The parts of an expression but for paths, each of which knows its own value (XPath 1.0, 3)."""

from __future__ import annotations

import math
import operator
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from archiver.extraction.xpath import functions
from archiver.extraction.xpath.tree import Attribute

if TYPE_CHECKING:
    from collections.abc import Callable

    from archiver.extraction.xpath.tree import Node, Tree, Value

_NUMBERS: dict[str, Callable[[float, float], float]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "div": lambda one, other: (
        one / other if other else math.nan if not one or math.isnan(one) else math.copysign(math.inf, one)
    ),
    "mod": lambda one, other: math.fmod(one, other) if other and math.isfinite(one) else math.nan,
}
_ORDER: dict[str, Callable[[float, float], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
_EQUALITY: dict[str, Callable[[object, object], bool]] = {"=": operator.eq, "!=": operator.ne}


class Context(NamedTuple):
    """Where an expression is looked at: the node, its position among `size` others, from 1."""

    tree: Tree
    node: Node
    position: int = 1
    size: int = 1


class Expression:
    """An expression, or a part of one."""

    @property
    def counts(self) -> bool:
        """Whether a predicate that is this expression may hang on the position of the node."""
        return False

    def value(self, context: Context) -> Value:
        """Its value, seen from `context`."""
        raise NotImplementedError


def evaluate(expression: Expression, tree: Tree) -> Value:
    """The value of `expression` for the whole page.

    Raises:
        TooCostly: the tree's budget is spent.
    """
    return expression.value(Context(tree, 0))


@dataclass(frozen=True, slots=True)
class Constant(Expression):
    """A text or a number."""

    constant: str | float

    @property
    def counts(self) -> bool:
        """A number is a position."""
        return not isinstance(self.constant, str)

    def value(self, context: Context) -> Value:  # noqa: ARG002, D102  # the same everywhere
        return self.constant


@dataclass(frozen=True, slots=True)
class Call(Expression):
    """A call of one of `functions.FUNCTIONS`, with as many arguments as it takes."""

    name: str
    arguments: tuple[Expression, ...]

    @property
    def counts(self) -> bool:
        """As a number, or because of an argument."""
        numeric = self.name in functions.NUMERIC
        return numeric or self.name in functions.COUNTING or any(counts_inside(one) for one in self.arguments)

    def value(self, context: Context) -> Value:  # noqa: D102
        if self.name in functions.COUNTING:
            return float(context.position if self.name == "position" else context.size)
        return functions.call(self.name, context.tree, context.node, [one.value(context) for one in self.arguments])


def counts_inside(expression: Expression) -> bool:
    """Whether the value hangs on the position; that an argument or operand is a number does not make it so."""
    if isinstance(expression, Constant):
        return False
    if isinstance(expression, Call):
        return expression.name in functions.COUNTING or any(map(counts_inside, expression.arguments))
    if isinstance(expression, Binary):
        return counts_inside(expression.left) or counts_inside(expression.right)
    return counts_inside(expression.operand) if isinstance(expression, Negative) else expression.counts


@dataclass(frozen=True, slots=True)
class Negative(Expression):
    """`-x`."""

    operand: Expression

    @property
    def counts(self) -> bool:
        """A number is a position."""
        return True

    def value(self, context: Context) -> Value:  # noqa: D102
        return -functions.number(context.tree, self.operand.value(context))


@dataclass(frozen=True, slots=True)
class Binary(Expression):
    """`and`, `or`, a comparison, a sum and the like, or `|`."""

    name: str
    left: Expression
    right: Expression

    @property
    def counts(self) -> bool:
        """As a number, or because of an operand."""
        return self.name in _NUMBERS or counts_inside(self)

    def value(self, context: Context) -> Value:  # noqa: D102
        tree, name = context.tree, self.name
        left = self.left.value(context)
        if name in ("and", "or"):
            if functions.boolean(left) is (name == "or"):
                return name == "or"
            return functions.boolean(self.right.value(context))
        right = self.right.value(context)
        if name == "|":
            return in_order([*functions.nodes(left), *functions.nodes(right)])
        if name in _NUMBERS:
            return _NUMBERS[name](functions.number(tree, left), functions.number(tree, right))
        return _compare(tree, name, left, right)


def _compare(tree: Tree, name: str, left: Value, right: Value) -> bool:
    """A comparison (3.4): of nodes, it is true if it is for any one of them."""
    if isinstance(left, bool) or isinstance(right, bool):
        left, right = functions.boolean(left), functions.boolean(right)
    lefts = [tree.text(node) for node in left] if isinstance(left, list) else [left]
    rights = [tree.text(node) for node in right] if isinstance(right, list) else [right]
    tree.spend(len(lefts) * len(rights))
    if name in _ORDER:
        order = _ORDER[name]
        numbers = [functions.number(tree, one) for one in rights]
        return any(order(functions.number(tree, one), other) for one in lefts for other in numbers)
    equal = _EQUALITY[name]
    if any(isinstance(one, float) and not isinstance(one, bool) for one in (*lefts[:1], *rights[:1])):
        return any(equal(functions.number(tree, one), functions.number(tree, other)) for one in lefts for other in rights)
    return any(equal(one, other) for one in lefts for other in rights)


def in_order(nodes: list[Node]) -> list[Node]:
    """`nodes` in document order, each once; attributes after their element."""
    return sorted(set(nodes), key=lambda node: (node.owner, node.place) if isinstance(node, Attribute) else (node, -1))
