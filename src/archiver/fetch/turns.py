"""Whose turn it is at a host: what a fetch asks before each request, and tells after each answer."""

from __future__ import annotations

from typing import Protocol


class Turns(Protocol):
    """Keeps the pace of hosts, and what they ask for."""

    def take(self, url: str, seconds: float) -> None:
        """Waits until the host of `url` may be asked.

        Raises:
            NotYet: not within `seconds`.
        """

    def answered(self, url: str, *, asks_to_wait: bool, seconds: int | None) -> None:
        """Notes that the host of `url` answered; where it asks to wait, for how long (None: it does not say)."""


class AtOnce:
    """Every host may be asked at once."""

    def take(self, url: str, seconds: float) -> None:
        """Does nothing."""

    def answered(self, url: str, *, asks_to_wait: bool, seconds: int | None) -> None:
        """Does nothing."""


AT_ONCE = AtOnce()
