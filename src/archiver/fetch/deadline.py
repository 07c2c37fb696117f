"""The moment by which a page must be there, whatever the server does."""

from __future__ import annotations

import contextlib
import socket
import threading
import time
from typing import Self

from archiver.errors import TimedOut


class Deadline:
    """A total time limit, and the watchdog that cuts the connection off when it passes.

    The time-out of a socket starts again with every byte, so a server that drips never meets it, neither in the TLS
    handshake nor in headers or body. A cut connection looks like one that the server ended: whoever reads must `check`.
    """

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._end = time.monotonic() + seconds
        self._lock = threading.Lock()
        self._line: socket.socket | None = None
        self._watchdog = threading.Timer(seconds, self._cut)
        self._watchdog.daemon = True  # it never keeps the program from ending

    def __enter__(self) -> Self:
        self._watchdog.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._watchdog.cancel()
        self._replace(None)

    @property
    def passed(self) -> bool:
        """Whether it is too late."""
        return time.monotonic() >= self._end

    @property
    def remaining_seconds(self) -> float:
        """Never below 0."""
        return max(0.0, self._end - time.monotonic())

    def check(self) -> None:
        """Nothing, in time.

        Raises:
            TimedOut: it is too late.
        """
        if self.passed:
            raise self.error()

    def error(self) -> TimedOut:
        """The error that says so."""
        return TimedOut(f"not finished after {self._seconds:g} s", remedy="try again later, or with a longer --timeout")

    def watch(self, line: socket.socket) -> None:
        """Makes `line` the connection to cut off; the one before is forgotten."""
        self._replace(line.dup())  # ours to close, and it reaches the connection below TLS
        if self.passed:
            self._cut()

    def _replace(self, line: socket.socket | None) -> None:
        with self._lock:
            if self._line is not None:
                self._line.close()
            self._line = line

    def _cut(self) -> None:
        with self._lock:
            if self._line is not None:
                with contextlib.suppress(OSError):  # the server was faster
                    self._line.shutdown(socket.SHUT_RDWR)
