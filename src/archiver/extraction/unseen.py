"""The article where no reader sees it, for pages that show too little of it.

Looked for in what is opened only by scripts or without them (`<noscript>`, `<template>`, shadow roots), in JSON-LD's
`articleBody`, and in the state that a framework left in the page's scripts. It is taken only if it is much longer than
what is seen, is prose, and belongs to this page. A page that shows its article never comes here.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from archiver.article import Evidence
from archiver.extraction import blocks, content, fragment, jsonld, page, render, richtext, state
from archiver.extraction import title as titles
from archiver.extraction.claims import shown
from archiver.extraction.title import form
from archiver.extraction.wording import ideographs

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archiver.article import Body, Origin
    from archiver.extraction.blocks import Block
    from archiver.extraction.claims import Claims
    from archiver.extraction.page import Page
    from archiver.extraction.state import Text

MAX_SEEN = 1_500
"""Who shows more than this shows the article, or so much of it that a second text would be a guess."""
MIN_FOUND = 600
TIMES_SEEN = 2.5
_MIN_UNTITLED = 1_500  # notices and forms are shorter
_TIMES_TRUSTED = 1.5  # a less trusted text must be so much longer than a more trusted one
_SHARED = 40  # characters of one seen line that are enough to know its text again
_FEW_SEEN = 200  # so little may be anything
_TIMES_NEXT = 2  # what has no title must be so much longer than the next text
_MAX_TEXTS = 5
_CLOSED = re.compile(r"<(noscript|template)(?=[\s>])|</(?:noscript|template)>")
_WAS = "data-was"
_TAG = re.compile(r"<[^<>]*>")
_IDEOGRAPH_CHARACTERS = 2.5
_SENTENCE_END = re.compile(r"[.!?…۔؟।॥։።᙮](?=[\s\"'”’»)\]]|$)|[。！？．]")
_LONGEST_SENTENCES = 400  # characters on average; translations and lists of words have none at all
_UNMARKED = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]")  # Thai, Lao, Burmese, Khmer: sentences end at a space
_CODE = re.compile(r"[{}\[\]<>=;|\\_]")
_MAX_CODE = 0.02


@dataclass(frozen=True, slots=True)
class Unseen:
    """An article that was found elsewhere.

    Attributes:
        kept: its blocks, in a tree of their own.
        body: its text.
        evidence: where it was found.
    """

    kept: list[Block]
    body: Body
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A text that may be the article; `titled` says that it goes by the page's title."""

    origin: Origin
    at: str
    html: str
    titled: bool


def find(read: Page, claims: Claims, title: str | None, seen: str) -> Unseen | None:
    """The article, where the page carries it but shows only `seen`; None where it shows it, or has no more of it."""
    size = _size(seen[: 2 * MAX_SEEN])
    if size > MAX_SEEN:
        return None
    found: Unseen | None = None
    least = max(MIN_FOUND, TIMES_SEEN * size)
    for candidate in _candidates(read, claims, title):
        taken = _taken(candidate, read, claims, title) if len(candidate.html) >= least / _IDEOGRAPH_CHARACTERS else None
        if taken is None or _size(taken.body.text) < least or not _is_prose(taken.body.text):
            continue
        if candidate.titled or _continues(seen, taken):
            found, least = taken, _TIMES_TRUSTED * _size(taken.body.text)
    return found


def _candidates(read: Page, claims: Claims, title: str | None) -> Iterator[_Candidate]:
    """The texts that may be the article, the most trusted first."""
    stated = [claim.value for claim in claims.of("title") if claim.from_ != "json-ld"]  # which may speak of other pages
    title_forms = {form(one) for one in (title or "", *stated)}
    yield from _behind_markup(read)
    texts = state.texts(read.tree, title_forms)
    yield from [_Candidate("dom", text.at, text.html, titled=True) for text in texts if text.titled][:_MAX_TEXTS]
    yield from _in_json_ld(read, title_forms)
    yield from _longest_by_far([text for text in texts if not text.titled])


