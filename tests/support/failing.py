"""A file system that fails, or a process that dies, at a chosen call: what every change to the archive must bear."""

from __future__ import annotations

import errno
import os
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pytest

CHANGES = ("open", "mkdir", "write", "fsync", "replace", "unlink", "rmdir", "close")
"""The calls of `store/files.py` that change files."""
DEAD = 0
"""In the place of an error's number: the process dies at the call."""
FAULTS = (DEAD, errno.ENOSPC, errno.EIO, errno.EROFS)
NAMES = {DEAD: "killed", **{number: errno.errorcode[number] for number in FAULTS if number}}


class Killed(BaseException):
    """Stands for the death of the process: no handler of ours may see it as an error."""


class FailingSystem:
    """Lets the calls that change files through until the `failing`-th, which fails; all after it too if the process is dead.

    Args:
        fault: the error's number, or DEAD.
    """

    def __init__(self, monkeypatch: pytest.MonkeyPatch, failing: int, fault: int) -> None:
        self.calls = 0
        self._failing = failing
        self._fault = fault
        for name in CHANGES:
            monkeypatch.setattr(os, name, self._wrapped(name, getattr(os, name)))

    def _wrapped(self, name: str, real: Any) -> Any:
        def call(*arguments: Any, **options: Any) -> Any:
            if name != "close":  # closing at death costs nothing, and tests must not leak
                self.calls += 1
                if self._fault == DEAD and self.calls >= self._failing:
                    raise Killed
                if self.calls == self._failing:
                    raise OSError(self._fault, os.strerror(self._fault))
            return real(*arguments, **options)

        return call
