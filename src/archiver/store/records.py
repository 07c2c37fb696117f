"""The JSON documents of an archive: the records, and their versions."""

from __future__ import annotations

import contextlib
import json
import re
from typing import TYPE_CHECKING

from archiver import __version__, urls
from archiver.errors import RecordDamaged, StoreError
from archiver.store import files, paths

if TYPE_CHECKING:
    from pathlib import Path, PurePosixPath

    from archiver.article import Article


UNINDEXED = frozenset({"evidence", "image", "licence", "warnings", "reviewed_by", "archiver"})


class Records:
    """The records and versions of the archive at `root`; names are relative to it, with `/`."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def read(self, name: str) -> bytes | None:
        """A file's content, or None.

        Raises:
            StoreError: it cannot be read.
        """
        try:
            return files.read(self._root, name)
        except FileNotFoundError:
            return None

    def load(self, name: str) -> Article:
        """The record in the file `name`.

        Raises:
            FileNotFoundError: there is no such file.
            StoreError: it cannot be read, or (`RecordDamaged`) is no record.
        """
        return self.parse(files.read(self._root, name), name)

    def glance(self, name: str) -> Article:
        """As `load`, without what the index has no use for."""
        return self.parse(files.read(self._root, name), name, unread=UNINDEXED)

    def parse(self, content: bytes, name: str, *, unread: frozenset[str] = frozenset()) -> Article:
        """The record in the `content` of the file `name`, without its keys in `unread`.

        Raises:
            RecordDamaged: it is none, or that of another article than the name says.
        """
        from archiver import record  # listings need the index alone

        subject = str(self._root / name)
        try:
            text = content.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            raise RecordDamaged("is not UTF-8 text", subject=subject, remedy=record.DAMAGE_REMEDY) from error
        article = record.loads(text, subject=subject, unread=unread)
        if article.id is None or article.id != paths.id_of(name):
            reason = f"its id ({urls.printable(str(article.id))}) is not the one that its name says"
            raise RecordDamaged(reason, subject=subject, remedy=record.DAMAGE_REMEDY)
        return article

    def versions(self, article_id: str) -> list[PurePosixPath]:
        """The files of an article's versions, oldest first.

        Raises:
            StoreError: their folder cannot be read.
        """
        if not paths.ID_PATTERN.fullmatch(article_id) or (self._root / paths.VERSIONS).is_symlink():
            return []
        folder = paths.VERSIONS / article_id
        names = [entry.name for entry in files.listing(self._root / folder) if entry.name.endswith(".json")]
        return [folder / name for name in sorted(names, key=_age)]

    def newest_version(self, article_id: str) -> Article | None:
        """The newest version that can be read, or None.

        Raises:
            StoreError: their folder cannot be read.
        """
        for name in reversed(self.versions(article_id)):
            with contextlib.suppress(StoreError, FileNotFoundError):
                return self.load(str(name))
        return None

    def as_of(self, article_id: str, name: str) -> bytes:
        """The record or version in the file `name` as one of another article: its `id` alone is another.

        What is damaged is given as it is.

        Raises:
            FileNotFoundError, StoreError: it cannot be read.
        """
        content = files.read(self._root, name)
        try:
            self.parse(content, name)
        except RecordDamaged:
            return content
        return rewritten(content, article_id)

    def put_version(self, article_id: str, fetched_at: str | None, content: bytes) -> Path:
        """Writes a version beside those there are, durably; one with the same content is enough. Gives the file.

        Raises:
            ArchiveUnwritable, StoreError: it is not there.
        """
        attempt = 0
        while (held := self.read(str(name := paths.version_file(article_id, fetched_at, attempt)))) is not None:
            if held == content:
                return self._root / name
            attempt += 1
        return files.write(self._root, name, content)


def _age(name: str) -> tuple[str, int, str]:
    """By what the names of versions are sorted: by their time, and of one time by their number, `-2` before `-10`."""
    moment, _, number = name.removesuffix(".json").partition("-")
    return moment, len(number), number


def rewritten(content: bytes, article_id: str, warc: str | None = None) -> bytes:
    """A sound record's content as that of the article `article_id`, its capture at `warc`; the same bytes where it is that.

    Keys that we do not know stay.
    """
    document = json.loads(content.decode("utf-8-sig"))
    moved = warc is not None and document["capture"]["warc"] != warc
    if document["id"] == article_id and not moved:
        return content
    document["id"] = article_id
    if moved:
        document["capture"]["warc"] = warc
    return (json.dumps(document, ensure_ascii=False, indent=2) + "\n").encode("utf-8", "backslashreplace")


def with_keys_of(held: bytes, content: bytes, *, same_capture: bool = False) -> bytes:
    """The `content` of a record with the keys of the sound record `held` that are the user's own: that we do not know.

    Those of a later version of archiver are not, but for the same capture: what they say of that page may not be so of this one
    (docs/adr/0032).
    """
    from archiver import record

    before = json.loads(held.decode("utf-8-sig"))
    own = {key: value for key, value in before.items() if key not in record.own_keys()}
    newer = _numbers(str(before.get("archiver"))) > _numbers(__version__)
    if not own or (newer and not same_capture):
        return content
    document = json.loads(content) | own
    return (json.dumps(document, ensure_ascii=False, indent=2) + "\n").encode("utf-8", "backslashreplace")


def _numbers(version: str) -> list[int]:
    return [int(number) for number in re.findall(r"[0-9]{1,9}", version)[:3]]
