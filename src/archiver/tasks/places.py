"""Where an export goes: a file or a folder outside the archive, written atomically.

A file is written beside its place under a name of its own, and takes its name when it is whole. A new folder too; in one that
is there, each file is replaced like that where its content is another, and files that the export does not have stay.
`OSError` becomes ours here.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import stat
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from archiver.errors import InvalidInput, OutputUnwritable

if TYPE_CHECKING:
    from collections.abc import Iterator

_BINARY = getattr(os, "O_BINARY", 0)
_NO_FOLLOW = getattr(os, "O_NOFOLLOW", 0)


class FilePlace:
    """One file.

    Args:
        path: what it is called; a symbolic link stands for what it leads to.
        force: write over a file that is there.

    Raises:
        InvalidInput: something is there already.
    """

    def __init__(self, path: Path, *, force: bool) -> None:
        self.path = path
        if path.is_dir():
            raise InvalidInput("is a folder", subject=str(path), remedy="name a file")
        self._device = path.exists() and not path.is_file()
        if path.exists() and not self._device and not force:
            raise InvalidInput("is there already", subject=str(path), remedy="name another, or write over it with --force")

    @contextlib.contextmanager
    def opened(self) -> Iterator[BinaryIO]:
        """The file to be written; it appears at the end, unless an exception ends this.

        Raises:
            OutputUnwritable: it cannot be written.
        """
        with _our_errors(self.path):
            if self._device:  # /dev/stdout, a pipe: what goes there goes there at once
                with self.path.open("wb") as output:
                    yield output
                return
            target = Path(os.path.realpath(self.path))
            temporary = _beside(target)
            try:
                with _new(temporary) as output:
                    yield output
                    _flush(output)
                temporary.replace(target)
            except BaseException:
                _gone(temporary)
                raise


class FolderPlace:
    """One folder.

    Args:
        path: what it is called.
        force: write over files that are there.

    Raises:
        InvalidInput: something is there already.
    """

    def __init__(self, path: Path, *, force: bool) -> None:
        self.path = path
        with _our_errors(path):
            if path.exists() and not path.is_dir():
                raise InvalidInput("is no folder", subject=str(path), remedy="name a folder")
            if not force and path.is_dir() and any(path.iterdir()):
                remedy = "name another, or bring it up to date with --force"
                raise InvalidInput("is there already, and not empty", subject=str(path), remedy=remedy)

    @contextlib.contextmanager
    def opened(self) -> Iterator[Folder]:
        """The folder to be filled; a new one appears at the end, unless an exception ends this.

        Raises:
            OutputUnwritable: it cannot be written.
        """
        with _our_errors(self.path):
            if self.path.is_dir():
                yield Folder(self.path)
                return
            target = Path(os.path.realpath(self.path))
            temporary = _beside(target)
            try:
                temporary.mkdir()
                yield Folder(temporary)
                temporary.rename(target)
            except BaseException:
                shutil.rmtree(temporary, ignore_errors=True)
                raise


class Folder:
    """A folder that is being filled."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def put(self, name: str, content: bytes) -> None:
        """Writes the file `name`, relative to the folder, with `/`; one with the same content is left as it is."""
        path = self._root / name
        if path.is_file() and not path.is_symlink() and path.read_bytes() == content:
            return
        path.parent.mkdir(parents=True, exist_ok=True)
        temporary = _beside(path)
        try:
            with _new(temporary) as output:
                output.write(content)
            temporary.replace(path)
        except BaseException:
            _gone(temporary)
            raise


@contextlib.contextmanager
def _our_errors(path: Path) -> Iterator[None]:
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        reason = f"cannot be written: {error.strerror or error}"
        raise OutputUnwritable(reason, subject=str(path), remedy="check the folder, its permissions and the disk") from error


def _beside(path: Path) -> Path:
    return path.with_name(f".{os.urandom(8).hex()}.part")


@contextlib.contextmanager
def _new(path: Path) -> Iterator[BinaryIO]:
    """A new file, with the permissions that the user gives to new files."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _NO_FOLLOW | _BINARY, stat.S_IMODE(0o666))
    with os.fdopen(descriptor, "wb") as output:
        yield output


def _flush(output: BinaryIO) -> None:
    output.flush()
    os.fsync(output.fileno())


def _gone(path: Path) -> None:
    with contextlib.suppress(OSError):
        path.unlink()
