"""What comes slowly, read ahead by a thread of its own, so that whoever waits for it can do other things meanwhile."""

from __future__ import annotations

import queue
import threading
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterable

MAX_AHEAD = 64
Item = TypeVar("Item")


class Ahead(Generic[Item]):
    """The items of `source`, a few of them at a time."""

    def __init__(self, source: Iterable[Item]) -> None:
        self._source = source
        self._queue: queue.Queue[Item | _End] = queue.Queue(MAX_AHEAD)
        self.ended = False
        threading.Thread(target=self._read, daemon=True).start()

    def next(self, seconds: float) -> Item | None:
        """The next item; None where there is none within `seconds`, or none any more (`ended`).

        Raises:
            Exception: what the source raised.
        """
        if self.ended:
            return None
        try:
            item = self._queue.get(timeout=seconds) if seconds else self._queue.get_nowait()
        except queue.Empty:
            return None
        if not isinstance(item, _End):
            return item
        self.ended = True
        if item.error is not None:
            raise item.error
        return None

    def _read(self) -> None:
        error = None
        try:
            for item in self._source:
                self._queue.put(item)
        except Exception as caught:  # noqa: BLE001  # it belongs to the thread that asks
            error = caught
        self._queue.put(_End(error))


class _End:
    """Behind the last item: why there is no other, where that is an error."""

    def __init__(self, error: Exception | None) -> None:
        self.error = error
