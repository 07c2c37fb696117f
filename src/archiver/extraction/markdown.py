"""A record's HTML -> Markdown (CommonMark 0.31, tables and strikethrough as in GFM).

Whatever Markdown would act on is escaped, so that a parser gives the same text back. Markup that Markdown lacks, or
cannot express where it stands (emphasis beside punctuation), stays as inline HTML, which CommonMark allows.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from archiver.extraction.reading import Element, events
from archiver.extraction.rules.markup import HEADINGS

if TYPE_CHECKING:
    from collections.abc import Callable

_EMPHASIS = {"em": "*", "strong": "**", "s": "~~", "del": "~~"}
_KEPT_AS_HTML = frozenset({"sub", "sup", "kbd", "mark", "ins"})
_SPOKEN = {"q": ("“", "”"), "rt": ("(", ")")}
_SILENT = ("", "")
_CONTAINERS = frozenset({"blockquote", "ul", "ol", "li", "table", "tr", "dl", "dd", "figure"})
_LEAVES = HEADINGS | {"p", "dt", "figcaption", "caption", "td", "th", "pre"}
_BLOCKS = _CONTAINERS | _LEAVES
_SPECIAL = re.compile(r"[\\`*_\[\]<~|]|!(?=\[|$)|&(?=#?\w+;)")
_SPECIAL_TO_OTHERS = re.compile(_SPECIAL.pattern + r"|(?<=\{)[{%]|(?<!\S)#(?=\S)|\$(?=\S)|(?<=%)%|(?<==)=")
_PERHAPS_SPECIAL = re.compile(r"[\\`*_\[\]<~|!&{#$%=]")
"""Found in little text, and faster than the patterns above are not found."""
_LINE_START = re.compile(r"^(\d{0,9})([-+=#>:|.)])")
_UNSAFE_IN_ADDRESS = re.compile(r"[\s<>\\|`]|&(?=#?\w+;)")


def to_markdown(html: str, *, widely: bool = False, picture: Callable[[str], str] = lambda address: address) -> str:
    """The Markdown of a record's `body.html`.

    Args:
        widely: escape also what note programs and site generators act on: `{{` and `{%` of templates, and in Obsidian #tags,
            $formulas$, %%comments%% and ==highlights==.
        picture: gives the address of an image, for the one that it has.
    """
    return _Writer(_SPECIAL_TO_OTHERS if widely else _SPECIAL, picture).write(html)


@dataclass(slots=True)
class _Frame:
    """A container being written.

    Attributes:
        blocks: the Markdown of what it holds, each without a newline at its end.
        kinds: what each of `blocks` is: a tag name.
        spans: of a row, how many columns each cell takes.
    """

    tag: Element
    blocks: list[str] = field(default_factory=list)
    kinds: list[str] = field(default_factory=list)
    spans: list[str] = field(default_factory=list)

    def add(self, block: str, kind: str) -> None:
        self.blocks.append(block)
        self.kinds.append(kind)

    def joined(self) -> str:
        """All blocks; a bullet list follows its item's first line directly."""
        pieces = []
        for index, (block, kind) in enumerate(zip(self.blocks, self.kinds, strict=True)):
            if index:
                close = self.tag.name == "li" and kind == "ul" and self.kinds[index - 1] == "p" and "\n\n" not in block
                pieces.append("\n" if close else "\n\n")
            pieces.append(block)
        return "".join(pieces)


