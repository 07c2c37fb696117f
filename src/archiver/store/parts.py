"""What the rooms of a store share: the lock, the files of each kind, and the index, which is opened when it is asked."""

from __future__ import annotations

import contextlib
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

from archiver.errors import StoreError
from archiver.store import together
from archiver.store.belongings import Belongings
from archiver.store.lock import WriteLock
from archiver.store.names import Names
from archiver.store.records import Records
from archiver.store.remark_files import RemarkFiles
from archiver.store.removals import Removals
from archiver.store.sighting_files import SightingFiles

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from archiver.article import Article
    from archiver.store.indexing.index import Index

    Change = Callable[[Index], None]

Item = TypeVar("Item")


class Parts:
    """The parts of the archive at `root`; `note` is told, in a sentence, what a user should know though nothing failed."""

    def __init__(self, root: Path, note: Callable[[str], None]) -> None:
        self.root = root
        self.note = note
        self.lock = WriteLock(root)
        self.records = Records(root)
        self.remarks = RemarkFiles(root)
        self.sightings = SightingFiles(root, self.lock)
        self.names = Names(root, lambda: self.index, note)
        self.removals = Removals(root, self.names.aliases, note)
        self.belongings = Belongings(root, self.names, self.records)
        self._depth = 0

    @cached_property
    def index(self) -> Index:
        """The index; an empty archive has none."""
        from archiver.store.indexing.index import Index

        return Index(self.root, self.records.glance, self.remarks.load, self.note)

    @contextlib.contextmanager
    def writing(self) -> Iterator[None]:
        """Holds the lock, and ends the removals that were cut short.

        Raises:
            LockHeld: another run did not let go of it in time.
            ArchiveUnwritable: the archive cannot be written.
        """
        with self.lock.held():
            if not self._depth:  # a page that is archived asks five times
                self.removals.finish_all()
            self._depth += 1
            try:
                yield
            finally:
                self._depth -= 1

    def follow(self, change: Change) -> None:
        """Changes the index after the files; what it could not follow, the next run brings into it."""
        self.at_last(self._follow, change)

    def add(self, article: Article, name: str) -> None:
        """Adds a record to the index after the files, as `follow` does; those of a group all at once."""
        self.at_last(self._add, (article, name))

    @staticmethod
    def at_last(action: Callable[[list[Item]], None], item: Item) -> None:
        """Does what must come after the files that are being written: at once, or at the end of the group they belong to.

        There it is done once, with the items of all that asked for it.
        """
        group = together.current()
        action([item]) if group is None else group.afterwards(action, item)

    def close(self) -> None:
        """Closes the index; whoever asks again opens it again."""
        index: Index | None = self.__dict__.pop("index", None)
        if index is not None:
            index.close()

    def _follow(self, changes: Iterable[Change]) -> None:
        for change in changes:
            try:
                change(self.index)
            except StoreError as error:
                self.note(f"{error}; the article is safe, and the next run lists it")

    def _add(self, added: list[tuple[Article, str]]) -> None:
        self._follow([lambda index: index.add(added)])
