"""What rich draws of changes: the history of an article, and the difference between two of its versions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich import box
from rich.table import Table
from rich.text import Text

from archiver.cli.console import screen
from archiver.cli.folding import Fold, folded
from archiver.cli.terminal import safe_line, safe_text

if TYPE_CHECKING:
    from archiver.cli.comparison import Compared
    from archiver.tasks.versions.history import Event

MINUTE_WIDTH = len("2026-11-23T08:14")
KIND_STYLES = {"gone": "red", "worse": "yellow", "damaged": "red", "back": "green", "re-extraction": "dim"}
SPAN_STYLES = {"same": "", "removed": "red strike", "added": "green underline"}


def print_history(events: list[Event]) -> None:
    """The events as a table; what is too long goes on below."""
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False, padding=(0, 1))
    table.add_column("#", justify="right", no_wrap=True)
    table.add_column("When (UTC)", no_wrap=True)
    table.add_column("What", no_wrap=True)
    table.add_column("Words", no_wrap=True)
    table.add_column("Changed, and what is to be said of it", overflow="fold")
    for event in events:
        number = "" if event.number is None else f"{'*' if event.current else ''}{event.number}"
        lasted = f"until {event.until[:10]}" if event.until else None
        said = "; ".join(safe_line(part) for part in (event.changed, event.note, lasted) if part)
        table.add_row(
            Text(number, "cyan"),
            Text(safe_line(event.at[:MINUTE_WIDTH].replace("T", " "))),
            Text(event.kind, KIND_STYLES.get(event.kind, "")),
            _counts(event),
            Text(said, "yellow" if event.silent or event.redated else ""),
        )
    screen().print(table)


def print_comparison(compared: Compared, *, context: int) -> None:
    """The fields that changed, then the text: what went struck out, what came underlined."""
    console = screen()
    console.print(Text(safe_line(compared.title), "bold"))
    console.print(Text(safe_line(f"{compared.before.name} → {compared.after.name}"), "dim"))
    for field in compared.fields:
        line = Text(f"{field.name}: ", "cyan")
        if field.before is not None:
            line.append(safe_line(field.before), SPAN_STYLES["removed"])
        if field.after is not None:
            line.append(" " if field.before is not None else "").append(safe_line(field.after), SPAN_STYLES["added"])
        console.print(line)
    if compared.honesty:
        console.print(Text(compared.honesty, "yellow"))
    console.print()
    for piece in folded(compared.text.paragraphs, context=context):
        if isinstance(piece, Fold):
            console.print(Text(f"… {piece.said} …", "dim italic"))
        else:
            console.print(Text.assemble(*((safe_text(span.text), SPAN_STYLES[span.kind]) for span in piece.spans)))
        console.print()
    console.print(Text(compared.counted, "dim"))


def print_counts(fields: list[tuple[str, int]]) -> None:
    """The keys of the record that would change, with in how many articles."""
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False, padding=(0, 1))
    table.add_column("Field")
    table.add_column("Articles", justify="right")
    for name, count in fields:
        table.add_row(Text(name), Text(f"{count:,}"))
    screen().print(table)


def _counts(event: Event) -> Text:
    if not (event.words_added or event.words_removed):
        return Text()
    return Text.assemble((f"+{event.words_added:,}", "green"), " ", (f"−{event.words_removed:,}", "red"))
