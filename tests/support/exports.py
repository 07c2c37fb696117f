"""Articles to export, without an archive."""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from archiver.export import FORMATS
from archiver.export.model import Wishes
from archiver.remarks import Remarks
from tests.support.records import full_article

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archiver.article import Article
    from archiver.errors import ArchiverError


def article(number: int = 1, **changed: Any) -> Article:
    """The article with this number, no field of it empty; `changed` replaces fields."""
    return full_article(f"https://example.org/{number}", **({"title": f"Story {number}"} | changed))


@dataclass
class Held:
    """An article and what the archive holds of it (`export.model.Exported`)."""

    article: Article
    remarks: Remarks = field(default_factory=Remarks)
    files: dict[str, bytes] = field(default_factory=dict)

    @property
    def row(self) -> dict[str, object]:
        return {"id": self.article.id, "title": self.article.title, "labels": self.remarks.labels, "note": self.remarks.note}

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(self.files)

    def read(self, name: str) -> bytes:
        return self.files[name]


class Selected:
    """A selection (`export.model.Selection`) that keeps what could not be exported."""

    def __init__(self, *held: Held | Article) -> None:
        self._held = [one if isinstance(one, Held) else Held(one) for one in held]
        self.errors: list[ArchiverError] = []
        self.columns = ("id", "title", "labels", "note")

    def __iter__(self) -> Iterator[Held]:
        return iter(self._held)

    def failed(self, error: ArchiverError) -> None:
        self.errors.append(error)


def written(form: str, *held: Held | Article, wishes: Wishes | None = None) -> bytes:
    """The one file of an export, which succeeds and comes out the same twice."""
    outputs = []
    for _ in range(2):
        selection, output = Selected(*held), io.BytesIO()
        FORMATS[form].write(selection, output, wishes or Wishes())
        assert selection.errors == []
        outputs.append(output.getvalue())
    assert outputs[0] == outputs[1]
    return outputs[0]


def folder(form: str, *held: Held | Article, wishes: Wishes | None = None) -> dict[str, bytes]:
    """The files of an export, which succeeds and comes out the same twice; no two have one name, whatever its case."""
    exports = []
    for _ in range(2):
        selection = Selected(*held)
        exports.append(list(FORMATS[form].files(selection, wishes or Wishes())))
        assert selection.errors == []
    assert exports[0] == exports[1]
    files = dict(exports[0])
    assert len({name.casefold() for name in files}) == len(exports[0])
    return files
