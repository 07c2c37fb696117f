"""Pages archived as they come, in groups; while processes read the pages of one, the captures of the next are written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archiver import urls
from archiver.tasks.archiving.archive_together import Together
from archiver.tasks.archiving.read_page import begin_reading_here

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archiver.capture import Capture, SavedPage
    from archiver.errors import ArchiverError
    from archiver.store import Store
    from archiver.tasks.archiving.archive_page import Outcome
    from archiver.tasks.archiving.readers import Readers
    from archiver.tasks.site_rules import SiteRules

    End = tuple[str, Outcome | ArchiverError]

MAX_TOGETHER = 16
"""So many pages are made durable at once, if they are there already; nobody waits for the number."""
MAX_BYTES_TOGETHER = 32 * 1024 * 1024


class Groups:
    """The groups of one run: one that gathers, and at most one whose captures are kept and whose pages are being read.

    What the methods give are URLs and what became of their pages, safe on disk.
    """

    def __init__(self, store: Store, rules: SiteRules | None, readers: Readers | None) -> None:
        self._store = store
        self._rules = rules
        self._readers = readers
        self._gathered: dict[str, tuple[str, Capture | SavedPage]] = {}
        self._size = 0
        self._reading: tuple[dict[str, tuple[str, Capture | SavedPage]], Together] | None = None

    @property
    def under_way(self) -> bool:
        """Whether the pages of a group are being read."""
        return self._reading is not None

    def add(self, url: str, capture: Capture | SavedPage, *, waiting: int) -> Iterator[End]:
        """Takes in a page; `waiting` is how many more there are to come."""
        article_id = urls.article_id(capture.page_url)
        if article_id in self._gathered or (self._reading and article_id in self._reading[0]):
            yield from self.settle()  # the article must be there before it is compared with another state of it
        elif len(self._gathered) == MAX_TOGETHER or self._size + capture.size > MAX_BYTES_TOGETHER:
            yield from self.send(waiting=waiting)
        self._gathered[article_id] = (url, capture)
        self._size += capture.size

    def send(self, *, waiting: int) -> Iterator[End]:
        """Sends what was gathered on its way; gives what became of the group before, and of this where it is read here."""
        gathered, self._gathered, self._size = self._gathered, {}, 0
        before, self._reading = self._reading, None
        elsewhere = False
        if gathered:
            elsewhere = self._readers is not None and self._readers.ready(at_once=len(gathered), waiting=waiting)
            begin_reading = self._readers.begin if self._readers and elsewhere else begin_reading_here
            together = Together([capture for _, capture in gathered.values()], self._store, self._rules, begin_reading)
            together.begin()
            self._reading = gathered, together
        yield from _finished(before)
        if not elsewhere:
            yield from self.settle()

    def settle(self) -> Iterator[End]:
        """What became of all pages that were taken in."""
        reading, self._reading = self._reading, None
        yield from _finished(reading)
        if self._gathered:
            yield from self.send(waiting=0)
            yield from self.settle()


def _finished(reading: tuple[dict[str, tuple[str, Capture | SavedPage]], Together] | None) -> Iterator[End]:
    if reading is not None:
        captures, together = reading
        yield from zip((url for url, _ in captures.values()), together.finish(), strict=True)
