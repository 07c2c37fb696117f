"""Pages read by processes of their own, beside the one that archives: where many wait, on a machine with cores to spare."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

from archiver.capture import Capture
from archiver.errors import ArchiverError
from archiver.tasks.archiving.read_page import begin_reading_here
from archiver.tasks.processes import Died, Processes, cores

if TYPE_CHECKING:
    from collections.abc import Callable

    from archiver.article import Article
    from archiver.capture import SavedPage
    from archiver.entry import FeedEntry
    from archiver.settings import Settings
    from archiver.tasks.site_rules import SiteRules

    Task = tuple[Capture | SavedPage, FeedEntry | None]

MANY_WAITING = 100
"""For fewer pages no process is started: that costs as much as reading some hundred small ones."""
MANY_AT_ONCE = 8
"""So many must have come at the same moment; else the network is what the run waits for."""
MAX_PROCESSES = 4
"""One that archives has no work for more."""


class Readers:
    """The processes of one run; none before they are wanted, and until they are up pages are read here.

    Args:
        settings: with the site rules' folder.
        spare_cores: so many processes at most; None: what this machine has besides the one that archives.
    """

    def __init__(self, settings: Settings, *, spare_cores: int | None = None) -> None:
        self._settings = settings
        self._count = min(MAX_PROCESSES, cores() - 1 if spare_cores is None else spare_cores)
        self._processes: Processes[Task, Article | None] | None = None
        self._is_up: Callable[[], bool] = bool

    def ready(self, *, at_once: int, waiting: int) -> bool:
        """Whether pages may be read there. Has the processes start where so many came at once, and so many more wait."""
        if self._processes is None and self._count > 0 and at_once >= MANY_AT_ONCE and waiting >= MANY_WAITING:
            self._processes = Processes(self._count, _read, _prepare, (self._settings,))
            self._is_up = self._processes.start()
        try:
            return self._is_up()
        except Died:
            self.close()
            return False

    def begin(self, capture: Capture | SavedPage, rules: SiteRules | None, entry: FeedEntry | None) -> Callable[[], Article]:
        """Has `capture` be read; what is given waits for the article, and raises as reading it here does.

        Raises (what is given):
            ArchiverError: the process that read it died.
        """
        assert self._processes is not None
        here = begin_reading_here(capture, rules, entry)
        url = capture.page_url if isinstance(capture, Capture) else capture.url
        return functools.partial(_result, self._processes.begin((capture, entry)), here, url)

    def close(self) -> None:
        """Ends the processes; no others are started."""
        if self._processes is not None:
            self._processes.close()
        self._count, self._is_up = 0, bool


def _result(there: Callable[[], Article | None], here: Callable[[], Article], url: str | None) -> Article:
    try:
        return there() or here()
    except Died:
        reason = "the process that read the page died (it may need more memory than there is); its capture is kept"
        raise ArchiverError(reason, subject=url or "") from None


_rules: SiteRules | None = None
"""Those of this process, if it is one that reads."""
_notes: list[str] = []


def _prepare(settings: Settings) -> None:
    from archiver.tasks.site_rules import SiteRules

    global _rules  # noqa: PLW0603  # what an initializer of processes can leave behind
    _rules = SiteRules.of(settings, note=_notes.append)


def _read(task: Task) -> Article | None:
    """The article; None where there is something to tell, which is told when the page is read again by who can."""
    _notes.clear()
    capture, entry = task
    try:
        article = begin_reading_here(capture, _rules, entry)()
    except Exception:  # noqa: BLE001  # not all of them can be sent
        return None
    return None if _notes else article
