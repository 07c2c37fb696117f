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
    from pathlib import Path

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
    years = _within([f"{root}/{paths.CAPTURES}"])
    months = [name for name in _within(years) if not name.endswith(".gz")]  # captures without a date stand beside the months
    databases = [f"{name}{suffix}" for name in _DATABASES for suffix in _BESIDE]
    return {
        "captures": _weighed([*years, *months]),
        "versions": _of_folders(_within([f"{root}/{paths.VERSIONS}"])),
        "remarks": _of_folders(_within([f"{root}/{paths.REMARKS}"])),
        "databases": _sum([(str(root), databases)]),
    }


def _of_folders(folders: list[str]) -> Usage:
    step = _step(len(folders))
    some = folders[::step]
    found = _weighed(some)
    share = len(folders) / len(some) if some else 1
    return Usage(round(found.files * share), round(found.bytes * share), found.exact and step == 1)


def _weighed(folders: list[str]) -> Usage:
    return _sum([(folder, _names(folder)) for folder in folders])


def _sum(listed: list[tuple[str, list[str]]]) -> Usage:
    """The files among the names in some folders; other folders, links and what is gone are not among them."""
    names = sum(len(names) for _, names in listed)
    step = _step(names)
    some = [f"{folder}/{name}" for folder, names in listed for name in names[::step]]
    sizes = [size for name in some if (size := _size(name)) is not None]
    share = names / len(some) if some else 1
    return Usage(round(len(sizes) * share), round(sum(sizes) * share), step == 1)


def _step(count: int) -> int:
    """Of so many, every which one is looked at."""
    return max(1, -(-count // MOST_WEIGHED))


def _within(folders: list[str]) -> list[str]:
    return [f"{folder}/{name}" for folder in folders for name in _names(folder)]


def _names(folder: str) -> list[str]:
    """What stands in a folder; nothing where it is none, or cannot be read."""
    with contextlib.suppress(OSError):
        return os.listdir(folder)  # noqa: PTH208  # names alone: there may be a hundred thousand
    return []


def _size(name: str) -> int | None:
    with contextlib.suppress(OSError):
        facts = os.lstat(name)
        return facts.st_size if stat.S_ISREG(facts.st_mode) else None
    return None