class _Writer:
    def __init__(self, special: re.Pattern[str], picture: Callable[[str], str]) -> None:
        self.special = special
        self.picture = picture
        self.frames: list[_Frame] = []
        self.inline: list[str] = []
        self.emphasis: list[tuple[str, int]] = []  # open markup: its tag, and where in `inline` its marker goes
        self.code = 0  # `<code>` and `<pre>` around this place: text in them is not escaped
        self.verbatim: list[str] = []
        self.language = ""  # of the code in the `<pre>` around this place
        self.in_row = False  # a cell holds one line: what would be a block of its own in it is set apart by a break

    def write(self, html: str) -> str:
        self.frames.append(_Frame(Element("body", {})))
        for event, node in events(html):
            if isinstance(node, str):
                self._text(node)
            elif event == "start":
                self._start(node)
            else:
                self._end(node)
        self._end_line("p")
        return self.frames[0].joined() + "\n"

    def _text(self, text: str) -> None:
        if self.code:
            self.verbatim.append(text)
        elif self.inline or not text.isspace():  # space at the beginning of a line is none
            text = text.replace("\n", " ")
            self.inline.append(self._escaped(text) if _PERHAPS_SPECIAL.search(text) else text)

    def _start(self, tag: Element) -> None:
        name = tag.name
        if name in {"pre", "code"}:
            self._start_code(tag)
        elif self.code:
            self.verbatim.append("\n" if name == "br" else _SPOKEN.get(name, _SILENT)[0])
        elif name in _BLOCKS:
            self._start_block(tag)
        elif name == "br":
            self.inline.append("\n")
        elif name == "img":
            alt = self._escaped(tag.attributes.get("alt", ""))
            self.inline.append(f"![{alt}]({_address(self.picture(tag.attributes.get('src', '')))})")
        elif name in _SPOKEN:
            self.inline.append(_SPOKEN[name][0])
        elif name in _EMPHASIS or name in _KEPT_AS_HTML or name == "a":
            self.emphasis.append((name, len(self.inline)))
            self.inline.append("")

    def _start_block(self, tag: Element) -> None:
        self._end_line("p")
        if tag.name in _CONTAINERS and not self.in_row:
            self.frames.append(_Frame(tag))
            self.in_row = tag.name == "tr"
        elif self.in_row and tag.name in {"td", "th"}:
            self.frames[-1].spans.append(tag.attributes.get("colspan", "1"))

    def _start_code(self, tag: Element) -> None:
        self.code += 1
        if tag.name == "pre":
            self._end_line("p")
            self.language = ""
        else:
            self.language = self.language or "".join(tag.attributes.get("class", "").split()).removeprefix("language-")

    def _end(self, tag: Element) -> None:
        name = tag.name
        if name in {"pre", "code"}:
            self.code -= 1
            if not self.code:
                self._end_code(tag)
        elif self.code:
            self.verbatim.append(_SPOKEN.get(name, _SILENT)[1])
        elif name in _CONTAINERS:
            self._end_line("p")
            if self.frames[-1].tag is tag:
                self.in_row = False
                self._end_container(self.frames.pop())
        elif name in _LEAVES:
            self._end_line(name)
        elif name in _SPOKEN:
            self.inline.append(_SPOKEN[name][1])
        elif self.emphasis and self.emphasis[-1][0] == name:
            self._end_markup(tag, self.emphasis.pop()[1])

    def _end_markup(self, tag: Element, start: int) -> None:
        content = "".join(self.inline[start + 1 :])
        if tag.name == "a":
            opening, closing = "[", f"]({_address(tag.attributes.get('href', ''))})"
        elif self._may_be_starred(tag.name, content, start):
            opening = closing = _EMPHASIS[tag.name]
        else:
            opening, closing = f"<{tag.name}>", f"</{tag.name}>"
        self.inline[start] = opening
        self.inline.append(closing)

    def _may_be_starred(self, name: str, content: str, start: int) -> bool:
        """Whether delimiters would be read as such: letters within, and no other delimiters around or beside them."""
        if name not in _EMPHASIS or not (content[:1].isalnum() and content[-1:].isalnum()):
            return False
        return self._last_piece(start)[-1:] not in {"*", "~"} and not any(outer in _EMPHASIS for outer, _ in self.emphasis)

    def _last_piece(self, before: int | None = None) -> str:
        for place in range(len(self.inline) if before is None else before, 0, -1):
            if piece := self.inline[place - 1]:
                return piece
        return ""

    def _end_code(self, tag: Element) -> None:
        code = "".join(self.verbatim)
        self.verbatim = []
        fence = "`" * (max((len(run) for run in re.findall("`+", code)), default=0) + 1)
        if tag.name == "pre" and not self.in_row:
            fence = fence if len(fence) > 2 else "```"
            self.frames[-1].add(f"{fence}{self.language}\n{code.strip(chr(10))}\n{fence}", "pre")
        elif code.strip():
            code = code.replace("\n", " ")
            if self._last_piece().endswith("`"):  # two spans of code side by side would be one
                self.inline.append(f"<code>{self._escaped(code)}</code>")
                return
            padding = " " if code[0] in "` " or code[-1] in "` " else ""
            if self.in_row:
                code = code.replace("|", "\\|")
            self.inline.append(f"{fence}{padding}{code}{padding}{fence}")

    def _escaped(self, text: str) -> str:
        return self.special.sub(r"\\\g<0>", text)

    def _end_line(self, kind: str) -> None:
        """What was written inline becomes a block of the innermost container."""
        if self.in_row and kind not in {"td", "th"}:
            self.inline.append("\n")  # a paragraph within a cell
            return
        if not self.inline and not self.in_row:
            self.emphasis.clear()
            return
        frame = self.frames[-1]
        text = "".join(self.inline).strip()
        lines = [" ".join(line.split()) for line in text.split("\n")] if "\n" in text else [" ".join(text.split())]
        self.inline = []
        self.emphasis = []
        if self.in_row:
            frame.add("<br>".join(filter(None, lines)), kind)
            return
        if not any(lines):
            return
        if kind in HEADINGS:
            frame.add(f"{'#' * int(kind[1])} {_heading_end(' '.join(lines))}", kind)
        else:
            frame.add("\\\n".join([_line(line) for line in lines]), "p")

    def _end_container(self, frame: _Frame) -> None:
        name = frame.tag.name
        outer = self.frames[-1]
        if name == "tr":
            outer.add("| " + " | ".join(_spanned(frame)) + " |", "tr")
        elif not frame.blocks:
            return
        elif name == "table":
            self._end_table(frame)
        elif name == "blockquote":
            outer.add("\n".join(f"> {line}".rstrip() for line in frame.joined().split("\n")), name)
        elif name in {"ul", "ol"}:
            outer.add(_list(frame, alternate=outer.kinds[-1:] == [name]), name)
        elif name == "li":
            outer.add(frame.joined(), name)
        else:
            for block, kind in zip(frame.blocks, frame.kinds, strict=True):
                outer.add(block, kind)

    def _end_table(self, frame: _Frame) -> None:
        """The rows under the first one as their header, which GFM demands; the caption before or after, as it stood."""
        outer = self.frames[-1]
        rows = [block for block, kind in zip(frame.blocks, frame.kinds, strict=True) if kind == "tr"]
        captions = [block for block, kind in zip(frame.blocks, frame.kinds, strict=True) if kind != "tr"]
        if rows:
            columns = max(map(_count_cells, rows))
            rows[0] += " |" * (columns - _count_cells(rows[0]))
            rows.insert(1, "|" + " --- |" * columns)
        blocks = [(block, "p") for block in captions]
        blocks.insert(len(blocks) if frame.kinds[0] != "tr" else 0, ("\n".join(rows), "table"))
        for block, kind in blocks:
            if block:
                outer.add(block, kind)


