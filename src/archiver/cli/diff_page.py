"""The difference between two versions as one page for a browser: no script, nothing from elsewhere, all text escaped."""

from __future__ import annotations

import base64
import hashlib
from html import escape
from typing import TYPE_CHECKING

from archiver.cli.folding import Fold, folded

if TYPE_CHECKING:
    from archiver.cli.comparison import Compared
    from archiver.tasks.versions.wording import Paragraph

STYLE = """
:root { color-scheme: light dark }
body { max-width: 42rem; margin: 2rem auto; padding: 0 1rem; font: 1.06rem/1.6 Georgia, serif; overflow-wrap: anywhere }
h1 { font-size: 1.5rem; line-height: 1.25 }
table { border-collapse: collapse; font: 0.85rem/1.4 system-ui, sans-serif; margin: 1rem 0 }
th { text-align: start; vertical-align: top; padding: 0.1rem 1rem 0.1rem 0; font-weight: normal; opacity: 0.7 }
td { padding: 0.1rem 0 }
ins { background: #b7ebc0; color: #06310f; text-decoration: underline }
del { background: #f8c9c9; color: #4d0b0b }
p.note { font-style: italic }
summary, footer { font: 0.85rem system-ui, sans-serif; opacity: 0.7 }
"""
TAGS = {"same": "{}", "removed": "<del>{}</del>", "added": "<ins>{}</ins>"}


def page(found: Compared, *, context: int) -> str:
    """The page; unchanged paragraphs open at a click."""
    digest = base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    fields = "".join(
        f"<tr><th>{escape(one.name)}<td>{_span('removed', one.before)} {_span('added', one.after)}\n" for one in found.fields
    )
    pieces = folded(found.text.paragraphs, context=context)
    text = "".join(_fold(piece) if isinstance(piece, Fold) else _paragraph(piece) for piece in pieces)
    note = f'<p class="note">{escape(found.honesty)}</p>\n' if found.honesty else ""
    return (
        (
            f'<!doctype html>\n<html lang="{escape(found.language or "")}">\n<head>\n<meta charset="utf-8">\n'
            f'<meta http-equiv="Content-Security-Policy" content="{escape(policy)}">\n'
            '<meta name="viewport" content="width=device-width">\n<meta name="referrer" content="no-referrer">\n'
            f"<title>{escape(found.title)}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n"
            f'<h1 dir="auto">{escape(found.title)}</h1>\n'
            f"<p>{escape(found.before.name)} → {escape(found.after.name)}<br>{escape(found.url)}</p>\n"
            f"{f'<table>{fields}</table>' if fields else ''}\n{note}<main>\n{text}</main>\n"
            f"<footer>{escape(found.counted)}</footer>\n</body>\n</html>\n"
        )
        .encode("utf-8", "replace")
        .decode()
    )


def _span(kind: str, text: str | None) -> str:
    return "" if text is None else TAGS[kind].format(escape(text))


def _paragraph(paragraph: Paragraph) -> str:
    return f'<p dir="auto">{"".join(_span(span.kind, span.text) for span in paragraph.spans)}</p>\n'


def _fold(fold: Fold) -> str:
    return f"<details><summary>{escape(fold.said)}</summary>\n{''.join(map(_paragraph, fold.paragraphs))}</details>\n"
