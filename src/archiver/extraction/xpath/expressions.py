"""The parts of an expression, each of which knows its own value (XPath 1.0, 3)."""

from __future__ import annotations

import math
import operator
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from archiver.extraction.xpath import axes, functions
from archiver.extraction.xpath.tree import ROOT, TEXT, Attribute

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

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
        return numeric or self.name in functions.COUNTING or any(_counts_inside(one) for one in self.arguments)

    def value(self, context: Context) -> Value:  # noqa: D102
        if self.name in functions.COUNTING:
            return float(context.position if self.name == "position" else context.size)
        return functions.call(self.name, context.tree, context.node, [one.value(context) for one in self.arguments])


def _counts_inside(expression: Expression) -> bool:
    """Whether the value hangs on the position; that an argument or operand is a number does not make it so."""
    if isinstance(expression, Constant):
        return False
    if isinstance(expression, Call):
        return expression.name in functions.COUNTING or any(map(_counts_inside, expression.arguments))
    if isinstance(expression, Binary):
        return _counts_inside(expression.left) or _counts_inside(expression.right)
    return _counts_inside(expression.operand) if isinstance(expression, Negative) else expression.counts


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
        return self.name in _NUMBERS or _counts_inside(self)

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


@dataclass(frozen=True, slots=True)
class Step(Expression):
    """One step of a path: an axis, a node test, predicates."""

    axis: str
    test: str
    predicates: tuple[Expression, ...]

    def along(self, tree: Tree, start: list[Node]) -> list[Node]:
        """The nodes that the step leads to from `start`."""
        if not any(predicate.counts for predicate in self.predicates):
            return filtered(tree, self._tested(tree, start), self.predicates)
        found: list[Node] = []
        for node in start:
            reached = self._tested(tree, [node])
            if self.axis in axes.REVERSE:
                reached.reverse()
            found += filtered(tree, reached, self.predicates)
        return in_order(found)

    def _tested(self, tree: Tree, start: list[Node]) -> list[Node]:
        reached = axes.along(self.axis, tree, start, self.test)
        test, names = self.test, tree.names
        if test == axes.ANY:
            return reached
        if test == "text()":
            return [node for node in reached if not isinstance(node, Attribute) and names[node] == TEXT]
        if self.axis == "attribute":
            return reached
        if test == axes.ELEMENT:
            return [node for node in reached if not isinstance(node, Attribute) and names[node] not in (TEXT, ROOT)]
        return [node for node in reached if not isinstance(node, Attribute) and names[node] == test]


@dataclass(frozen=True, slots=True)
class Path(Expression):
    """Steps, from what `start` gives; from the document where it is "/", from the node at hand where it is None."""

    start: Expression | str | None
    predicates: tuple[Expression, ...]
    steps: tuple[Step, ...]

    @property
    def counts(self) -> bool:
        """Because of what it starts from: nodes are true wherever they stand."""
        if not isinstance(self.start, Expression):
            return False
        return _counts_inside(self.start) if self.predicates or self.steps else self.start.counts

    def value(self, context: Context) -> Value:  # noqa: D102
        tree = context.tree
        if isinstance(self.start, Expression):
            value = self.start.value(context)
            if not self.predicates and not self.steps:
                return value
            reached = filtered(tree, functions.nodes(value), self.predicates)
        else:
            reached = [0] if self.start else [context.node]
        for step in self.steps:
            if not reached:
                break
            reached = step.along(tree, reached)
        return reached


@dataclass(frozen=True, slots=True)
class OwnAttribute(Expression):
    """`@name` of the node at hand: the commonest path by far, and ten times as fast as the general one."""

    name: str

    def value(self, context: Context) -> Value:  # noqa: D102
        tree, node, _, _ = context
        tree.spend(1)
        if isinstance(node, Attribute):
            return []
        attributes = tree.attributes(node)
        if self.name not in attributes:
            return []
        return [Attribute(node, list(attributes).index(self.name), self.name, attributes[self.name])]


@dataclass(frozen=True, slots=True)
class Named(Expression):
    """What `//*[contains(@class, part) or contains(@id, part)]` finds, a hundred times as fast: rules have dozens of these."""

    part: str

    def value(self, context: Context) -> Value:  # noqa: D102
        tree, part = context.tree, self.part
        tree.spend(len(tree.named) // 10 + 1)
        return [node for node, classes, identifier in tree.named if part in classes or part in identifier]


def filtered(tree: Tree, nodes: list[Node], predicates: Sequence[Expression]) -> list[Node]:
    """The nodes for which every predicate holds; a number holds for the node at that position."""
    for predicate in predicates:
        size = len(nodes)
        tree.spend(size)
        kept = []
        for position, node in enumerate(nodes, 1):
            value = predicate.value(Context(tree, node, position, size))
            number = isinstance(value, (int, float)) and not isinstance(value, bool)
            if value == position if number else functions.boolean(value):
                kept.append(node)
        nodes = kept
    return nodes


def in_order(nodes: list[Node]) -> list[Node]:
    """`nodes` in document order, each once; attributes after their element."""
    return sorted(set(nodes), key=lambda node: (node.owner, node.place) if isinstance(node, Attribute) else (node, -1))
