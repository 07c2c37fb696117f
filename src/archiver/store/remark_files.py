"""The files of the user's remarks: one for each article that something is said about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archiver.remarks import Remarks, dumps, joined, loads
from archiver.store import files, paths

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


class RemarkFiles:
    """The remarks in the archive at `root`."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def load(self, article_id: str) -> Remarks:
        """What is said about an article; nothing where there is no file.

        Raises:
            StoreError: it cannot be read, or (`RecordDamaged`) holds no remarks.
        """
        return self._parsed(self._read(article_id), article_id)

    def change(self, article_id: str, change: Callable[[Remarks], Remarks]) -> Remarks:
        """Writes what `change` makes of the remarks, durably, and gives it. Only for the holder of the lock.

        Raises:
            RecordDamaged: there is a file that holds none; it is left alone.
            ArchiveUnwritable, StoreError: they are as they were.
        """
        held = self._read(article_id)
        before = self._parsed(held, article_id)
        after = change(before)
        if after != before:
            name = paths.remarks_file(article_id)
            content = dumps(after, article_id, held=held)
            if content is None:
                files.remove(self._root, name)
            else:
                files.write(self._root, name, content)
        return after

    def united(self, article_id: str, content: bytes, *, of: str) -> bytes | None:
        """What the article's file must hold to say what a file on the article `of` says too; None where it does already.

        Keys of either file that we do not know stay.

        Raises:
            StoreError: its file cannot be read, or (`RecordDamaged`) either holds no remarks.
            InvalidInput: the notes are too long together.
        """
        said = loads(content, of, subject=f"the remarks on {of}")
        held = self._read(article_id)
        if held is None and of == article_id:
            return content
        united = dumps(self._parsed(held, article_id).united(said), article_id, held=joined(held, content))
        return None if united == held else united

    def _read(self, article_id: str) -> bytes | None:
        try:
            return files.read(self._root, paths.remarks_file(article_id))
        except FileNotFoundError:
            return None

    def _parsed(self, content: bytes | None, article_id: str) -> Remarks:
        if content is None:
            return Remarks()
        return loads(content, article_id, subject=str(self._root / paths.remarks_file(article_id)))
