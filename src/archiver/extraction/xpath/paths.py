"""Paths: the expressions that lead from nodes to nodes (XPath 1.0, 2 and 3.3)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from archiver.extraction.xpath import axes, functions
from archiver.extraction.xpath.expressions import Context, Expression, counts_inside, in_order
from archiver.extraction.xpath.tree import ROOT, TEXT, Attribute

if TYPE_CHECKING:
    from collections.abc import Sequence

    from archiver.extraction.xpath.tree import Node, Tree, Value


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
        return counts_inside(self.start) if self.predicates or self.steps else self.start.counts

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
