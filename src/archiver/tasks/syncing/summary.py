"""What is told of a sync: as it goes, and at its end."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from archiver.tasks.archiving.decide import Decision

if TYPE_CHECKING:
    from archiver.errors import ArchiverError
    from archiver.tasks.archiving.archive_page import Outcome


class Listener(Protocol):
    """Who is told what happens, as it happens."""

    def archived(self, outcome: Outcome) -> None:
        """An article is safe on disk."""

    def failed(self, error: ArchiverError) -> None:
        """A feed or a page could not be had."""

    def log(self, text: str) -> None:
        """For those who want to know everything."""


@dataclass(slots=True)
class Summary:
    """What came of a run.

    Of articles: new, updated, unchanged, skipped (archived before, not wanted, disallowed, no page), failed, waiting. `drift`
    has a sentence for each field that a host used to give and does not any more.
    """

    feeds: int = 0
    feeds_unchanged: int = 0
    feeds_failed: int = 0
    new: int = 0
    updated: int = 0
    unchanged: int = 0
    skipped: int = 0
    failed: int = 0
    waiting: int = 0
    duration_seconds: float = 0.0
    next_due: str | None = None
    ended_early: bool = False
    drift: list[str] = field(default_factory=list)

    def count(self, outcome: Outcome) -> None:
        """Counts a page that was archived; what made neither a new article nor a new version of one counts as unchanged."""
        match outcome.decision:
            case Decision.NEW:
                self.new += 1
            case Decision.CHANGED:
                self.updated += 1
            case _:
                self.unchanged += 1
