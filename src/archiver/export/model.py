"""What the formats are given, and what those that are folders give. Values and protocols only."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from archiver.article import Article
    from archiver.errors import ArchiverError
    from archiver.remarks import Remarks


class Exported(Protocol):
    """An article to be exported, and what the archive holds of it."""

    @property
    def article(self) -> Article:
        """Its record. It has an ID."""

    @property
    def remarks(self) -> Remarks:
        """What the user says about it."""

    @property
    def row(self) -> dict[str, object]:
        """What listings say of it, by column."""

    @property
    def names(self) -> tuple[str, ...]:
        """All its files, relative to the archive, with `/`: the record first, then remarks, versions and captures, sorted.

        Raises:
            StoreError: the archive cannot be read.
        """

    def read(self, name: str) -> bytes:
        """The content of one of the files in `names`.

        Raises:
            StoreError: it cannot be read.
        """


class Selection(Protocol):
    """The articles to be exported, in order; each is read when its turn comes, and those that cannot be are left out."""

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns that listings have."""

    def __iter__(self) -> Iterator[Exported]: ...

    def failed(self, error: ArchiverError) -> None:
        """Says that something of the selection, an article or a part of one, is not in the export, and why."""


class Picture(NamedTuple):
    """An image of a kind that browsers and readers show.

    Attributes:
        suffix: of a file with it, with the dot.
    """

    content: bytes
    media_type: str
    suffix: str


DEFAULT_NAME = "{date}-{title}"


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the user may wish of an export; each format heeds those that its row in the table of formats takes.

    Attributes:
        name: the template of the names of files, see `names.py`.
        title: of a book, or of an index.
        picture: gets the image at an address of the web, and says itself why it could not; None where nobody wished for images.
        feeds: the content of `feeds.opml`, which is to come along.
    """

    name: str = DEFAULT_NAME
    title: str | None = None
    picture: Callable[[str], Picture | None] | None = None
    feeds: bytes | None = None


class Draft(NamedTuple):
    """What a file of an exported folder is made of, where that is one article alone.

    Attributes:
        id: of the article.
        stem: what the file is called, but for its ending, where no other is called so; see `names.py`.
    """

    id: str
    stem: str
    content: bytes


class File(NamedTuple):
    """A file of an exported folder.

    Attributes:
        name: relative to the folder, with `/`; safe on every file system, and never outside the folder.
    """

    name: str
    content: bytes


def encoded(text: str) -> bytes:
    """`text` as UTF-8; a lone surrogate, which that cannot hold, becomes U+FFFD."""
    try:
        return text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace").encode()
