"""Files that become durable together: a few flushes for all of them instead of two for each.

What is written meanwhile stands in temporary files. At the end all of them are flushed and take their names; those that are
last, when all others have theirs. Whatever the machine does in between, a file of the last stands there only if all others
do. Nothing of it may be told to anybody before.
"""

from __future__ import annotations

import contextlib
import ctypes
import functools
import os
import sys
from concurrent.futures import ThreadPoolExecutor
from contextvars import ContextVar
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from archiver.store import flushing

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

FLUSHES = 8
"""Flushes under way at once."""
MANY = 8
"""So many files are worth a flush of the whole file system, which waits for what others wrote too."""
_LINUX_TELLS = (5, 8)
"""Since this version syncfs(2) tells of every error."""
Item = TypeVar("Item")


class Group:
    """What waits to become durable. Paths are plain strings here: each is compared with all that wait.

    Args:
        root: a folder of the file system.
        is_last: whether a file takes its name when all others have theirs.
    """

    def __init__(self, root: Path, is_last: Callable[[str], bool]) -> None:
        self._root = root
        self._is_last = is_last
        self._waiting: dict[str, Path] = {}
        self._afterwards: dict[Callable[[list[Any]], None], list[Any]] = {}

    def add(self, temporary: Path, path: str) -> None:
        """Has the file `temporary` take the name `path` at the end.

        Raises:
            OSError: as `settle`.
        """
        self.settle(path)
        self._waiting[path] = temporary

    def afterwards(self, action: Callable[[list[Item]], None], item: Item) -> None:
        """Has `action` done, once for all its items, when all files have their names."""
        self._afterwards.setdefault(action, []).append(item)

    def settle(self, path: str) -> None:
        """Makes all that waits durable where the file `path` is among it: somebody wants to see it.

        Raises:
            OSError: some of the files may have their names, each of them whole.
        """
        if path in self._waiting:
            self.commit()

    def settle_any(self, beginning: str, text: str) -> None:
        """Makes all that waits durable where a file is among it whose path has this `beginning`, and `text` in its name.

        Raises:
            OSError: as `settle`.
        """
        if any(text in path and path.startswith(beginning) and text in path.rpartition("/")[2] for path in self._waiting):
            self.commit()

    def commit(self) -> None:
        """Makes all that waits durable.

        Raises:
            OSError: some of the files may have their names, each of them whole.
        """
        afterwards, self._afterwards = self._afterwards, {}
        try:
            self._flush(flushing.flush_file, self._waiting.values())
            for last in (False, True):
                renamed = [path for path in self._waiting if self._is_last(path) is last]
                for path in renamed:
                    self._waiting[path].replace(Path(path))
                    del self._waiting[path]
                self._flush(flushing.flush_folder, map(Path, dict.fromkeys(path.rpartition("/")[0] for path in renamed)))
        finally:
            self.drop()
        for action, items in afterwards.items():
            action(items)

    def drop(self) -> None:
        """Removes the files that have no name yet."""
        for temporary in self._waiting.values():
            with contextlib.suppress(OSError):
                temporary.unlink()
        self._waiting = {}

    def _flush(self, flush: Callable[[Path], None], paths: Iterable[Path]) -> None:
        paths = list(paths)
        if len(paths) >= MANY and _flush_file_system(self._root):
            return
        if len(paths) <= 1:
            for path in paths:
                flush(path)
            return
        with ThreadPoolExecutor(min(FLUSHES, len(paths))) as pool:
            list(pool.map(flush, paths))


_GROUP: ContextVar[Group | None] = ContextVar("group", default=None)


def current() -> Group | None:
    """The group that what is written now belongs to; None where each file is flushed by itself."""
    return _GROUP.get()


@contextlib.contextmanager
def belonging_to(group: Group) -> Iterator[None]:
    """Makes `group` the current one; it ends with this, or is dropped where this fails."""
    token = _GROUP.set(group)
    try:
        yield
    except BaseException:
        group.drop()
        raise
    finally:
        _GROUP.reset(token)
    group.commit()


def _flush_file_system(root: Path) -> bool:
    """Makes durable all that was written on the file system of `root`; False where the system cannot.

    Raises:
        OSError: something was not written.
    """
    call = _system_call()
    if call is None:
        return False
    descriptor = os.open(root, os.O_RDONLY)
    try:
        if call(descriptor) != 0:
            raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()), str(root))
    finally:
        os.close(descriptor)
    return True


@functools.cache
def _system_call() -> Any:
    """Linux's syncfs(2); None elsewhere, and on an older Linux."""
    if not sys.platform.startswith("linux"):
        return None
    numbers = os.uname().release.split(".")[:2]
    if not all(number.isdecimal() for number in numbers) or tuple(map(int, numbers)) < _LINUX_TELLS:
        return None
    with contextlib.suppress(OSError, AttributeError):
        return ctypes.CDLL(None, use_errno=True).syncfs
    return None
