"""The source: who published the page, whom the text credits as its origin, and the canonical address."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from archiver import urls
from archiver.article import Credit, Evidence, Source
from archiver.errors import InvalidUrl
from archiver.extraction import author_links, places
from archiver.extraction import claims as claims_room
from archiver.extraction.claims import claim
from archiver.extraction.rules.credits import (
    CITATION,
    CITATION_WORDS,
    COPYRIGHT,
    CREDIT,
    CREDIT_WORDS,
    NOT_AN_OWNER,
    PUBLISHED_ON,
    WIRE,
)
from archiver.extraction.rules.titles import SEPARATORS
from archiver.extraction.title import form
from archiver.extraction.wording import holds_any

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archiver.extraction.blocks import Block, Layout
    from archiver.extraction.claims import Claim, Claims
    from archiver.extraction.page import Page
    from archiver.extraction.places import Surroundings

MAX_LINE_CHARACTERS = 300
MIN_PUBLISHED_ON_CHARACTERS = len("Published on X. All rights reserved")
MAX_CITATION_CHARACTERS = 800
MIN_CITED_TITLE = 12
MIN_WORD_OF_HOST = 4
MAX_PUBLISHER_CHARACTERS = 100
BLOCKS_OF_FOOT = 40
BLOCKS_BEHIND_TEXT = 15
_WITH_SOURCES_OF_THEIR_OWN = frozenset({"figure", "figcaption", "table"})
_PARTS = (" / ", ";", "\n")


@dataclass(frozen=True, slots=True)
class Found:
    """The source, the canonical address, their evidence by key in the record, and the blocks that are nothing but credits."""

    source: Source
    canonical_url: str | None
    evidence: dict[str, Evidence]
    blocks: frozenset[int]


def find(page: Page, around: Surroundings, claims: Claims, title: str | None) -> Found:
    """Where the article comes from."""
    evidence: dict[str, Evidence] = {}
    host = urls.host(page.url) if page.url else None
    if host:
        evidence["source.host"] = Evidence("url", "url", claims_room.shown(page.url or ""))
    published_on, blocks = _published_on(around.layout)
    publishers = claims_room.by_rank(
        [*published_on, *claims.of("publisher"), *_title_tail(claims, title, host), *_copyright(around.layout)]
    )
    publishers = [one for one in publishers if _is_name(one.value)]
    if publishers:
        evidence["source.publisher"] = claims_room.evidence(publishers[0], publishers, same=form)
    credited, credit_blocks, credit_evidence = _credited(page, around)
    if credit_evidence:
        evidence["source.credited"] = credit_evidence
    canonical, canonical_evidence = _canonical(page, claims)
    if canonical_evidence:
        evidence["canonical_url"] = canonical_evidence
    publisher = publishers[0].value if publishers else None
    return Found(Source(publisher, host, credited), canonical, evidence, blocks | credit_blocks | _citations(around, title))


def _is_name(value: str) -> bool:
    return len(value) <= MAX_PUBLISHER_CHARACTERS and "://" not in value and any(c.isalpha() for c in value)


def _published_on(layout: Layout) -> tuple[list[Claim], frozenset[int]]:
    found, blocks = [], set()
    lines = [block for block in layout.blocks if MIN_PUBLISHED_ON_CHARACTERS <= len(block.text) <= MAX_LINE_CHARACTERS]
    for block in lines:
        text = block.text
        if "eserved" not in text and "ESERVED" not in text:
            continue  # to ask in small letters would cost more than all the rest
        match = PUBLISHED_ON.search(text.replace("\n", " | "))
        if match:
            found.append(
                claim("publisher", "dom published-on", match["name"], at=places.place(block.element), block=block.index)
            )
            blocks.add(block.index)
    return found[:1], frozenset(blocks)


def _title_tail(claims: Claims, title: str | None, host: str | None) -> Iterator[Claim]:
    """What `<title>` has behind the headline, where the host's name confirms it."""
    whole = next((one for one in claims.of("title") if one.source == "dom title"), None)
    if whole is None or not title or not host:
        return
    tail = SEPARATORS.split(whole.value)[-1].strip()
    labels = [form(label) for label in host.split(".")[:-1]]
    if tail and form(tail) not in form(title) and any(label and _confirms(label, tail) for label in labels):
        yield claim("publisher", "dom title-tail", tail, at="title")


