"""Whether the archive is whole: `Checking.findings` goes through all of it and says what is not as it should be.

Nothing is changed by looking, and no lock is held: what another run does meanwhile is no finding. `mending` has the moves of
which a repair is made (`tasks/keeping/repair.py`).
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from archiver.store import files, paths
from archiver.store.checking import databases, mounts, walk
from archiver.store.checking.documents import Documents, Kept, Tally
from archiver.store.checking.findings import KINDS, Finding, Severity, finding
from archiver.store.checking.mending import Mending

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

__all__ = ["KINDS", "Checking", "Finding", "Kept", "Severity", "Tally", "finding"]


class Checking:
    """The checks of the archive at `root`."""

    def __init__(self, root: Path, kept: Kept) -> None:
        self._root = root
        self._kept = kept
        self.tally = Tally()

    @cached_property
    def mending(self) -> Mending:
        """The moves of which a repair is made; only for the holder of the lock."""
        return Mending(self._root, self._kept.records, self._kept.aliases)

    def size(self) -> int:
        """About how many files `findings` goes through, for a progress bar."""
        folders = (paths.ARTICLES, paths.VERSIONS, paths.CAPTURES, paths.REMARKS, paths.SIGHTINGS, paths.ALIASES)
        return sum(1 for folder in folders for _ in walk.below(self._root, str(folder), (1, 2)))

    def findings(self, *, deep: bool = False, tick: Callable[[], None] = lambda: None) -> Iterator[Finding]:
        """What is not as it should be; `tally` says then how much was gone through.

        Args:
            deep: also read every capture as WARC, and compare the digest of every payload.
            tick: called after each file.

        Raises:
            StoreError: the archive itself cannot be read.
        """
        self.tally = Tally()
        if not self._root.is_dir():
            return
        if network := mounts.network_type(self._root):
            yield finding("network-mount", ".", network)
        yield from walk.top(self._root)
        index = databases.IndexWatch(self._root)
        try:
            documents = Documents(self._root, self._kept, deep=deep, tick=tick, seen=index.seen)
            self.tally = documents.tally
            yield from documents.findings()
            yield from index.findings()
        finally:
            index.close()
        yield from databases.of_memories(self._root)
        yield from (
            finding("temporary", f"{files.TEMPORARY}/{entry.name}") for entry in files.listing(self._root / files.TEMPORARY)
        )
        for entry in files.listing(self._root / paths.REMOVED):
            article_id = paths.id_of(entry.name)
            yield finding("removal" if article_id else "stray", f"{paths.REMOVED}/{entry.name}", article_id=article_id)
