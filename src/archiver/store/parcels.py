"""Articles on their way from one archive to another: a folder that is an archive, or the same as a tar file; never trusted.

Both are a list of names and a way to read them. A name that leads out of the archive, a link, a device, a name that stands
twice or a file larger than any of its kind refuses the whole; nothing is unpacked, for nothing is compressed. A tar file ends
with the digests of all that is in it (docs/moving.md), which are checked before anything is taken from it. A folder may have
them too: then each document is checked when it is read, for the folder may have been written to since, and a capture by what
its record remembers.
"""

from __future__ import annotations

import hashlib
import re
import tarfile
from typing import TYPE_CHECKING, BinaryIO, Protocol

from archiver.errors import InvalidInput, StoreError
from archiver.store import files, paths

if TYPE_CHECKING:
    from pathlib import Path

SUMS = "SHA256SUMS"
FEEDS = "feeds.opml"
MAX_DOCUMENT_BYTES = 64 * 2**20
MAX_CAPTURE_BYTES = 2**30
_CHUNK = 2**20
_TOPS = tuple(map(str, (paths.ARTICLES, paths.VERSIONS, paths.CAPTURES, paths.REMARKS, paths.SIGHTINGS, paths.ALIASES)))
_SUM = re.compile(r"([0-9a-f]{64}) [ *](.+)")
_STALE = f"copy the folder again; if it was used as an archive since it was made, remove its {SUMS}"
_REMEDY = "nothing was taken from it; make the export again"


class Parcel(Protocol):
    """What there is to take.

    Attributes:
        subject: what it is called, for errors.
        names: as in an archive, with `/`.
        missing: those that its digests name, and that are not there.
    """

    subject: str
    names: tuple[str, ...]
    missing: tuple[str, ...]

    def read(self, name: str) -> bytes:
        """The content of one of the files in `names`.

        Raises:
            StoreError: it cannot be read, or is no file that an archive would have.
            FileNotFoundError: it is there no more.
        """


class FolderParcel:
    """The archive in a folder; its names are found now. Links in it are not followed.

    Raises:
        StoreError: it cannot be read.
    """

    def __init__(self, root: Path) -> None:
        self.subject = str(root)
        self._root = root
        found = [name for top in _TOPS for name in self._below(top)]
        self.names = (*found, FEEDS) if (root / FEEDS).is_file() else tuple(found)
        self._sums = _stated(files.read(root, SUMS)) if (root / SUMS).is_file() else {}
        self.missing = tuple(sorted(self._sums.keys() - set(self.names)))

    def read(self, name: str) -> bytes:
        """As `Parcel.read`; a document that is not what the digests say cannot be read."""
        path = self._root / name
        if path.lstat().st_size > limit_bytes(name):
            raise StoreError("is larger than any file of its kind", subject=str(path), remedy="is this an archive?")
        content = files.read(self._root, name)
        stated = None if name.startswith(f"{paths.CAPTURES}/") else self._sums.get(name)
        if stated is not None and hashlib.sha256(content).hexdigest() != stated:
            raise StoreError(f"is not what {SUMS} says", subject=str(path), remedy=_STALE)
        return content

    def _below(self, folder: str, depth: int = 0) -> list[str]:
        found = []
        for entry in files.listing(self._root / folder):
            name = f"{folder}/{entry.name}"
            if entry.is_dir(follow_symlinks=False):
                found += self._below(name, depth + 1) if depth < 2 else []  # captures/<year>/<month> is the deepest
            else:
                found.append(name)
        return found


class TarParcel:
    """The archive in a tar file that can be read from any place.

    Args:
        subject: what it is called, for errors.

    Raises:
        InvalidInput: it is none, was cut short, or was tampered with.
    """

    def __init__(self, file: BinaryIO, subject: str) -> None:
        self._file = file
        self.subject = subject
        self._places: dict[str, tuple[int, int]] = {}
        digests = self._indexed()
        self._check(digests)
        self.names = tuple(name for name in self._places if name != SUMS)
        self.missing: tuple[str, ...] = ()  # that refuses the whole

    def read(self, name: str) -> bytes:
        """As `Parcel.read`."""
        offset, size = self._places[name]
        self._file.seek(offset)
        return self._file.read(size)

    def _indexed(self) -> dict[str, str]:
        """The digest of each file, after its place was written down."""
        digests: dict[str, str] = {}
        try:
            with tarfile.open(fileobj=self._file, mode="r:") as tar:
                for member in tar:
                    tar.members = []  # type: ignore[attr-defined]  # it would keep them all
                    if member.isdir():
                        continue
                    self._demand(member)
                    self._places[member.name] = member.offset_data, member.size
                    digests[member.name] = self._digest(member)
        except (tarfile.TarError, EOFError, OSError, ValueError) as error:
            raise self._refused(f"is no sound tar file: {error}") from error
        return digests

    def _demand(self, member: tarfile.TarInfo) -> None:
        """Refuses what no export has."""
        name = member.name
        if not member.isreg() or member.issparse():
            raise self._refused(f"has something in it that is no plain file ({name[:200]!a})")
        if not is_safe(name):
            raise self._refused(f"has a name in it that could lead out of the archive ({name[:200]!a})")
        if name in self._places:
            raise self._refused(f"has a file in it twice ({name[:200]!a})")
        if member.size > limit_bytes(name):
            raise self._refused(f"has a file in it that is too large ({name[:200]!a})")

    def _digest(self, member: tarfile.TarInfo) -> str:
        self._file.seek(member.offset_data)
        digest, rest = hashlib.sha256(), member.size
        while rest:
            chunk = self._file.read(min(rest, _CHUNK))
            if not chunk:
                raise self._refused("was cut short")
            digest.update(chunk)
            rest -= len(chunk)
        return digest.hexdigest()

    def _check(self, digests: dict[str, str]) -> None:
        if SUMS not in digests:
            raise self._refused(f"was cut short, or is no export of an archive: it has no {SUMS}")
        del digests[SUMS]
        stated = _stated(self.read(SUMS))
        if stated != digests:
            wrong = sorted(name for name in stated.keys() | digests.keys() if stated.get(name) != digests.get(name))
            raise self._refused(f"is damaged: {wrong[0][:200]!a} is not what {SUMS} says")

    def _refused(self, reason: str) -> InvalidInput:
        return InvalidInput(reason, subject=self.subject, remedy=_REMEDY)


def _stated(content: bytes) -> dict[str, str]:
    """The digests in the file `SUMS`, by name."""
    lines = content.decode("utf-8", "replace").splitlines()
    return {match[2]: match[1] for match in map(_SUM.fullmatch, lines) if match}


def is_safe(name: str) -> bool:
    """Whether `name` stays where it is put, on every system."""
    parts = name.split("/")
    return all(part not in {"", ".", ".."} for part in parts) and not set("\\:\0") & set(name) and name.isprintable()


def limit_bytes(name: str) -> int:
    """How large a file with this name may be."""
    return MAX_CAPTURE_BYTES if name.startswith(f"{paths.CAPTURES}/") else MAX_DOCUMENT_BYTES
