"""Processes of our own for what keeps a core busy, such as extraction. They write nothing; who starts them writes."""

from __future__ import annotations

import contextlib
import functools
import os
import signal
from concurrent.futures import BrokenExecutor
from typing import TYPE_CHECKING, Any, Generic, Self, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from concurrent.futures import Future, ProcessPoolExecutor

Task = TypeVar("Task")
Result = TypeVar("Result")


class Died(Exception):
    """The process that was at a task died, and so did one that had nothing else to do."""


class Processes(Generic[Task, Result]):
    """Processes that do `work`; where one dies, those tasks that were on their way are done again, each in one of its own.

    Args:
        count: so many of them, started with the first task.
        work: a function of a module. What it raises must be picklable.
        prepare: called with `given` in each process before its first task; a function of a module too.
    """

    def __init__(
        self, count: int, work: Callable[[Task], Result], prepare: Callable[..., None], given: tuple[Any, ...]
    ) -> None:
        self._count = count
        self._work = work
        self._prepare = prepare
        self._given = given
        self._pool = self._opened(count)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()

    def close(self) -> None:
        """Ends the processes, when they have done what they are at."""
        self._pool.shutdown(cancel_futures=True)

    def start(self) -> Callable[[], bool]:
        """Starts them; what is given tells whether the first of them is ready.

        Raises (what is given):
            Died: they cannot be started.
        """
        future = self._submitted_work(_nothing)
        return lambda: future.done() and _sound(future)

    def begin(self, task: Task) -> Callable[[], Result]:
        """Sends a task on its way; what is given waits for its result, and raises `Died`, or what the work raised."""
        try:
            future = self._submitted(task)
        except BrokenExecutor:
            self.close()
            self._pool = self._opened(self._count)
            future = self._submitted(task)
        return functools.partial(self._result, future, task)

    def _submitted(self, task: Task) -> Future[Result]:
        return self._submitted_work(self._work, task)

    def _submitted_work(self, work: Callable[..., Any], *arguments: Any) -> Future[Any]:
        with _no_interrupts():
            return self._pool.submit(work, *arguments)

    def _result(self, future: Future[Result], task: Task) -> Result:
        try:
            return future.result()
        except BrokenExecutor:
            return self._alone(task)

    def _alone(self, task: Task) -> Result:
        with self._opened(1) as pool, _no_interrupts():
            future = pool.submit(self._work, task)
        try:
            return future.result()
        except BrokenExecutor:
            raise Died from None

    def _opened(self, count: int) -> ProcessPoolExecutor:
        import multiprocessing  # few runs come to this
        from concurrent.futures import ProcessPoolExecutor

        # spawned, not forked: a copy would share the database and the lock of this process
        context = multiprocessing.get_context("spawn")
        return ProcessPoolExecutor(count, context, initializer=_begin, initargs=(self._prepare, self._given))


def cores() -> int:
    """So many may be busy for this process."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


@contextlib.contextmanager
def _no_interrupts() -> Iterator[None]:
    """Has processes that are started meanwhile pass over Ctrl-C, which is for us, from their first moment."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _nothing() -> None:
    pass


def _sound(future: Future[None]) -> bool:
    if future.exception() is not None:
        raise Died
    return True


def _begin(prepare: Callable[..., None], given: tuple[Any, ...]) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C ends the one that waits for us
    prepare(*given)
