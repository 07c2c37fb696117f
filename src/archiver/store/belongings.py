"""Which files are an article's: its record, and all that the archive keeps of it and for it."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from archiver.store import files, paths

if TYPE_CHECKING:
    from pathlib import Path

    from archiver.store.names import Names
    from archiver.store.records import Records


class Belongings:
    """The files of the articles of the archive at `root`; the folders of captures and aliases are read once for all of them."""

    def __init__(self, root: Path, names: Names, records: Records) -> None:
        self._root = root
        self._names = names
        self._records = records
        self._captures: dict[str, list[str]] | None = None

    def look_again(self) -> None:
        """Forgets what was read: the folders may have changed."""
        self._captures = None
        self._names.aliases.look_again()

    def of(self, article_id: str) -> tuple[str, ...]:
        """The record, then remarks, sightings, aliases, versions, captures, each sorted; relative to the archive, with `/`.

        The sightings and captures of articles that were joined to this one are among them.

        Raises:
            NotInArchive: there is no such article.
            StoreError: a folder cannot be read.
        """
        records = self._names.paths(article_id)
        parts = self._names.aliases.parts_of(article_id)
        beside = (str(paths.remarks_file(article_id)), *(str(paths.sightings_file(part)) for part in parts))
        said = [name for name in beside if os.path.lexists(self._root / name)]
        aliases = self._names.aliases.leading_to(article_id)
        captures = sorted(name for owner in parts for name in self.captures(owner))
        others = [str(paths.alias_file(alias.id)) for alias in aliases]
        return (*records, *said, *others, *map(str, self._records.versions(article_id)), *captures)

    def captures(self, article_id: str) -> list[str]:
        """The captures that were made for the article, by their names."""
        if self._captures is None:
            self._captures = {}
            for year in files.folders(self._root / paths.CAPTURES):
                self._add(f"{paths.CAPTURES}/{year.name}")
                for month in files.folders(self._root / paths.CAPTURES / year.name):
                    self._add(f"{paths.CAPTURES}/{year.name}/{month.name}")
        return self._captures.get(article_id, [])

    def _add(self, folder: str) -> None:
        assert self._captures is not None
        for entry in files.listing(self._root / folder):
            if owner := paths.captured_id(entry.name):
                self._captures.setdefault(owner, []).append(f"{folder}/{entry.name}")
