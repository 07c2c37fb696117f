"""A run that a signal ends, between two steps and not within one."""

from __future__ import annotations

import contextlib
import signal
import threading
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


@contextlib.contextmanager
def stopped_by_signals(stop: Callable[[], None], stopped: threading.Event | None = None) -> Iterator[threading.Event]:
    """While this lasts, Ctrl-C and SIGTERM call `stop` and set the event; a second Ctrl-C is a KeyboardInterrupt.

    What whoever started the program has it ignore, as a shell does with Ctrl-C for what runs in the background, it ignores.
    """
    stopped = stopped or threading.Event()

    def on_signal(number: int, _frame: object) -> None:
        stopped.set()
        stop()
        if number == signal.SIGINT:
            signal.signal(signal.SIGINT, signal.default_int_handler)

    try:
        heeded = [number for number in (signal.SIGINT, signal.SIGTERM) if signal.getsignal(number) is not signal.SIG_IGN]
        before = {number: signal.signal(number, on_signal) for number in heeded}
    except ValueError:  # not in the main thread, where signals do not arrive
        yield stopped
        return
    try:
        yield stopped
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