def _confirms(label: str, name: str) -> bool:
    """Whether a part of the host's name is made of a site's name, a long word of it, or its initials."""
    whole = form(name)
    words = [word for one in name.split() if (word := form(one))]
    return (
        label in whole
        or whole in label
        or label == "".join(word[0] for word in words)
        or any(len(word) >= MIN_WORD_OF_HOST and word in label for word in words)
    )


def _copyright(layout: Layout) -> Iterator[Claim]:
    for block in layout.blocks[-BLOCKS_OF_FOOT:]:
        text = block.text[:MAX_LINE_CHARACTERS]
        match = COPYRIGHT.search(text) if "©" in text or "copyright" in text.casefold() or "(c)" in text else None
        if match and not NOT_AN_OWNER.match(match["name"]):
            yield claim(
                "publisher", "dom copyright", match["name"].strip(" -–—"), at=places.place(block.element), block=block.index
            )
            return


def _credited(page: Page, around: Surroundings) -> tuple[tuple[Credit, ...], frozenset[int], Evidence | None]:
    named: dict[str, Credit] = {}
    blocks: set[int] = set()
    evidence = None
    for block, name, whole in _named_origins(around):
        for part in _split(name):
            named.setdefault(form(part), Credit(part, author_links.link_in(page, block, part)))
        evidence = evidence or Evidence("dom", places.place(block.element), claims_room.shown(block.text))
        if whole:
            blocks.add(block.index)
    named.pop("", None)
    return tuple(named.values()), frozenset(blocks), evidence


def _named_origins(around: Surroundings) -> Iterator[tuple[Block, str, bool]]:
    """Each credit line: its block, the name in it, and whether the block says nothing else."""
    layout, region = around.layout, around.region
    for block in layout.blocks[region.first : region.first + 3]:
        wire = WIRE.match(block.text)
        if wire:
            yield block, wire["wire"], False
            break
    for block in layout.blocks[max(region.last - 4, 0) : region.last + BLOCKS_BEHIND_TEXT]:
        if len(block.text) > MAX_LINE_CHARACTERS or around.is_elsewhere(block):
            continue
        if places.stands_in(block.element, _WITH_SOURCES_OF_THEIR_OWN, steps=3):
            continue  # a picture's or a chart's source
        match = CREDIT.search(block.text) if holds_any(block.text.lower(), CREDIT_WORDS) else None
        if match:
            yield block, match[match.lastgroup or 0], match.start() == 0 or len(block.text) < 160


def _split(name: str) -> list[str]:
    parts = [name]
    for separator in _PARTS:
        parts = [piece for part in parts for piece in part.split(separator)]
    return [part.strip(" .,:|") for part in parts if 2 <= len(part.strip(" .,:|")) <= 120]


def _citations(around: Surroundings, title: str | None) -> frozenset[int]:
    """The lines behind the text that tell how to cite it: they hold its title and a year or an address."""
    wanted = form(title or "")
    if len(wanted) < MIN_CITED_TITLE:
        return frozenset()
    behind = around.layout.blocks[max(around.region.last - 4, 0) : around.region.last + BLOCKS_BEHIND_TEXT]
    return frozenset(
        block.index
        for block in behind
        if len(block.text) <= MAX_CITATION_CHARACTERS
        and holds_any(block.text.lower(), CITATION_WORDS)
        and CITATION.search(block.text)
        and wanted in form(block.text)
    )


def _canonical(page: Page, claims: Claims) -> tuple[str | None, Evidence | None]:
    stated = claims.of("canonical")
    for one in stated:
        address = page.absolute(one.value)
        if address and _is_plausible(address, page.url):
            return urls.without_credentials(address).partition("#")[0], claims_room.evidence(one, stated, same=_address_key)
    return None, None


def _address_key(value: str) -> str:
    try:
        return urls.key(value)
    except (InvalidUrl, ValueError):
        return value


def _is_plausible(address: str, url: str | None) -> bool:
    """Whether a page at `url` may call itself `address`: same site, and not the home page for an inner page."""
    if url is None:
        return True
    return urls.same_site(url, address) and not (urls.is_front_page(address) and urlsplit(url).path.strip("/") != "")
