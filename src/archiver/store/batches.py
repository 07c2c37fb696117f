"""Many files of the archive, made durable together: a few flushes for all of them instead of two for each.

All are written under temporary names and flushed; then those that come first take their names, and are flushed; then those that
come last. Whatever the machine does in between, a file of the last stands there only if all of the first do.
"""

from __future__ import annotations

import contextlib
import ctypes
import functools
import os
import sys
from typing import TYPE_CHECKING, Any

from archiver.store import files

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from pathlib import Path


def write_all(root: Path, first: Mapping[str, bytes], last: Mapping[str, bytes]) -> None:
    """Writes the files, by their names relative to the archive at `root`, each atomically, `last` after `first`.

    Raises:
        ArchiveUnwritable, StoreError: as the disk says. Some files may stand there, each whole, but none of `last` before all
            of `first`.
    """
    waiting: dict[Path, Path] = {}
    with files.our_errors(root):
        try:
            for name, content in [*first.items(), *last.items()]:
                path = root / name
                files.make_folder(root, path.parent)
                files.refuse_link_at(path)
                waiting[path] = files.new_temporary(root)
                files.write_new(waiting[path], content, durably=_system_call() is None)
            _flush(root, ())
            for names in (first, last):
                renamed = [root / name for name in names]
                for path in renamed:
                    waiting[path].replace(path)
                    del waiting[path]
                if renamed:
                    _flush(root, {path.parent for path in renamed})
        except BaseException:
            for temporary in waiting.values():
                with contextlib.suppress(OSError):
                    temporary.unlink()
            raise


def _flush(root: Path, folders: Collection[Path]) -> None:
    """Makes the names in `folders` durable, and all else that was written where the system can flush a whole file system."""
    call = _system_call()
    if call is None:
        for folder in folders:
            files.flush_folder(folder)
        return
    descriptor = os.open(root, os.O_RDONLY)
    try:
        if call(descriptor) != 0:
            raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
    finally:
        os.close(descriptor)


@functools.cache
def _system_call() -> Any:
    """Linux's syncfs(2), which tells of every error since 5.8; None elsewhere, and on an older Linux."""
    if not sys.platform.startswith("linux") or tuple(int(part) for part in os.uname().release.split(".")[:1]) < (6,):
        return None
    with contextlib.suppress(OSError, AttributeError):
        return ctypes.CDLL(None, use_errno=True).syncfs
    return None