def _behind_markup(read: Page) -> Iterator[_Candidate]:
    """The page with its `<noscript>` and `<template>` elements, shadow roots among them, opened."""
    if read.body is None:
        return
    closed = [_TAG.sub("", node.html or "") for node in read.body.css("noscript, template")]
    if sum(map(len, closed)) >= MIN_FOUND / _IDEOGRAPH_CHARACTERS:
        opened = _CLOSED.sub(lambda tag: f'<div {_WAS}="{tag[1]}"' if tag[1] else "</div>", read.body.html or "")
        yield _Candidate("dom", "", opened, titled=False)


def _in_json_ld(read: Page, title_forms: set[str]) -> Iterator[_Candidate]:
    """The `articleBody` of the item that has the page's title, else of the only one."""
    if not any("articleBody" in (node.text() or "") for node in read.tree.css('script[type*="ld+json"]')):
        return
    items = [item for item in jsonld.read(read.tree).articles if item.get("articleBody")]
    titled = [item for item in items if state.is_title(jsonld.text_of(item.get("headline") or item.get("name")), title_forms)]
    for item in titled[:1] or items[:1]:
        if titled or len(items) == 1:
            at = f"json-ld {next(iter(jsonld.types(item)), 'item')}.articleBody"
            yield _Candidate("json-ld", at, richtext.to_html(item["articleBody"]), titled=bool(titled))


def _longest_by_far(texts: list[Text]) -> Iterator[_Candidate]:
    """The first of `texts`, longest first, if it is long and nothing that says something else comes near it."""
    if not texts or _size(_TAG.sub("", texts[0].html)) < _MIN_UNTITLED:
        return
    other = next((text for text in texts if _opening(text) != _opening(texts[0])), None)
    if other is None or len(texts[0].html) > _TIMES_NEXT * len(other.html):
        yield _Candidate("dom", texts[0].at, texts[0].html, titled=False)


def _opening(text: Text) -> str:
    return form(_TAG.sub("", text.html[:500]))[:_SHARED]


def _taken(candidate: _Candidate, read: Page, claims: Claims, title: str | None) -> Unseen | None:
    """The article in the candidate, chosen as it is in any page; None where most of it is what the page shows anyway."""
    own = page.read(candidate.html, url=read.base_url)
    layout = blocks.measure(own.body)
    headline = titles.find(own, layout, claims)
    region = content.locate(layout, headline=headline.block)
    kept = content.choose(layout, region, furniture=headline.blocks, title=title)
    at = candidate.at or _wrapper(kept)
    if not at:
        return None
    body = render.body(fragment.build(own, kept))
    return Unseen(kept, body, Evidence(candidate.origin, shown(at), shown(" ".join(body.text.split()))))


def _wrapper(kept: list[Block]) -> str:
    """What most of the kept text stood in before it was opened; "" where it stood in none."""
    chars: Counter[str] = Counter()
    for block in kept:
        opened = (element.attributes for element in block.element.ancestors() if _WAS in element.attributes)
        attributes = next(opened, {})
        chars[f"{attributes.get(_WAS, '')}{'[shadowrootmode]' if 'shadowrootmode' in attributes else ''}"] += block.chars
    return max(chars, key=chars.__getitem__, default="")


def _is_prose(text: str) -> bool:
    """Whether `text` has sentences, and is no code, style sheet or list of words."""
    if len(_CODE.findall(text)) > _MAX_CODE * len(text):
        return False
    sentences = len(_SENTENCE_END.findall(text))
    return sentences * _LONGEST_SENTENCES >= _size(text) or 2 * len(_UNMARKED.findall(text)) > len(text)


def _continues(seen: str, found: Unseen) -> bool:
    """Whether too little is seen to tell, or a line of it is in the text; a plain `<template>` may as well be a notice."""
    if _size(seen) < _FEW_SEEN:
        return True
    folded = form(found.body.text) if found.evidence.at != "template" else ""
    return any(_size(line) >= _SHARED and form(line[:_SHARED]) in folded for line in seen.split("\n"))


def _size(text: str) -> float:
    """Characters, white space aside; an ideograph counts as much as the letters of the word it stands for."""
    characters = len("".join(text.split()))
    return characters + (_IDEOGRAPH_CHARACTERS - 1) * ideographs(text)
