"""Fragment -> plain text, safe HTML and the count of words; Markdown is in `markdown`."""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING

import nh3
from bs4 import BeautifulSoup, Tag

from archiver.article import Body
from archiver.extraction.rules.markup import BLOCKS, INLINE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bs4.element import PageElement

_TIGHT = frozenset({"ul", "ol", "dl", "table"})
"""Their lines stand one below the other; everything else is set apart by a blank line."""
_BLOCKS = frozenset(BLOCKS.values())
_VOID = frozenset({"img", "br", "hr"})
_INLINE = frozenset(INLINE.values())
_SAFE = nh3.Cleaner(
    tags=set(_BLOCKS | _VOID | _INLINE),
    attributes={
        "*": set(),
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
_UNSPACED = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_UNSPACED_CHARACTER = re.compile(f"[{_UNSPACED}]")
_WORD = re.compile(r"(?<!\S)[^\w\s]*+\w\S*+")


def body(fragment: BeautifulSoup) -> Body:
    """The article's body from its fragment."""
    text = _text(fragment)
    return Body(text=text, html=_SAFE.clean(_html(fragment)), words=count_words(text))


def to_text(html: str) -> str:
    """The plain text of a record's `body.html`, as `body.text` has it."""
    return _text(BeautifulSoup(html, "html.parser"))


def to_markdown(html: str) -> str:
    """The Markdown of a record's `body.html`; what it cannot express stays as inline HTML."""
    from archiver.extraction.markdown import to_markdown as write  # it stands on this module

    return write(html)


def count_words(text: str) -> int:
    """How many words `text` has; in Chinese and Japanese, written without spaces, each character is one."""
    unspaced = 0
    if not text.isascii():
        text, unspaced = _UNSPACED_CHARACTER.subn(" ", text)
    return unspaced + len(_WORD.findall(text))


def events(root: Tag) -> Iterator[tuple[str, PageElement]]:
    """What stands in `root`, in order and without recursion: ("start", tag), ("text", string), ("end", tag)."""
    pending = [iter(root.contents)]
    open_tags: list[Tag] = []
    while pending:
        for node in pending[-1]:
            if isinstance(node, Tag):
                yield "start", node
                open_tags.append(node)
                pending.append(iter(node.contents))
                break
            yield "text", node
        else:
            pending.pop()
            if open_tags:
                yield "end", open_tags.pop()


def _html(fragment: Tag) -> str:
    pieces = []
    for event, node in events(fragment):
        if event == "text":
            pieces.append(escape(str(node), quote=False))
            continue
        assert isinstance(node, Tag)
        if event == "start":
            attributes = "".join(f' {name}="{escape(str(value))}"' for name, value in node.attrs.items())
            pieces.append(f"<{node.name}{attributes}>")
        elif node.name not in _VOID:
            pieces.append(f"</{node.name}>")
            if node.parent is fragment:
                pieces.append("\n")
    return "".join(pieces).rstrip("\n")


def _text(fragment: Tag) -> str:
    lines = _Lines()
    for event, node in events(fragment):
        if event == "text":
            lines.pieces.append(str(node))
        elif isinstance(node, Tag):
            if event == "start":
                lines.start(node.name)
            else:
                lines.end(node.name)
    lines.end_line()
    return "".join(lines.written).strip("\n")


class _Lines:
    """Writes plain text line by line."""

    def __init__(self) -> None:
        self.written: list[str] = []
        self.pieces: list[str] = []
        self.cells: list[str] | None = None  # of the row being written
        self.tight = 0  # lists and tables around this place
        self.was_tight = 0

    def start(self, name: str) -> None:
        if name in _BLOCKS:
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
                self.end_line(verbatim=name == "pre")
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

    def _write(self, line: str) -> None:
        if not line or line.isspace():
            return
        if self.written:
            self.written.append("\n" if self.tight and self.was_tight else "\n\n")
        self.written.append(line)
        self.was_tight = self.tight
