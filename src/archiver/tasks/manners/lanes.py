"""Work on the network side by side: one piece at a time for each host, a pause between two, results in the owner's thread.

A host that hangs holds one thread and its own lane, and nobody else. A host is asked again only when the owner has dealt with
its last answer, which may be that it wants to be left alone. The threads are daemons: who stops early does not wait for what is
still on its way.
"""

from __future__ import annotations

import heapq
import threading
import time
from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

MAX_UNREAD = 256
MAX_UNREAD_BYTES = 64 * 1024 * 1024
"""So many results, and so much of them, may wait for the owner; then the threads wait too."""
USUAL_BYTES = 2 * 1024 * 1024
"""What a result counts whose size nobody tells."""
MAX_NOTED = 4096
"""Hosts of which is noted when they may be asked again, before those that may be are forgotten."""
Tag = TypeVar("Tag")


@dataclass(frozen=True, slots=True)
class Done(Generic[Tag]):
    """What became of a piece of work: its result, or the exception it raised."""

    tag: Tag
    host: str
    result: object
    error: Exception | None


class Lanes(Generic[Tag]):
    """The lanes of one run; to be used by one thread, its owner.

    Args:
        pace: gives the seconds between the end of one piece of work for a host and the beginning of the next. Turns at a host
            (`tasks.pace`) are taken by the work itself; with this it seldom has to wait for one, which would hold a thread.
        jobs: most pieces of work at once, each in a thread: mostly they wait. More than the hosts that hang at once, or those
            keep the others waiting.
        size: gives the size of a result in bytes.
    """

    def __init__(self, pace: Callable[[str], float], jobs: int, size: Callable[[object], int] = lambda _: USUAL_BYTES) -> None:
        self._pace = pace
        self._jobs = jobs
        self._waiting: dict[str, deque[tuple[Tag, Callable[[], object]]]] = {}
        self._ready: list[tuple[float, int, str]] = []  # heap of hosts that have work and none under way: from when on
        self._free_at: dict[str, float] = {}
        self._busy: set[str] = set()
        self._size = size
        self._results: deque[tuple[Done[Tag], int]] = deque()
        self._unread_bytes = 0
        lock = threading.RLock()
        self._change = threading.Condition(lock)
        self._arrival = threading.Condition(lock)
        self._room = threading.Condition(lock)
        self._dealing_with: str | None = None
        self._threads = 0
        self._order = 0
        self._open = 0
        self._closed = False

    @property
    def open(self) -> int:
        """Pieces of work whose results were not given yet."""
        return self._open

    def add(self, host: str, tag: Tag, work: Callable[[], object]) -> None:
        """Adds a piece of work for `host`, behind those it has; `tag` comes back with the result."""
        with self._change:
            lane = self._waiting.setdefault(host, deque())
            lane.append((tag, work))
            self._open += 1
            if len(lane) == 1 and host not in self._busy:
                self._make_ready(host)
            if self._threads < min(self._jobs, self._open):
                self._threads += 1
                threading.Thread(target=self._run, daemon=True).start()
            self._change.notify()

    def drop(self, host: str) -> list[Tag]:
        """Gives up what waits for `host`; gives the tags."""
        with self._change:
            dropped = [tag for tag, _ in self._waiting.pop(host, ())]
            self._ready = [entry for entry in self._ready if entry[2] != host]
            heapq.heapify(self._ready)
            self._open -= len(dropped)
        return dropped

    def next(self, seconds: float) -> Done[Tag] | None:
        """The next result, in the order of being done; None where none comes within `seconds`.

        Asking for it says that the one before was dealt with.
        """
        self._free(self._dealing_with)
        self._dealing_with = None
        with self._change:
            if not self._arrival.wait_for(lambda: self._results, max(0.0, seconds)):
                return None
            done, size = self._results.popleft()
            self._unread_bytes -= size
            self._room.notify_all()
            self._open -= 1
        self._dealing_with = done.host
        return done

    def close(self) -> None:
        """Lets the threads end when they have done what they are at; the results are lost."""
        with self._change:
            self._closed = True
            self._change.notify_all()
            self._room.notify_all()

    def _free(self, host: str | None) -> None:
        """Lets `host` be asked again."""
        if host is None:
            return
        with self._change:
            self._busy.discard(host)
            if self._waiting.get(host):
                self._make_ready(host)
            self._change.notify()

    def _make_ready(self, host: str) -> None:
        self._order += 1
        heapq.heappush(self._ready, (self._free_at.get(host, 0.0), self._order, host))

    def _take(self) -> tuple[str, Tag, Callable[[], object]] | None:
        """The next piece of work, once its host may be asked; None when the lanes are closed."""
        with self._change:
            while not self._closed:
                wait = self._ready[0][0] - time.monotonic() if self._ready else None
                if wait is None or wait > 0:
                    self._change.wait(wait)
                    continue
                _, _, host = heapq.heappop(self._ready)
                lane = self._waiting[host]
                tag, work = lane.popleft()
                if not lane:
                    del self._waiting[host]
                self._busy.add(host)
                return host, tag, work
        return None

    def _run(self) -> None:
        while (taken := self._take()) is not None:
            host, tag, work = taken
            try:
                done = Done(tag, host, work(), None)
            except Exception as error:  # noqa: BLE001  # it belongs to the owner's thread
                done = Done(tag, host, None, error)
            size = 0 if done.error else self._size(done.result)
            with self._change:
                self._note_free(host)
                while not self._closed and not self._has_room(size):
                    self._room.wait()
                self._results.append((done, size))
                self._unread_bytes += size
                self._arrival.notify()

    def _has_room(self, size: int) -> bool:
        return not self._results or (len(self._results) < MAX_UNREAD and self._unread_bytes + size <= MAX_UNREAD_BYTES)

    def _note_free(self, host: str) -> None:
        """Notes when `host` may be asked again; what was noted of others is dropped when it has passed."""
        now = time.monotonic()
        if len(self._free_at) >= MAX_NOTED:
            self._free_at = {other: moment for other, moment in self._free_at.items() if moment > now}
        self._free_at[host] = now + self._pace(host)
