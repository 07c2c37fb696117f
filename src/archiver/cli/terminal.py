"""What every sink to the terminal goes through: safe text, streams that never fail on a character, error lines."""

from __future__ import annotations

import io
import os
import sys
import unicodedata
from typing import TYPE_CHECKING, Any, BinaryIO, cast

import click

from archiver.cli import fallback

if TYPE_CHECKING:
    from archiver.article import Article

INTERRUPTED = 130
"""The exit code of a run that Ctrl-C ended."""
SHOWN_ID_DIGITS = 10
"""IDs are shown shortened; any unique prefix names an article."""
STAR = "★"

_KEPT = "\n\t"
_BIDI_CONTROLS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def safe_text(text: str) -> str:
    r"""`text` with every character that a terminal would act on written as an escape (`\u001b`).

    Escaped are the control characters C0, C1 and DEL, direction overrides and isolates, line and paragraph separators, and
    lone surrogates; the escape is JSON's. Newline and tab stay, and so do the marks (U+200E, U+200F) of right-to-left text.
    """
    if text.isprintable():
        return text  # as nearly all is; that has none of them
    return "".join(_escaped(character) if _acts(character) else character for character in text)


def terminal_bytes() -> BinaryIO:
    """Where bytes of text go that are printed on the terminal; they pass through `safe_text`. Write whole characters."""

    class _Safe(io.RawIOBase):
        def writable(self) -> bool:
            return True

        def write(self, content: Any) -> int:
            click.echo(safe_text(bytes(content).decode("utf-8", "replace")), nl=False)
            return len(content)

    return cast("BinaryIO", _Safe())


def safe_line(text: str) -> str:
    """`text` as `safe_text` gives it, on one line."""
    return safe_text(" ".join(text.split()))


def counted(number: int, one: str, several: str = "") -> str:
    """A number and what it counts: "1 match", "2 matches"."""
    return f"{number:,} {one if number == 1 else several or f'{one}s'}"


def error_line(message: str) -> None:
    """Prints `archiver: message` to stderr, on one line."""
    message_line(f"archiver: {message}")


def message_line(message: str) -> None:
    """Prints `message` to stderr, on one line; above a progress bar, which replaces `sys.stderr` while it is there."""
    click.echo(safe_line(message), file=sys.stderr)


def printed_record(article: Article, form: str) -> str:
    """The record as "json", or title and body as "text", "markdown" or "html"; safe for a terminal, a newline at the end."""
    title = article.title or ""
    if form == "json":
        from archiver.record import dumps

        return safe_text(dumps(article))  # the escapes are JSON's own, so the document stays the same
    if form == "text":
        return safe_text(f"{title}\n\n{article.body.text}\n")
    import html

    page = f"<h1>{html.escape(title)}</h1>\n{article.body.html}"
    if form == "markdown":
        from archiver.extraction import render

        page = render.to_markdown(page).strip()
    return safe_text(f"{page}\n")


def prepare_streams() -> None:
    """Opens a stream that the caller closed; others show the nearest of what their encoding lacks, pipes an escape."""
    sys.stdin = sys.stdin or open(os.devnull, encoding="utf-8")  # noqa: PTH123, SIM115  # open as long as the program
    sys.stdout = sys.stdout or open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115
    sys.stderr = sys.stderr or open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115
    fallback.register()
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors=fallback.NAME if stream.isatty() else "backslashreplace")


def _acts(character: str) -> bool:
    if character in _KEPT:
        return False
    return unicodedata.category(character) in {"Cc", "Cs", "Zl", "Zp"} or character in _BIDI_CONTROLS


def _escaped(character: str) -> str:
    return f"\\u{ord(character):04x}"
