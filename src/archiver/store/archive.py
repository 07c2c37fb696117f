"""The archive directory: records, versions, captures and the index over them.

    articles/<host>/<date>-<title>-<id>.json       the records; the rename of one to its name is the commit point
    versions/<id>/<fetched at>.json                records that a later capture superseded, or that were worse than what we hold
    captures/<year>/<month>/<id>-<fetched at>.warc.gz
    remarks/<id, 2 digits>/<id>.json               what the user says about an article; fetching and extracting leave it alone
    queue.jsonl                                    the pages that are still to be archived
    sightings/<id, 2 digits>/<id>.json             when its page was found gone, or worse than what we hold
    aliases/<id, 2 digits>/<id>.json               which article another address stands for
    feeds.opml                                     which feeds are followed
    feeds.sqlite3                                  what polling them must remember; may be lost
    hosts.sqlite3                                  when each host may be asked next; may be lost
    index.sqlite3                                  derived from the records
    removed/<id>.json                              a record whose captures, versions and remarks are being removed
    quarantine/<date>/                             what was damaged, under the names it had
    tmp/, .lock                                    for writers

Writers hold one lock, which the system frees when their process dies; readers never wait for it.
"""

from __future__ import annotations

import time
from functools import cached_property
from typing import TYPE_CHECKING, Self

from archiver.errors import StoreError
from archiver.store import files
from archiver.store.bulk import Bulk
from archiver.store.captured import Captured
from archiver.store.following import Following
from archiver.store.joining import Joining
from archiver.store.merging import Merging
from archiver.store.parts import Parts
from archiver.store.queue import Queue
from archiver.store.reading import Reading
from archiver.store.writing import Writing

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from archiver.store.checking import Checking
    from archiver.store.hosts import Hosts


class Store(Reading, Captured, Writing):
    """One archive directory. Use `Store.open`, and close it, or use it as a context manager."""

    def __init__(self, root: Path, note: Callable[[str], None]) -> None:
        self.root = root
        self._parts = Parts(root, note)
        self.sightings = self._parts.sightings
        self.aliases = self._parts.names.aliases
        self.following = Following(root, self._parts.lock, note)
        self.queue = Queue(root, self._parts.lock)
        self.merging = Merging(self._parts)
        self.joining = Joining(self._parts)
        self.bulk = Bulk(self._parts, self.save)

    @classmethod
    def open(cls, root: Path, *, create: bool, note: Callable[[str], None] = lambda _: None) -> Self:
        """The archive at `root`. Without `create`, one that is not there reads as empty and cannot be written.

        Args:
            note: told, in a sentence, what a user should know though nothing failed.

        Raises:
            ArchiveUnwritable, StoreError: it cannot be made or (with `create`) written, or something else stands there.
        """
        if create:
            files.make_root(root)
        elif root.is_symlink() and not root.exists():
            raise StoreError(
                "is a link to nothing", subject=str(root), remedy="mount what it leads to, or name another archive"
            )
        elif root.exists() and not root.is_dir():
            raise StoreError("is not a directory", subject=str(root), remedy="name another archive with --archive")
        return cls(root, note)

    def close(self) -> None:
        """Closes the databases; whoever asks again opens them again."""
        self._parts.close()
        hosts: Hosts | None = self.__dict__.pop("hosts", None)
        if hosts is not None:
            hosts.close()
        self.following.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()

    @cached_property
    def hosts(self) -> Hosts:
        """When each host may be asked next."""
        from archiver.store.hosts import Hosts

        hosts = Hosts(self.root)
        hosts.forget_old(time.time())
        return hosts

    @cached_property
    def checking(self) -> Checking:
        """Whether the archive is whole, and how it is mended."""
        from archiver.store.checking import Checking, Kept

        parts = self._parts
        return Checking(self.root, Kept(parts.records, parts.remarks, parts.sightings, parts.names.aliases))
