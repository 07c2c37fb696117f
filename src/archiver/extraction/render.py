"""Fragment -> plain text and safe HTML; Markdown is in `markdown`."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any

import nh3
from bs4 import BeautifulSoup, Tag

from archiver.article import Body
from archiver.extraction import words
from archiver.extraction.rules.markup import BLOCKS, INLINE

if TYPE_CHECKING:
    from bs4.element import PageElement

Event = tuple[str, "PageElement"]

_TIGHT = frozenset({"ul", "ol", "dl", "table"})
"""Their lines stand one below the other; everything else is set apart by a blank line."""
_BLOCKS = frozenset(BLOCKS.values())
VOID = frozenset({"img", "br", "hr"})
_INLINE = frozenset(INLINE.values())
_SILENT = _INLINE - {"q", "rt"}
"""Say nothing in plain text."""
_SAFE = nh3.Cleaner(
    tags=set(_BLOCKS | VOID | _INLINE),
    attributes={
        "*": {"id"},
        "a": {"href"},
        "img": {"src", "alt"},
        "ol": {"start"},
        "td": {"colspan", "rowspan"},
        "th": {"colspan", "rowspan"},
        "code": {"class"},
    },
    url_schemes={"http", "https", "mailto"},
    link_rel=None,
)
"""Everything a record's HTML may hold; the fragment has nothing else, but it is built from a stranger's page."""


def body(fragment: Tag) -> Body:
    """The article's body from its fragment."""
    html, text = _written(fragment)
    return Body(text=text, html=_SAFE.clean(html), words=words.count(text))


def safe_html(html: str) -> str:
    """`html` with nothing in it but what a record's HTML may hold; it changes nothing about what extraction wrote.

    A lone surrogate, which a record that was edited may have, becomes U+FFFD.
    """
    try:
        return _SAFE.clean(html)
    except UnicodeEncodeError:
        return _SAFE.clean(html.encode("utf-16", "surrogatepass").decode("utf-16", "replace"))


def to_text(html: str) -> str:
    """The plain text of a record's `body.html`, as `body.text` has it."""
    return _written(BeautifulSoup(html, "html.parser"))[1]


def to_markdown(html: str, **wishes: Any) -> str:
    """The Markdown of a record's `body.html`, as `markdown.to_markdown` writes it; what it lacks stays as inline HTML."""
    from archiver.extraction.markdown import to_markdown as write  # it stands on this module

    return write(html, **wishes)


def events(root: Tag) -> list[Event]:
    """What stands in `root`, in order and without recursion: ("start", tag), ("text", string), ("end", tag)."""
    found: list[Event] = []
    open_tags: list[Tag] = []
    pending = [iter(root.contents)]
    while pending:
        for node in pending[-1]:
            if isinstance(node, Tag):
                found.append(("start", node))
                open_tags.append(node)
                pending.append(iter(node.contents))
                break
            found.append(("text", node))
        else:
            pending.pop()
            if open_tags:
                found.append(("end", open_tags.pop()))
    return found


def _written(fragment: Tag) -> tuple[str, str]:
    """The fragment as HTML and as plain text."""
    html: list[str] = []
    lines = _Lines()
    depth = 0
    for event, node in events(fragment):
        if not isinstance(node, Tag):
            text = str(node)
            # most has nothing to escape, and looking costs less than replacing
            html.append(escape(text, quote=False) if "&" in text or "<" in text or ">" in text else text)
            lines.pieces.append(text)
            continue
        name = node.name
        if event == "start":
            depth += 1
            html.append(f"<{name}{_attributes(node)}>" if node.attrs else f"<{name}>")
            if name not in _SILENT:
                lines.start(name)
        else:
            depth -= 1
            if name not in VOID:
                html.append(f"</{name}>" if depth else f"</{name}>\n")
            if name not in _SILENT:
                lines.end(name)
    lines.end_line()
    return "".join(html).rstrip("\n"), lines.text()


def _attributes(tag: Tag) -> str:
    return "".join([f' {name}="{escape(str(value))}"' for name, value in tag.attrs.items()])


class _Lines:
    """Writes plain text line by line."""

    def __init__(self) -> None:
        self.written: list[str] = []
        self.captions: list[int] = []  # places in `written`
        self.pieces: list[str] = []
        self.cells: list[str] | None = None  # of the row being written
        self.tight = 0  # lists and tables around this place
        self.was_tight = 0

    def start(self, name: str) -> None:
        if name in _BLOCKS:
            if self.pieces:
                self.end_line()
            if name in _TIGHT:
                self.tight += 1
                if self.tight == 1:
                    self.was_tight = 0
            elif name == "tr":
                self.cells = []
        elif name == "br":
            self.pieces.append("\n")
        elif name == "q":
            self.pieces.append("“")
        elif name == "rt":
            self.pieces.append("(")

    def end(self, name: str) -> None:
        if name in _BLOCKS:
            if self.cells is not None and name in {"td", "th"}:
                self.cells.append(" ".join("".join(self.pieces).split()))
                self.pieces = []
            elif self.cells is not None and name == "tr":
                self._write("\t".join(self.cells).rstrip())
                self.cells = None
            else:
                before = len(self.written)
                self.end_line(verbatim=name == "pre")
                if name == "figcaption":
                    self.captions += range(before, len(self.written))
            if name in _TIGHT:
                self.tight -= 1
        elif name == "q":
            self.pieces.append("”")
        elif name == "rt":
            self.pieces.append(")")

    def end_line(self, *, verbatim: bool = False) -> None:
        if self.cells is not None:
            self.pieces.append(" ")
            return
        self._write("".join(self.pieces).strip("\n" if verbatim else None))
        self.pieces = []

    def text(self) -> str:
        """All lines but the captions, which stand beside the text; where they say more than it, they are the text."""
        captions = set(self.captions)
        rest = "".join([line for place, line in enumerate(self.written) if place not in captions]) if captions else ""
        text = "".join(self.written)
        return (rest if 2 * len(rest) > len(text) else text).strip("\n")

    def _write(self, line: str) -> None:
        if not line or line.isspace():
            return
        if self.written:
            self.written.append("\n" if self.tight and self.was_tight else "\n\n")
        self.written.append(line)
        self.was_tight = self.tight
