"""The pace of hosts, kept for every run on an archive: one request at a time, and none before the host wants it."""

from __future__ import annotations

import functools
import time
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from archiver.errors import NotYet
from archiver.fetch.addresses import is_loopback
from archiver.store.hosts import KEPT_SECONDS

if TYPE_CHECKING:
    from collections.abc import Callable

    from archiver.store import Store

USUAL_SECONDS = 1.0
FIRST_WAIT_SECONDS = 10.0
"""A host that asks to wait and does not say how long is left alone so long; twice as long each time that it does so again."""
LONGEST_WAIT_SECONDS = 60 * 60.0


class Pace:
    """The turns (`fetch.turns.Turns`) of the hosts that are asked for one archive. Any thread may wait for one.

    Args:
        pace_seconds: least time between two requests to one host, and after its answer; None: a second, and none on loopback.
        clock: the seconds since 1970.
    """

    def __init__(
        self,
        store: Store,
        pace_seconds: float | None,
        *,
        clock: Callable[[], float] = time.time,
        sleep: Callable[[float], object] = time.sleep,
    ) -> None:
        self._hosts = store.hosts
        self._pace_seconds = pace_seconds
        self._clock = clock
        self._sleep = sleep

    def of_host(self, host: str) -> float:
        """The least time between two requests to `host`, in seconds."""
        if self._pace_seconds is None and is_loopback(host):
            return 0.0
        return max(self._pace_seconds or USUAL_SECONDS, self._hosts.delay(host, self._clock()))

    def take(self, url: str, seconds: float) -> None:
        """Waits until the host of `url` may be asked. The turn is reserved before the waiting begins.

        Raises:
            NotYet: not within `seconds`; nothing is reserved.
        """
        host = _host(url)
        latest = self._clock() + seconds
        while True:
            now = self._clock()
            turn = self._hosts.reserve(host, now, self.of_host(host), latest)
            if turn.at > latest:
                raise _not_yet(host, turn.at, now, refused=turn.refused)
            if turn.at <= now:
                return
            self._sleep(turn.at - now)
            now = self._clock()
            if self._hosts.not_before(host, now) <= now:
                return
            # meanwhile the host told somebody else to wait

    def slow_down(self, url: str, seconds: float) -> None:
        """Notes the pace that the host of `url` asks for."""
        self._hosts.slow_down(_host(url), self._clock(), seconds)

    def answered(self, url: str, *, asks_to_wait: bool, seconds: int | None) -> None:
        """Notes that the host of `url` answered; where it asks to wait, for how long (None: it does not say)."""
        if asks_to_wait:
            self._hosts.refused(_host(url), self._clock(), functools.partial(_wait, seconds))
        else:
            host = _host(url)
            self._hosts.answered(host, self._clock(), self.of_host(host))


def _wait(asked_seconds: int | None, refusals: int) -> float:
    """How long a host is left alone that asks to wait, having done so `refusals` times in a row before."""
    if asked_seconds is not None and asked_seconds > 0:
        return min(float(asked_seconds), KEPT_SECONDS)
    return min(FIRST_WAIT_SECONDS * 2.0 ** min(refusals, 10), LONGEST_WAIT_SECONDS)


def _not_yet(host: str, at: float, now: float, *, refused: bool) -> NotYet:
    moment = datetime.fromtimestamp(at, UTC)
    if refused:
        reason, remedy = f"the host asked to be left alone until {moment:%Y-%m-%d %H:%M:%S} UTC", "try again then"
    else:
        reason = f"others come first: the host may be asked at {moment:%Y-%m-%d %H:%M:%S} UTC"
        remedy = "try again then, or with a longer --timeout"
    return NotYet(reason, host=host, remedy=remedy, wait_seconds=at - now)


def _host(url: str) -> str:
    return urlsplit(url).hostname or ""
