"""What an export is written as: a table of the formats, and a module for each.

A module has `write(selection, output, wishes)` where its format is one file, `files(selection, wishes)` where it is a folder
of files, and both where it can be either; `model.py` says what these are given. Where each file is made of one article alone,
`drafts(selection, wishes)` makes some of them without the others. They are pure: bytes and names out, and where these go is for
`tasks/exchange/export.py`. The same articles in the same order give the same bytes.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import BinaryIO

    from archiver.export.model import Draft, Exported, File, Selection, Wishes


class Format(NamedTuple):
    """A format, before its module is imported.

    Attributes:
        module: in this package.
        summary: for the help text.
        suffix: what the name of such a file ends with; a format that is a folder only has none.
        file, folder: whether it can be one.
        text: whether it is text, which may go to a terminal.
        apart: whether each file of the folder is made of one article alone, but for its name.
        takes: the wishes that make a difference to it.
    """

    module: str
    summary: str
    suffix: str = ""
    file: bool = True
    folder: bool = False
    text: bool = True
    apart: bool = False
    takes: frozenset[str] = frozenset()

    def write(self, selection: Selection, output: BinaryIO, wishes: Wishes) -> None:
        """Writes the articles into one file."""
        self._loaded().write(selection, output, wishes)

    def files(self, selection: Selection, wishes: Wishes) -> Iterator[File]:
        """The files of the folder that the articles make."""
        found: Iterator[File] = self._loaded().files(selection, wishes)
        return found

    def drafts(self, selection: Iterable[Exported], wishes: Wishes) -> Iterator[Draft]:
        """What the files of a folder are made of, where that is one article each; images stay where they are."""
        found: Iterator[Draft] = self._loaded().drafts(selection, wishes)
        return found

    def named(self, drafts: Iterable[Draft], wishes: Wishes) -> Iterator[File]:
        """The files that all drafts of a folder become."""
        from archiver.export.names import named

        return named(drafts, wishes, self._loaded().SUFFIX)

    def _loaded(self) -> Any:
        return importlib.import_module(f"{__name__}.{self.module}")


FORMATS = {
    "jsonl": Format("jsonl", "a record on each line", ".jsonl"),
    "json": Format("json_", "the records as one array", ".json"),
    "csv": Format("csv_", "the columns of archiver list", ".csv"),
    "text": Format(
        "text", "plain text, as one file or as a folder", ".txt", folder=True, apart=True, takes=frozenset({"name"})
    ),
    "markdown": Format(
        "markdown",
        "a folder of Markdown files with YAML front matter",
        file=False,
        folder=True,
        apart=True,
        takes=frozenset({"name", "images"}),
    ),
    "html": Format(
        "html",
        "a folder of pages without scripts, with an index",
        file=False,
        folder=True,
        takes=frozenset({"name", "title", "images"}),
    ),
    "epub": Format("epub", "a book, EPUB 3", ".epub", text=False, takes=frozenset({"title", "images"})),
    "warc": Format("warc", "one WARC file of all captures, for replay tools", ".warc.gz", text=False),
    "archive": Format(
        "archive", "an archive of its own, for archiver import", ".tar", folder=True, text=False, takes=frozenset({"feeds"})
    ),
}
"""The formats, by the name that `--format` gives them."""


def format_of_name(path: str) -> str | None:
    """The format that files with a name such as `path` have; None where it does not say."""
    return next((name for name, form in FORMATS.items() if form.suffix and path.lower().endswith(form.suffix)), None)
