"""Files that become durable together: a disk flushes many at once nearly as fast as one.

What is written meanwhile stands in temporary files. At the end all of them are flushed, side by side, and take their names;
records last, when what they name is durable. Nothing of it may be told to anybody before.
"""

from __future__ import annotations

import contextlib
from concurrent.futures import ThreadPoolExecutor
from contextvars import ContextVar
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

FLUSHES = 8
"""Flushes under way at once."""


class Group:
    """What waits to become durable.

    Args:
        flush_file, flush_folder: make the content of a file, the names in a folder durable.
        is_last: whether a file takes its name when all others have theirs.
    """

    def __init__(
        self, flush_file: Callable[[Path], None], flush_folder: Callable[[Path], None], is_last: Callable[[Path], bool]
    ) -> None:
        self._flush_file = flush_file
        self._flush_folder = flush_folder
        self._is_last = is_last
        self._waiting: list[tuple[Path, Path]] = []
        self._afterwards: list[Callable[[], None]] = []

    def add(self, temporary: Path, path: Path) -> None:
        """Has the file `temporary` take the name `path` at the end."""
        self._waiting.append((temporary, path))

    def afterwards(self, action: Callable[[], None]) -> None:
        """Has `action` done when all files have their names."""
        self._afterwards.append(action)

    def commit(self) -> None:
        """Ends the group.

        Raises:
            OSError: some of the files may have their names, each of them whole.
        """
        try:
            _side_by_side(self._flush_file, [temporary for temporary, _ in self._waiting])
            for last in (False, True):
                renamed = [pair for pair in self._waiting if self._is_last(pair[1]) is last]
                for temporary, path in renamed:
                    temporary.replace(path)
                _side_by_side(self._flush_folder, {path.parent: None for _, path in renamed})
        finally:
            self.drop()
        for action in self._afterwards:
            action()

    def drop(self) -> None:
        """Removes the files that have no name yet."""
        for temporary, _ in self._waiting:
            with contextlib.suppress(OSError):
                temporary.unlink()


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


def _side_by_side(flush: Callable[[Path], None], paths: Iterable[Path]) -> None:
    paths = list(paths)
    if len(paths) < 2:
        for path in paths:
            flush(path)
        return
    with ThreadPoolExecutor(min(FLUSHES, len(paths))) as pool:
        list(pool.map(flush, paths))
