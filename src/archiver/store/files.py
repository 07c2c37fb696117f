"""Files inside the archive: written whole or not at all, durable before they are visible, and nothing outside it touched.

A write goes to a temporary file in the archive's own `tmp` folder, is flushed to the disk, and takes its final name by one
rename; then the folder's entry is flushed. Whatever the machine does in between, a reader sees the old file or the new one.
Symbolic links inside the archive are never followed. `OSError` becomes ours here and nowhere else.
"""

from __future__ import annotations

import contextlib
import errno
import os
import stat
from typing import TYPE_CHECKING, BinaryIO, TypeVar

from archiver.errors import ArchiveUnwritable, StoreError
from archiver.store import flushing, together

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path, PurePosixPath

T = TypeVar("T")
TEMPORARY = "tmp"
_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_READ_ONLY = {errno.EROFS, errno.EACCES, errno.EPERM}
_NO_FOLLOW = getattr(os, "O_NOFOLLOW", 0)
_NO_WAIT = getattr(os, "O_NONBLOCK", 0)
_BINARY = getattr(os, "O_BINARY", 0)


@contextlib.contextmanager
def our_errors(path: Path) -> Iterator[None]:
    """Turns an `OSError` into a `StoreError` that names `path`, the reason and the remedy."""
    try:
        yield
    except OSError as error:
        reason = error.strerror or str(error)
        if error.errno in _FULL:
            raise ArchiveUnwritable(
                f"cannot be written: {reason}", subject=str(path), remedy="free some space and run it again"
            ) from error
        if error.errno in _READ_ONLY:
            raise ArchiveUnwritable(
                f"cannot be written: {reason}",
                subject=str(path),
                remedy="check its permissions, or name another archive with --archive",
            ) from error
        raise StoreError(f"cannot be used: {reason}", subject=str(path), remedy="check the disk and the path") from error


def write(root: Path, name: PurePosixPath, content: bytes) -> Path:
    """Writes `content` to the file `name` of the archive at `root`, durably and atomically; gives its path.

    Raises:
        ArchiveUnwritable, StoreError: as the disk says. What stood at `name` before still does; where flushing the folder
            was what failed, the new file may stand there already, whole.
    """
    path = root / name
    with our_errors(path):
        make_folder(root, path.parent)
        refuse_link_at(path)
        temporary = new_temporary(root)
        group = together.current()
        try:
            write_new(temporary, content)
            if group is not None:
                group.add(temporary, f"{root}/{name}")
                return path
            flushing.flush_file(temporary)
            temporary.replace(path)
        except BaseException:
            with contextlib.suppress(OSError):
                temporary.unlink()
            raise
        flushing.flush_folder(path.parent)
    return path


def refuse_link_at(path: Path) -> None:
    """Refuses to write where a symbolic link stands.

    Raises:
        StoreError: one does.
    """
    if path.is_symlink():
        raise StoreError("is a symbolic link", subject=str(path), remedy="remove it")


def new_temporary(root: Path) -> Path:
    """A name in `tmp/` for a file that is about to be written."""
    folder = root / TEMPORARY
    make_folder(root, folder)
    return folder / f"{os.getpid()}-{os.urandom(8).hex()}"


@contextlib.contextmanager
def written_together(root: Path, *last: str) -> Iterator[None]:
    """What is written in the archive while this lasts becomes durable at its end; what is below the folders `last`, at last.

    Only for the holder of the lock. A file that is read or removed before the end becomes durable then, with all that waits.

    Raises:
        ArchiveUnwritable, StoreError: some of the files may stand there, each of them whole.
    """
    folders = tuple(f"{root}/{folder}/" for folder in last)
    group = together.Group(root, lambda path: path.startswith(folders))
    with our_errors(root), together.belonging_to(group):
        yield


def settle(root: Path, folder: str, text: str) -> None:
    """Gives the files of the current group their names, where one below `folder` is among them with `text` in its name.

    Raises:
        ArchiveUnwritable, StoreError: some of the files may stand there, each of them whole.
    """
    if (group := together.current()) is not None:
        below = f"{root}/{folder}/"
        with our_errors(root):
            group.settle_any(below, text)


@contextlib.contextmanager
def opened(root: Path, name: str | PurePosixPath) -> Iterator[BinaryIO]:
    """A regular file of the archive, to be read; a symbolic link, pipe or device is refused.

    Raises:
        FileNotFoundError: there is none.
        StoreError: it cannot be read.
    """
    path = f"{root}/{name}"  # plain strings: the index is made again from a hundred thousand files
    if (group := together.current()) is not None:
        group.settle(path)
    try:
        _refuse_links(str(root), path.rpartition("/")[0])
        descriptor = os.open(path, os.O_RDONLY | _NO_FOLLOW | _NO_WAIT | _BINARY)
        with os.fdopen(descriptor, "rb") as file:
            if not stat.S_ISREG(os.fstat(descriptor).st_mode):
                raise StoreError("is no regular file", subject=str(path), remedy="remove it")
            yield file
    except FileNotFoundError:
        raise
    except OSError as error:
        link = error.errno == errno.ELOOP
        reason = "is a symbolic link" if link else f"cannot be read: {error.strerror or error}"
        raise StoreError(reason, subject=path, remedy="check the file and its permissions") from error


