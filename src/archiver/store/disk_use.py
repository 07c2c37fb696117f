"""How much room the archive takes: the files below a folder, counted and weighed. Looks at names and sizes, opens nothing.

To ask for a file's size costs far more than to read its name. So where there are many files, or many folders, evenly spread
ones speak for all, and the sum is an estimate that says so.
"""

from __future__ import annotations

import contextlib
import os
import stat
from dataclasses import dataclass
from typing import TYPE_CHECKING

from archiver.store import paths

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path
    from typing import TypeVar

    T = TypeVar("T")

MOST_WEIGHED = 2000
"""So many files, or folders of versions, are looked at one by one."""
_DATABASES = ("index.sqlite3", "feeds.sqlite3", "hosts.sqlite3")
_BESIDE = ("", "-wal", "-shm", "-journal")


@dataclass(frozen=True, slots=True)
class Usage:
    """What one kind of files takes.

    Attributes:
        bytes: their lengths, added up.
        exact: whether all were looked at; else both figures, or the bytes alone, are estimates.
    """

    files: int = 0
    bytes: int = 0
    exact: bool = True


def usage(root: Path) -> dict[str, Usage]:
    """What captures, versions, remarks and databases of the archive at `root` take; what cannot be read counts as nothing."""
    return {
        "captures": _weighed([name for folder in _captured(root) for name in _names(folder)]),
        "versions": _of_folders(_names(root / paths.VERSIONS)),
        "remarks": _of_folders(_names(root / paths.REMARKS)),
        "databases": _weighed([f"{root}/{name}{suffix}" for name in _DATABASES for suffix in _BESIDE]),
    }


def _captured(root: Path) -> Iterator[str]:
    """The folders of captures: of months, and the one of those without a date."""
    for year in _names(root / paths.CAPTURES):
        yield year
        yield from _names(year)


def _of_folders(folders: list[str]) -> Usage:
    some, share = _spread(folders)
    files = _weighed([name for folder in some for name in _names(folder)])
    return Usage(round(files.files * share), round(files.bytes * share), files.exact and share == 1)


def _weighed(names: list[str]) -> Usage:
    """The files among `names`; folders and what is gone are not among them."""
    some, share = _spread(names)
    sizes = [size for name in some if (size := _size(name)) is not None]
    return Usage(round(len(sizes) * share), round(sum(sizes) * share), share == 1)


def _spread(items: list[T]) -> tuple[Sequence[T], float]:
    """At most `MOST_WEIGHED` of `items`, and for how many each stands."""
    if len(items) <= MOST_WEIGHED:
        return items, 1
    some = items[:: -(-len(items) // MOST_WEIGHED)]
    return some, len(items) / len(some)


def _names(folder: str | Path) -> list[str]:
    """The paths of what stands in a folder."""
    with contextlib.suppress(OSError), os.scandir(folder) as entries:
        return [entry.path for entry in entries]
    return []


def _size(name: str) -> int | None:
    with contextlib.suppress(OSError):
        facts = os.lstat(name)
        return facts.st_size if stat.S_ISREG(facts.st_mode) else None
    return None
