"""JSON-LD: the items in a page's `<script type="application/ld+json">`, repaired where that is safe, and its main items.

https://json-ld.org/spec/latest/json-ld/ read as pages write it: no remote contexts; `@graph`, arrays and `{"@id": …}`
references within the page are followed.
"""

from __future__ import annotations

import html
import json
import re
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from selectolax.lexbor import LexborHTMLParser, LexborNode

Item = dict[str, Any]

MAX_CHARACTERS = 2_000_000  # in all scripts together; the largest of 1,700 pages had 400 kB
MAX_ITEMS = 2_000
MAX_DEPTH = 8
_CONTAINERS = ("@graph", "mainEntity", "mainEntityOfPage", "itemListElement", "hasPart", "breadcrumb", "publisher", "isPartOf")
"""Where an item that describes this page may stand inside another. Comments, reviews and related links are not among them."""
_LISTS = frozenset({"itemListElement", "hasPart"})
_ARTICLE = re.compile(r"(?i)(article|posting|^report|^recipe|^howto|^review|^creativework|^critic\w*)$")
_PAGE = re.compile(r"(?i)(webpage|page)$")
_OPENERS = ("<!--", "<![CDATA[", "//<![CDATA[", "// <![CDATA[", "/*<![CDATA[*/", "/* <![CDATA[ */", "//<!--")
_CLOSERS = ("-->", "]]>", "//]]>", "// ]]>", "/*]]>*/", "/* ]]> */", "//-->", ";")
_STRING_OR_COMMA = re.compile(r'"(?:[^"\\]|\\.)*+(?:"|\\?\Z)|,(?=\s*[}\]])', re.DOTALL)
_DECODER = json.JSONDecoder(strict=False, parse_int=str, parse_float=str, parse_constant=str)


@dataclass(slots=True)
class Items:
    """The items of a page that may describe it.

    Attributes:
        articles: items of an article type, nearest to the top first.
        pages: items of a WebPage type.
        others: any other item that stands where an item for this page may stand.
        by_id: every item with an `@id`.
    """

    articles: list[Item] = field(default_factory=list)
    pages: list[Item] = field(default_factory=list)
    others: list[Item] = field(default_factory=list)
    by_id: dict[str, Item] = field(default_factory=dict)

    def resolve(self, value: Any) -> Any:
        """`value`, or the item that it refers to."""
        if isinstance(value, dict) and isinstance(value.get("@id"), str) and len(value) <= 2:
            return self.by_id.get(value["@id"], value)
        return value


def read(tree: LexborHTMLParser) -> Items:
    """The items of the page; see `items_in`."""
    return items_in(tree.css("script[type*='ld+json']"))


def items_in(scripts: Iterable[LexborNode]) -> Items:
    """The items in `scripts`, bounded in size, number and depth; what cannot be read is left out."""
    items = Items()
    budget = MAX_CHARACTERS
    for node in scripts:
        text = node.text() or ""
        budget -= len(text)
        if budget < 0:
            break
        for document in islice(_documents(text), MAX_ITEMS):
            _collect(document, items)
    items.articles.sort(key=_is_bare)
    return items


def types(item: Item) -> list[str]:
    """The item's types, without their vocabulary's address."""
    return [name.rpartition("/")[2].rpartition(":")[2] for name in as_list(item.get("@type")) if isinstance(name, str)]


def as_list(value: Any) -> list[Any]:
    """`value` as a list: JSON-LD lets one value stand for a list of one."""
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def text_of(value: Any) -> str:
    """The text of a string, of `{"@value": …}`, or of an item's name; "" where there is none."""
    for _ in range(MAX_DEPTH):
        if isinstance(value, str):
            return _sound(" ".join(html.unescape(value).split()))
        if isinstance(value, list):
            value = value[0] if value else None
        elif isinstance(value, dict):
            value = value.get("@value") or value.get("name")
        else:
            break
    return ""


def address_of(value: Any) -> str:
    """The address that a string, or an item by its `url` or `@id`, gives; "" where there is none."""
    for key in ("url", "contentUrl", "@id"):
        if isinstance(value, list):
            value = value[0] if value else None
        if isinstance(value, dict) and value.get(key):
            value = value[key]
            break
    if isinstance(value, list):
        value = value[0] if value else None
    return _sound(value.strip()) if isinstance(value, str) else ""


def _sound(text: str) -> str:
    """`text` with lone surrogates, which JSON can escape and UTF-8 cannot hold, replaced."""
    return text.encode("utf-8", "replace").decode()


def _documents(text: str) -> Iterator[Any]:
    text = _unwrapped(text)
    position = 0
    repaired = False
    while position < len(text):
        try:
            document, position = _DECODER.raw_decode(text, position)
        except RecursionError:
            return
        except ValueError:
            if repaired:
                return
            text, repaired = _repaired(text[position:]), True
            position = 0
            continue
        yield document
        while position < len(text) and text[position] in " \t\r\n,;":
            position += 1


def _unwrapped(text: str) -> str:
    """`text` without the comment marks that once hid scripts from old browsers."""
    text = text.strip().lstrip("\ufeff")
    for opener in _OPENERS:
        text = text.removeprefix(opener).lstrip()
    for closer in sorted(_CLOSERS, key=len, reverse=True):
        text = text.removesuffix(closer).rstrip()
    return text


def _repaired(text: str) -> str:
    """`text` without trailing commas, the commonest fault by far that has only one reading."""
    return _STRING_OR_COMMA.sub(lambda match: "" if match[0] == "," else match[0], text)


def _collect(document: Any, items: Items) -> None:
    """Sorts the items of `document`, breadth first, into `items`."""
    queue: list[tuple[Any, int, bool]] = [(document, 0, False)]
    for value, depth, listed in queue:  # grows while it is walked
        if depth > MAX_DEPTH or len(queue) > MAX_ITEMS:
            return
        if isinstance(value, list):
            queue.extend((one, depth + 1, listed) for one in value)
        elif isinstance(value, dict):
            _sort_in(value, items, listed=listed)
            queue.extend((value[key], depth + 1, listed or key in _LISTS) for key in _CONTAINERS if key in value)
            queue.extend((one, depth + 1, True) for one in as_list(value.get("author")) if isinstance(one, dict))


def _sort_in(item: Item, items: Items, *, listed: bool) -> None:
    if isinstance(item.get("@id"), str) and len(item) > 2:
        items.by_id.setdefault(item["@id"], item)
    names = types(item)
    if listed and not any(name == "BreadcrumbList" for name in names):
        return
    if any(_ARTICLE.search(name) for name in names):
        items.articles.append(item)
    elif any(_PAGE.search(name) for name in names):
        items.pages.append(item)
    elif names:
        items.others.append(item)


def _is_bare(item: Item) -> bool:
    """Whether `item` says less than others about the page: it has neither headline nor author."""
    return not (item.get("headline") or item.get("author"))
