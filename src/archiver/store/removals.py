"""Removing an article for good: by one rename it is out of the archive, and then all that belongs to it goes.

The record moves to `removed/<id>.json` first. So nobody ever reads a record whose captures are gone already, and whoever writes
next ends a removal that was cut short.
"""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

from archiver.errors import StoreError
from archiver.store import files, paths

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path, PurePosixPath

    from archiver.store.aliases import Aliases


class Removals:
    """The removals from the archive at `root`. Only for the holder of the lock."""

    def __init__(self, root: Path, aliases: Aliases, note: Callable[[str], None]) -> None:
        self._root = root
        self._aliases = aliases
        self._note = note

    def remove(self, article_id: str, records: Iterable[str]) -> None:
        """Removes the article whose record stands in the files `records`, and everything that goes by its ID.

        Raises:
            ArchiveUnwritable, StoreError: nothing is gone, or the rest goes when somebody writes again.
        """
        first, *copies = records
        with contextlib.suppress(FileNotFoundError):  # gone already: the rest is to go all the same
            files.move(self._root, first, paths.removed_file(article_id))
        self._finish(article_id, copies)

    def finish_all(self) -> None:
        """Ends the removals that were cut short; what hinders that is noted, because others have work to do."""
        for entry in files.listing(self._root / paths.REMOVED):
            article_id = paths.id_of(entry.name)
            if article_id is not None and entry.name == paths.removed_file(article_id).name:
                try:
                    copies = (self._root / paths.ARTICLES).glob(f"*/*{article_id}.json")
                    self._finish(article_id, [self._name(path) for path in copies])
                except StoreError as error:
                    self._note(f"{error}; an article that was removed could not be removed entirely")

    def _finish(self, article_id: str, records: Iterable[str]) -> None:
        for name in (*records, *self._belongings(article_id), paths.removed_file(article_id)):
            files.remove(self._root, name)

    def _belongings(self, article_id: str) -> Iterator[PurePosixPath | str]:
        """The aliases last: they tell which captures and sightings are those of articles joined to this one."""
        self._aliases.look_again()
        aliases = self._aliases.leading_to(article_id)
        folder = paths.VERSIONS / article_id
        yield from (folder / entry.name for entry in files.listing(self._root / folder) if entry.name.endswith(".json"))
        for owner in self._aliases.parts_of(article_id):
            yield from sorted(map(self._name, (self._root / paths.CAPTURES).rglob(f"{owner}-*.warc.gz")))
            yield paths.sightings_file(owner)
        yield paths.remarks_file(article_id)
        yield from (paths.alias_file(alias.id) for alias in aliases)

    def _name(self, path: Path) -> str:
        return path.relative_to(self._root).as_posix()
