"""Next.js's flight: what the server of an app-router page streams to the browser in `self.__next_f.push([1, "…"])`.

The strings of all pushes together are rows: `id:` and a JSON value up to the end of the line, or `id:T<length>,` and so
many bytes of text. Values refer to other rows as "$id".
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from archiver.extraction import literals

if TYPE_CHECKING:
    from collections.abc import Iterable

    from archiver.extraction.literals import Value

MARK = "self.__next_f"
"""What every script that pushes has."""
_HEAD = re.compile(rb"([0-9a-f]+):(?:T([0-9a-f]{1,7}),)?")
_REFERENCE = re.compile(r"\$[L@]?([0-9a-f]+)")


def chunk(pushed: Value) -> str | None:
    """The text of one push, `[1, "…"]`; None where `pushed` is something else."""
    is_push = isinstance(pushed, list) and len(pushed) == 2 and pushed[0] == 1 and isinstance(pushed[1], str)
    return pushed[1] if is_push else None


def rows(chunks: Iterable[str]) -> list[Value]:
    """The rows' values; a row that another one refers to stands in it, where it is first referred to, and not by itself."""
    by_id = _parsed("".join(chunks).encode("utf-8", "replace"))
    placed: set[str] = set()
    pending = list(by_id.values())
    while pending:
        container = pending.pop()
        places = (
            container.items() if isinstance(container, dict) else enumerate(container) if isinstance(container, list) else ()
        )
        for place, value in list(places):
            reference = _REFERENCE.fullmatch(value) if isinstance(value, str) else None
            if reference is None:
                pending.append(value)
            elif reference[1] in by_id and reference[1] not in placed:
                placed.add(reference[1])
                container[place] = by_id[reference[1]]
    return [value for row, value in by_id.items() if row not in placed]


def _parsed(payload: bytes) -> dict[str, Value]:
    found: dict[str, Value] = {}
    position = 0
    while position < len(payload):
        head = _HEAD.match(payload, position)
        start = head.end() if head else position
        if head and head[2]:
            position = start + int(head[2], 16)
            found[head[1].decode()] = payload[start:position].decode("utf-8", "replace")
            continue
        end = payload.find(b"\n", start)
        position = end + 1 if end >= 0 else len(payload)
        if head and payload[start : start + 1] in {b"[", b"{", b'"'}:
            found[head[1].decode()] = literals.whole(payload[start:position].decode("utf-8", "replace"))
    return found
