"""The other addresses of the articles: one file for each, named by the ID that the address has by itself.

`aliases/<id, 2 digits>/<id>.json` says which article the address stands for, and why. An address whose own article is in the
archive stands for that one, whatever its file says; so does a file that leads nowhere mean nothing. Aliases may lead to
aliases: where an article was joined to one that was joined to another.
"""

from __future__ import annotations

import contextlib
import dataclasses
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, get_args

from archiver import sameness, urls
from archiver.documents import damaged, opened
from archiver.errors import StoreError
from archiver.store import files, paths

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from archiver.article import Article

Why = Literal["redirect", "canonical", "copy", "merged"]
"""It redirected to the article; the article's page claims it; the same text was found there; the user joined the two."""

SCHEMA_VERSION = 1
MAX_STEPS = 16
_STRENGTH = {"canonical": 0, "redirect": 1, "copy": 2, "merged": 3}


@dataclass(frozen=True, slots=True)
class Alias:
    """An address that stands for an article.

    Attributes:
        id: the ID that the address has by itself.
        url: the address, without credentials.
        article: the ID of the article, or of one that was joined to another.
    """

    id: str
    url: str
    article: str
    why: Why


class Aliases:
    """The aliases in the archive at `root`; `held` tells whether the article with an ID is in it."""

    def __init__(self, root: Path, held: Callable[[str], bool]) -> None:
        self._root = root
        self._held = held
        self._known: dict[str, list[Alias]] | None = None

    def load(self, alias_id: str) -> Alias | None:
        """The alias with an ID, or None.

        Raises:
            StoreError: its file cannot be read, or (`RecordDamaged`) is none.
        """
        name = paths.alias_file(alias_id)
        try:
            return loads(files.read(self._root, name), alias_id, subject=str(self._root / name))
        except FileNotFoundError:
            return None

    def article(self, alias_id: str, *, sure: bool = False) -> str | None:
        """The ID of the article in the archive that an address stands for, or None; a damaged file stands for none.

        Args:
            sure: pass over what a page only claims.
        """
        found, seen = alias_id, {alias_id}
        for _ in range(MAX_STEPS):
            try:
                alias = self.load(found)
            except StoreError:
                return None
            if alias is None or alias.article in seen or (sure and alias.why == "canonical"):
                return None
            if self._held(alias.article):
                return alias.article
            seen.add(found := alias.article)
        return None

    def joined(self, own_id: str) -> str:
        """The ID of the article that the user joined the one with `own_id` to; else `own_id`.

        Raises:
            StoreError: its file cannot be read, or (`RecordDamaged`) is none.
        """
        alias = self.load(own_id)
        return (self.article(own_id) if alias and alias.why == "merged" else None) or own_id

    def parts_of(self, article_id: str) -> tuple[str, ...]:
        """The IDs by which the article's captures go: its own, and those of articles that were joined to it."""
        return article_id, *(alias.id for alias in self.leading_to(article_id) if alias.why == "merged")

    def beginning_with(self, prefix: str) -> list[str]:
        """The IDs of the articles that aliases stand for whose own IDs begin with `prefix`, of at least two digits."""
        entries = files.listing(self._root / paths.ALIASES / prefix[:2]) if len(prefix) > 1 else []
        found = (paths.aliased_id(f"{paths.ALIASES}/{prefix[:2]}/{entry.name}") for entry in entries)
        articles = (self.article(alias_id) for alias_id in found if alias_id and alias_id.startswith(prefix))
        return sorted({article for article in articles if article})

    def leading_to(self, article_id: str) -> list[Alias]:
        """The sound aliases that lead to the article, through others too, sorted by ID; they are read once for all articles."""
        if self._known is None:
            self._known = {}
            for alias in self.all():
                self._known.setdefault(alias.article, []).append(alias)
        found: dict[str, Alias] = {}
        wanted = [article_id]
        while wanted:
            new = [alias for alias in self._known.get(wanted.pop(), ()) if alias.id not in found]
            found.update({alias.id: alias for alias in new})
            wanted += [alias.id for alias in new]
        return [found[alias_id] for alias_id in sorted(found)]

    def look_again(self) -> None:
        """Forgets what was read of all aliases: they may have changed."""
        self._known = None

    def all(self) -> Iterator[Alias]:
        """The sound aliases, sorted by ID."""
        for folder in files.folders(self._root / paths.ALIASES):
            for entry in files.listing(self._root / paths.ALIASES / folder.name):
                alias_id = paths.aliased_id(f"{paths.ALIASES}/{folder.name}/{entry.name}")
                with contextlib.suppress(StoreError):
                    if alias_id and (alias := self.load(alias_id)):
                        yield alias

    def is_news(self, alias: Alias) -> bool:
        """Whether an alias says more than what is known.

        The newest word counts, but what a page claims does not count against where an address led, nor that against the user.
        Of a file that cannot be read, or is another's, nothing is news: it is left alone.
        """
        if alias.id == alias.article:
            return False
        try:
            held = self.load(alias.id)
        except StoreError:
            return False
        return held is None or (held != alias and (_STRENGTH[held.why] <= _STRENGTH[alias.why] or not self.article(held.id)))

    def put(self, alias: Alias) -> None:
        """Writes an alias that is news, durably. Only for the holder of the lock.

        Raises:
            ArchiveUnwritable, StoreError: what was known is as it was.
        """
        if self.is_news(alias):
            self._known = None
            files.write(self._root, paths.alias_file(alias.id), dumps(alias))

    def put_asked(self, article: Article, article_id: str) -> None:
        """Writes down by which other address a record was asked for that is about to become a version of `article_id`.

        Raises:
            ArchiveUnwritable, StoreError: what was known is as it was.
        """
        if alias := asked(article, article_id):
            self.put(alias)

    def remove(self, alias_id: str) -> None:
        """Removes an alias; one that is not there is no error."""
        self._known = None
        files.remove(self._root, paths.alias_file(alias_id))


def asked(article: Article, article_id: str) -> Alias | None:
    """The address by which a record was asked for, where that is not its own, as one that led to the article `article_id`."""
    led = sameness.led_here(article, [article.requested_url] if article.requested_url else [])
    return Alias(urls.article_id(led[0]), led[0], article_id, "redirect") if led else None


def dumps(alias: Alias) -> bytes:
    """The content of an alias's file."""
    document = {"schema": SCHEMA_VERSION} | dataclasses.asdict(alias)
    return (json.dumps(document, ensure_ascii=False, indent=2) + "\n").encode("utf-8", "replace")


def loads(content: bytes, alias_id: str, *, subject: str) -> Alias:
    """The alias in the `content` of the file `subject`.

    Raises:
        RecordDamaged: there is none in it, or that of another address, or (`RecordNewer`) it has a newer schema.
    """
    document = opened(content, alias_id, schema=SCHEMA_VERSION, subject=subject)
    if not all(isinstance(document.get(key), str) for key in ("url", "article", "why")):
        raise damaged("is no alias", subject)
    alias = Alias(alias_id, document["url"], document["article"], document["why"])
    if not paths.ID_PATTERN.fullmatch(alias.article) or alias.why not in get_args(Why):
        raise damaged("is no alias", subject)
    return alias
