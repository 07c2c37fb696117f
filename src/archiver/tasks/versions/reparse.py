"""Articles extracted again from their captures, offline, over all cores; accepted changes are saved as new records.

What is replaced becomes a version of the same capture, by which a re-extraction is known from an edit of the page. Extraction
is done in processes of its own; this one reads the records and is the only one that writes, and few articles are on their way
at a time.
"""

from __future__ import annotations

import contextlib
import dataclasses
import functools
from collections import deque
from typing import TYPE_CHECKING

from archiver.errors import StoreError
from archiver.tasks.processes import Died, Processes
from archiver.tasks.versions.reread import Reread, reread

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from archiver.article import Article
    from archiver.settings import Settings
    from archiver.store import Store
    from archiver.tasks.site_rules import SiteRules

AHEAD = 3
"""So many articles for each process are on their way."""
FEW = 8
"""So many are read here: starting processes takes longer."""


def reparse(  # noqa: PLR0913  # how, besides what
    store: Store, ids: Sequence[str], settings: Settings, *, jobs: int, save: bool, accept_worse: bool = False
) -> Iterator[Reread]:
    """What came of each article, in order; with `save`, changed records are saved before they are given.

    Args:
        jobs: so many processes extract; 1: this one.
        accept_worse: save what is worse than what the archive holds, too.

    Raises:
        ArchiveUnwritable, LockHeld: what was given before is safe.
    """
    for held, outcome in _read(store, ids, settings, jobs):
        accepted = outcome.fate == "changed" or (outcome.fate == "worse" and accept_worse and outcome.article is not None)
        if accepted:
            outcome = dataclasses.replace(outcome, fate="changed", error=None)  # noqa: PLW2901  # what it is from now on
        if accepted and save:
            assert held is not None
            outcome = _saved(store, held, outcome)  # noqa: PLW2901
        yield outcome


def _saved(store: Store, held: Article, outcome: Reread) -> Reread:
    assert outcome.article is not None
    with store.writing():
        if store.load(outcome.id) != held:
            return dataclasses.replace(
                outcome, fate="failed", error=f"{outcome.url}: another run changed it meanwhile (run it again)"
            )
        store.save(outcome.article)
    return outcome


def _read(store: Store, ids: Sequence[str], settings: Settings, jobs: int) -> Iterator[tuple[Article | None, Reread]]:
    """Each article, if its record can be read, and what came of it."""
    with contextlib.ExitStack() as closing:
        if jobs == 1 or len(ids) <= FEW:
            read, most = _here(store, settings), 0
        else:
            processes = Processes(jobs, _read_in_process, _begin, (store.root, settings))
            read, most = _there(closing.enter_context(processes)), AHEAD * jobs
        ahead: deque[tuple[Article | None, Callable[[], Reread]]] = deque()
        for article_id in ids:
            try:
                held = store.load(article_id)
            except StoreError as error:
                ahead.append((None, functools.partial(Reread, article_id, "", "", "failed", error=str(error))))
            else:
                ahead.append((held, read(held)))
            yield from _finished(ahead, most)
        yield from _finished(ahead, 0)


def _finished(ahead: deque[tuple[Article | None, Callable[[], Reread]]], most: int) -> Iterator[tuple[Article | None, Reread]]:
    """The first of those that are on their way, until at most so many are left."""
    while len(ahead) > most:
        held, outcome = ahead.popleft()
        yield held, outcome()


def _here(store: Store, settings: Settings) -> Callable[[Article], Callable[[], Reread]]:
    reader = _Reader(store, settings)
    return lambda held: functools.partial(reader.read, held)


def _there(processes: Processes[Article, Reread]) -> Callable[[Article], Callable[[], Reread]]:
    return lambda held: functools.partial(_result, processes.begin(held), held)


def _result(outcome: Callable[[], Reread], held: Article) -> Reread:
    try:
        return outcome()
    except Died:
        error = f"{held.url}: the process that read it died (it may need more memory than there is)"
        return Reread(str(held.id), held.url or "", held.title or "", "failed", error=error)


class _Reader:
    """Reads captures of the archive again, by the site rules of `settings`."""

    def __init__(self, store: Store, settings: Settings) -> None:
        from archiver.tasks.site_rules import SiteRules

        self._store = store
        self._notes: list[str] = []
        self._rules: SiteRules = SiteRules.of(settings, note=self._notes.append)

    def read(self, held: Article) -> Reread:
        self._notes.clear()
        try:
            outcome = reread(self._store, held, self._rules)
        except Exception as error:  # noqa: BLE001  # one page must not keep the others from being read
            reason = f"{held.url}: unexpected error: {type(error).__name__}: {str(error)[:200]} (a bug; report it)"
            outcome = Reread(str(held.id), held.url or "", held.title or "", "failed", error=reason)
        return dataclasses.replace(outcome, notes=tuple(self._notes))


_reader: _Reader | None = None
"""That of this process, if it is one that extracts."""


def _begin(root: Path, settings: Settings) -> None:
    from archiver.store import Store

    global _reader  # noqa: PLW0603  # what an initializer of processes can leave behind
    _reader = _Reader(Store.open(root, create=False), settings)


def _read_in_process(held: Article) -> Reread:
    assert _reader is not None
    return _reader.read(held)
