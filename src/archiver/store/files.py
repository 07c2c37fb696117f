"""Files inside the archive: written whole or not at all, durable before they are visible, and nothing outside it touched.

A write goes to a temporary file in the archive's own `tmp` folder, is flushed to the disk, and takes its final name by one
rename; then the folder's entry is flushed. Whatever the machine does in between, a reader sees the old file or the new one.
`OSError` becomes ours here and nowhere else.
"""

from __future__ import annotations

import contextlib
import errno
import os
import stat
import sys
from typing import TYPE_CHECKING

from archiver.errors import ArchiveUnwritable, StoreError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path, PurePosixPath

TEMPORARY = "tmp"
_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_READ_ONLY = {errno.EROFS, errno.EACCES, errno.EPERM}
_NO_FOLLOW = getattr(os, "O_NOFOLLOW", 0)
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
        ArchiveUnwritable, StoreError: as the disk says; what stood at `name` before still does.
    """
    path = root / name
    with our_errors(path):
        make_folder(root, path.parent)
        temporary = root / TEMPORARY / f"{os.getpid()}-{os.urandom(8).hex()}"
        make_folder(root, temporary.parent)
        try:
            _write_new(temporary, content)
            temporary.replace(path)
        except BaseException:
            with contextlib.suppress(OSError):
                temporary.unlink()
            raise
        flush_folder(path.parent)
    return path


def read(path: Path) -> bytes:
    """The content of a regular file; a symbolic link is refused.

    Raises:
        FileNotFoundError: there is none.
        StoreError: it cannot be read.
    """
    try:
        descriptor = os.open(path, os.O_RDONLY | _NO_FOLLOW | _BINARY)
    except FileNotFoundError:
        raise
    except OSError as error:
        reason = "is a symbolic link" if error.errno == errno.ELOOP else f"cannot be read: {error.strerror}"
        raise StoreError(reason, subject=str(path), remedy="check the file and its permissions") from error
    with os.fdopen(descriptor, "rb") as file, our_errors(path):
        return file.read()


def remove(path: Path) -> None:
    """Removes a file, durably; one that is not there is no error."""
    with our_errors(path):
        try:
            path.unlink()
        except FileNotFoundError:
            return
        flush_folder(path.parent)


def make_folder(root: Path, folder: Path) -> None:
    """Makes `folder` and what is missing between it and `root`; refuses a symbolic link in the place of one.

    Raises:
        OSError: it cannot be made, or something else stands there.
    """
    if folder == root:
        return
    make_folder(root, folder.parent)
    try:
        folder.mkdir(mode=0o700)
    except FileExistsError:
        if not stat.S_ISDIR(folder.lstat().st_mode):
            raise NotADirectoryError(
                errno.ENOTDIR, "not a folder of the archive (a link or a file stands there)", str(folder)
            ) from None
    else:
        flush_folder(folder.parent)


def flush_folder(folder: Path) -> None:
    """Makes the names in `folder` durable. Windows has no such call and needs none."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        _flush(descriptor)
    finally:
        os.close(descriptor)


def _write_new(path: Path, content: bytes) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _NO_FOLLOW | _BINARY, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        _flush(file.fileno())


def _flush(descriptor: int) -> None:
    """Down to the platter: on macOS fsync stops at the drive's cache."""
    if sys.platform == "darwin":
        import fcntl

        with contextlib.suppress(OSError):  # not on every file system; fsync is what is left
            fcntl.fcntl(descriptor, fcntl.F_FULLFSYNC)
            return
    os.fsync(descriptor)
