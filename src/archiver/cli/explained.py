"""Printing why each block of a page was kept or dropped: for people, as lines for other programs, as JSON."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING

import click

from archiver.cli.terminal import safe_line, safe_text
from archiver.extraction.explanation import Folded
from archiver.extraction.rules import measures

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rich.console import Console
    from rich.table import Table

    from archiver.extraction.explanation import Explanation, Judged
    from archiver.extraction.rows import Row

TOLD_ROWS = 3
"""So many rows are told of a block when the page is shown whole."""
_TOLD_FROM = 0.5
_AMOUNTS = {
    "LENGTH": "{} characters",
    "LINKED": "{} of it links",
    "HOME": "{} of the page's prose around it",
    "MENU": "{} links around it",
    "COMPANY": "{} characters of prose near it",
    "KIN": "{} below the surest text, the element around it",
    "BESIDE": "{} below the surest text, what is beside it",
    "ALIKE": "{} that look alike",
}
_WORDS = {
    "Hint": "{}",
    "Phrase": "opens as “{}”",
    "KINDS": "<{}>",
    "PLACES": "{} the text",
    "OTHER_KIND": "no paragraph",
    "BASE": "to begin with",
    "PICTURE": "no text",
    "SENTENCE": "ends a sentence",
    "BEFORE_HEADLINE": "above the headline",
    "AFTER_HEADLINE": "right below the headline",
}


def print_explanation(explanation: Explanation, form: str | None, wanted: str | None) -> None:
    """Prints the blocks, or those that hold `wanted`; `form` is "json", or None: for people on a terminal, else lines."""
    blocks = explanation.holding(wanted) if wanted is not None else list(explanation.blocks)
    if form == "json":
        click.echo(safe_text(json.dumps(_as_dict(explanation, blocks), ensure_ascii=False, indent=2)))
    elif sys.stdout.isatty():
        _show(explanation, blocks if wanted is not None else explanation.folded(), in_full=wanted is not None)
    else:
        for block in blocks:
            click.echo("\t".join(safe_line(str(cell)) for cell in _cells(block)))
    if not blocks:
        click.echo("No block of this page holds that text.", err=True)


def in_words(row: Row) -> str:
    """What a row says of a block: "share", "up to 25 characters"."""
    if row.table not in _AMOUNTS:
        return _WORDS[row.table].format(row.key)
    last = getattr(measures, row.table).limits[-1]
    limit = last if row.key == "above" else float(row.key)
    amount = f"{limit:.0%}" if last < 1 else f"{limit:.0f}"
    amount = f"over {amount}" if row.key == "above" else f"up to {amount}" if limit else amount
    return _AMOUNTS[row.table].format(amount)


def _as_dict(explanation: Explanation, blocks: Iterable[Judged]) -> dict[str, object]:
    article = explanation.article
    return {
        "url": article.url,
        "title": article.title,
        "verdict": article.verdict,
        "warnings": list(article.warnings),
        "body_from": explanation.unseen,
        "peak": explanation.peak,
        "region": {"first": explanation.first, "last": explanation.last},
        "bar": explanation.bar,
        "blocks": [
            {
                "index": block.index,
                "kept": block.kept,
                "reason": block.reason,
                "weight": block.weight,
                "place": block.place,
                "rows": [{"row": row.name, "meaning": in_words(row), "weight": row.weight} for row in block.rows],
                "text": block.text,
            }
            for block in blocks
        ],
    }


def _cells(block: Judged) -> Iterator[object]:
    yield block.index
    yield "kept" if block.kept else "dropped"
    yield block.reason
    yield f"{block.weight:.1f}"
    yield block.place
    yield _told(block.rows)
    yield block.text


def _told(rows: Iterable[Row]) -> str:
    return ", ".join(f"{in_words(row)} {row.weight:+.1f}" for row in rows)


def _show(explanation: Explanation, blocks: Iterable[Judged | Folded], *, in_full: bool) -> None:
    from rich.console import Console
    from rich.text import Text

    console = Console(highlight=False, markup=False, emoji=False)
    console.print(Text(safe_line(explanation.article.title or "(no title)"), "bold"))
    for line in _head(explanation):
        console.print(Text(safe_line(line), "dim"))
    table = _table(console)
    told = _full if in_full else _short
    for block in blocks:
        if isinstance(block, Folded):
            table.add_row("", "", "", Text(safe_line(_folded(block)), "dim italic"))
            continue
        style = "" if block.kept else "dim"
        outcome = Text("kept", "green") if block.kept else Text("dropped", "red")
        text = Text(safe_line(block.text) or "(picture)", style)
        table.add_row(Text(str(block.index), "cyan"), outcome, Text(f"{block.weight:.1f}", style), text)
        for line in told(block, explanation.bar):
            table.add_row("", "", "", Text(safe_line(line), "yellow" if not block.kept else "dim"))
    console.print(table)


def _table(console: Console) -> Table:
    from rich.table import Table

    table = Table.grid(padding=(0, 2))
    for heading, justify in (("block", "right"), ("outcome", "left"), ("weight", "right")):
        table.add_column(heading, justify=justify, no_wrap=True)  # type: ignore[arg-type]
    table.add_column("text", no_wrap=True, overflow="ellipsis", max_width=max(10, console.width - 24))
    return table


def _head(explanation: Explanation) -> Iterator[str]:
    article, blocks = explanation.article, explanation.blocks
    kept = sum(block.kept for block in blocks)
    yield f"{article.verdict} · {kept} of {len(blocks)} blocks kept, {len(blocks) - kept} dropped"
    if explanation.unseen:
        yield f"The page shows too little of the article; its text was found in {explanation.unseen}."
    found = f"stands in blocks {explanation.first} to {explanation.last - 1}" if explanation.last else "is nowhere for sure"
    peak, bar = explanation.peak, explanation.bar
    yield f"The text {found}. Its surest part weighs {peak:.1f}; kept is what weighs more than {bar:.1f}."


def _short(block: Judged, bar: float) -> Iterator[str]:
    """The line below a block that was dropped, or kept in spite of its weight."""
    light = block.weight <= bar
    if block.kept and not light:
        return
    told = [row for row in block.rows if row.weight <= -_TOLD_FROM and row.table != "BASE"][:TOLD_ROWS] if light else []
    needed = f" (more than {bar:.1f} needed)" if light else ""
    yield f"{block.reason}{needed}{': ' if told else ''}{_told(told)}"


def _full(block: Judged, bar: float) -> Iterator[str]:
    yield f"{block.reason}; {block.weight:.1f}, and more than {bar:.1f} needed"
    yield f"at {block.place}"
    for row in block.rows:
        if row.weight:
            yield f"{row.weight:+5.1f}  {in_words(row)}"


def _folded(run: Folded) -> str:
    hints = f": {', '.join(run.hints)}" if run.hints else ""
    return f"… {len(run.blocks)} blocks dropped{hints} (the best weighs {run.best.weight:.1f})"
