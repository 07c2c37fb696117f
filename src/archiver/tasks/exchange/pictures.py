"""The images of exported articles, fetched when they are wished for, at the pace of their hosts."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from archiver.errors import ArchiverError, FetchError
from archiver.export.model import Picture

if TYPE_CHECKING:
    from collections.abc import Callable

    from archiver.settings import Settings
    from archiver.store import Store

MAX_BYTES = 20 * 1024 * 1024


class Kind(NamedTuple):
    """A kind of image that browsers and reading systems show, and how it begins. SVG is none: it may hold scripts."""

    begins: re.Pattern[bytes]
    media_type: str
    suffix: str


KINDS = (
    Kind(re.compile(rb"\x89PNG\r\n\x1a\n"), "image/png", ".png"),
    Kind(re.compile(rb"\xff\xd8\xff"), "image/jpeg", ".jpg"),
    Kind(re.compile(rb"GIF8[79]a"), "image/gif", ".gif"),
    Kind(re.compile(rb"RIFF....WEBP", re.DOTALL), "image/webp", ".webp"),
    Kind(re.compile(rb"....ftypavif", re.DOTALL), "image/avif", ".avif"),
)


class Pictures:
    """Gets images (`Wishes.picture`); hosts are asked in turn, addresses that are not public are refused.

    Args:
        note: told of each image that could not be had, once.
    """

    def __init__(self, store: Store, settings: Settings, note: Callable[[ArchiverError], None]) -> None:
        from archiver.tasks.manners.pace import Pace

        self._settings = settings
        self._turns = Pace(store, settings.pace_seconds)
        self._note = note
        self._failed: set[str] = set()

    def __call__(self, url: str) -> Picture | None:
        """The image at `url`; None where it cannot be had, which is said."""
        if url in self._failed:
            return None
        try:
            return self._fetched(url)
        except ArchiverError as error:
            self._failed.add(url)
            self._note(error)
            return None

    def _fetched(self, url: str) -> Picture:
        from archiver.fetch import fetch_picture

        content = fetch_picture(url, self._settings, max_bytes=MAX_BYTES, turns=self._turns)
        found = next((kind for kind in KINDS if kind.begins.match(content)), None)
        if found is None:
            raise FetchError("no image of a kind that can be exported", subject=url, remedy="the article links to it")
        return Picture(content, found.media_type, found.suffix)
