"""Reading a page makes thousands of objects that go by themselves; looking for cycles among them costs a twentieth of it."""

from __future__ import annotations

import gc
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def left_until_the_end() -> Iterator[None]:
    """Garbage in cycles is collected once, when this ends, and not every few hundred objects.

    What has cycles is a page's fragment alone, so little waits. Whoever has switched collection off keeps it so. Where
    threads meet in here, the first that leaves switches it on for the others, too: they only take longer.
    """
    if not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
        gc.collect(0)  # young objects alone: a tenth of a millisecond
