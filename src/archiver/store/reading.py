"""What is asked of an archive: its listing and searches, and each article with what belongs to it."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from archiver.errors import NotInArchive
from archiver.store import files

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from archiver.article import Article
    from archiver.remarks import Remarks
    from archiver.store.disk_use import Usage
    from archiver.store.indexing.fingerprints import Pair, Watched
    from archiver.store.indexing.rows import Filters, Hit, Row
    from archiver.store.indexing.tallies import Tallies
    from archiver.store.parts import Parts


class Reading:
    """The questions, which take no lock."""

    _parts: Parts

    def rows(
        self, filters: Filters, *, sort: str = "fetched", reverse: bool = False, limit: int | None = None
    ) -> Iterator[Row]:
        """The archived articles that pass `filters`."""
        if not self._parts.names.any():
            return iter(())
        rows = self._parts.index.rows(self._known(filters), sort=sort, reverse=reverse, limit=limit)
        return map(self._parts.sightings.marker(), rows)

    def search(
        self, words: str, filters: Filters, *, sort: str | None = None, reverse: bool = False, limit: int | None = None
    ) -> Iterator[Hit]:
        """The articles that match `words`, read as docs/search.md says, and pass `filters`; best first, or as `rows` sorts.

        Raises:
            InvalidInput: too many words, or a fact that cannot be.
        """
        if not self._parts.names.any():
            return iter(())
        hits = self._parts.index.search(words, self._known(filters), sort=sort, reverse=reverse, limit=limit)
        marked = self._parts.sightings.marker()
        return (dataclasses.replace(hit, row=marked(hit.row)) for hit in hits)

    def tallies(self, filters: Filters, *, top: int) -> Tallies:
        """What can be counted of the articles that pass `filters`; of names, the `top` most frequent ones.

        Raises:
            StoreError: the index cannot be read.
        """
        from archiver.store.indexing.tallies import Tallies

        return self._parts.index.tallies(self._known(filters), top=top) if self._parts.names.any() else Tallies()

    def disk_use(self) -> dict[str, Usage]:
        """What captures, versions, remarks and databases take; the records' share is among the tallies."""
        from archiver.store.disk_use import usage

        return usage(self._parts.root)

    def find(self, name: str) -> str:
        """The ID of the article that `name`, an ID, the beginning of one, or a URL, stands for.

        Raises:
            NotInArchive: none.
            AmbiguousId: several begin with it.
        """
        return self._parts.names.find(name)

    def holds(self, url: str) -> bool:
        """Whether the page at `url` is in the archive, or one that this address is known to have led to."""
        return bool(self._parts.names.paths_of_url(url, sure=True))

    def has(self, article_id: str) -> bool:
        """Whether there is an article with this ID."""
        return self._parts.names.holds_id(article_id)

    def row(self, article_id: str) -> Row | None:
        """The article's row; None where its record is damaged.

        Raises:
            NotInArchive: there is no such article.
        """
        return self._parts.index.row(self._parts.names.path(article_id))

    def path(self, article_id: str) -> Path:
        """The file of the article's record.

        Raises:
            NotInArchive: there is no such article.
        """
        return self._parts.root / self._parts.names.path(article_id)

    def load(self, article_id: str) -> Article:
        """The article's record.

        Raises:
            NotInArchive: there is no such article.
            RecordDamaged: its file is no record.
        """
        try:
            return self._parts.records.load(self._parts.names.path(article_id))
        except FileNotFoundError:
            raise NotInArchive("not in the archive any more", subject=article_id) from None

    def versions(self, article_id: str) -> tuple[Path, ...]:
        """The files of the records that were superseded, or were worse than what we hold, oldest first."""
        return tuple(self._parts.root / name for name in self._parts.records.versions(article_id))

    def load_version(self, path: Path) -> Article:
        """The record in a file that `versions` gave.

        Raises:
            NotInArchive: it is not there any more.
            StoreError: it cannot be read, or (`RecordDamaged`) is none.
        """
        try:
            return self._parts.records.load(path.relative_to(self._parts.root).as_posix())
        except FileNotFoundError:
            raise NotInArchive("not in the archive any more", subject=str(path)) from None

    def pairs(self, watched: Watched) -> list[Pair]:
        """The articles that may be one; `watched` may show how those not yet known are read.

        Raises:
            StoreError: the index cannot be used.
        """
        return self._parts.index.pairs(watched) if self._parts.names.any() else []

    def newest_version(self, article_id: str) -> Article | None:
        """The newest readable record in `versions/`, or None."""
        return self._parts.records.newest_version(article_id)

    def files(self, article_id: str) -> tuple[str, ...]:
        """All that the archive holds of the article, as names relative to it: record, remarks, aliases, versions, captures.

        Raises:
            NotInArchive: there is no such article.
        """
        return self._parts.belongings.of(article_id)

    def read(self, name: str) -> bytes:
        """The content of one of the files that `files` names.

        Raises:
            NotInArchive: it is there no more.
            StoreError: it cannot be read.
        """
        try:
            return files.read(self._parts.root, name)
        except FileNotFoundError:
            raise NotInArchive("not in the archive any more", subject=name) from None

    def remarks(self, article_id: str) -> Remarks:
        """What the user says about the article.

        Raises:
            StoreError: their file cannot be read, or (`RecordDamaged`) holds none.
        """
        return self._parts.remarks.load(article_id)

    def _known(self, filters: Filters) -> Filters:
        """`filters` as the index knows them, to which sightings are unknown."""
        if not filters.gone:
            return filters
        gone = self._parts.sightings.gone()
        return dataclasses.replace(filters, gone=False, ids=gone if filters.ids is None else gone & filters.ids)
