"""Zip files: opened, listed and read without unpacking anything to the disk; zipfile's exceptions become ours here."""

from __future__ import annotations

import contextlib
import zipfile
import zlib
from datetime import UTC, datetime
from typing import TYPE_CHECKING, BinaryIO, cast

from archiver.errors import InvalidInput

if TYPE_CHECKING:
    from collections.abc import Iterator

MAGIC = b"PK\x03\x04"
MAX_MEMBERS = 1_000_000
_DAMAGE = (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError)


def is_zip(file: BinaryIO) -> bool:
    """Whether a zip file begins here; it is read from its beginning again."""
    try:
        return file.read(len(MAGIC)) == MAGIC
    finally:
        file.seek(0)


class Zip:
    """The files in a zip file that can be read from any place.

    Raises:
        InvalidInput: it is damaged.
    """

    def __init__(self, file: BinaryIO) -> None:
        with _told():
            self._zip = zipfile.ZipFile(file)
        self._members = {one.filename: one for one in self._zip.infolist()[:MAX_MEMBERS] if not one.is_dir()}

    def names(self) -> list[str]:
        """The names of the files, sorted, with `/`."""
        return sorted(self._members)

    def changed_at(self, name: str) -> datetime:
        """When a file was changed, as far as the zip file says; it does not say in which time zone."""
        try:
            return datetime(*self._members[name].date_time, tzinfo=UTC)
        except ValueError:
            return datetime(1980, 1, 1, tzinfo=UTC)  # where the format's time begins

    @contextlib.contextmanager
    def opened(self, name: str) -> Iterator[BinaryIO]:
        """A file in it, to be read from any place.

        Raises:
            InvalidInput: it is damaged, or packed in a way that cannot be undone.
        """
        with _told(), self._zip.open(self._members[name]) as file:
            yield cast("BinaryIO", file)


@contextlib.contextmanager
def _told() -> Iterator[None]:
    try:
        yield
    except NotImplementedError:
        raise InvalidInput("is packed in a way that cannot be undone", remedy="unpack it first") from None
    except RuntimeError:
        raise InvalidInput("is locked with a password", remedy="unpack it first") from None
    except _DAMAGE:
        raise InvalidInput("is a zip file that is damaged", remedy="get the file again") from None
