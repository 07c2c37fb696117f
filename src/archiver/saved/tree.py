"""The saved pages in a folder or zip file, however deep; nothing is unpacked, and no link is followed."""

from __future__ import annotations

import contextlib
import os
from collections import Counter
from datetime import UTC, datetime
from typing import TYPE_CHECKING, BinaryIO, NamedTuple, Protocol

from archiver import saved
from archiver.errors import ArchiverError, InvalidInput
from archiver.saved import companions, zipped

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from contextlib import AbstractContextManager
    from pathlib import Path

    from archiver.saved import Found

SINGLE = (*companions.PAGES, ".mhtml", ".mht", ".webarchive")
MANY = (".warc", ".wacz")
_ODD = frozenset({"", ".", ".."})


class Listing(NamedTuple):
    """The names in a folder: of files, and of folders; `links` are how many of them lead elsewhere."""

    files: list[str]
    folders: list[str]
    links: int = 0


class Tree(Protocol):
    """A folder with all below it, or a zip file; names have `/`, and "" is the folder itself."""

    subject: str

    def listing(self, folder: str) -> Listing:
        """What is in a folder, sorted.

        Raises:
            InvalidInput: it cannot be read.
        """

    def changed_at(self, name: str) -> datetime:
        """When a file was changed."""

    def opened(self, name: str) -> AbstractContextManager[BinaryIO]:
        """A file, to be read from any place.

        Raises:
            InvalidInput: it cannot be read.
        """


class FolderTree:
    """A folder on the disk."""

    def __init__(self, root: Path) -> None:
        self.subject = str(root)
        self._root = root

    def listing(self, folder: str) -> Listing:
        """As `Tree.listing`."""
        files, folders, links = [], [], 0
        with _read_errors(), os.scandir(self._root / folder) as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    folders.append(entry.name)
                elif entry.is_file(follow_symlinks=False):
                    files.append(entry.name)
                else:
                    links += 1
        return Listing(sorted(files), sorted(folders), links)

    def changed_at(self, name: str) -> datetime:
        """As `Tree.changed_at`."""
        with _read_errors():
            return datetime.fromtimestamp((self._root / name).lstat().st_mtime, UTC)

    @contextlib.contextmanager
    def opened(self, name: str) -> Iterator[BinaryIO]:
        """As `Tree.opened`."""
        with _read_errors(), os.fdopen(os.open(self._root / name, _FLAGS), "rb") as file:
            yield file


class ZipTree(zipped.Zip):
    """A zip file."""

    def __init__(self, file: BinaryIO, subject: str) -> None:
        super().__init__(file)
        self.subject = subject
        self._folders: dict[str, Listing] = {"": Listing([], [])}
        for name in self.names():
            if not _ODD.isdisjoint(name.split("/")):
                continue  # "/etc/x", "../x": a name that leads out of the file
            folder, _, own = name.rpartition("/")
            self._folder(folder).files.append(own)

    def listing(self, folder: str) -> Listing:
        """As `Tree.listing`."""
        return self._folders[folder]

    def _folder(self, name: str) -> Listing:
        if name not in self._folders:
            self._folders[name] = Listing([], [])
            above, _, own = name.rpartition("/")
            self._folder(above).folders.append(own)
        return self._folders[name]


class SavedFiles:
    """The saved pages in a tree.

    Args:
        without: names of files and folders that are no pages.

    Attributes:
        others: how many files were passed over, by why.
    """

    def __init__(self, tree: Tree, without: Collection[str] = ()) -> None:
        self.tree = tree
        self._without = frozenset(without)
        self.others: Counter[str] = Counter()

    def names(self) -> Iterator[str | ArchiverError]:
        """The names of the files that hold pages, folder by folder; and why a folder cannot be read."""
        folders = [""]
        while folders:
            folder = folders.pop()
            try:
                listing = self.tree.listing(folder)
            except InvalidInput as error:
                error.subject = called(self.tree, folder)
                yield error
                continue
            self.others["links"] += listing.links
            beside = {name.lower() for name in listing.files}
            within = f"{folder}/" if folder else ""
            for name in listing.files:
                if holds_pages(name) and within + name not in self._without:
                    yield within + name
                else:
                    self.others["other files"] += within + name not in self._without
            below = [name for name in listing.folders if not companions.is_companion(name, beside)]
            folders += [within + name for name in reversed(below) if within + name not in self._without]

    def pages(self, name: str, max_bytes: int) -> Iterator[Found]:
        """The pages in a file, as `saved.read` gives them.

        Raises:
            InvalidInput: it cannot be read, or there is no page in it.
        """
        with self.tree.opened(name) as file:
            yield from saved.pages_of(file, name, self.tree.changed_at(name), url=None, max_bytes=max_bytes)


class OneFile(SavedFiles):
    """A file of saved pages, whatever its name."""

    def __init__(self, path: Path) -> None:
        super().__init__(FolderTree(path.parent))
        self._name = path.name

    def names(self) -> Iterator[str | ArchiverError]:
        """As `SavedFiles.names`."""
        yield self._name


def called(tree: Tree, name: str) -> str:
    """What a file in `tree` is called, for people."""
    return f"{tree.subject}/{name}" if name else tree.subject


def holds_pages(name: str) -> bool:
    """Whether a file of this name is one of saved pages."""
    own = name.lower()
    if own.startswith("."):
        return False
    unpacked = own.removesuffix(".gz")
    return unpacked.endswith((*SINGLE, *MANY)) or (unpacked != own and "." not in unpacked)


_FLAGS = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0)


@contextlib.contextmanager
def _read_errors() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        reason = f"cannot be read: {error.strerror or error}"
        raise InvalidInput(reason, remedy="check its permissions") from error
