"""What a page says about where to go on: that it is only a hop, or one page of several, or another form of a page.

These are claims. Whether they are true is seen when somebody has gone there (`tasks/reaching/reach.py`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from archiver import urls
from archiver.errors import InvalidUrl
from archiver.extraction import outside, page
from archiver.extraction.rules.paging import COLLECTED, FORMS, HOLDING, MARKERS, NEXT_PAGE, SINGLE_PAGE, SURE_MARKERS
from archiver.extraction.siterules.search import Search

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from selectolax.lexbor import LexborNode

    from archiver.capture import Headers
    from archiver.extraction.page import Page
    from archiver.extraction.rules.paging import Form
    from archiver.extraction.siterules import SiteRule
    from archiver.extraction.siterules.rule import Selector

MAX_REFRESH_SECONDS = 5
"""A page that waits longer before it goes elsewhere, or loads itself again, is there to be read."""
MAX_LINKS = 3_000
MAX_TEXT_CHARACTERS = 60
_STEPS_UP = 10
_REFRESH = re.compile(
    r"\s*(\d{0,9})(?:\.[\d.]*)?\s*(?:[;,]|\s)\s*(?:url\s*=\s*)?(?:\"([^\"]*)|'([^']*)|(.*))", re.IGNORECASE | re.DOTALL
)
"""HTML Standard, "shared declarative refresh steps"."""
_OF_COMMENTS = re.compile(r"comment|disqus|respond|replies|reviews", re.IGNORECASE)
_COUNT = re.compile(r"\W*(\d{1,2})\W*")


@dataclass(frozen=True, slots=True)
class PartLink:
    """A link to what may be another page of the article.

    Attributes:
        number: what its address says; systems that count from 0 say one less.
        shown: the number that it shows; None where it shows none.
        is_next: whether it says that it leads to the next page.
    """

    url: str
    number: int
    shown: int | None
    is_next: bool


@dataclass(frozen=True, slots=True)
class Onward:
    """Where a page says that there is more of it.

    Attributes:
        refresh: where it sends its readers at once.
        elsewhere: likewise, but only those whose browser runs no scripts.
        form: what it is a form of, by its address or markup; None where it is the page itself.
        single: its links to all its pages in one.
        ruled_next, ruled_single: what the site rule finds for the next page, and for all in one.
        family: the URL key of the first page.
        first: its address, where this is a later page by its own and links to the first.
    """

    refresh: str | None = None
    elsewhere: str | None = None
    form: Form | None = None
    parts: tuple[PartLink, ...] = ()
    single: tuple[str, ...] = ()
    ruled_next: str | None = None
    ruled_single: str | None = None
    family: str = ""
    first: str | None = None

    def part(self, number: int) -> str | None:
        """The address of page `number` of the article, where this is the one before."""
        for link in self.parts:
            if link.shown == number and link.number in (number, number - 1):
                return link.url
        return next((one.url for one in self.parts if one.is_next and one.number in (number, number - 1)), None)


def look(html: bytes, url: str, *, headers: Headers = (), rule: SiteRule | None = None, family: str | None = None) -> Onward:
    """What the page at `url` says; `family` is the URL key of its article's first page, where it is a later one."""
    content_type = next((value for name, value in headers if name.lower() == "content-type"), None)
    read = page.read(html, url=url, content_type=content_type, replacements=rule.replacements if rule else ())
    first = None
    if family is None:
        first = _first(read, headers, url)
        canonical = read.tree.css_first("link[rel='canonical' i][href]")
        family = _family(url, read.absolute(canonical.attributes.get("href")) if canonical is not None else None)
    may_have_parts = "/" in family and not any(pattern.search(family) for pattern in COLLECTED)
    anchors = _anchors(read, family) if may_have_parts else []
    refresh, elsewhere = _refreshes(read)
    search = Search(read)
    return Onward(
        refresh=refresh,
        elsewhere=elsewhere,
        form=_form(read, url),
        parts=tuple(_parts(read, headers, anchors, family)) if may_have_parts else (),
        single=tuple(_single(read, anchors, family)),
        ruled_next=_ruled(read, search, rule.next_page) if rule else None,
        ruled_single=_ruled(read, search, rule.single_page_link) if rule else None,
        family=family,
        first=first,
    )


def held_address(url: str) -> str | None:
    """The address of the page that `url` is a viewer's or a cache's address of; None where it is none."""
    for pattern in HOLDING:
        if match := pattern.fullmatch(url):
            return f"{'https' if match['scheme'] else 'http'}://{match['address']}"
    return None


def part_number(url: str, family: str) -> int | None:
    """Which page `url` is, by what it says, of the article whose first page has the URL key `family`; None where of none."""
    own = _key(url)
    if own is None:
        return None
    for marker in MARKERS:
        for match in marker.finditer(own):
            if (own[: match.start()] + own[match.end() :]).rstrip("?&") == family:
                return int(match["number"])
    return None


def _key(url: str) -> str | None:
    try:
        return urls.key(url)
    except (InvalidUrl, ValueError):
        return None


def _family(url: str, canonical: str | None) -> str:
    """The URL key of the first page, which `url` is: as the page claims, and without a number that says as much."""
    own = _key(url) or ""
    claimed = (_key(canonical) if canonical else None) or own
    if claimed.partition("?")[0] == own.partition("?")[0] or part_number(url, claimed) in (0, 1):
        own = claimed
    for marker in SURE_MARKERS:
        match = marker.search(own)
        if match and int(match["number"]) == 1:
            return (own[: match.start()] + own[match.end() :]).rstrip("?&")
    return own


