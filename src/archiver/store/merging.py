"""Joining two articles that are one: what the archive holds of both stays, under the ID of one."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from archiver import urls
from archiver.store import files, paths
from archiver.store.aliases import Alias

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from archiver.store.indexing.index import Index
    from archiver.store.lock import WriteLock
    from archiver.store.names import Names
    from archiver.store.records import Records
    from archiver.store.remark_files import RemarkFiles


class Merging:
    """Joins articles of the archive at `root`."""

    def __init__(  # noqa: PLR0913, PLR0917  # the parts of the store that it works on
        self,
        root: Path,
        lock: WriteLock,
        names: Names,
        records: Records,
        remarks: RemarkFiles,
        follow: Callable[[Callable[[Index], None]], None],
    ) -> None:
        self._root = root
        self._lock = lock
        self._names = names
        self._records = records
        self._remarks = remarks
        self._follow = follow

    def join(self, kept: str, other: str) -> None:
        """Makes the article `other` a part of `kept`: its record and versions become versions, its remarks are added.

        Its captures stay where they are, for the versions name them, and its addresses stand for `kept` from now on. Everything
        is added before anything is taken away, and the record of `other` goes last: run again, a run that was cut short is
        completed.

        Raises:
            NotInArchive: one of them is not there.
            RecordDamaged: what is to be joined cannot be read; nothing was changed.
            InvalidInput: the notes are too long together; nothing was changed.
            ArchiveUnwritable, StoreError, LockHeld: nothing was lost; run it again.
        """
        with self._lock.held():
            self._names.path(kept)
            places = self._names.paths(other)
            self._names.aliases.load(other)  # one that is damaged would stay, and the address lead nowhere
            url = self._records.load(places[0]).url or ""
            versions = self._records.versions(other)
            remarks = self._united_remarks(kept, other)
            if remarks is not None:
                files.write(self._root, paths.remarks_file(kept), remarks)
            for name in versions:
                self._records.put_version(kept, name.stem[: len("20261123T081400Z")], self._records.as_of(kept, str(name)))
            for place in places:
                article = self._records.load(place)
                fetched_at = article.capture.fetched_at if article.capture else None
                self._records.put_version(kept, fetched_at, self._records.as_of(kept, place))
                self._names.aliases.put_asked(article, kept)
            for alias_id in dict.fromkeys([other, urls.article_id(url) if url else other]):
                self._names.aliases.put(Alias(alias_id, url, kept, "merged"))
            self._names.aliases.remove(kept)  # it stands for itself
            for name in (*versions, paths.remarks_file(other), paths.sightings_file(other), *map(PurePosixPath, places)):
                files.remove(self._root, name)
            remarked = [str(paths.remarks_file(article_id)) for article_id in (kept, other)]
            self._follow(lambda index: index.follow(*places, remarked[1]))
            self._follow(lambda index: index.follow(remarked[0]))

    def _united_remarks(self, kept: str, other: str) -> bytes | None:
        try:
            content = files.read(self._root, paths.remarks_file(other))
        except FileNotFoundError:
            return None
        return self._remarks.united(kept, content, of=other)
