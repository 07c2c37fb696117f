"""The pages of one article as one: the fields of the first, the text of all."""

from __future__ import annotations

import dataclasses
import itertools
from typing import TYPE_CHECKING

from bs4 import BeautifulSoup, Tag

from archiver.article import Evidence
from archiver.extraction import render
from archiver.extraction.rules.verdicts import THIN_WORDS
from archiver.extraction.title import form
from archiver.extraction.verdict import count_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from archiver.article import Article

MIN_REPEATED_LETTERS = 80
"""A block so long that an earlier page has too is repeated wherever it stands; a shorter one only where pages meet."""


def joined(first: Article, later: Sequence[Article]) -> Article:
    """`first` with the text of the `later` pages behind its own, without what they repeat."""
    bodies = [_blocks(article.body.html, number) for number, article in enumerate((first, *later), 1)]
    for page, following in itertools.pairwise(bodies):
        _drop_common_end(page, following)
    seen: set[str] = set()
    kept: list[Tag] = []
    for blocks in bodies:
        new = _new(blocks, seen)
        seen.update(map(_form, new))
        kept += new
    body = render.body(BeautifulSoup("".join(map(str, kept)), "html.parser"))
    article = dataclasses.replace(
        first,
        body=body,
        warnings=tuple(dict.fromkeys(warning for page in (first, *later) for warning in page.warnings)),
    )
    if first.verdict == "thin" and count_words(body.text) >= THIN_WORDS:
        told = Evidence("rule", "joined from its pages", f"{body.words} words")
        article = dataclasses.replace(article, verdict="article", evidence={**first.evidence, "verdict": told})
    return article


def _blocks(html: str, number: int) -> list[Tag]:
    """The outermost elements of a body; in all pages but the first, what links lead to is named after the page's number."""
    fragment = BeautifulSoup(html, "html.parser")
    if number > 1:
        for tag in fragment.find_all(id=True):
            tag["id"] = f"page{number}-{tag['id']}"
        for link in fragment.find_all("a", href=True):
            if str(link["href"]).startswith("#"):
                link["href"] = f"#page{number}-{str(link['href'])[1:]}"
    return [node for node in fragment.contents if isinstance(node, Tag)]


def _drop_common_end(page: list[Tag], following: list[Tag]) -> None:
    """Takes from `page` the blocks at its end that stand at the end of the `following` one too."""
    common = 0
    for own, theirs in zip(reversed(page), reversed(following), strict=False):
        if _form(own) != _form(theirs):
            break
        common += 1
    del page[len(page) - common :]


def _new(blocks: list[Tag], seen: set[str]) -> list[Tag]:
    """The blocks that no earlier page has."""
    start = next((place for place, block in enumerate(blocks) if _form(block) not in seen), len(blocks))
    return [block for block in blocks[start:] if len(form_ := _form(block)) < MIN_REPEATED_LETTERS or form_ not in seen]


def _form(block: Tag) -> str:
    """What a block is known by: its text, or its pictures where it has none."""
    return form(block.get_text()) or " ".join(str(image.get("src")) for image in block.find_all("img")) or str(block)