def _line(line: str) -> str:
    """A line of a paragraph, so that it does not begin a list, a heading or the like."""
    if line[:1].isalpha():
        return line
    return _LINE_START.sub(r"\1\\\2", line) if line else "<br>"


def _count_cells(row: str) -> int:
    return len(re.findall(r"(?<!\\)\|", row)) - 1


def _heading_end(text: str) -> str:
    """`text` with its last `#` escaped: a row of them at the end of a heading would be taken for its frame."""
    return re.sub(r"#(?=#*$)", r"\\#", text)


def _spanned(row: _Frame) -> list[str]:
    """The cells of a row, each followed by as many empty ones as it spans."""
    cells = []
    for block, span in zip(row.blocks, row.spans, strict=False):
        cells += [block, *[""] * (min(int(span), 100) - 1 if span.isdigit() else 0)]
    return cells


def _list(frame: _Frame, *, alternate: bool) -> str:
    """The items with their marks; a list right after another one of its kind takes the other mark, or they would be one."""
    ordered = frame.tag.name == "ol"
    start = frame.tag.attributes.get("start", "1")
    number = int(start) if start.isdigit() and len(start) < 9 else 1
    items = []
    for block in frame.blocks:
        mark = f"{number}{')' if alternate else '.'}" if ordered else ("*" if alternate else "-")
        number += 1
        indent = " " * (len(mark) + 1)
        items.append(f"{mark} " + "\n".join(indent + line if line else "" for line in block.split("\n"))[len(indent) :])
    return ("\n\n" if any("\n\n" in item for item in items) else "\n").join(items)


def _address(address: str) -> str:
    """`address` as a link's destination."""
    address = _UNSAFE_IN_ADDRESS.sub(lambda found: "&amp;" if found[0] == "&" else f"%{ord(found[0]):02X}", address)
    return f"<{address}>" if re.search(r"[()]", address) or not address else address
