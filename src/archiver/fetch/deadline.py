"""The moment by which a page must be there, whatever the server does."""

from __future__ import annotations

import contextlib
import heapq
import itertools
import socket
import threading
import time
from typing import Self

from archiver.errors import TimedOut


class _Watchdog:
    """The one thread that cuts off what is late, for all deadlines of the program; begun with the first of them."""

    def __init__(self) -> None:
        self._change = threading.Condition()
        self._watched: list[tuple[float, int, Deadline]] = []  # heap; those that ended early leave it when their time comes
        self._order = itertools.count()
        self._thread: threading.Thread | None = None

    def watch(self, end: float, deadline: Deadline) -> None:
        """Has `deadline` cut off at the moment `end`."""
        with self._change:
            heapq.heappush(self._watched, (end, next(self._order), deadline))
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, daemon=True)  # it never keeps the program from ending
                self._thread.start()
            elif self._watched[0][2] is deadline:
                self._change.notify()

    def _run(self) -> None:
        while True:
            self._next().cut()

    def _next(self) -> Deadline:
        """Waits for the next deadline to pass, and gives it."""
        with self._change:
            while True:
                wait = self._watched[0][0] - time.monotonic() if self._watched else None
                if wait is not None and wait <= 0:
                    return heapq.heappop(self._watched)[2]
                self._change.wait(wait)


_WATCHDOG = _Watchdog()


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

    def __enter__(self) -> Self:
        _WATCHDOG.watch(self._end, self)
        return self

    def __exit__(self, *_: object) -> None:
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
            self.cut()

    def _replace(self, line: socket.socket | None) -> None:
        with self._lock:
            if self._line is not None:
                self._line.close()
            self._line = line

    def cut(self) -> None:
        """Cuts the connection off, where there is one."""
        with self._lock:
            if self._line is not None:
                with contextlib.suppress(OSError):  # the server was faster
                    self._line.shutdown(socket.SHUT_RDWR)
