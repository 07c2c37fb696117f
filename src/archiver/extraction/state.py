"""The article's text in the state that a page's framework left in its scripts.

Every framework has its own place for it, and every site its own names in there. So all values are looked through for text
under a key that is called like text; texts of one path ("sections[].paragraphs[]") belong together. What is in an object
that has the page's title is the article's; what is in one with another title and an address is another article's.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import unquote

from archiver.extraction import flight, literals, richtext
from archiver.extraction.literals import Value
from archiver.extraction.rules.unseen import ESCAPES, KEYS
from archiver.extraction.title import MAX_TITLE_CHARACTERS, form

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from selectolax.lexbor import LexborHTMLParser

MAX_CHARACTERS = 4_000_000  # in all scripts together; the most in 2,400 pages were 2.1 million
MAX_VALUES = 400_000
MAX_DEPTH = 60
MIN_CHARACTERS = 240  # an article of so many ideographs is short; what other text needs is for `unseen` to say
_MAX_NAME = 60
_MIN_TITLE = 10  # shorter ones must be equal
_JSON_TYPE = re.compile(r"(?i)(?<!ld\+)json$")
_SCRIPT_TYPE = re.compile(r"(?i)(?:|module|(?:text|application)/(?:javascript|ecmascript|babel))$")
_STATE_ATTRIBUTE = "data-page"  # Inertia's
_PROSE = re.compile(r'(?<![^"{}=;\n])[^"{}=;\n]{40,}+')
_SERIALIZED = ("{", "[", "%")
"""How a string begins that is JSON, or JSON made fit for an address; any other string in code is a message."""
_HEADING = re.compile(r"<h1\b[^<>]*>([^<]+)")
_NOT_NAME = re.compile(r"[^\w:-]+")
_FLATTENED = (["Reactive"], ["ShallowReactive"])
_ROLES = {word: row.role for row in KEYS for word in row.words.split()}


@dataclass(frozen=True, slots=True)
class Text:
    """A text found in a page's state.

    Attributes:
        at: where: the script, and the path in its value.
        html: the text.
        titled: whether the object that holds it has the page's title, or the text itself.
    """

    at: str
    html: str
    titled: bool


def texts(tree: LexborHTMLParser, title_forms: Collection[str]) -> list[Text]:
    """The texts in the page's scripts that may be an article's, the longest first; titles are as `title.form` gives them."""
    search = _Search(title_forms)
    for name, value in _values(tree):
        search.look_through(value, name)
    found = []
    for (at, titled), pieces in search.pieces.items():
        html = "".join(map(richtext.to_html, pieces))
        if len(html) >= MIN_CHARACTERS:
            heading = None if titled else _HEADING.search(html)
            found.append(Text(at, html, titled or (heading is not None and is_title(heading[1], title_forms))))
    return sorted(found, key=lambda text: len(text.html), reverse=True)


def is_title(text: str, title_forms: Collection[str]) -> bool:
    """Whether `text` says what one of the titles says, or most of it."""
    own = form(text[:MAX_TITLE_CHARACTERS])
    for title in title_forms:
        short, long = sorted((own, title), key=len)
        if own == title != "" or (len(short) >= max(_MIN_TITLE, len(long) / 2) and short in long):
            return True
    return False


def _values(tree: LexborHTMLParser) -> Iterator[tuple[str, Value]]:
    """Every value in the page's scripts, after what evidence calls its place."""
    chunks: list[str] = []
    left = MAX_CHARACTERS
    for node in tree.css("script:not([src])"):
        attributes = node.attributes
        kind = (attributes.get("type") or "").strip()
        text = node.text() or ""
        identity = attributes.get("id")
        place = f"script#{identity[:_MAX_NAME]}" if identity else "script"
        is_json = _JSON_TYPE.search(kind) is not None
        if not is_json and not (_SCRIPT_TYPE.match(kind) and (flight.MARK in text or _has_prose(text))):
            continue
        left -= len(text)
        if left < 0:
            break
        if is_json:
            yield place, literals.whole(_unescaped(text))
        else:
            for position, value in literals.found_in(text):
                chunk = flight.chunk(value)
                if chunk is not None:
                    chunks.append(chunk)
                elif not isinstance(value, str) or value[:1] in _SERIALIZED:
                    yield literals.assigned_to(text, position) or place, value
    for row in flight.rows(chunks):
        yield flight.MARK, row
    for node in tree.css(f"[{_STATE_ATTRIBUTE}]"):
        yield f"{node.tag}[{_STATE_ATTRIBUTE}]", literals.whole(node.attributes[_STATE_ATTRIBUTE] or "")


