"""The files of an exported folder, written by processes where they are many and each is made of one article alone.

Processes read the records and write the drafts; this one names them, in order, and gives them to who puts them on the disk.
So the files are the same, however many cores there are.
"""

from __future__ import annotations

import itertools
from collections import deque
from typing import TYPE_CHECKING, NamedTuple

from archiver.export import FORMATS
from archiver.tasks.exchange.export import StoredSelection
from archiver.tasks.processes import Died, Processes, cores

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from archiver.errors import ArchiverError
    from archiver.export import Format
    from archiver.export.model import Draft, File, Wishes
    from archiver.store import Store

FEW = 1_000
"""So many are written here: starting processes takes longer."""
MOST = 2
"""So many processes keep the disk busy: putting a file there takes half the time of making it."""
BATCH = 50
"""So many articles go to a process at a time."""
AHEAD = 3
"""So many batches for each process are on their way."""


class Drafted(NamedTuple):
    """What came of a batch.

    Attributes:
        errors: why the other articles of the batch could not be read.
    """

    drafts: list[Draft]
    errors: list[ArchiverError]


def written_files(selection: StoredSelection, form: Format, wishes: Wishes) -> Iterator[File]:
    """The files that the articles make, in order."""
    count = min(MOST, cores())
    if not form.apart or wishes.picture is not None or count == 1:
        return form.files(selection, wishes)
    ids = iter(selection.ids)
    first = list(itertools.islice(ids, FEW + 1))
    ids = itertools.chain(first, ids)
    drafts = form.drafts(selection.read(ids), wishes) if len(first) <= FEW else _drafts(selection, ids, form, wishes, count)
    return form.named(drafts, wishes)


def _drafts(selection: StoredSelection, ids: Iterable[str], form: Format, wishes: Wishes, count: int) -> Iterator[Draft]:
    name = next(name for name, row in FORMATS.items() if row is form)
    with Processes(count, _draft_in_process, _begin, (selection.store.root, name, wishes)) as processes:
        for drafted in _together(_Drafting(selection.store, name, wishes), processes, ids, AHEAD * count):
            for error in drafted.errors:
                selection.failed(error)
            yield from drafted.drafts


def _together(here: _Drafting, there: Processes[list[str], Drafted], ids: Iterable[str], most: int) -> Iterator[Drafted]:
    ahead: deque[tuple[list[str], Callable[[], Drafted]]] = deque()
    ids = iter(ids)
    while batch := list(itertools.islice(ids, BATCH)):
        ahead.append((batch, there.begin(batch)))
        if len(ahead) > most:
            yield _finished(here, *ahead.popleft())
    while ahead:
        yield _finished(here, *ahead.popleft())


def _finished(here: _Drafting, batch: list[str], drafted: Callable[[], Drafted]) -> Drafted:
    try:
        return drafted()
    except Died:  # processes cannot be had, or not for these
        return here.draft(batch)


class _Drafting:
    """Writes drafts of articles."""

    def __init__(self, store: Store, form: str, wishes: Wishes) -> None:
        self._store = store
        self._form = FORMATS[form]
        self._wishes = wishes

    def draft(self, ids: list[str]) -> Drafted:
        errors: list[ArchiverError] = []
        selection = StoredSelection(self._store, ids, errors.append)
        return Drafted(list(self._form.drafts(selection, self._wishes)), errors)


_drafting: _Drafting | None = None
"""That of this process, if it is one that writes drafts."""


def _begin(root: Path, form: str, wishes: Wishes) -> None:
    from archiver.store import Store

    global _drafting  # noqa: PLW0603  # what an initializer of processes can leave behind
    _drafting = _Drafting(Store.open(root, create=False), form, wishes)


def _draft_in_process(ids: list[str]) -> Drafted:
    assert _drafting is not None
    return _drafting.draft(ids)
