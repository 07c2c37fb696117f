"""Many files of the archive, made durable together, in two parts: nothing of the last is there before all of the first."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from archiver.store import files, together

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


def write_all(root: Path, first: Mapping[str, bytes], last: Mapping[str, bytes]) -> None:
    """Writes the files, by their names relative to the archive at `root`, each atomically, `last` after `first`.

    Raises:
        ArchiveUnwritable, StoreError: as the disk says. Some files may stand there, each whole, but none of `last` before all
            of `first`.
    """
    lasts = {f"{root}/{name}" for name in last}
    group = together.Group(root, lasts.__contains__)
    with files.our_errors(root), together.belonging_to(group):
        for name, content in [*first.items(), *last.items()]:
            files.write(root, PurePosixPath(name), content)
