"""Rich text as it stands in a page's scripts, as HTML.

Editors store text as a tree of nodes with a kind and content, each in its own way: `{"type": "paragraph", "content": […]}`,
`{"_type": "block", "style": "h2", "children": […]}`, `["$", "p", null, {"children": …}]`, `["p", "…"]`. Their words overlap
enough for one reading of all of them; `rules/unseen.py` has the words.
"""

from __future__ import annotations

import re
from html import escape, unescape
from typing import TYPE_CHECKING, NamedTuple

from archiver.extraction import literals
from archiver.extraction.rules.unseen import KINDS

if TYPE_CHECKING:
    from collections.abc import Callable

    from archiver.extraction.literals import Value

MAX_DEPTH = 40
MAX_NODES = 50_000
WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|[0-9]+")
"""One word of a name: "bodyHtml" has two."""
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
_ESCAPED_TAG = re.compile(r"&lt;/?(?:p|br|div|h[1-6]|ul|li|strong|em|a|span)\b[^<]{0,200}?&gt;")
_BLOCK_TAG = re.compile(r"<(?:p|div|h[1-6]|ul|ol|li|blockquote|pre|table|figure|section|article)\b")
_LINE_BREAKS = re.compile(r"(?:\r\n?|\n)\s*")
_JSON = re.compile(r'\s*(?:\{\s*"|\[\s*[{"\[])')
_KIND_KEYS = ("style", "type", "_type", "nodeType", "__typename", "blockName", "tag", "tagName", "kind", "name")
"""Portable Text's `style` says more than its `_type`."""
_CONTENT_KEYS = (
    *("children", "content", "blocks", "items", "html", "__html", "dangerouslySetInnerHTML", "innerHTML", "rendered"),
    *("text", "value", "data", "attributes", "model"),
)
"""Where a node's content may be; the first that has some is taken, since `text` often repeats what `children` say."""
_DETAILS = ("attrs", "data", "attributes", "props")
_ADDRESSES = ("href", "url", "uri")
_LEVELS = {"one": "1", "two": "2", "three": "3", "four": "4", "five": "5", "six": "6"}
_UNKNOWN = "unknown"
_TAGS = {word: row.tag for row in KINDS for word in row.words.split()}
_TEXT_TAGS = frozenset({"p", "h2", "blockquote", "pre", "ul", "ol", "li", ""})
_JSONML_NAMES = "p div h1 h2 h3 h4 h5 h6 ul ol li blockquote pre a em strong span section article"
_JSONML = frozenset(_JSONML_NAMES.split())


def to_html(value: Value) -> str:
    """`value` as HTML; "" where it has no text. Plain strings have a paragraph for each line."""
    html = _Writer().blocks(value, 0)
    return html.encode("utf-16", "surrogatepass").decode("utf-16", "replace")  # scripts write characters as two halves


def is_rich(value: Value) -> bool:
    """Whether `value` is an element with a tag that we know, or a list of nodes of which most are text."""
    if not isinstance(value, list):
        return False
    element = _node(value)
    if element is not None:
        return element.tag != _UNKNOWN
    nodes = [_node(item) for item in value]
    known = sum(1 for node in nodes if node is not None and node.tag in _TEXT_TAGS)
    return known > 0 and 2 * known >= len(value)


def inner_value(text: str) -> Value:
    """What `text` is as JSON, where it looks like that; else None."""
    return literals.whole(text) if _JSON.match(text) else None


class _Node(NamedTuple):
    """One node of rich text.

    Attributes:
        tag: the HTML tag for its kind; "" for text, None for what is left out, `_UNKNOWN` for a kind that we do not know.
        names: what may name its kind.
        fields: its content and attributes.
        mixed: whether text and elements stand side by side in it, as in HTML.
    """

    tag: str | None
    names: list[str]
    fields: dict[str, Value]
    mixed: bool


