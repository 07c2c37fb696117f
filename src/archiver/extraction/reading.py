"""A record's HTML, read again: quickly, because cleaning leaves it in a form that needs no parser.

A record may be edited by hand. What is read is always what the cleaner (`render.safe_html`) writes: tags of ours only,
balanced, in lower case, each attribute in double quotes, and no `<` but those of tags (the HTML standard's serialisation,
section 13.3). BeautifulSoup takes nine times as long for the same, and exporting reads thousands of records.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import unescape
from typing import TYPE_CHECKING

from archiver.extraction.render import VOID, safe_html

if TYPE_CHECKING:
    from collections.abc import Iterator

_TOKENS = re.compile(r'<(/?)([a-z0-9]+)((?: [^\s=>]+="[^"]*")*)>|([^<]+)')
_ATTRIBUTES = re.compile(r' ([^\s=>]+)="([^"]*)"')


@dataclass(slots=True, eq=False)
class Element:
    """A tag: each is equal to itself alone. Not frozen: setting attributes in a roundabout way takes three times as long."""

    name: str
    attributes: dict[str, str]


def events(html: str) -> Iterator[tuple[str, Element | str]]:
    """What stands in a record's HTML, in order: ("start", element), ("text", string), ("end", element)."""
    opened: list[Element] = []
    for closing, name, attributes, text in _TOKENS.findall(safe_html(html)):
        if text:
            yield "text", unescape(text) if "&" in text else text
        elif closing:
            yield "end", opened.pop()
        else:
            element = Element(name, dict(_ATTRIBUTES.findall(attributes)) if attributes else {})
            if "&" in attributes:
                element.attributes = {key: unescape(value) for key, value in element.attributes.items()}
            yield "start", element
            if name in VOID:
                yield "end", element
            else:
                opened.append(element)
