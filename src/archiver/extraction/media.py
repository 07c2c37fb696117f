"""What an article shows between its texts: pictures with their captions, players, quoted posts.

None of it need be among the kept blocks: whoever keeps the text before and after it keeps the picture between them.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from archiver import urls
from archiver.extraction import attributes, images
from archiver.extraction.blocks import UNREAD_TAGS
from archiver.extraction.rules.media import BOXES, CAPTION, FIGURES, FRAMES, NO_CAPTION, PLAYERS, POSTS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from selectolax.lexbor import LexborNode

    from archiver.extraction.page import Page

PICTURES = frozenset({"img", "amp-img"})
PLAYING = frozenset({"audio", "video"} | {player.tag for player in PLAYERS})
_UNSPOKEN = UNREAD_TAGS | {"button"}
"""Hold nothing that is read as a part of a caption or post."""
_STRUCTURE = frozenset({"figure", "table", "pre", "blockquote"})
_FRAME_SOURCES = ("src", "data-src", "data-lazy-src", "data-litespeed-src")
_PAGE = re.compile(r"(?:https?:)?//")
_PICTURE_FILE = re.compile(r"(?i)\.(?:avif|gif|jpe?g|png|svg|webp)(?:$|[?#])")


def shown_in(box: LexborNode, page: Page) -> list[LexborNode]:
    """The pictures, players and quoted posts that `box` is or holds; none where it holds any text besides, or is hidden."""
    found: list[LexborNode] = []
    links: list[LexborNode] = []
    pending = [box]
    while pending:
        node = pending.pop()
        tag = node.tag or ""
        if tag == "-text":
            if (node.text_content or "").strip():
                return []
        elif is_figure(node, tag) or (tag == "blockquote" and is_post(node)) or _is_alone(node, tag, page):
            found.append(node)
        elif tag in BOXES:
            if tag == "a":
                links.append(node)
            pending += reversed(list(node.iter(include_text=True, skip_empty=True)))
        elif tag not in UNREAD_TAGS and tag not in {"br", "figcaption", "img"} and tag[:1] != "-":
            return []
    return [] if not found or _is_hidden(box) or any(_leads_away(link, page) for link in links) else found


def is_figure(node: LexborNode, tag: str) -> bool:
    """Whether the element shows one thing and says what it is; one around tables, code, quotes or figures is only a box."""
    if tag != "figure":
        hint = node.attributes.get("class") if tag in {"div", "table"} else None
        return hint is not None and not FIGURES.keys().isdisjoint(hint.split())
    shows = False
    for inner in node.traverse():
        inner_tag = inner.tag
        if inner_tag in _STRUCTURE and inner.mem_id != node.mem_id:
            return False
        shows = shows or inner_tag in PICTURES or inner_tag in PLAYING
    return shows


def is_post(quotation: LexborNode) -> bool:
    """Whether a `<blockquote>` quotes a post of a network, by the markup that the network hands out."""
    return not POSTS.keys().isdisjoint((quotation.attributes.get("class") or "").split())


def parts(figure: LexborNode) -> tuple[list[LexborNode], list[LexborNode]]:
    """What a figure shows, and the elements that are its caption or a part of it, each in document order."""
    shown: list[LexborNode] = []
    captions: list[LexborNode] = []
    pending = [figure]
    while pending:
        node = pending.pop()
        tag = node.tag or ""
        if tag in PICTURES or tag in PLAYING:
            shown.append(node)
        elif tag == "figcaption" or (tag[:1] != "-" and tag not in _UNSPOKEN and is_caption(node) and _has_no_picture(node)):
            captions.append(node)
        elif tag not in _UNSPOKEN:
            pending += reversed(list(node.iter()))
    return shown or figure.css("noscript img"), captions


def is_caption(node: LexborNode) -> bool:
    """Whether an element inside a figure is the caption, or says whose picture it is."""
    hint = node.attributes.get("class") or ""
    return CAPTION.search(hint) is not None and NO_CAPTION.search(hint) is None


def leaves(element: LexborNode) -> Iterator[LexborNode]:
    """The texts, breaks and images in `element` that a reader sees."""
    pending = [element]
    while pending:
        node = pending.pop()
        tag = node.tag or ""
        if tag in {"-text", "br", "img"}:
            yield node
        elif tag not in _UNSPOKEN:
            pending += reversed(list(node.iter(include_text=True)))


def played(player: LexborNode, page: Page) -> tuple[str, str] | None:
    """What a player plays, as its address and its title; None for a frame that shows something else."""
    given = player.attributes
    tag = player.tag or ""
    address = _address(player, tag, given, page)
    if address is None:
        return None
    title = given.get("title") or given.get("aria-label") or given.get("playlabel") or ""
    return address, " ".join(title.split()) or (address if tag == "iframe" else unquote(address.rpartition("/")[2])) or address


def _address(player: LexborNode, tag: str, given: dict[str, str | None], page: Page) -> str | None:
    if tag in {"video", "audio"}:
        source = player.css_first("source[src]")
        named = given.get("src") or given.get("data-src")
        return page.absolute(named or (source.attributes["src"] if source is not None else None))
    rows = [row for row in PLAYERS if row.tag == tag]
    if tag != "iframe":
        return next((row.address.format(given[row.identifier]) for row in rows if given.get(row.identifier)), None)
    framed = page.absolute(next((given[name] for name in _FRAME_SOURCES if _PAGE.match(given.get(name) or "")), None))
    parts = urlsplit(framed or "")
    host = (parts.hostname or "").removeprefix("www.")
    for row in rows:
        if urls.host_matches(host, row.host):
            found = re.match(row.identifier, f"{parts.path}?{parts.query}")
            return row.address.format(found[1]) if found else None
    return framed if any(urls.host_matches(host, frame) for frame in FRAMES) else None


def _is_alone(node: LexborNode, tag: str, page: Page) -> bool:
    """Whether the element by itself is a picture or player of the article's: no icon, pixel, or frame of a stranger's."""
    if tag in PICTURES:
        return images.is_picture(node)
    if tag == "noscript":
        return node.css_first("img") is not None and not _stands_by_a_picture(node)
    return tag in PLAYING and played(node, page) is not None


def _stands_by_a_picture(fallback: LexborNode) -> bool:
    """Whether a `<noscript>` repeats the picture before or after it."""
    for step in ("next", "prev"):
        sibling = getattr(fallback, step)
        while sibling is not None and sibling.tag == "-text" and not (sibling.text_content or "").strip():
            sibling = getattr(sibling, step)
        if sibling is not None and sibling.tag in {"img", "amp-img", "picture"}:
            return True
    return False


def _has_no_picture(node: LexborNode) -> bool:
    return all(inner.tag not in PICTURES for inner in node.traverse())


def _leads_away(link: LexborNode, page: Page) -> bool:
    """Whether a picture in `link` advertises, or is a button: it leads to another host, and not to a larger picture."""
    address = attributes.absolute((link.attributes.get("href") or "").strip(), page)
    if address is None or _PICTURE_FILE.search(address):
        return False
    here = urls.host(page.url) if page.url else None
    there = urls.host(address)
    return not (here and there and (urls.host_matches(there, here) or urls.host_matches(here, there)))


def _is_hidden(box: LexborNode) -> bool:
    given = box.attributes
    return "hidden" in given or "display:none" in (given.get("style") or "").replace(" ", "").lower()