def _unescaped(text: str) -> str:
    if ESCAPES[0].written in text:
        for escape in ESCAPES:
            text = text.replace(escape.written, escape.meant)
    return text


def _has_prose(script: str) -> bool:
    """Whether `script` has so much running text that it may hold an article."""
    left = MIN_CHARACTERS
    for run in _PROSE.finditer(script):
        words = run[0].count(" ") + run[0].count("\\u")  # with letters that JSON escapes
        if 8 * words >= len(run[0]) or not run[0].isascii():
            left -= len(run[0])
            if left <= 0:
                return True
    return False


_Place = tuple[Value, str, bool | None]
"""A value, its path, and whose it is: the page's own article's, another's (False), or who knows whose (None)."""


class _Search:
    """Collects texts by the path on which they stand, and whether the page's title stands beside or above them."""

    def __init__(self, titles: Collection[str]) -> None:
        self.titles = titles
        self.pieces: defaultdict[tuple[str, bool], list[Value]] = defaultdict(list)
        self.seen: dict[int, Value] = {}  # by identity; values may refer to each other
        self.roles: dict[str, str] = {}

    def look_through(self, value: Value, place: str) -> None:
        """Notes every text in `value`, in order."""
        pending: list[_Place] = [(_outspread(value), place, None)]
        while pending and len(self.seen) < MAX_VALUES:
            value, path, own = pending.pop()
            inner = richtext.inner_value(unquote(value) if value[:3] == "%7B" else value) if isinstance(value, str) else None
            if inner is not None:
                pending.append((inner, path, own))
            elif richtext.is_rich(value) or (isinstance(value, str) and self._role(path.rpartition(".")[2]) == "text"):
                if own is not False:
                    self.pieces[path, bool(own)].append(value)
            elif id(value) not in self.seen and path.count(".") + path.count("[") < MAX_DEPTH:
                self.seen[id(value)] = value
                if isinstance(value, list):
                    pending += [(item, f"{path}[]", own) for item in reversed(value)]
                elif isinstance(value, dict):
                    pending += reversed(list(self._fields(value, path, own)))

    def _fields(self, item: dict[str, Value], path: str, own: bool | None) -> Iterator[_Place]:  # noqa: FBT001  # of three values
        roles = {key: self._role(key) for key in item}
        titles = [_first_text(item[key]) for key, role in roles.items() if role == "title"]
        if any(is_title(title, self.titles) for title in titles):
            own = True
        elif any(titles) and "address" in roles.values():
            own = False
        for key, value in item.items():
            if isinstance(value, str | dict | list) and roles[key] != "other":
                yield value, f"{path}.{_NOT_NAME.sub('', key)[:_MAX_NAME]}", own

    def _role(self, key: str) -> str:
        """What the words of `key` say of its value: "other" outweighs all else, "address" the rest."""
        role = self.roles.get(key)
        if role is None:
            found = {_ROLES.get(word.lower(), "") for word in (key, *richtext.WORD.findall(key[:_MAX_NAME]))}
            role = self.roles[key] = next((role for role in ("other", "address", "title", "text") if role in found), "")
        return role


def _first_text(value: Value) -> str:
    """`value`, or the first string in it: `{"rendered": "…"}`."""
    if isinstance(value, dict):
        value = next((inner for inner in value.values() if isinstance(inner, str)), "")
    return value if isinstance(value, str) else ""


def _outspread(value: Value) -> Value:
    """`value`; of what Nuxt 3 flattened to `[["Reactive", 1], {"data": 2}, …]`, each number replaced by what it points to."""
    if not (isinstance(value, list) and value and isinstance(value[0], list) and value[0][:1] in _FLATTENED):
        return value
    for item in value:
        places = item.items() if isinstance(item, dict) else enumerate(item) if isinstance(item, list) else ()
        for place, at in list(places):
            if type(at) is int and 0 <= at < len(value):
                item[place] = value[at]
    return value[0]
