"""Taking articles into the archive from elsewhere: a table of what can be taken, known by its content."""

from __future__ import annotations

import contextlib
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, NamedTuple

from archiver.errors import ArchiverError, FeedError, InvalidInput
from archiver.store import paths
from archiver.store.bundles import bundles
from archiver.store.parcels import FEEDS, SUMS, FolderParcel, TarParcel
from archiver.tasks.archiving.decide import Decision, decide, says_more

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from archiver.article import Article
    from archiver.store import Store
    from archiver.store.bundles import Bundle
    from archiver.store.parcels import Parcel

    Watched = Callable[[list[Bundle]], Iterable[Bundle]]

HEAD_BYTES = 512


class Kind(NamedTuple):
    """Something that can be taken in.

    Attributes:
        summary: what it is, for people.
        begins: whether a file that begins with these bytes is one.
        remedy: what to do first, where archiver does not read it as it is.
    """

    summary: str
    begins: Callable[[bytes], bool]
    remedy: str = ""


_UNPACK = "unpack it first"
KINDS = {
    "tar": Kind("a tar file that archiver export --format archive made", lambda head: head[257:262] == b"ustar"),
    "gzip": Kind("a gzip file", lambda head: head.startswith(b"\x1f\x8b"), _UNPACK),
    "zstd": Kind("a zstd file", lambda head: head.startswith(b"\x28\xb5\x2f\xfd"), _UNPACK),
    "xz": Kind("an xz file", lambda head: head.startswith(b"\xfd7zXZ\x00"), _UNPACK),
    "bzip2": Kind("a bzip2 file", lambda head: head.startswith(b"BZh"), _UNPACK),
}
"""Files by the bytes that they begin with."""


class Tally:
    """What an import did: articles by what became of them, and those that failed, wholly or in part."""

    def __init__(self, note: Callable[[str], None]) -> None:
        self.note = note
        self.fates: Counter[str] = Counter()
        self.failures = 0

    def failed(self, message: str) -> None:
        """Says what could not be taken."""
        self.failures += 1
        self.note(message)


def is_packed(head: bytes) -> bool:
    """Whether a file that begins with `head` is packed in one of the `KINDS`, and so no list that can be read as text."""
    return any(kind.begins(head) for kind in KINDS.values())


def is_archive(folder: Path) -> bool:
    """Whether the folder is an archive."""
    return (folder / paths.ARTICLES).is_dir()


@contextlib.contextmanager
def opened(source: Path | BinaryIO) -> Iterator[Parcel]:
    """The parcel in a folder, in a file, or in what was read from standard input and can be read again.

    Raises:
        InvalidInput: it is none that can be taken.
        StoreError: it cannot be read.
    """
    if isinstance(source, Path):
        if source.is_dir():
            if not is_archive(source):
                raise InvalidInput("is no archive: it has no folder articles", subject=str(source), remedy="name an archive")
            yield FolderParcel(source)
            return
        with _read_errors(source), source.open("rb") as file:
            yield _parcel(file, str(source))
        return
    yield _parcel(source, "standard input")


def take(store: Store, parcel: Parcel, tally: Tally, watched: Watched, *, dry_run: bool = False) -> None:
    """Takes all articles of a parcel into the archive, with `dry_run` only says what would become of them.

    Raises:
        ArchiveUnwritable, StoreError, LockHeld: what stopped one would stop every other; those before it are here.
    """
    found, strays = bundles(parcel)
    for joined in store.joining.join_all(watched(found), parcel, prefer, dry_run=dry_run):
        if isinstance(joined, ArchiverError):
            tally.failed(str(joined))
            continue
        tally.fates[joined.fate] += 1
        for problem in joined.problems:
            tally.failed(f"{joined.id}: {problem} (the rest of the article was taken)")
    for name in strays:
        if name != FEEDS:
            tally.failed(f"{name}: belongs to no article there, and was left out")
    for name in parcel.missing:
        tally.failed(f"{name}: is missing, though {SUMS} names it (copy the folder again, or fetch what is gone)")


def take_feeds(store: Store, parcel: Parcel, *, dry_run: bool = False) -> int:
    """Follows the feeds of a parcel that are not followed yet, and gives how many those are.

    Raises:
        FeedError: its file of subscriptions is none.
        StoreError, LockHeld: ours is as it was.
    """
    from archiver.feeds.opml import Opml
    from archiver.tasks.syncing.subscriptions import changing, subscriptions

    if FEEDS not in parcel.names:
        return 0
    content = parcel.read(FEEDS)
    try:
        theirs = Opml.read(content)
    except FeedError as error:
        raise FeedError(error.reason, subject=f"{parcel.subject}/{FEEDS}", remedy=error.remedy) from None
    followed = {one.url for one in subscriptions(store)}
    new = [one for one in theirs.subscriptions() if one.url not in followed]
    if dry_run or not new:
        return len(new)
    if store.following.subscriptions() is None:
        store.following.save_subscriptions(content)
    else:
        with changing(store) as opml:
            for one in new:
                opml.add(one, like=theirs)
    return len(new)


def prefer(here: Article, coming: Article) -> bool:
    """Whether the article that comes takes the place of the one here: it is of a better kind, or newer and no worse."""
    if says_more(here, coming):
        return True
    return decide(here, coming) is Decision.CHANGED and _moment(coming) > _moment(here)


def _moment(article: Article) -> str:
    return article.capture.fetched_at if article.capture else ""


def _parcel(file: BinaryIO, subject: str) -> Parcel:
    head = file.read(HEAD_BYTES)
    kind = next((kind for kind in KINDS.values() if kind.begins(head)), None)
    if kind is None:
        known = "; ".join(kind.summary for kind in KINDS.values() if not kind.remedy)
        raise InvalidInput("is nothing that can be imported", subject=subject, remedy=f"name an archive's folder, or {known}")
    if kind.remedy:
        raise InvalidInput(f"is {kind.summary}", subject=subject, remedy=kind.remedy)
    file.seek(0)
    return TarParcel(file, subject)


@contextlib.contextmanager
def _read_errors(path: Path) -> Iterator[None]:
    try:
        yield
    except FileNotFoundError:
        raise InvalidInput("no such file or folder", subject=str(path), remedy="check the name") from None
    except OSError as error:
        reason = f"cannot be read: {error.strerror or error}"
        raise InvalidInput(reason, subject=str(path), remedy="check its permissions") from error
