"""Joining two articles that are one: what the archive holds of both stays, under the ID of one."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from archiver import urls
from archiver.store import files, paths
from archiver.store.aliases import Alias

if TYPE_CHECKING:
    from archiver.store.parts import Parts


class Merging:
    """Joins articles of the archive at `root`."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts

    def join(self, kept: str, other: str) -> None:
        """Makes the article `other` a part of `kept`: its record and versions become versions, its remarks are added.

        Its captures stay where they are, for the versions name them, and so do its sightings, which are of its address; its
        addresses stand for `kept` from now on. Everything
        is added before anything is taken away, and the record of `other` goes last: run again, a run that was cut short is
        completed.

        Raises:
            NotInArchive: one of them is not there.
            RecordDamaged: what is to be joined cannot be read; nothing was changed.
            InvalidInput: the notes are too long together; nothing was changed.
            ArchiveUnwritable, StoreError, LockHeld: nothing was lost; run it again.
        """
        with self._parts.lock.held():
            records, names = self._parts.records, self._parts.names
            names.path(kept)
            places = names.paths(other)
            names.aliases.load(other)  # one that is damaged would stay, and the address lead nowhere
            url = records.load(places[0]).url or ""
            versions = records.versions(other)
            remarks = self._united_remarks(kept, other)
            if remarks is not None:
                files.write(self._parts.root, paths.remarks_file(kept), remarks)
            for name in versions:
                records.put_version(kept, name.stem[: len("20261123T081400Z")], records.as_of(kept, str(name)))
            for place in places:
                article = records.load(place)
                fetched_at = article.capture.fetched_at if article.capture else None
                records.put_version(kept, fetched_at, records.as_of(kept, place))
                names.aliases.put_asked(article, kept)
            for alias_id in dict.fromkeys([other, urls.article_id(url) if url else other]):
                names.aliases.put(Alias(alias_id, url, kept, "merged"))
            names.aliases.remove(kept)  # it stands for itself
            for name in (*versions, paths.remarks_file(other), *map(PurePosixPath, places)):
                files.remove(self._parts.root, name)
            remarked = [str(paths.remarks_file(article_id)) for article_id in (kept, other)]
            self._parts.follow(lambda index: index.follow(*places, remarked[1]))
            self._parts.follow(lambda index: index.follow(remarked[0]))

    def _united_remarks(self, kept: str, other: str) -> bytes | None:
        try:
            content = files.read(self._parts.root, paths.remarks_file(other))
        except FileNotFoundError:
            return None
        return self._parts.remarks.united(kept, content, of=other)
