"""Markdown: a folder with a file for each article, with YAML front matter; for Obsidian, Hugo, Jekyll and the like."""

from __future__ import annotations

import dataclasses
import hashlib
from typing import TYPE_CHECKING

from archiver.export import facts, markup
from archiver.export.front_matter import FENCE, front_matter
from archiver.export.model import Draft, File, encoded
from archiver.export.names import Namer, named
from archiver.extraction import render

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from archiver.export.model import Exported, Selection, Wishes

IMAGES = "images"
SUFFIX = ".md"
_NO_LIQUID = "render_with_liquid: false\n"
"""For Jekyll, which would act on braces in code too."""


def files(selection: Selection, wishes: Wishes) -> Iterator[File]:
    """A file for each article, and before it the images in it that no other had, where they are wished for."""
    pictures = _Pictures(wishes)
    for file in named(_drafts(selection, wishes, pictures), wishes, SUFFIX):
        yield from pictures.fresh()
        yield file


def drafts(selection: Iterable[Exported], wishes: Wishes) -> Iterator[Draft]:
    """What each of the files is made of; images stay where they are on the web."""
    return _drafts(selection, wishes, _Pictures(dataclasses.replace(wishes, picture=None)))


def _drafts(selection: Iterable[Exported], wishes: Wishes, pictures: _Pictures) -> Iterator[Draft]:
    namer = Namer(wishes.name, SUFFIX)
    for exported in selection:
        stem = namer.stem(exported.article)
        pictures.base = "../" * stem.count("/")
        yield Draft(str(exported.article.id), stem, encoded(written(exported, pictures)))


def written(exported: Exported, pictures: _Pictures) -> str:
    """An article's file."""
    article = exported.article
    image = facts.web_address(article.image.url) if article.image else None
    head = front_matter(exported, pictures.address(image) if image else None)
    text = facts.clean(render.to_markdown(markup.body_html(article), widely=True, picture=pictures.address))
    if "{{" in text or "{%" in text:
        head = head.removesuffix(FENCE) + _NO_LIQUID + FENCE
    return f"{head}\n{text}"


class _Pictures:
    """The images of an export's files, each once."""

    def __init__(self, wishes: Wishes) -> None:
        self.base = ""
        self._wishes = wishes
        self._names: dict[str, str | None] = {}
        self._fresh: list[File] = []

    def address(self, url: str) -> str:
        """Where a file finds the image: in the folder, or where it was on the web."""
        if self._wishes.picture is None:
            return url
        if url not in self._names:
            found = self._wishes.picture(url)
            self._names[url] = None
            if found is not None:
                name = f"{IMAGES}/{hashlib.sha256(found.content).hexdigest()[:16]}{found.suffix}"
                if name not in self._names.values():
                    self._fresh.append(File(name, found.content))
                self._names[url] = name
        name_or_none = self._names[url]
        return url if name_or_none is None else self.base + name_or_none

    def fresh(self) -> list[File]:
        """Those that are to be written, once."""
        found, self._fresh = self._fresh, []
        return found
