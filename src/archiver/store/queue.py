"""`queue.jsonl`: the pages that are still to be archived. Plain lines, which may be edited by hand."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from archiver.errors import RecordDamaged, RecordNewer
from archiver.store import files
from archiver.wanted import Wanted, dumps, loads, read

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from archiver.store.lock import WriteLock

QUEUE_FILE = PurePosixPath("queue.jsonl")


class Queue:
    """The queue of the archive at `root`; `lock` is the archive's."""

    def __init__(self, root: Path, lock: WriteLock) -> None:
        self._root = root
        self._lock = lock

    def pages(self) -> list[Wanted]:
        """What waits, in the order of the file; lines that want no page are passed over.

        Raises:
            StoreError: the file cannot be read.
        """
        return [wanted for line in self._lines() if (wanted := loads(line)) is not None]

    def strange_lines(self) -> int:
        """How many lines want no page.

        Raises:
            StoreError: the file cannot be read.
        """
        return sum(1 for _ in self.faults())

    def faults(self) -> Iterator[tuple[int, RecordDamaged]]:
        """The numbers of the lines that want no page, from 1, and why not.

        Raises:
            StoreError: the file cannot be read.
        """
        for number, line in enumerate(self._content().split("\n"), 1):
            try:
                if line.strip():
                    read(line)
            except RecordDamaged as error:
                yield number, error

    def sound_content(self) -> bytes:
        """The file's content without the lines that are damaged; what a later version may know stays.

        Raises:
            StoreError: the file cannot be read.
        """
        wrong = {number for number, error in self.faults() if not isinstance(error, RecordNewer)}
        lines = self._content().split("\n")
        return _encoded(line for number, line in enumerate(lines, 1) if number not in wrong and line.strip())

    def due(self) -> list[Wanted]:
        """What may be asked for now.

        Raises:
            StoreError: the file cannot be read.
        """
        today = datetime.now(UTC).date().isoformat()
        return [page for page in self.pages() if page.is_due(today)]

    def add(self, pages: Iterable[Wanted]) -> int:
        """Writes pages at the end of the queue, and gives how many are new; one that waits already is taken as new is written.

        Raises:
            ArchiveUnwritable, StoreError, LockHeld: the queue is as it was.
        """
        new = {page.article_id: page for page in pages}
        with self._lock.held():
            lines = self._lines()
            waiting = {page.article_id for line in lines if (page := loads(line)) is not None}
            kept = [line for line in lines if (page := loads(line)) is None or page.article_id not in new]
            self._write([*kept, *map(dumps, new.values())])
        return len(new.keys() - waiting)

    def settle(self, settled: Mapping[str, Wanted | None]) -> None:
        """Takes pages, by their article's ID, out of the queue (None), or writes what came of them.

        Raises:
            ArchiveUnwritable, StoreError, LockHeld: the queue is as it was.
        """
        with self._lock.held():
            kept = []
            for line in self._lines():
                page = loads(line)
                if page is None or page.article_id not in settled:
                    kept.append(line)
                elif (after := settled[page.article_id]) is not None:
                    kept.append(dumps(after))
            self._write(kept)

    def _lines(self) -> list[str]:
        return [line for line in self._content().split("\n") if line.strip()]

    def _content(self) -> str:
        try:
            return files.read(self._root, QUEUE_FILE).decode("utf-8", "surrogateescape")
        except FileNotFoundError:
            return ""

    def _write(self, lines: list[str]) -> None:
        if lines:
            files.write(self._root, QUEUE_FILE, _encoded(lines))
        else:
            files.remove(self._root, QUEUE_FILE)


def _encoded(lines: Iterable[str]) -> bytes:
    return "".join(f"{line}\n" for line in lines).encode("utf-8", "surrogateescape")