class _Writer:
    """Writes one value; a value that is referred to twice is written twice, hence the bound on all nodes together."""

    def __init__(self) -> None:
        self.left = MAX_NODES

    def blocks(self, value: Value, depth: int) -> str:
        """`value` where paragraphs stand: what brings no block-level tag becomes one."""
        self.left -= 1
        if depth > MAX_DEPTH or self.left < 0:
            return ""
        if isinstance(value, list) and _node(value) is None:
            return "".join(self.blocks(item, depth + 1) for item in value)
        if isinstance(value, str) and inner_value(value) is None and not _has_tags(value):
            return "".join(f"<p>{_plain(line)}</p>" for line in _LINE_BREAKS.split(value) if line)
        written = self.inside(value, depth)
        return f"<p>{written}</p>" if written.strip() and not _BLOCK_TAG.search(written) else written

    def inside(self, value: Value, depth: int) -> str:
        """`value` where it stands."""
        self.left -= 1
        if depth > MAX_DEPTH or self.left < 0:
            return ""
        if isinstance(value, str):
            inner = inner_value(value)
            return _text(value) if inner is None else self.inside(inner, depth + 1)
        node = _node(value)
        if node is not None:
            return self._element(node, depth)
        return "".join(self.inside(item, depth + 1) for item in value) if isinstance(value, list) else ""

    def _element(self, node: _Node, depth: int) -> str:
        tag = node.tag
        if tag is None or tag == "br":
            return f"<{tag}>" if tag else ""
        if tag in {"ul", "ol"}:
            return f"<{tag}>{self._items(node.fields, depth)}</{tag}>"
        content = self._content(node.fields, depth, self.blocks if tag == "div" and not node.mixed else self.inside)
        if not content or tag in {"", _UNKNOWN}:
            return content
        if tag == "a":
            return f'<a href="{escape(_address(node.fields))}">{content}</a>'
        if tag == "h2":
            tag = f"h{_level(node)}"
        return f"<{tag}>{content}</{tag}>"

    def _content(self, fields: dict[str, Value], depth: int, write: Callable[[Value, int], str]) -> str:
        written = (write(fields[key], depth + 1) for key in _CONTENT_KEYS if fields.get(key))
        return next(filter(None, written), "")

    def _items(self, fields: dict[str, Value], depth: int) -> str:
        items = next((fields[key] for key in _CONTENT_KEYS if isinstance(fields.get(key), list)), None)
        inner = fields.get("data") or fields.get("attributes")
        if items is None and isinstance(inner, dict):
            return self._items(inner, depth + 1) if depth < MAX_DEPTH else ""
        written = [self.inside(item, depth + 1) for item in items or ()] or [self._content(fields, depth, self.inside)]
        return "".join(item if item.startswith("<li") else f"<li>{item}</li>" for item in written if item)


def _node(value: Value) -> _Node | None:
    """The node that `value` is: an object, `["$", name, key, {…}]` as React sends it, or `[name, {…}, …]`, JsonML."""
    if isinstance(value, dict):
        names = [value[key] for key in _KIND_KEYS if isinstance(value.get(key), str)]
        return _Node(_tag(names), names, value, mixed=False)
    if not isinstance(value, list) or len(value) < 2 or not isinstance(value[0], str):
        return None
    if value[0] == "$" and isinstance(value[1], str) and isinstance(value[-1], dict):
        return _Node(_TAGS.get(value[1], _UNKNOWN), [value[1]], value[-1], mixed=True)
    if value[0] in _JSONML:
        attributes, children = (value[1], value[2:]) if isinstance(value[1], dict) else ({}, value[1:])
        return _Node(_TAGS[value[0]], [value[0]], attributes | {"children": children}, mixed=True)
    return None


def _tag(names: list[str]) -> str | None:
    """The HTML tag for the first of `names` that we know, as a whole or by one of its words; else `_UNKNOWN`."""
    for name in names:
        words = [word.lower() for word in WORD.findall(name[:200].rpartition("/")[2].rpartition(".")[2])]
        for word in ("".join(words), *words):
            if word in _TAGS:
                return _TAGS[word]
    return _UNKNOWN


def _level(heading: _Node) -> str:
    """The heading's level: stated beside its kind, or part of it."""
    for place in _places(heading.fields):
        level = str(place.get("level") or place.get("depth") or "")
        if level in _LEVELS.values():
            return level
    for name in heading.names:
        for word in WORD.findall(name[:200]):
            level = _LEVELS.get(word.lower(), str(word))
            if level in _LEVELS.values():
                return level
    return "2"


def _address(fields: dict[str, Value]) -> str:
    found = (place[key] for place in _places(fields) for key in _ADDRESSES if isinstance(place.get(key), str))
    return str(next(found, ""))


def _places(fields: dict[str, Value]) -> list[dict[str, Value]]:
    """Where a node's attributes may stand."""
    return [fields, *(fields[key] for key in _DETAILS if isinstance(fields.get(key), dict))]


def _has_tags(text: str) -> bool:
    return ("<" in text and _TAG.search(text) is not None) or _ESCAPED_TAG.search(text) is not None


def _text(text: str) -> str:
    if "<" in text and _TAG.search(text):
        return text
    return unescape(text) if _ESCAPED_TAG.search(text) else _plain(text)


def _plain(text: str) -> str:
    return escape(unescape(text), quote=False)
