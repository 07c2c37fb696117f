"""What of a comparison need not be read: long runs of what stayed as it was."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from archiver.tasks.versions.wording import Paragraph, Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

LONG_WORDS = 60
"""What stayed within a changed paragraph is shown whole up to so many words."""
SHOWN_WORDS = 20
"""Else so many on either side of a change."""


@dataclass(frozen=True, slots=True)
class Fold:
    """Paragraphs that stayed as they were."""

    paragraphs: tuple[Paragraph, ...]

    @property
    def said(self) -> str:
        """How many there are, in words."""
        count = len(self.paragraphs)
        return "1 paragraph unchanged" if count == 1 else f"{count:,} paragraphs unchanged"


def folded(paragraphs: Sequence[Paragraph], *, context: int) -> Iterator[Paragraph | Fold]:
    """The paragraphs; those that stayed, but for `context` of them around each change, as folds."""
    near: set[int] = set()
    for number, paragraph in enumerate(paragraphs):
        if paragraph.kind != "same":
            near.update(range(number - context, number + context + 1))
    hidden: list[Paragraph] = []
    for number, paragraph in enumerate(paragraphs):
        if number not in near:
            hidden.append(paragraph)
            continue
        if hidden:
            yield Fold(tuple(hidden))
            hidden = []
        yield paragraph if paragraph.kind == "same" else _shortened(paragraph)
    if hidden:
        yield Fold(tuple(hidden))


def _shortened(paragraph: Paragraph) -> Paragraph:
    """A changed paragraph, what stayed in it shortened to the words beside the changes."""
    last = len(paragraph.spans) - 1
    return Paragraph(
        tuple(
            Span("same", _cut(span.text, head=number > 0, tail=number < last)) if span.kind == "same" else span
            for number, span in enumerate(paragraph.spans)
        )
    )


def _cut(text: str, *, head: bool, tail: bool) -> str:
    words = text.split(" ")
    if len(words) <= LONG_WORDS:
        return text
    before = " ".join(words[:SHOWN_WORDS]) if head else ""
    after = " ".join(words[-SHOWN_WORDS:]) if tail else ""
    return f"{before} … {after}"
