"""Exporting a selection of the archive: each article is read when its turn comes, and what cannot be read is left out."""

from __future__ import annotations

import dataclasses
from functools import cached_property
from typing import TYPE_CHECKING

from archiver.errors import ArchiverError, InvalidInput
from archiver.store import Row

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from typing import BinaryIO

    from archiver.article import Article
    from archiver.export import Format
    from archiver.export.model import Wishes
    from archiver.remarks import Remarks
    from archiver.store import Filters, Store
    from archiver.tasks.exchange.places import FilePlace, FolderPlace


class StoredArticle:
    """An article as the formats are given it (`export.model.Exported`)."""

    def __init__(self, store: Store, article_id: str) -> None:
        self._store = store
        self.article: Article = store.load(article_id)
        self.remarks: Remarks = store.remarks(article_id)

    @cached_property
    def row(self) -> dict[str, object]:
        """What listings say of it."""
        row = self._store.row(str(self.article.id))
        return {} if row is None else dataclasses.asdict(row)

    @cached_property
    def names(self) -> tuple[str, ...]:
        """All its files."""
        return self._store.files(str(self.article.id))

    def read(self, name: str) -> bytes:
        """The content of one of them."""
        return self._store.read(name)


class StoredSelection:
    """The articles with `ids`, in this order (`export.model.Selection`).

    Args:
        ids: each once.
        note: told what is not in the export, and why.
    """

    def __init__(self, store: Store, ids: Iterable[str], note: Callable[[ArchiverError], None]) -> None:
        self.store = store
        self.ids = ids
        self._note = note
        self.failures = 0
        self.columns = tuple(field.name for field in dataclasses.fields(Row))

    def __iter__(self) -> Iterator[StoredArticle]:
        return self.read(self.ids)

    def read(self, ids: Iterable[str]) -> Iterator[StoredArticle]:
        """The articles with these IDs."""
        for article_id in ids:
            try:
                found = StoredArticle(self.store, article_id)
            except ArchiverError as error:
                self.failed(error)
            else:
                yield found

    def failed(self, error: ArchiverError) -> None:
        """Something is not in the export."""
        self.failures += 1
        self._note(error)


def chosen(store: Store, filters: Filters, *, sort: str | None, reverse: bool, limit: int | None) -> list[str]:
    """The IDs of the articles that pass `filters`.

    Without a `sort`, those fetched first come first: what is archived later is added at the end of an export.
    """
    if sort is not None:
        rows = store.rows(filters, sort=sort, reverse=reverse, limit=limit)
        return list(dict.fromkeys(row.id for row in rows))
    moments = sorted({(row.fetched_at, row.id) for row in store.rows(filters)}, reverse=reverse)
    return list(dict.fromkeys(article_id for _, article_id in moments))[:limit]


def export(selection: StoredSelection, form: Format, place: BinaryIO | FilePlace | FolderPlace, wishes: Wishes) -> None:
    """Writes the articles to `place`, whole or not at all; what could not be exported, `selection` counts.

    Raises:
        InvalidInput: the place holds something else already, or the format is none for it.
        OutputUnwritable: the place cannot be written.
    """
    from archiver.tasks.exchange.drafting import written_files
    from archiver.tasks.exchange.places import FilePlace, FolderPlace

    if isinstance(place, FolderPlace):
        if not form.folder:
            raise InvalidInput("is a folder, and this format is one file", subject=str(place.path), remedy="name a file in it")
        with place.opened() as folder:
            for name, content in written_files(selection, form, wishes):
                folder.put(name, content)
        return
    if not form.file:
        raise InvalidInput("this format is a folder of files", remedy="name the folder with --output")
    if isinstance(place, FilePlace):
        with place.opened() as output:
            form.write(selection, output, wishes)
    else:
        form.write(selection, place, wishes)
