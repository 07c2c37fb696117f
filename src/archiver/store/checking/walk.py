"""Going through the archive's folders: what stands where it may, and a finding for all that does not.

Hidden files are the user's or the system's (`.git`, `.DS_Store`, what a file synchroniser keeps) and nobody's business.
"""

from __future__ import annotations

import stat
from typing import TYPE_CHECKING, NamedTuple

from archiver.errors import StoreError
from archiver.store import files, paths
from archiver.store.checking.findings import Finding, finding

if TYPE_CHECKING:
    import os
    from collections.abc import Iterator
    from pathlib import Path

LITTER = frozenset({"thumbs.db", "desktop.ini", "$recycle.bin", "system volume information", "lost+found"})
"""What operating systems leave in any folder, besides hidden files; in lower case."""
_SIDES = ("", "-wal", "-shm", "-journal")
DATABASES = ("feeds.sqlite3", "hosts.sqlite3")
_TOP_FILES = frozenset(
    {"feeds.opml", "queue.jsonl", "SHA256SUMS"}  # the last in a folder that was exported
    | {f"{name}{side}" for name in ("index.sqlite3", "index.sqlite3.new", *DATABASES) for side in _SIDES}
)
_OURS = (
    paths.ARTICLES,
    paths.VERSIONS,
    paths.CAPTURES,
    paths.REMARKS,
    paths.SIGHTINGS,
    paths.ALIASES,
    paths.REMOVED,
    paths.QUARANTINE,
)
_TOP_FOLDERS = frozenset({*map(str, _OURS), files.TEMPORARY})


class Met(NamedTuple):
    """A regular file, by its name relative to the archive, with `/`."""

    name: str
    facts: os.stat_result


def top(root: Path) -> Iterator[Finding]:
    """What does not belong at the top of the archive at `root`."""
    for entry in files.listing(root):
        if _is_litter(entry.name):
            continue
        known = entry.name in _TOP_FILES or entry.name in _TOP_FOLDERS
        if known and (entry.is_symlink() or entry.is_dir() is (entry.name in _TOP_FILES)):
            yield finding("not-a-file", entry.name, _nature(entry.stat(follow_symlinks=False)))
        elif not known:
            yield finding("stray", entry.name)


def below(root: Path, folder: str, depths: tuple[int, ...], depth: int = 0) -> Iterator[Met | Finding]:
    """The files in `folder` and the folders in it, by name; files stand so many folders down as `depths` say."""
    try:
        names = files.names(root / folder)
    except StoreError as error:
        yield finding("unreadable", folder, error.reason)
        return
    for name in (f"{folder}/{name}" for name in names if not _is_litter(name)):
        try:
            facts = (root / name).lstat()
        except FileNotFoundError:  # removed since
            continue
        if stat.S_ISDIR(facts.st_mode):
            if depth < max(depths):
                yield from below(root, name, depths, depth + 1)
            else:
                yield finding("stray", name)
        elif not stat.S_ISREG(facts.st_mode):
            yield finding("not-a-file", name, _nature(facts), article_id=_article_id(name))
        elif depth in depths:
            yield Met(name, facts)
        else:
            yield finding("stray", name)


def _article_id(name: str) -> str | None:
    """The ID of the article that a file of this name belongs to, or None."""
    found = paths.capture_id(name) or paths.id_of(name) or ""
    return found if paths.ID_PATTERN.fullmatch(found) else None


def _nature(facts: os.stat_result) -> str:
    if stat.S_ISLNK(facts.st_mode):
        return "it is a symbolic link"
    return "it is a folder" if stat.S_ISDIR(facts.st_mode) else "it is no regular file"


def _is_litter(name: str) -> bool:
    return name.startswith(".") or name.casefold() in LITTER
