"""What may keep the program from doing its work: looked at one by one, each with a remedy. Changes nothing."""

from __future__ import annotations

import contextlib
import os
import platform
import shutil
import sqlite3
import stat
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from archiver import __version__
from archiver.errors import ArchiverError
from archiver.store import Filters
from archiver.tasks.syncing.feed_status import statuses

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from archiver.settings import Settings
    from archiver.store import Store
    from archiver.tasks.site_rules import SiteRules

Level = Literal["fine", "note", "wrong"]
LEAST_FREE_BYTES = 200 * 1024 * 1024
GIGABYTE = 1024**3
NAMED_FEEDS = 3
OTHERS = stat.S_IRWXG | stat.S_IRWXO


@dataclass(frozen=True, slots=True)
class Finding:
    """What one look found.

    Attributes:
        level: "wrong" where something does not work, "note" where it may matter.
        remedy: what to do, unless all is fine.
    """

    subject: str
    level: Level
    says: str
    remedy: str | None = None


def examine(settings: Settings, config: Path, rules: SiteRules, store: Store) -> Iterator[Finding]:
    """All that is looked at, in the order in which things stand on each other."""
    yield _program()
    yield Finding("settings", "fine", str(config) if config.exists() else f"defaults ({config} is not there)")
    yield from _caught("archive", lambda: _archive(settings.home))
    yield from _caught("index", lambda: _index(store))
    yield from _caught("feeds", lambda: _feeds(store))
    yield from _caught("queue", lambda: _queue(store))
    yield from _caught("site rules", lambda: _rules(rules))
    yield _terminal()


def _caught(subject: str, look: Callable[[], Iterator[Finding]]) -> Iterator[Finding]:
    """What `look` finds; an error of ours is a finding too."""
    try:
        yield from look()
    except ArchiverError as error:
        yield Finding(
            subject, "wrong", f"{error.subject}: {error.reason}" if error.subject else error.reason, error.remedy or None
        )
    except OSError as error:
        yield Finding(subject, "wrong", f"{error.filename or ''}: {error.strerror or error}", "check its permissions")


def _program() -> Finding:
    system = platform.platform(terse=True)
    versions = f"archiver {__version__}, Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}, {system}"
    with contextlib.closing(sqlite3.connect(":memory:")) as db:
        try:
            db.execute("CREATE VIRTUAL TABLE texts USING fts5(body)")
        except sqlite3.OperationalError as error:
            return Finding(
                "program", "wrong", f"{versions}: no full-text search: {error}", "install a Python whose SQLite has FTS5"
            )
    return Finding("program", "fine", versions)


def _archive(home: Path) -> Iterator[Finding]:
    if not home.exists():
        yield Finding("archive", "note", f"{home} is not there yet", "archiver fetch makes it")
        return
    facts = home.stat()
    if not os.access(home, os.R_OK | os.W_OK | os.X_OK):
        yield Finding("archive", "wrong", f"{home} cannot be written", "check its permissions and its owner")
    elif os.name == "posix" and facts.st_mode & OTHERS:
        yield Finding("archive", "note", f"{home} can be read by others", f"chmod 700 {home}")
    else:
        yield Finding("archive", "fine", str(home))
    free = shutil.disk_usage(home).free
    says = f"{free / GIGABYTE:,.1f} GB free"
    if free < LEAST_FREE_BYTES:
        yield Finding("disk", "wrong", says, "make room: what does not fit is not archived")
    else:
        yield Finding("disk", "fine", says)


def _index(store: Store) -> Iterator[Finding]:
    count = sum(1 for _ in store.rows(Filters()))
    yield Finding("index", "fine", f"{count:,} {'article' if count == 1 else 'articles'}; archiver check looks at the files")


def _feeds(store: Store) -> Iterator[Finding]:
    feeds = statuses(store)
    if not feeds:
        yield Finding("feeds", "fine", "none is followed")
        return
    failing = [feed for feed in feeds if feed.state == "failing"]
    last = max((feed.polled_at for feed in feeds if feed.polled_at), default=None)
    says = f"{len(feeds)} followed, last polled {last}" if last else f"{len(feeds)} followed, never polled"
    if failing:
        named = ", ".join(feed.title or feed.url for feed in failing[:NAMED_FEEDS])
        more = f" and {len(failing) - NAMED_FEEDS} more" if len(failing) > NAMED_FEEDS else ""
        yield Finding("feeds", "note", f"{says}; failing: {named}{more}", "archiver feed list says why")
    elif last is None:
        yield Finding("feeds", "note", says, "archiver sync polls them; docs/cron.md has it run by itself")
    else:
        yield Finding("feeds", "fine", says)


def _queue(store: Store) -> Iterator[Finding]:
    pages = store.queue.pages()
    given_up = sum(page.given_up for page in pages)
    says = "1 page waits" if len(pages) == 1 else f"{len(pages)} pages wait"
    if given_up:
        says = f"{says}, {given_up} {'was' if given_up == 1 else 'were'} given up"
        yield Finding("queue", "note", says, "archiver queue list says why")
    else:
        yield Finding("queue", "fine", says if pages else "nothing waits")


def _rules(rules: SiteRules) -> Iterator[Finding]:
    files = list(rules.files())
    bad = [str(file.path) for file in files if file.parsed.rule is None]
    if bad:
        yield Finding("site rules", "note", f"cannot be used: {', '.join(bad[:NAMED_FEEDS])}", "archiver rules check says why")
    else:
        yield Finding("site rules", "fine", f"{len(files)} {'file' if len(files) == 1 else 'files'}")


def _terminal() -> Finding:
    encoding = sys.stdout.encoding or "unknown"
    if encoding.lower().replace("-", "") != "utf8":
        return Finding("terminal", "note", f"its encoding is {encoding}", "set LC_ALL to a UTF-8 locale, or PYTHONUTF8=1")
    return Finding("terminal", "fine", encoding)
