"""The axes of XPath 1.0 (2.2), each over a whole set of nodes at once: no node is looked at twice."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

from archiver.extraction.xpath.tree import Attribute

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from archiver.extraction.xpath.tree import Node, Tree

REVERSE = frozenset({"ancestor", "ancestor-or-self", "preceding", "preceding-sibling"})
"""Positions on these axes count backwards."""
ANY, ELEMENT = "node()", "*"


def along(axis: str, tree: Tree, start: Sequence[Node], name: str) -> list[Node]:
    """What `axis` holds for any node of `start`, in document order, each once; `name` helps to look at less."""
    if axis == "self":
        return list(start)
    if axis == "attribute":
        return list(_attributes(tree, start, name))
    owners = [node.owner for node in start if isinstance(node, Attribute)]
    numbers = [node for node in start if not isinstance(node, Attribute)]
    if axis in ("parent", "ancestor", "ancestor-or-self"):
        found = _UPWARD[axis](tree, numbers, owners)
        own: list[Node] = [node for node in start if isinstance(node, Attribute)] if axis == "ancestor-or-self" else []
        return [*sorted(found), *own]
    if axis in ("descendant", "descendant-or-self"):
        return list(_descendants(tree, numbers, name, with_self=axis == "descendant-or-self"))
    return list(_SIDEWAYS[axis](tree, numbers))


def _attributes(tree: Tree, start: Iterable[Node], name: str) -> Iterator[Node]:
    for node in start:
        if isinstance(node, Attribute):
            continue
        attributes = tree.attributes(node)
        tree.spend(1)
        if name in (ANY, ELEMENT):
            yield from (Attribute(node, place, key, value) for place, (key, value) in enumerate(attributes.items()))
        elif name in attributes:
            yield Attribute(node, list(attributes).index(name), name, attributes[name])


def _parents(tree: Tree, numbers: Iterable[int], owners: Iterable[int]) -> set[int]:
    return {tree.parents[node] for node in numbers if node}.union(owners)


def _ancestors(tree: Tree, numbers: Iterable[int], owners: Iterable[int]) -> set[int]:
    found: set[int] = set()
    for node in (*(tree.parents[node] for node in numbers), *owners):
        one = node
        while one >= 0 and one not in found:
            found.add(one)
            one = tree.parents[one]
    tree.spend(len(found))
    return found


def _ancestors_or_self(tree: Tree, numbers: Sequence[int], owners: Iterable[int]) -> set[int]:
    return _ancestors(tree, numbers, owners).union(numbers)


def _descendants(tree: Tree, numbers: Iterable[int], name: str, *, with_self: bool) -> Iterator[Node]:
    named = None if name.endswith(")") or name == ELEMENT else tree.by_name.get(name, [])
    done = 0  # what stands before was found already
    for node in numbers:
        first, end = max(node if with_self else node + 1, done), tree.ends[node]
        if named is None:
            tree.spend(max(end - first, 1))
            yield from range(first, end)
        else:
            low, high = bisect_left(named, first), bisect_left(named, end)
            tree.spend(max(high - low, 1))
            yield from named[low:high]
        done = max(done, end)


def _children(tree: Tree, numbers: Iterable[int]) -> list[int]:
    ends = tree.ends
    found: list[int] = []
    for node in numbers:
        child, end = node + 1, ends[node]
        before = len(found)
        while child < end:
            found.append(child)
            child = ends[child]
        tree.spend(len(found) - before + 1)
    return sorted(found)


def _following_siblings(tree: Tree, numbers: Iterable[int]) -> list[int]:
    ends = tree.ends
    found: set[int] = set()
    for node in numbers:
        sibling, end = ends[node], ends[tree.parents[node]] if node else 0
        while sibling < end and sibling not in found:
            found.add(sibling)
            sibling = ends[sibling]
    tree.spend(len(found) + 1)
    return sorted(found)


def _preceding_siblings(tree: Tree, numbers: Sequence[int]) -> list[int]:
    ends = tree.ends
    found: list[int] = []
    done: set[int] = set()
    for node in reversed(numbers):
        parent = tree.parents[node]
        if parent < 0 or parent in done:
            continue  # a later sibling had all of them
        done.add(parent)
        sibling, before = parent + 1, len(found)
        while sibling < node:
            found.append(sibling)
            sibling = ends[sibling]
        tree.spend(len(found) - before + 1)
    return sorted(found)


def _following(tree: Tree, numbers: Iterable[int]) -> Iterable[int]:
    first = min((tree.ends[node] for node in numbers), default=len(tree.nodes))
    tree.spend(len(tree.nodes) - first + 1)
    return range(first, len(tree.nodes))


def _preceding(tree: Tree, numbers: Iterable[int]) -> Iterable[int]:
    last = max(numbers, default=0)
    tree.spend(last + 1)
    ends = tree.ends
    return [node for node in range(1, last) if ends[node] <= last]


_UPWARD: dict[str, Callable[[Tree, list[int], list[int]], set[int]]] = {
    "parent": _parents,
    "ancestor": _ancestors,
    "ancestor-or-self": _ancestors_or_self,
}
_SIDEWAYS: dict[str, Callable[[Tree, list[int]], Iterable[int]]] = {
    "child": _children,
    "following-sibling": _following_siblings,
    "preceding-sibling": _preceding_siblings,
    "following": _following,
    "preceding": _preceding,
}
NAMES = frozenset({"self", "attribute", "descendant", "descendant-or-self", *_UPWARD, *_SIDEWAYS})
