"""`archiver note`."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from archiver.cli.arguments import article_argument
from archiver.cli.options import quiet_option
from archiver.cli.terminal import SHOWN_ID_DIGITS, error_line, message_line, safe_text
from archiver.errors import ArchiverError, InvalidInput

if TYPE_CHECKING:
    from archiver.cli.run import Run
    from archiver.store import Store


@click.command("note")
@article_argument()
@click.argument("text", metavar="[TEXT|-]", required=False)
@click.option("--remove", is_flag=True, help="Take the note away.")
@quiet_option()
@click.pass_obj
def command(run: Run, article: str, text: str | None, *, remove: bool, quiet: bool) -> None:
    """Write a note on an article, in the place of the one it has; - reads it from standard input.

    Without TEXT, the note is opened in the editor that $VISUAL or $EDITOR names; where there is no terminal, it is printed.
    One that is emptied is taken away.

    \b
    Examples:
      archiver note 7f3a9c
      archiver note 7f3a9c "The review of 2017; compare with the trial."
      archiver note 7f3a9c > note.txt

    \b
    Exit codes:
      0 done    1 the editor failed    2 usage, or the ID is ambiguous    4 not in the archive
      5 its remarks are damaged    11 another run is writing
    """
    if remove and text is not None:
        raise click.UsageError("Give a text, or --remove.")
    store = run.store()
    article_id = store.find(article)
    if text is None and not remove:
        held = store.remarks(article_id).note
        if not _on_terminal():
            click.echo(safe_text(f"{held}\n") if held else "", nl=False)
            return
        if _edit(store, article_id, held or "") and not quiet:
            message_line(f"noted {article_id[:SHOWN_ID_DIGITS]}")
        return
    new = "" if remove else _from_stdin() if text == "-" else str(text)
    noted = store.remark(article_id, lambda remarks: remarks.noted(new)).note
    if not quiet:
        message_line(f"{'noted' if noted else 'no note on'} {article_id[:SHOWN_ID_DIGITS]}")


def _on_terminal() -> bool:
    return sys.stdin.isatty() and sys.stdout.isatty()


def _from_stdin() -> str:
    from archiver.remarks import MAX_NOTE_BYTES

    content = sys.stdin.buffer.read(MAX_NOTE_BYTES + 1)
    try:
        return content.decode("utf-8-sig", "surrogateescape" if len(content) > MAX_NOTE_BYTES else "strict")
    except UnicodeDecodeError as error:
        raise InvalidInput("is not UTF-8 text", subject="standard input", remedy="convert it, and try again") from error


def _edit(store: Store, article_id: str, held: str) -> bool:
    """Whether the note was changed in the editor. A text that cannot be kept is left in a file, which is named."""
    try:
        text = click.edit(held)
    except UnicodeDecodeError as error:
        raise InvalidInput("what the editor saved is not UTF-8 text", remedy="have it save UTF-8") from error
    if text is None or text.rstrip() == held:
        return False
    try:
        store.remark(article_id, lambda remarks: remarks.noted(text))
    except ArchiverError:
        import tempfile

        with tempfile.NamedTemporaryFile(
            "w", encoding="utf-8", errors="replace", prefix="archiver-note-", suffix=".txt", delete=False
        ) as file:
            file.write(text)
        error_line(f"the note is not in the archive; what you wrote stands in {file.name}")
        raise
    return True
