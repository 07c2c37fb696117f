"""Articles extracted again from their captures, offline, over all cores; accepted changes are saved as new records.

What is replaced becomes a version of the same capture, by which a re-extraction is known from an edit of the page. Extraction
is done in processes of its own; this one reads the records and is the only one that writes, and few articles are on their way
at a time.
"""

from __future__ import annotations

import contextlib
import dataclasses
import functools
import multiprocessing
import signal
from collections import deque
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import TYPE_CHECKING, Self

from archiver.errors import StoreError
from archiver.tasks.versions.reread import Reread, reread

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from concurrent.futures import Future
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
            read, most = closing.enter_context(_Processes(store, settings, jobs)).read, AHEAD * jobs
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


class _Processes:
    """Processes that extract; where one dies, those articles that were on their way are read again, each in one of its own."""

    def __init__(self, store: Store, settings: Settings, jobs: int) -> None:
        self._store = store
        self._settings = settings
        self._jobs = jobs
        self._pool = self._opened(jobs)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        self._pool.shutdown(cancel_futures=True)

    def read(self, held: Article) -> Callable[[], Reread]:
        try:
            future = self._pool.submit(_read_in_process, held)
        except BrokenProcessPool:
            self._pool.shutdown(cancel_futures=True)
            self._pool = self._opened(self._jobs)
            future = self._pool.submit(_read_in_process, held)
        return functools.partial(self._result, future, held)

    def _result(self, future: Future[Reread], held: Article) -> Reread:
        try:
            return future.result()
        except BrokenProcessPool:
            return self._alone(held)

    def _alone(self, held: Article) -> Reread:
        with self._opened(1) as pool:
            try:
                return pool.submit(_read_in_process, held).result()
            except BrokenProcessPool:
                error = f"{held.url}: the process that read it died (it may need more memory than there is)"
                return Reread(str(held.id), held.url or "", held.title or "", "failed", error=error)

    def _opened(self, jobs: int) -> ProcessPoolExecutor:
        # spawned, not forked: a copy would share the database and the lock of this process
        context = multiprocessing.get_context("spawn")
        return ProcessPoolExecutor(jobs, context, initializer=_begin, initargs=(self._store.root, self._settings))


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
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C ends the one that waits for us
    _reader = _Reader(Store.open(root, create=False), settings)


def _read_in_process(held: Article) -> Reread:
    assert _reader is not None
    return _reader.read(held)
