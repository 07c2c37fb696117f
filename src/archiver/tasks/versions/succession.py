"""The records of one article, in the order in which they came: which were held, which were worse, which were read again.

Nothing of this is stored: it is decided again, by the rules of today (docs/adr/0017-sightings.md). Reads only.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from archiver.errors import InvalidInput, RecordDamaged, StoreError
from archiver.tasks.archiving.decide import Decision, decide

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from archiver.article import Article
    from archiver.store import Store

RecordKind = Literal["first", "edit", "re-extraction", "worse", "damaged"]
_NAME = re.compile(r"(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z(?:-(\d+))?\.json")
"""`20261123T081400Z.json`, or `…-1.json` for the second record of that time."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A record of an article that the archive holds, read when it is needed.

    Attributes:
        number: its place among them, oldest first, from 1.
    """

    number: int
    path: Path
    current: bool
    load: Callable[[], Article]


@dataclass(frozen=True, slots=True)
class Step:
    """What one record was when it came.

    Attributes:
        article: None where it is damaged; `error` says how.
        held: the record that was held before.
    """

    kept: Kept
    kind: RecordKind
    article: Article | None
    held: Article | None
    error: StoreError | None = None


def kept(store: Store, article_id: str) -> list[Kept]:
    """All records of the article, oldest first: by the time of fetching, those of one capture as they were made.

    Raises:
        NotInArchive: there is no such article.
        StoreError: its versions cannot be listed.
    """
    current = store.path(article_id)
    ordered: list[tuple[tuple[str, float], Path]] = [(moment_of(path.name), path) for path in store.versions(article_id)]
    try:
        at = fetched_at(store.load(article_id))
    except RecordDamaged:
        at = max((moment for (moment, _), _ in ordered), default="")
    ordered.append(((at, math.inf), current))
    return [
        Kept(number, path, path == current, _loader(store, path, article_id, current=path == current))
        for number, (_, path) in enumerate(sorted(ordered), 1)
    ]


def replayed(store: Store, article_id: str) -> Iterator[Step]:
    """The records of the article as they came.

    Raises:
        NotInArchive, StoreError: as `kept`.
    """
    held: Article | None = None
    for one in kept(store, article_id):
        try:
            article = one.load()
        except StoreError as error:
            yield Step(one, "damaged", None, held, error)
            continue
        kind: RecordKind = "first"
        if held is not None:
            if _same_capture(held, article):
                kind = "re-extraction"
            else:
                kind = "worse" if not one.current and decide(held, article) is Decision.WORSE else "edit"
        yield Step(one, kind, article, held)
        if kind != "worse":
            held = article


def chosen(store: Store, article_id: str, numbers: tuple[int, ...]) -> tuple[tuple[int, Article], tuple[int, Article]]:
    """The two records to be compared, with their numbers: those of `numbers`, else the last two versions.

    Raises:
        InvalidInput: there is no such version, or there are not two.
        NotInArchive, RecordDamaged, StoreError: one cannot be read.
    """
    records = {one.number: one for one in kept(store, article_id)}
    if not numbers:
        steps = list(replayed(store, article_id))
        numbers = tuple(step.kept.number for step in steps if step.kind not in ("worse", "damaged"))[-2:]
        if len(numbers) < 2:
            if error := next((step.error for step in reversed(steps) if step.error), None):
                raise error
            raise InvalidInput("there is one version only", subject=article_id, remedy="archiver history shows what there is")
    for number in numbers:
        if number not in records:
            remedy = f"give one from 1 to {len(records)}; archiver history lists them"
            raise InvalidInput(f"there is no version {number}", subject=article_id, remedy=remedy)
    one, other = (records[number] for number in numbers)
    return (one.number, one.load()), (other.number, other.load())


def earlier(store: Store, article: Article) -> Article | None:
    """What the page said before the last edit that made `article`; None where it is the first we know.

    Raises:
        NotInArchive, StoreError: as `kept`.
    """
    assert article.id is not None
    before = None
    for step in replayed(store, article.id):
        if step.kept.current:
            break
        if step.article is not None and step.kind != "worse" and not _same_capture(step.article, article):
            before = step.article
    return before


def fetched_at(article: Article | None) -> str:
    """When its page was fetched; "" where nobody knows."""
    return article.capture.fetched_at if article and article.capture else ""


def _loader(store: Store, path: Path, article_id: str, *, current: bool) -> Callable[[], Article]:
    return lambda: store.load(article_id) if current else store.load_version(path)


def _same_capture(one: Article, other: Article) -> bool:
    if one.capture is None or other.capture is None:
        return one.capture is other.capture
    return (one.capture.fetched_at, one.capture.sha256, one.capture.warc) == (
        other.capture.fetched_at,
        other.capture.sha256,
        other.capture.warc,
    )


def moment_of(name: str) -> tuple[str, float]:
    """The time in the name of a version's file, as records have it, and its number among those of one time."""
    match = _NAME.fullmatch(name)
    if match is None:
        return "", 0
    year, month, day, hour, minute, second, attempt = match.groups()
    return f"{year}-{month}-{day}T{hour}:{minute}:{second}Z", float(attempt or 0)
