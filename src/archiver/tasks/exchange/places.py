"""Where an export goes: a file or a folder outside the archive, written atomically.

A file is written beside its place under a name of its own, and takes its name when it is whole. A new folder too; in one that
is there, each file is replaced like that where its content is another, and files that the export does not have stay.
`OSError` becomes ours here.
"""

from __future__ import annotations

import contextlib
import os
import shutil
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
                with os.fdopen(_new(temporary), "wb") as output:
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
                yield Folder(self.path, fresh=False)
                return
            target = Path(os.path.realpath(self.path))
            temporary = _beside(target)
            try:
                temporary.mkdir()
                yield Folder(temporary, fresh=True)
                temporary.rename(target)
            except BaseException:
                shutil.rmtree(temporary, ignore_errors=True)
                raise


class Folder:
    """A folder that is being filled.

    Args:
        fresh: it is new, and nobody sees it yet.
    """

    def __init__(self, root: Path, *, fresh: bool) -> None:
        self._root = str(root)
        self._fresh = fresh
        self._folders = {self._root}

    def put(self, name: str, content: bytes) -> None:
        """Writes the file `name`, relative to the folder, with `/`; one with the same content is left as it is."""
        path = f"{self._root}/{name}"
        folder = path.rpartition("/")[0]
        if folder not in self._folders:
            Path(folder).mkdir(parents=True, exist_ok=True)
            self._folders.add(folder)
        if self._fresh:
            _write_new(path, content)
        else:
            _bring_up_to_date(Path(path), content)


def _bring_up_to_date(path: Path, content: bytes) -> None:
    if path.is_file() and not path.is_symlink() and path.read_bytes() == content:
        return
    temporary = _beside(path)
    try:
        _write_new(str(temporary), content)
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


def _new(path: str | Path) -> int:
    """A descriptor of a new file, with the permissions that the user gives to new files."""
    return os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _NO_FOLLOW | _BINARY, 0o666)


def _write_new(path: str, content: bytes) -> None:
    with os.fdopen(_new(path), "wb", buffering=0) as output:
        rest = memoryview(content)
        while rest:
            rest = rest[output.write(rest) :]


def _flush(output: BinaryIO) -> None:
    output.flush()
    os.fsync(output.fileno())


def _gone(path: Path) -> None:
    with contextlib.suppress(OSError):
        path.unlink()