def _first(read: Page, headers: Headers, url: str) -> str | None:
    """The address of the first page, as the page links to it; None where it does not, or is the first by its address."""
    own = _key(url) or ""
    families = {
        (own[: match.start()] + own[match.end() :]).rstrip("?&")
        for marker in MARKERS
        for match in marker.finditer(own)
        if int(match["number"]) > 1  # 1 is the first page of most, and the second of those who count from 0
    }
    families = {one for one in families if "/" in one and not any(pattern.search(one) for pattern in COLLECTED)}
    for address in _back(read, headers) if families else ():
        if any(_key(address) == family or part_number(address, family) in (0, 1) for family in families):
            return address.partition("#")[0]
    return None


def _back(read: Page, headers: Headers) -> Iterator[str]:
    """Where the page says that what comes before it is."""
    for relation, target in outside.links(headers):
        if relation in ("prev", "previous", "first") and (address := read.absolute(target)):
            yield address
    for node in read.tree.css("link[href]:is([rel~='prev' i], [rel~='previous' i], [rel~='first' i], [rel~='canonical' i])"):
        if address := read.absolute(node.attributes.get("href")):
            yield address
    for node in read.tree.css("a[href]")[:MAX_LINKS]:
        count = _COUNT.fullmatch(" ".join((node.text() or "").split())[:MAX_TEXT_CHARACTERS])
        relations = {"prev", "previous", "first"} & set((node.attributes.get("rel") or "").lower().split())
        leads_back = (count and int(count[1]) == 1) or relations
        if leads_back and not _is_of_comments(node) and (address := read.absolute(node.attributes.get("href"))):
            yield address


def _form(read: Page, url: str) -> Form | None:
    root = read.tree.root
    attributes = root.attributes if root is not None else {}
    if "amp" in attributes or "⚡" in attributes:
        return "amp"
    own = _key(url) or ""
    return next((form for form, pattern in FORMS if pattern.search(own)), None)


def _refreshes(read: Page) -> tuple[str | None, str | None]:
    """Where the page sends readers at once, and where it sends those without scripts."""
    everybody = few = None
    for node in read.tree.css("meta[http-equiv='refresh' i]"):
        match = _REFRESH.match(node.attributes.get("content") or "")
        target = match and (match[2] or match[3] or match[4] or "").strip()
        if not match or not target or int(match[1] or 0) > MAX_REFRESH_SECONDS:
            continue
        address = read.absolute(target)
        if any(above.tag == "noscript" for above in _above(node)):
            few = few or address
        else:
            everybody = everybody or address
    return everybody, few


def _anchors(read: Page, family: str) -> list[LexborNode]:
    """The links that may lead to another page of the article: few of those that a page has."""
    stem = _stem(family)
    hrefs = ((node, (node.attributes.get("href") or "").strip()) for node in read.tree.css("a[href]")[:MAX_LINKS])
    return [node for node, href in hrefs if href[:1] not in ("#", "") and (stem in href or href[0] == "?" or len(href) < 8)]


def _stem(family: str) -> str:
    """The longest part of a URL key's last folder or file that stands in the address of its other pages, however escaped."""
    last = family.partition("?")[0].rpartition("/")[2].rpartition(".")
    pieces = re.split(r"%[0-9A-F]{2}", last[0] or last[2])
    return max(pieces, key=len)


def _parts(read: Page, headers: Headers, anchors: Sequence[LexborNode], family: str) -> Iterator[PartLink]:
    for relation, target in outside.links(headers):
        if relation == "next":
            yield from _part(read, target, family, is_next=True)
    for node in read.tree.css("link[rel~='next' i][href]"):
        yield from _part(read, node.attributes.get("href"), family, is_next=True)
    for node in anchors:
        href = node.attributes.get("href")
        text = " ".join((node.text() or "").split())[:MAX_TEXT_CHARACTERS] or (node.attributes.get("title") or "").strip()
        count = _COUNT.fullmatch(text)
        is_next = "next" in (node.attributes.get("rel") or "").lower().split() or NEXT_PAGE.fullmatch(text) is not None
        if (count or is_next) and not _is_of_comments(node):
            yield from _part(read, href, family, shown=int(count[1]) if count else None, is_next=is_next)


def _part(read: Page, href: str | None, family: str, *, shown: int | None = None, is_next: bool) -> Iterator[PartLink]:
    address = read.absolute(href)
    number = part_number(address, family) if address else None
    if address is not None and number is not None:
        yield PartLink(address.partition("#")[0], number, shown, is_next)


def _single(read: Page, anchors: Sequence[LexborNode], family: str) -> Iterator[str]:
    beginning = re.sub(r"\.\w{2,5}$", "", family.partition("?")[0])
    for node in anchors:
        text = " ".join((node.text() or "").split())
        address = read.absolute(node.attributes.get("href"))
        if len(text) <= MAX_TEXT_CHARACTERS and SINGLE_PAGE.fullmatch(text) and address:
            own = _key(address)
            if own and own != family and own.startswith(beginning):
                yield address.partition("#")[0]


def _ruled(read: Page, search: Search, selectors: Sequence[Selector]) -> str | None:
    """Where the first selector with a match leads."""
    for selector in selectors:
        for match in search.matches(selector, "address", limit=1):
            return read.absolute(match.url or match.text)
    return None


def _is_of_comments(node: LexborNode) -> bool:
    return any(_OF_COMMENTS.search(f"{one.attributes.get('class')} {one.attributes.get('id')}") for one in _above(node))


def _above(node: LexborNode) -> Iterator[LexborNode]:
    """The elements around `node`, from the innermost, as far as it matters."""
    above = node.parent
    for _ in range(_STEPS_UP):
        if above is None or above.tag in ("body", "html"):
            return
        yield above
        above = above.parent
