"""A record's HTML set for reading in a terminal.

What HTML can say and a terminal can show keeps its look: headings, lists, quotes, code in the colours of its language, tables,
definitions, emphasis, raised and lowered signs. A picture stands as its description. A link is a hyperlink of the terminal
(OSC 8), or a number that the list at the end explains.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bs4 import BeautifulSoup, Tag
from rich.padding import Padding
from rich.style import Style
from rich.syntax import Syntax
from rich.text import Text

from archiver.cli.terminal import safe_line, safe_text
from archiver.cli.typesetting.frames import Frame, cell, contained
from archiver.extraction.render import events

if TYPE_CHECKING:
    from rich.console import JustifyMethod, RenderableType

DEEPEST = 8
"""Containers nested deeper are not set in further: there would be no room for text."""

_STYLES = {
    "em": "italic",
    "cite": "italic",
    "var": "italic",
    "dfn": "italic",
    "strong": "bold",
    "code": "cyan",
    "samp": "cyan",
    "kbd": "reverse",
    "mark": "reverse",
    "ins": "underline",
    "del": "strike",
    "s": "strike",
    "small": "dim",
    "h1": "bold underline",
    "h2": "bold",
    "h3": "bold italic",
    "h4": "italic",
    "h5": "italic",
    "h6": "italic",
    "dt": "bold",
    "th": "bold",
    "figcaption": "dim italic",
    "caption": "italic",
}
_SPOKEN = {"q": ("“", "”"), "rt": ("(", ")")}
_SILENT = ("", "")
_RULES = {"h1": "=", "h2": "-"}
"""Under a heading where nothing but text may be written."""
_CONTAINERS = frozenset({"blockquote", "ul", "ol", "li", "dl", "dd", "table", "tr", "td", "th", "figure"})
_LINES = frozenset({"p", "h1", "h2", "h3", "h4", "h5", "h6", "dt", "figcaption", "caption"})
_RAISED = str.maketrans("0123456789+-=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿ")
_LOWERED = str.maketrans("0123456789+-=()", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎")
_SCRIPTS = {"sup": (_RAISED, "^"), "sub": (_LOWERED, "_")}
_SPACE = re.compile(r"[ \t\n\r\f]+")


@dataclass(slots=True)
class Links:
    """The addresses that numbers in the text stand for, in order; empty where links are hyperlinks."""

    numbered: bool
    addresses: dict[str, int] = field(default_factory=dict)

    def number(self, address: str) -> int:
        """The number that stands for `address`."""
        return self.addresses.setdefault(address, len(self.addresses) + 1)


def typeset(html: str, *, width: int, links: Links, plain: bool = False, light: bool = False) -> RenderableType:
    """`html`, a record's `body.html`, to be drawn in `width` columns; `links` gets the addresses that are numbered.

    Args:
        plain: for a screen that shows nothing but text.
        light: the ground is light, for the colours of code.
    """
    return _Setter(width, links, plain=plain, light=light).set(BeautifulSoup(html, "html.parser"))


def justification(text: str) -> JustifyMethod:
    """On which side `text` begins: "right" where its first letter belongs to a script written from the right.

    "default" is the left, without spaces that fill the line.
    """
    for character in text[:500]:
        if (direction := unicodedata.bidirectional(character)) in {"L", "R", "AL"}:
            return "default" if direction == "L" else "right"
    return "default"


class _Setter:
    def __init__(self, width: int, links: Links, *, plain: bool, light: bool) -> None:
        self.width = width
        self.links = links
        self.plain = plain
        self.code_theme = "ansi_light" if light else "ansi_dark"
        self.frames: list[Frame] = []
        self.line = Text()
        self.open: list[tuple[Tag, int]] = []  # inline tags around this place, and where in the line each began
        self.verbatim = False

    def set(self, root: Tag) -> RenderableType:
        self.frames.append(Frame("", root))
        for event, node in events(root):
            if not isinstance(node, Tag):
                self._text(str(node))
            elif event == "start":
                self._start(node)
            else:
                self._end(node)
        self._end_line("p")
        return self.frames[0].group()

    def _text(self, text: str) -> None:
        if not self.verbatim:
            text = _SPACE.sub(" ", text)
            if not self.line.plain or self.line.plain[-1] in " \n":
                text = text.lstrip(" ")
        self.line.append(safe_text(text))

    def _start(self, tag: Tag) -> None:
        name = tag.name
        if name in _CONTAINERS or name in _LINES or name == "pre":
            self._end_line("p")
            if name in _CONTAINERS:
                self._open(tag)
            elif name == "pre":
                self.verbatim = True
        elif name == "br":
            self.line.rstrip()
            self.line.append("\n")
        elif name == "hr":
            self._end_line("p")
            self._add(Text("* * *", "dim", justify="center"))
        elif name == "img":
            self._picture(tag)
        else:
            self.line.append(_SPOKEN.get(name, _SILENT)[0])
            self.open.append((tag, len(self.line)))

    def _end(self, tag: Tag) -> None:
        name = tag.name
        if name == "pre":
            self._code(tag)
        elif name in _LINES:
            self._end_line(name)
        elif name in _CONTAINERS:
            self._end_line(name if name in _STYLES else "p")
            if self.frames[-1].tag is tag:
                self._close(self.frames.pop())
        elif self.open and self.open[-1][0] is tag:
            self._end_inline(tag, self.open.pop()[1])

    # -- lines

    def _end_inline(self, tag: Tag, began: int) -> None:
        name = tag.name
        if name in _SCRIPTS and not self.verbatim:
            signs, mark = _SCRIPTS[name]
            said = self.line.plain[began:]
            if said.strip():
                self.line.right_crop(len(said))
                small = said.translate(signs)
                fits = not any(character in said for character in small)
                self.line.append(small if fits else f"{mark}{said}" if len(said) == 1 else f"{mark}({said})")
        elif name == "a":
            self._link(str(tag.get("href") or ""), began)
        elif name in _SPOKEN:
            self.line.append(_SPOKEN[name][1])
        if style := _STYLES.get(name):
            self.line.stylize(style, began)

    def _link(self, href: str, began: int) -> None:
        address = safe_line(href)
        said = self.line.plain[began:].strip()
        if not address or not said:
            return
        if not self.links.numbered:
            self.line.stylize(Style(underline=True, link=address), began)
        elif said != address:
            self.line.append(f" [{self.links.number(address)}]", "dim")

    def _picture(self, tag: Tag) -> None:
        described = safe_line(str(tag.get("alt") or ""))
        began = len(self.line)
        self.line.append(f"[picture: {described}]" if described else "[picture]", "dim")
        self._link(str(tag.get("src") or ""), began)

    def _end_line(self, kind: str) -> None:
        """Ends the line being set, if there is one, as a `kind` of line."""
        for tag, began in reversed(self.open):  # a line cannot end within markup, but a stranger's HTML might
            self._end_inline(tag, began)
        self.open = []
        line, self.line = self.line, Text()
        line.rstrip()
        if not line.plain.strip():
            return
        if style := _STYLES.get(kind):
            line.stylize(style)
        line.justify = justification(line.plain)
        if kind == "caption" and self.frames[-1].name == "table":
            self.frames[-1].title = line
            return
        if self.plain and kind in _RULES:
            line.append(f"\n{_RULES[kind] * min(line.cell_len, self.width)}")
        self._add(line)

    def _code(self, tag: Tag) -> None:
        code, self.line, self.open, self.verbatim = self.line.plain, Text(), [], False
        inner = tag.find("code")
        classes = " ".join(inner.get_attribute_list("class")) if isinstance(inner, Tag) else ""
        language = classes.removeprefix("language-") or "text"
        shown = Syntax(code.strip("\n"), language, theme=self.code_theme, background_color="default", word_wrap=True)
        self._add(Padding(shown, (0, 0, 0, 2), expand=False))

    # -- containers

    def _add(self, block: RenderableType) -> None:
        self.frames[-1].blocks.append(block)

    def _open(self, tag: Tag) -> None:
        if len(self.frames) <= DEEPEST or tag.name in {"tr", "td", "th"}:
            self.frames.append(self.frames[-1].inner(tag))

    def _close(self, frame: Frame) -> None:
        parent = self.frames[-1]
        if frame.name in {"td", "th"} and parent.name == "tr":
            parent.rows.append([cell(frame)])
        elif frame.name == "tr" and parent.name == "table":
            parent.rows.append([one for cells in frame.rows for one in cells])
        elif (block := contained(frame, self.width)) is not None:
            self._add(block)
