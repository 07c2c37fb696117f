"""What hosts want left alone, as their robots.txt says (RFC 9309); kept in the archive for a day.

A host that has none, or will not show it, allows everything; one whose robots.txt cannot be had now allows nothing for now.
"""

from __future__ import annotations

import dataclasses
import functools
import re
import time
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from protego import Protego

from archiver.errors import Disallowed, EmptyPage, FetchError, HttpStatus, NotYet, RedirectRefused
from archiver.fetch import fetch_robots
from archiver.fetch.status import ASKS_TO_WAIT

if TYPE_CHECKING:
    from collections.abc import Callable

    from archiver.settings import Settings
    from archiver.store import Store
    from archiver.tasks.manners.pace import Pace

KEPT_SECONDS = 24 * 60 * 60.0
LONGEST_DELAY_SECONDS = 30.0
"""A longer Crawl-delay counts as this one."""
_PRODUCT = re.compile(r"[A-Za-z_-]+")
_AGENT_LINE = re.compile(r"user(?:-?|\s+)agent(?=[\s:])[\s:]*([^#]*)", re.IGNORECASE)
"""As generous as protego is: `User-agent: x`, `useragent x`, `User Agent: x`."""
_EVERYBODY = "*"
_SOMEBODY_ELSE = "somebody-else"


class Robots:
    """The rules of hosts. Any thread may ask.

    Args:
        pace: the turns by which robots.txt itself is asked for; it learns each host's Crawl-delay.
        clock: the seconds since 1970.
    """

    def __init__(self, store: Store, settings: Settings, pace: Pace, *, clock: Callable[[], float] = time.time) -> None:
        self._hosts = store.hosts
        self._settings = settings
        self._pace = pace
        self._clock = clock
        found = _PRODUCT.match(settings.user_agent)
        self._product = found[0].lower() if found else _EVERYBODY

    def demand(self, url: str, trusted_host: str, seconds: float) -> None:
        """Nothing, where `url` may be fetched.

        Args:
            trusted_host: as for `fetch.fetch`.
            seconds: the longest that it may take to ask for robots.txt.

        Raises:
            Disallowed: it may not.
            FetchError: nobody knows: robots.txt cannot be had now.
        """
        text = self._text(url, trusted_host, seconds)
        rules = parsed(text, self._product)
        self._pace.slow_down(url, min(rules.crawl_delay(self._product) or 0.0, LONGEST_DELAY_SECONDS))
        if not rules.can_fetch(url, self._product):
            raise Disallowed("the host's robots.txt asks not to fetch it", remedy="to fetch it yourself: archiver fetch URL")

    def _text(self, url: str, trusted_host: str, seconds: float) -> str:
        parts, now = urlsplit(url), self._clock()
        origin = f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}"
        text = self._hosts.robots(origin, now - KEPT_SECONDS, now)
        if text is None:
            text = self._asked(f"{origin}/robots.txt", trusted_host, seconds)
            self._hosts.keep_robots(origin, text, now)
        return text

    def _asked(self, url: str, trusted_host: str, seconds: float) -> str:
        settings = dataclasses.replace(self._settings, timeout_seconds=max(seconds, 0.001))
        try:
            return fetch_robots(url, settings, trusted_host=trusted_host, turns=self._pace).decode("utf-8-sig", "replace")
        except (EmptyPage, RedirectRefused):
            return ""
        except NotYet:
            raise
        except FetchError as error:
            if isinstance(error, HttpStatus) and error.status < 500 and error.status not in ASKS_TO_WAIT:
                return ""
            error.reason = f"its robots.txt cannot be had, so nothing may be fetched: {error.reason}"
            raise


class Obedient:
    """The turns (`fetch.turns.Turns`) of one fetch that goes by robots.txt on every hop.

    Args:
        trusted_host: as for `fetch.fetch`.
    """

    def __init__(self, robots: Robots, pace: Pace, trusted_host: str) -> None:
        self._robots = robots
        self._pace = pace
        self._trusted_host = trusted_host

    def take(self, url: str, seconds: float) -> None:
        """Waits until the host of `url` may be asked.

        Raises:
            Disallowed, NotYet, FetchError: it may not be, not within `seconds`, or nobody knows.
        """
        end = time.monotonic() + seconds
        self._robots.demand(url, self._trusted_host, seconds)
        self._pace.take(url, end - time.monotonic())

    def answered(self, url: str, *, asks_to_wait: bool, seconds: int | None) -> None:
        """Notes that the host of `url` answered; where it asks to wait, for how long (None: it does not say)."""
        self._pace.answered(url, asks_to_wait=asks_to_wait, seconds=seconds)


@functools.lru_cache(maxsize=64)
def parsed(text: str, product: str) -> Protego:
    """The rules in `text`. The groups of all others than `product` and everybody become one: a file may name thousands."""
    return Protego.parse("\n".join(_relevant(line, product) for line in text.splitlines()))


def _relevant(line: str, product: str) -> str:
    agent = _AGENT_LINE.match(line.strip())
    if agent is None:
        return line
    name = agent[1].strip().lower()
    return f"User-agent: {name if name in (product, _EVERYBODY) else _SOMEBODY_ELSE}"
