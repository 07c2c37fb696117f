"""The best address an image has: lazy and responsive markup names several, and `src` is often only a placeholder."""

from __future__ import annotations

import re
from operator import itemgetter
from typing import TYPE_CHECKING

from archiver.extraction.attributes import absolute
from archiver.extraction.rules.media import SMALLEST

if TYPE_CHECKING:
    from collections.abc import Iterator

    from selectolax.lexbor import LexborNode

    from archiver.extraction.page import Page

_LAZY_SETS = ("data-srcset", "data-lazy-srcset", "srcset")
_LAZY_SOURCES = (
    "data-src",
    "data-lazy-src",
    "data-original",
    "data-orig-file",
    "data-large-file",
    "data-hires",
    "data-lazy",
    "data-full-src",
    "data-url",
    "data-image",
    "src",
)
_CANDIDATE = re.compile(r"([^\s,]\S*[^\s,])(?:\s+([\d.]+)([wx]))?\s*(?:,|$)")
"""One candidate of a `srcset` (HTML, 4.8.4.2.2); commas inside an address stay, as image services put options there."""
_PLACEHOLDER = re.compile(
    r"(?i)^data:|(?:^|[/_.-])(?:spacer|blank|placeholder|pixel|transparent|lazy|loading|1x1|grey|gray)(?=[._-]|$)|[{}]"
)
"""What stands in for the picture until a script runs; braces are a template that the script fills."""
_NO_PICTURE = re.compile(r"[^\w\s]{1,12}")
"""Alternative text of an image that stands for a character: an emoji, a bullet, an arrow."""
_MAX_WIDTH = 2560.0
"""The widest candidate worth naming, in pixels; beyond it come print originals of many megabytes."""


def attributes(image: LexborNode, page: Page) -> dict[str, str] | None:
    """`src` and `alt` of `<img>` for the fragment; None where it names no picture, or only a tracking pixel."""
    given = image.attributes
    if _is_pixel(given):
        return None
    fallback = _without_scripts(image)
    for reference in _references(image, given, fallback):
        address = absolute(reference.strip(), page)
        if address is not None:
            alt = given.get("alt") or fallback.get("alt") or ""
            return {"src": address, "alt": " ".join(alt.split())}
    return None


def is_picture(image: LexborNode) -> bool:
    """Whether `image`, standing alone, is a picture: not a pixel, a character or an icon."""
    given = image.attributes
    small = any(_pixels(given.get(side)) < SMALLEST for side in ("width", "height"))
    return not small and _symbol(given) is None


def symbol(image: LexborNode) -> str | None:
    """The character that the image stands for, from its alternative text; None for a picture."""
    return _symbol(image.attributes)


def _symbol(given: dict[str, str | None]) -> str | None:
    alt = (given.get("alt") or "").strip()
    return alt if _NO_PICTURE.fullmatch(alt) and not alt.isascii() else None


def _references(image: LexborNode, given: dict[str, str | None], fallback: dict[str, str | None]) -> Iterator[str]:
    """Addresses from best to worst: responsive ones, lazy ones, the one for browsers without scripts."""
    for source in (image, *_picture_sources(image)):
        attributes = given if source is image else source.attributes
        for name in _LAZY_SETS:
            yield from _widest(attributes.get(name))
    for name in _LAZY_SOURCES:
        reference = given.get(name)
        if reference and not _PLACEHOLDER.search(reference):
            yield reference
    if without_scripts := fallback.get("src"):
        yield without_scripts


def _widest(candidates: str | None) -> list[str]:
    if not candidates:
        return []
    offered = [(match[1], _width(match[2], match[3])) for match in _CANDIDATE.finditer(candidates)]
    first = next((one for one in offered if not _PLACEHOLDER.search(one[0])), None)
    if first is None:
        return []
    least = first[1] if first[1] <= _MAX_WIDTH else 0.0
    wider = sorted((one for one in offered if least < one[1] <= _MAX_WIDTH), key=itemgetter(1), reverse=True)
    return [next((address for address, _ in wider if not _PLACEHOLDER.search(address)), first[0])]


def _width(number: str | None, unit: str | None) -> float:
    """In pixels; of a density, and where none is stated, in thousandths of the picture's own width."""
    try:
        return float(number) * (1 if unit == "w" else 1000) if number else 1000.0
    except ValueError:
        return 0.0


def _picture_sources(image: LexborNode) -> list[LexborNode]:
    parent = image.parent
    return parent.css("source") if parent is not None and parent.tag == "picture" else []


def _without_scripts(image: LexborNode) -> dict[str, str | None]:
    """The attributes of the image in the `<noscript>` beside this one, or none."""
    for step in ("next", "prev"):
        sibling = getattr(image, step)
        while sibling is not None and sibling.tag == "-text" and not (sibling.text_content or "").strip():
            sibling = getattr(sibling, step)
        if sibling is not None and sibling.tag == "noscript":
            fallback = sibling.css_first("img")
            return fallback.attributes if fallback is not None else {}
    return {}


def _pixels(size: str | None) -> float:
    """The size in pixels; without bound where it is not stated in pixels."""
    digits = (size or "").strip().lower().removesuffix("px")
    return float(digits) if digits.isdecimal() else float("inf")


def _is_pixel(given: dict[str, str | None]) -> bool:
    return any((given.get(side) or "").strip() in {"0", "1", "0px", "1px"} for side in ("width", "height"))
