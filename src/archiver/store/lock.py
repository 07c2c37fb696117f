"""The one lock of those who write. The system frees it when its process ends, however that ends; readers take none."""

from __future__ import annotations

import contextlib
import errno
import os
from typing import TYPE_CHECKING

from archiver.errors import ArchiveUnwritable, LockHeld
from archiver.store import files

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from filelock import BaseFileLock

LOCK_NAME = ".lock"
INDEX_LOCK_NAME = ".index.lock"
_DOING = {LOCK_NAME: "writing", INDEX_LOCK_NAME: "making the index"}
LOCK_SECONDS = 20.0
"""How long a writer waits for another: a commit takes milliseconds, so longer than many of them."""


class WriteLock:
    """A lock of the archive at `root`: the one of all who write, or another `name`."""

    def __init__(self, root: Path, name: str = LOCK_NAME, wait_seconds: float | None = None) -> None:
        self._root = root
        self._path = root / name
        self._wait_seconds = wait_seconds
        self._lock: BaseFileLock | None = None

    @contextlib.contextmanager
    def held(self) -> Iterator[None]:
        """Holds the lock; may be nested. Whoever takes it sweeps up what dead writers left.

        Raises:
            LockHeld: another run did not let go of it in time; the text names that run.
            ArchiveUnwritable, StoreError: the archive cannot be locked.
        """
        from filelock import FileLock, Timeout  # readers never need it

        self._lock = self._lock or FileLock(self._path, mode=0o600)
        with files.our_errors(self._path):
            if not self._root.is_dir():
                raise FileNotFoundError(errno.ENOENT, "there is no such archive")
            try:
                self._lock.acquire(timeout=LOCK_SECONDS if self._wait_seconds is None else self._wait_seconds)
            except Timeout:  # an OSError to Python
                raise self._held_by_another() from None
            except NotImplementedError as error:
                raise ArchiveUnwritable(
                    "the file system knows no locks", subject=str(self._path), remedy="keep the archive on a local disk"
                ) from error
        try:
            if self._lock.lock_counter == 1:
                self._sign()
                if self._path.name == LOCK_NAME:
                    files.sweep(self._root)
            yield
        finally:
            self._lock.release()

    def _sign(self) -> None:
        """Writes who holds the lock, for those who wait in vain to be told; nothing decides by it."""
        from datetime import UTC, datetime

        with contextlib.suppress(OSError):
            self._path.write_text(f"process {os.getpid()} since {datetime.now(UTC):%Y-%m-%d %H:%M:%S} UTC\n", encoding="ascii")

    def _held_by_another(self) -> LockHeld:
        doing = _DOING.get(self._path.name, "syncing")
        reason = f"another run is {doing}"
        with contextlib.suppress(OSError, UnicodeDecodeError):
            holder = self._path.read_text(encoding="ascii").strip()
            if holder and holder.isprintable():
                reason = f"another run is {doing} ({holder})"
        return LockHeld(reason, subject=str(self._root), remedy="let it finish, or stop it")
