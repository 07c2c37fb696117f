"""The lead image, with its caption and whom it is credited to.

Metadata name it on most pages; else it is the first picture of the text. Caption and credit are those of the figure that
shows the same picture, in this or another size, or what JSON-LD says of it.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from archiver.article import Image
from archiver.extraction import claims as claims_room
from archiver.extraction import images, media, nodetext
from archiver.extraction.claims import Claim, claim
from archiver.extraction.rules.credits import CREDIT_HINT, CREDIT_SELECTOR, PICTURE_CREDIT
from archiver.extraction.rules.media import FIGURES
from archiver.extraction.title import form

if TYPE_CHECKING:
    from collections.abc import Iterator

    from selectolax.lexbor import LexborNode

    from archiver.article import Body, Evidence
    from archiver.extraction.blocks import Layout
    from archiver.extraction.claims import Claims
    from archiver.extraction.page import Page

MAX_FIGURES = 40
MAX_PICTURES = 3
MAX_CAPTION_CHARACTERS = 1_000
MAX_CREDIT_TAIL = 200
_SIZE = re.compile(r"(?:[-_](?:\d{2,4}x\d{2,4}|scaled|large|medium|small|\d{3,4}w?))+$")
_FIRST_PICTURE = re.compile(r'<img [^<>]*?\bsrc="([^"]+)"')
_BEFORE_MARK = re.compile(r" (?=[,.;)](?:\s|$))")
_LOOSE = " ,;|–—-·•/("
"""What is left hanging where a credit is cut off."""


@dataclass(frozen=True, slots=True)
class Found:
    """The lead image, and its evidence by key in the record."""

    image: Image | None
    evidence: dict[str, Evidence]


def find(page: Page, layout: Layout, claims: Claims, body: Body) -> Found:
    """The lead image; None where the page names none and the text shows none."""
    stated = claims_room.by_rank([*claims.of("image"), *_first_of(body)])
    for one in stated:
        address = page.absolute(one.value)
        if address:
            return at(address, claims_room.evidence(one, stated), page, layout, claims)
    return Found(None, {})


def at(address: str, evidence: Evidence, page: Page, layout: Layout, claims: Claims) -> Found:
    """The image at `address`, which `evidence` is for, with what the page prints beside it and says about it."""
    texts, found = {}, {"image": evidence}
    printed = list(_printed(page, layout, claims, address))
    for field in ("caption", "credit"):
        said = claims_room.by_rank(
            [
                *(words for words in printed if words.field == field),
                *(words for words in claims.of(field) if _stem(words.url or "") == _stem(address)),
            ]
        )
        if said:
            texts[field] = said[0].value
            found[f"image.{field}"] = claims_room.evidence(said[0], said, same=form)
    return Found(Image(address, texts.get("caption"), texts.get("credit")), found)


def _first_of(body: Body) -> Iterator[Claim]:
    first = _FIRST_PICTURE.search(body.html)
    if first:
        yield claim("image", "dom text", html.unescape(first[1]), at="img")


def _printed(page: Page, layout: Layout, claims: Claims, address: str) -> Iterator[Claim]:
    """Caption and credit in the figure that shows the image at `address`."""
    wanted = _stem(address)
    for figure in _figures(layout, claims) if wanted else ():
        if any(_may_be(wanted, picture) for picture in figure.css("img, amp-img")[:MAX_PICTURES]):
            pictures, captions = media.parts(figure)
            if captions and wanted in {_stem(source) for one in pictures[:MAX_PICTURES] for source in _sources(page, one)}:
                yield from _words(captions)
                return


def _may_be(stem: str, picture: LexborNode) -> bool:
    """Whether any attribute holds the file's name: of a page's figures few do, and those are looked at closely."""
    return any(stem in value.lower() for value in picture.attributes.values() if value)


def _figures(layout: Layout, claims: Claims) -> Iterator[LexborNode]:
    yield from claims.marks.figures[:MAX_FIGURES]
    hints = " ".join([element.hint for element in layout.elements])
    for name in [name for name in FIGURES if name in hints]:  # few pages have one
        boxes = [element for element in layout.elements if name in element.hint]
        yield from (box.node for box in boxes[:MAX_FIGURES] if name in box.hint.split())


def _words(captions: list[LexborNode]) -> Iterator[Claim]:
    """What the captions of one figure say, parted into caption and credit."""
    text = _text(*captions)
    named = next(filter(None, map(_credit_in, captions)), None)
    printed = _text(named) if named is not None else ""
    if named is not None and printed:
        text = text.replace(printed, "", 1)
        introduced = PICTURE_CREDIT.search(printed)
        value = introduced["credit"].strip() if introduced else printed
        yield claim("credit", "dom credit", value, at=" ".join(["figure", named.tag or ""]))
    introduced = PICTURE_CREDIT.search(text, max(len(text) - MAX_CREDIT_TAIL, 0))
    if introduced:
        yield claim("credit", "dom figcaption", introduced["credit"].strip(), at="figcaption")
        text = text[: introduced.start()]
    text = text.strip(_LOOSE)
    if text:
        yield claim("caption", "dom figcaption", text, at="figcaption")


def _credit_in(caption: LexborNode) -> LexborNode | None:
    return caption if CREDIT_HINT.search(caption.attributes.get("class") or "") else caption.css_first(CREDIT_SELECTOR)


def _text(*nodes: LexborNode) -> str:
    text = " ".join(nodetext.beginning(node, MAX_CAPTION_CHARACTERS) for node in nodes)
    return _BEFORE_MARK.sub("", text)[:MAX_CAPTION_CHARACTERS].strip()


def _sources(page: Page, picture: LexborNode) -> Iterator[str]:
    """The addresses by which the page may mean this picture: the best one, and the one that stands in `src`."""
    yield (images.attributes(picture, page) or {}).get("src", "")
    yield picture.attributes.get("src") or ""


def _stem(address: str) -> str:
    """The file's name without folder, ending and size."""
    try:
        name = urlsplit(address).path.rpartition("/")[2]
    except ValueError:
        return ""
    return _SIZE.sub("", name.rpartition(".")[0] or name).lower()
