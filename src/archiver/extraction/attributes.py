"""The attributes that tags keep in the fragment: where links lead, what cells span, where lists begin, code's language."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from archiver.extraction.rules.markup import CODE_LANGUAGE, CODE_LANGUAGE_ATTRIBUTES

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

    from archiver.extraction.page import Page

_ABSOLUTE = re.compile(r"https?://[^\s/?#\\@]+(?:[/?#]\S*)?")
_ROOTED = re.compile(r"/(?![/\\.])(?:[^\s\\/?#]|/(?![/.]))*(?:[?#]\S+)?")
_ORIGIN = re.compile(r"https?://[^\s/?#\\@]+")
_MAX_SPAN = 100


def absolute(reference: str, page: Page) -> str | None:
    """`reference` as `Page.absolute` has it; for nine of ten that takes no parsing of URLs, and a tenth of the time."""
    if _ABSOLUTE.fullmatch(reference):
        return reference
    if _ROOTED.fullmatch(reference) and (origin := _ORIGIN.match(page.base_url or "")):
        return origin[0] + reference
    return page.absolute(reference)


def of(node: LexborNode, name: str) -> dict[str, str] | None:
    """The attributes of a container that is called `name` in the fragment; None for none."""
    if name in {"td", "th"}:
        given = node.attributes
        if "colspan" not in given and "rowspan" not in given:  # true of nearly every cell
            return None
        return {side: span for side in ("colspan", "rowspan") if (span := _span(given.get(side)))}
    if name == "ol":
        start = (node.attributes.get("start") or "").strip()
        return {"start": start} if re.fullmatch(r"[0-9]{1,9}", start) and start != "1" else None
    return None


def of_link(given: dict[str, str | None], page: Page) -> dict[str, str] | None:
    """Where an `<a>` with these attributes leads, absolute; `#id` where no address of the page is known; None for nowhere."""
    reference = (given.get("href") or "").strip()
    if reference[:7].lower() == "mailto:":
        return {"href": reference}
    address = absolute(reference, page)
    if address is None and reference[:1] == "#":
        address = reference
    return {"href": address} if address else None


def of_code(pre: LexborNode) -> dict[str, str] | None:
    """The language a `<pre>` is marked with: on itself, on the `<code>` in it, or on the boxes around it."""
    inner = pre.css_first("code")
    around = pre.parent
    for element in (inner, pre, around, around.parent if around is not None else None):
        if element is None:
            continue
        given = element.attributes
        stated = next((given[name] for name in CODE_LANGUAGE_ATTRIBUTES if given.get(name)), None)
        found = re.fullmatch(r"[\w+#-]{1,20}", stated) if stated else CODE_LANGUAGE.search(given.get("class") or "")
        if found:
            return {"class": f"language-{found[found.lastindex or 0].lower()}"}
    return None


def _span(value: str | None) -> str | None:
    digits = (value or "").strip()
    return str(min(int(digits), _MAX_SPAN)) if re.fullmatch(r"[0-9]{1,9}", digits) and int(digits) > 1 else None
