"""The difference between two versions as text: with marks for readers, as a unified diff, as JSON."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from archiver.cli.folding import Fold, folded
from archiver.tasks.versions.alignment import Stretch, stretches

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from archiver.cli.comparison import Compared, Side
    from archiver.tasks.versions.wording import Span

MARKS = {"same": "{}", "removed": "[-{}-]", "added": "{{+{}+}}"}
"""As wdiff has them."""


def marked(found: Compared, context: int) -> str:
    """Fields and text, with what went in [-…-] and what came in {+…+}; a newline at the end."""
    lines = [found.title, f"{found.before.name} → {found.after.name}"]
    lines += [f"{field.name}: {_replaced(field.before, field.after)}" for field in found.fields]
    lines += [found.honesty] if found.honesty else []
    for piece in folded(found.text.paragraphs, context=context):
        said = f"… {piece.said} …" if isinstance(piece, Fold) else _marked_spans(piece.spans)
        lines += ["", said]
    return "\n".join([*lines, "", found.counted]) + "\n"


def unified(found: Compared, context: int) -> str:
    """The texts line by line in the unified format; before it the fields, which programs that read diffs pass over."""
    lines = [f"{field.name}: {_replaced(field.before, field.after)}" for field in found.fields]
    hunks = list(_hunks(found.before, found.after, context))
    if hunks:
        lines += [f"--- {found.id}\t{found.before.name}", f"+++ {found.id}\t{found.after.name}", *hunks]
    return "\n".join(lines) + "\n" if lines else ""


def as_json(found: Compared, _context: int) -> str:
    """Everything, the text whole: what is "same" or "removed" is the text before, what is "same" or "added" the one after."""
    document = {
        "id": found.id,
        "url": found.url,
        "before": _side(found.before),
        "after": _side(found.after),
        "fields": [{"name": one.name, "before": one.before, "after": one.after} for one in found.fields],
        "note": found.honesty,
        "words_added": found.text.words_added,
        "words_removed": found.text.words_removed,
        "paragraphs": [
            {"kind": one.kind, "spans": [{"kind": span.kind, "text": span.text} for span in one.spans]}
            for one in found.text.paragraphs
        ],
    }
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


FORMS: dict[str, Callable[[Compared, int], str]] = {"text": marked, "unified": unified, "json": as_json}


def _side(side: Side) -> dict[str, object]:
    return {"number": side.number, "fetched_at": side.fetched_at, "archiver": side.archiver}


def _replaced(before: str | None, after: str | None) -> str:
    parts = (("removed", before), ("added", after))
    return " ".join(MARKS[kind].format(text) for kind, text in parts if text is not None)


def _marked_spans(spans: tuple[Span, ...]) -> str:
    return "".join(MARKS[span.kind].format(span.text) for span in spans)


def _hunks(before: Side, after: Side, context: int) -> Iterator[str]:
    """The lines that changed with `context` lines around them, each hunk after its places (POSIX.1-2017, diff -U)."""
    for group in _groups(list(stretches(before.lines, after.lines)), 2 * context + 1):
        first, last = group[0], group[-1]
        yield f"@@ -{_range(first.i, last.i_end)} +{_range(first.j, last.j_end)} @@"
        for one in group:
            if one.same:
                yield from (f" {line}" for line in after.lines[one.j : one.j_end])
            else:
                yield from (f"-{line}" for line in before.lines[one.i : one.i_end])
                yield from (f"+{line}" for line in after.lines[one.j : one.j_end])


def _groups(found: list[Stretch], lines: int) -> Iterator[list[Stretch]]:
    """Changes that stand close together, with at most `lines` lines of what stayed around them."""
    group: list[Stretch] = []
    for number, one in enumerate(found):
        length = one.i_end - one.i
        if not one.same:
            group.append(one)
        elif group and length > 2 * lines:
            yield [*group, Stretch(True, one.i, one.i + lines, one.j, one.j + lines)]
            group = []
        elif group:
            group.append(one if number < len(found) - 1 else _beginning(one, lines))
        if one.same and not group and number < len(found) - 1:
            kept = min(lines, length)
            group = [Stretch(True, one.i_end - kept, one.i_end, one.j_end - kept, one.j_end)]
    if any(not one.same for one in group):
        yield group


def _beginning(one: Stretch, lines: int) -> Stretch:
    kept = min(lines, one.i_end - one.i)
    return Stretch(True, one.i, one.i + kept, one.j, one.j + kept)


def _range(start: int, end: int) -> str:
    length = end - start
    return f"{start + (length > 0)}" if length == 1 else f"{start + (length > 0)},{length}"
