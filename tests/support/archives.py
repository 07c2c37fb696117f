"""Archives with real captures and records in them, and what their files say."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from archiver import record
from archiver.capture import Capture, Exchange
from archiver.tasks.archiving.archive_page import archive_capture
from archiver.tasks.keeping.check import findings
from archiver.tasks.keeping.repair import plan, settle
from tests.support.articles import article_page

if TYPE_CHECKING:
    from pathlib import Path

    from archiver.article import Article
    from archiver.store import Store
    from archiver.store.checking import Finding
    from archiver.tasks.keeping.repair_article import Step

FIRST_DAY = datetime(2026, 11, 1, 8, tzinfo=UTC)
KEPT = ("articles", "versions", "captures", "remarks")


def capture_of(url: str, title: str, *, day: int = 0) -> Capture:
    """What a server sends for an article with this title, so many days after the first."""
    page = article_page(title)
    body = page.encode() if isinstance(page, str) else page
    headers = (("Content-Type", "text/html; charset=utf-8"), ("ETag", f'"{day}"'))
    moment = FIRST_DAY + timedelta(days=day)
    exchange = Exchange(url, "GET", (("User-Agent", "archiver"),), moment, "HTTP/1.1", 200, "OK", headers, body, "192.0.2.7")
    return Capture(url, (exchange,), body)


def keep(store: Store, url: str, title: str = "The Harbour", *, day: int = 0) -> Article:
    """Archives such an article, and gives the record that the archive holds then."""
    return archive_capture(capture_of(url, title, day=day), store).article


def contents(root: Path, *folders: str) -> dict[str, bytes]:
    """Every file in these folders of an archive, or in those of what is kept."""
    found = (path for folder in folders or KEPT for path in sorted((root / folder).rglob("*")) if path.is_file())
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in found}


def kinds(store: Store, *, deep: bool = False) -> list[str]:
    """The kinds of what a check finds, in its order."""
    return [one.kind for one in findings(store, deep=deep)]


def repair(store: Store) -> tuple[list[Finding], list[Step]]:
    """What a check found, and the steps that were taken to mend it."""
    with store.writing():
        found = list(findings(store))
        steps = []
        for step in plan(store, found):
            step.take()
            steps.append(step)
        if steps:
            settle(store)
    return found, steps


def assert_whole(root: Path) -> None:
    """Every file that has its name is whole."""
    for path in [*root.glob("articles/*/*"), *root.glob("versions/*/*")]:
        record.loads(path.read_text(encoding="utf-8"), subject=str(path))
    for path in root.glob("captures/*/*/*"):
        assert path.stat().st_size > 500