def read(root: Path, name: str | PurePosixPath) -> bytes:
    """The content of a file, as `opened` opens it.

    Raises:
        FileNotFoundError, StoreError: as `opened`.
    """
    with opened(root, name) as file:
        return file.read()


def remove(root: Path, name: str | PurePosixPath) -> None:
    """Removes a file of the archive, durably, and its folder if that is empty then; one that is not there is no error.

    Raises:
        ArchiveUnwritable, StoreError: it is still there.
    """
    path = root / name
    with our_errors(path):
        if (group := together.current()) is not None:
            group.settle(f"{root}/{name}")
        try:
            _refuse_links(str(root), f"{root}/{name}".rpartition("/")[0])
            path.unlink()
        except FileNotFoundError:
            return
        flushing.flush_folder(path.parent)
        with contextlib.suppress(OSError):  # it holds others
            path.parent.rmdir()


def move(root: Path, name: str | PurePosixPath, target: PurePosixPath) -> Path:
    """Gives what stands at `name` the name `target`, durably, whatever it is; a link is moved, not followed. Gives its path.

    Raises:
        FileNotFoundError: there is nothing at `name`.
        ArchiveUnwritable, StoreError: it is still there, or something stands at `target`.
    """
    path, to = root / name, root / target
    if not os.path.lexists(path):
        raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), str(path))
    with our_errors(path):
        _refuse_links(str(root), f"{root}/{name}".rpartition("/")[0])
        make_folder(root, to.parent)
        if os.path.lexists(to):
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(to))
        path.replace(to)
        flushing.flush_folder(to.parent)
        flushing.flush_folder(path.parent)
        with contextlib.suppress(OSError):  # it holds others
            path.parent.rmdir()
    return to


def sweep(root: Path) -> None:
    """Empties `tmp/`. Only for the holder of the lock: what stands there then was left by writers that died."""
    for entry in listing(root / TEMPORARY):
        with contextlib.suppress(OSError):
            (root / TEMPORARY / entry.name).unlink()


def listing(folder: Path) -> list[os.DirEntry[str]]:
    """What stands in `folder`, sorted by name; nothing where there is no folder, or a symbolic link in its place.

    Raises:
        StoreError: it cannot be read.
    """
    return _scanned(folder, lambda entries: sorted(entries, key=lambda entry: entry.name))


def names(folder: Path) -> list[str]:
    """The names of what `listing` gives, at a tenth of the memory.

    Raises:
        StoreError: it cannot be read.
    """
    return _scanned(folder, lambda entries: sorted(entry.name for entry in entries))


def folders(folder: Path) -> list[os.DirEntry[str]]:
    """The folders in `folder`, sorted by name, without symbolic links.

    Raises:
        StoreError: it cannot be read.
    """
    return [entry for entry in listing(folder) if entry.is_dir(follow_symlinks=False)]


def _scanned(folder: Path, taken: Callable[[Iterator[os.DirEntry[str]]], list[T]]) -> list[T]:
    """What is `taken` of the entries of `folder`; nothing where there is no folder, or a symbolic link in its place."""
    if folder.is_symlink():
        return []
    try:
        with os.scandir(folder) as entries:
            return taken(entries)
    except (FileNotFoundError, NotADirectoryError):
        return []
    except OSError as error:
        reason = f"cannot be read: {error.strerror or error}"
        raise StoreError(reason, subject=str(folder), remedy="check its permissions") from error


def make_root(root: Path) -> None:
    """Makes the archive's folder, private to the user, where there is none.

    Raises:
        ArchiveUnwritable, StoreError: it cannot be made, cannot be written to, or something else stands there.
    """
    with our_errors(root):
        if root.exists() and not root.is_dir():
            raise StoreError("is not a directory", subject=str(root), remedy="name another archive with --archive")
        if not root.is_dir():
            root.parent.mkdir(parents=True, exist_ok=True)
            root.mkdir(mode=0o700, exist_ok=True)  # another run may just have made it
            flushing.flush_folder(root.parent)
        if not os.access(root, os.W_OK | os.X_OK):  # said before anything is fetched
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))


def make_folder(root: Path, folder: Path) -> None:
    """Makes `folder` and what is missing between it and `root`; refuses a symbolic link in the place of one."""
    try:
        _refuse_links(str(root), str(folder))
    except FileNotFoundError:
        make_folder(root, folder.parent)
        try:
            folder.mkdir(mode=0o700)
        except FileExistsError:  # another run may just have made it
            _refuse_link(folder)
        else:
            flushing.flush_folder(folder.parent)


def _refuse_links(root: str, folder: str) -> None:
    """Refuses a path to `folder` that leads through a symbolic link below `root`."""
    if len(folder) > len(root):
        _refuse_links(root, folder.rpartition("/")[0])
        _refuse_link(folder)


def _refuse_link(folder: str | Path) -> None:
    if not stat.S_ISDIR(os.lstat(folder).st_mode):
        raise NotADirectoryError(errno.ENOTDIR, "not a folder of the archive (a link or a file stands there)", str(folder))


def write_new(path: Path, content: bytes) -> None:
    """Writes a file that is not there yet, private to the user."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _NO_FOLLOW | _BINARY, 0o600)
    try:
        rest = memoryview(content)
        while rest:
            rest = rest[os.write(descriptor, rest) :]
    finally:
        os.close(descriptor)
