"""Where the weights of the body finder stand in the rule files: read and rewritten in place."""

from __future__ import annotations

import ast
import inspect
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from archiver.extraction.rules import hints, measures, phrases

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

RULES = tuple(Path(inspect.getfile(module)) for module in (hints, phrases, measures))


class Place(NamedTuple):
    """Where a weight stands: its file, its line (from 0), its bytes in the line, its value."""

    path: Path
    line: int
    start: int
    end: int
    value: float


def places() -> dict[str, Place]:
    """Every weight of the rule files by the name of its row, in the order of the files."""
    found = {}
    for path in RULES:
        for name, node in _numbers(ast.parse(path.read_bytes())):
            assert node.end_col_offset is not None
            found[name] = Place(path, node.lineno - 1, node.col_offset, node.end_col_offset, ast.literal_eval(node))
    return found


def _numbers(module: ast.Module) -> Iterator[tuple[str, ast.expr]]:
    for node in ast.walk(module):
        match node:
            case ast.Call(func=ast.Name(id="Hint" | "Phrase" as kind), args=[ast.Constant(value=str(name)), weight, *_]):
                yield f"{kind} {name}", weight
            case ast.Assign(targets=[ast.Name(id=table)], value=ast.Dict(keys=keys, values=values)):
                yield from ((f"{table} {ast.literal_eval(key)}", value) for key, value in zip(keys, values, strict=True) if key)
            case ast.Assign(targets=[ast.Name(id=table)], value=ast.Call(func=ast.Name(id="Steps")) as steps):
                for row in steps.args:
                    limit, weight = row.elts  # type: ignore[attr-defined]
                    yield f"{table} {ast.literal_eval(limit)}", weight
                yield f"{table} above", steps.keywords[0].value
            case ast.Assign(targets=[ast.Name(id=name)], value=ast.Constant() | ast.UnaryOp() as weight):
                yield name, weight


def write(weights: Mapping[str, float]) -> None:
    """Replaces the numbers in the rule files, last ones first."""
    lines = {path: path.read_bytes().splitlines(keepends=True) for path in RULES}
    for name, place in sorted(places().items(), key=lambda item: item[1][:3], reverse=True):
        line = lines[place.path][place.line]
        lines[place.path][place.line] = line[: place.start] + str(weights[name]).encode() + line[place.end :]
    for path, changed in lines.items():
        path.write_bytes(b"".join(changed))
