"""Which article a name stands for, and which file is its: by ID, by the beginning of one, by URL, or by another address."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING

from archiver import urls
from archiver.errors import AmbiguousId, InvalidUrl, NotInArchive, StoreError
from archiver.store import files, paths
from archiver.store.aliases import Aliases

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from archiver.article import Article
    from archiver.store.indexing.index import Index

_SHOWN_CANDIDATES = 5
_ID_PREFIX = re.compile(r"[0-9a-f]{1,16}")


class Names:
    """The names of the articles in the archive at `root`, looked up in its index, which is opened when it is asked."""

    def __init__(self, root: Path, index: Callable[[], Index], note: Callable[[str], None]) -> None:
        self._root = root
        self._index = index
        self._note = note
        self.aliases = Aliases(root, self.holds_id)

    def any(self) -> bool:
        """Whether there may be articles; where there are none, no index is made."""
        return os.path.isdir(f"{self._root}/{paths.ARTICLES}")  # noqa: PTH112  # plain strings: each page asks thrice

    def holds_id(self, article_id: str) -> bool:
        """Whether there is an article with this ID."""
        return bool(self.beginning_with(article_id))

    def find(self, name: str) -> str:
        """The ID of the article that `name` stands for.

        Raises:
            NotInArchive: none.
            AmbiguousId: several begin with it.
        """
        digits = name.strip().lower()
        places = self._paths_of_digits(digits) if _ID_PREFIX.fullmatch(digits) else self.paths_of_url(name)
        found = sorted({str(paths.id_of(place.rpartition("/")[2])) for place in places})
        if not found:
            raise NotInArchive("not in the archive", subject=urls.printable(name[:200]), remedy="archiver list shows what is")
        if len(found) > 1:
            shown = ", ".join(found[:_SHOWN_CANDIDATES])
            raise AmbiguousId(
                f"several articles go by this: {shown}", subject=urls.printable(name[:200]), remedy="give more of the ID"
            )
        return found[0]

    def _paths_of_digits(self, digits: str) -> list[str]:
        """The records whose own ID begins with `digits`, else those that another address stands for whose ID does."""
        others = (self.beginning_with(article) for article in self.aliases.beginning_with(digits))
        return self.beginning_with(digits) or [path for found in others for path in found]

    def beginning_with(self, prefix: str) -> list[str]:
        """Where the articles stand whose ID begins with `prefix`; as many as several may be named by."""
        self._settle(prefix)
        return self._index().paths(prefix) if self.any() else []

    def path(self, article_id: str) -> str:
        """The record of the article, as `paths` gives it first."""
        return self.paths(article_id)[0]

    def paths(self, article_id: str) -> list[str]:
        """Where the article stands: once, unless somebody copied its record."""
        found = self.beginning_with(article_id) if paths.ID_PATTERN.fullmatch(article_id) else []
        if not found:
            subject = urls.printable(article_id[:200])
            raise NotInArchive("not in the archive", subject=subject, remedy="archiver list shows what is")
        return found

    def paths_of_url(self, url: str, *, sure: bool = False) -> list[str]:
        """The record of the page at `url`, else that which the address stands for, else those once asked for by it.

        Args:
            sure: pass over addresses that a page only claims.
        """
        try:
            article_id, key = urls.article_id(url), urls.key(url)
        except InvalidUrl:
            return []
        if not self.any():
            return []
        if own := self.beginning_with(article_id):
            return own
        known = self.aliases.article(article_id, sure=sure)
        return self.beginning_with(known) if known else self._index().paths_asked_as(key)

    def name_for(self, article: Article) -> str:
        """The file that a new record of `article` goes to: where one stands, there."""
        article_id = paths.checked(article.id)
        self._settle(article_id)
        try:
            taken = self._index().paths(article_id)  # made before the first record, a new index has none to catch up with
        except StoreError as error:  # without an index the folders tell, slowly
            self._note(str(error))
            found = (self._root / paths.ARTICLES).glob(f"*/*{article_id}.json")
            taken = sorted(path.relative_to(self._root).as_posix() for path in found)
        return taken[0] if taken else str(paths.article_file(article))

    def _settle(self, prefix: str) -> None:
        """Has the index know the articles whose ID begins with `prefix`, where they were only just saved."""
        files.settle(self._root, str(paths.ARTICLES), prefix)
