"""An archive of its own: the files of the articles as they stand, with their digests; a folder, or the same as a tar file.

The folder is an archive that every command reads, and `archiver import` takes either. Each article's record comes after all
else that is its, and `SHA256SUMS`, which `sha256sum -c` checks, at the very end: a file that was cut short is known by that.
Nothing is compressed, for captures are already; owner, time and permissions are the same in every tar file (POSIX.1-2001 pax).
"""

from __future__ import annotations

import hashlib
import io
import tarfile
from typing import TYPE_CHECKING, BinaryIO

from archiver.errors import StoreError
from archiver.export.model import File

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archiver.export.model import Selection, Wishes

FEEDS = "feeds.opml"
SUMS = "SHA256SUMS"


def files(selection: Selection, wishes: Wishes) -> Iterator[File]:
    """The files of the archive, the digests last."""
    sums = []
    for found in _contents(selection, wishes):
        sums.append(f"{hashlib.sha256(found.content).hexdigest()}  {found.name}\n")
        yield found
    yield File(SUMS, "".join(sorted(sums, key=lambda line: line.partition("  ")[2])).encode())


def write(selection: Selection, output: BinaryIO, wishes: Wishes) -> None:
    """Writes the files as one tar file."""
    with tarfile.open(fileobj=output, mode="w|", format=tarfile.PAX_FORMAT) as tar:
        for name, content in files(selection, wishes):
            member = tarfile.TarInfo(name)
            member.size, member.mode = len(content), 0o600
            tar.addfile(member, io.BytesIO(content))
            tar.members = []  # type: ignore[attr-defined]  # it would keep them all


def _contents(selection: Selection, wishes: Wishes) -> Iterator[File]:
    for exported in selection:
        for name in reversed(exported.names):
            try:
                content = exported.read(name)
            except StoreError as error:
                selection.failed(error)
            else:
                yield File(name, content)
    if wishes.feeds is not None:
        yield File(FEEDS, wishes.feeds)
