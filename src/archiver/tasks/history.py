"""What happened to an article since it was archived: its versions, what each changed, and the looks that made none. Reads only.

Everything is derived from the records and the sightings.
"""

from __future__ import annotations

import dataclasses
import math
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from archiver.errors import InvalidInput, RecordDamaged, StoreError
from archiver.sightings import Sightings
from archiver.tasks import changes
from archiver.tasks.decide import Decision, decide, is_feed_text
from archiver.tasks.wording import compare

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from archiver.article import Article
    from archiver.sightings import Sighting
    from archiver.store import Store

Kind = Literal["first", "edit", "re-extraction", "worse", "gone", "back", "damaged"]
_NAME = re.compile(r"(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z(?:-(\d+))?\.json")
"""`20261123T081400Z.json`, or `…-1.json` for the second record of that time."""


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened to an article.

    Attributes:
        number: that of the record, as `diff` takes it; None where the look left none.
        at: when the page was fetched, or found so, UTC, RFC 3339; "" where nobody knows.
        kind: "first" for the oldest record, "edit" of the page, "re-extraction" of the same capture, "worse" where the page
            must not take the place of what we hold, "gone" from the web, "back", "damaged" where the record cannot be read.
        current: whether it is the record that the archive shows.
        fields: the record's keys, dotted, whose values changed; "body" for its text.
        words_added: that stand in the body since.
        words_removed: that do not any more.
        silent: whether the text changed though no date that the page states moved.
        redated: whether a date moved though the text did not.
        note: what is to be said of it, in a few words.
        until: when what was found ended; None where it lasts, or is a version.
        archiver: the version of archiver that extracted the record.
        path: the record's file, relative to the archive.
    """

    number: int | None
    at: str
    kind: Kind
    current: bool = False
    fields: tuple[str, ...] = ()
    words_added: int = 0
    words_removed: int = 0
    silent: bool = False
    redated: bool = False
    note: str | None = None
    until: str | None = None
    archiver: str | None = None
    path: str | None = None

    @property
    def changed(self) -> str:
        """The fields on one line."""
        return ", ".join(self.fields)


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


def history(store: Store, article_id: str, note: Callable[[str], None] = lambda _: None) -> list[Event]:
    """The events, oldest first; `note` is told what cannot be read.

    Raises:
        NotInArchive: there is no such article.
        StoreError: its versions cannot be listed.
    """
    try:
        sightings = store.sightings.load(article_id)
    except StoreError as error:
        note(str(error))
        sightings = Sightings()
    events = list(_of_records(store, article_id, sightings))
    recorded = {event.at for event in events if event.kind == "worse"}
    for sighting in sightings.each:
        events += _of_sighting(sighting, recorded=sighting.kind == "worse" and sighting.first_at in recorded)
    return sorted(events, key=lambda event: event.at)  # stable: records of one moment stay in the order they were made


def kept(store: Store, article_id: str) -> list[Kept]:
    """All records of the article, oldest first: by the time of fetching, those of one capture as they were made.

    Raises:
        NotInArchive: there is no such article.
        StoreError: its versions cannot be listed.
    """
    current = store.path(article_id)
    ordered: list[tuple[tuple[str, float], Path]] = [(_order(path.name), path) for path in store.versions(article_id)]
    try:
        at = _at(store.load(article_id))
    except RecordDamaged:
        at = max((moment for (moment, _), _ in ordered), default="")
    ordered.append(((at, math.inf), current))
    return [
        Kept(number, path, path == current, _loader(store, path, article_id, current=path == current))
        for number, (_, path) in enumerate(sorted(ordered), 1)
    ]


def chosen(store: Store, article_id: str, numbers: tuple[int, ...]) -> tuple[tuple[int, Article], tuple[int, Article]]:
    """The two records to be compared, with their numbers: those of `numbers`, else the last edit and what it changed.

    Raises:
        InvalidInput: there is no such version, or there are not two.
        NotInArchive, RecordDamaged, StoreError: one cannot be read.
    """
    records = {one.number: one for one in kept(store, article_id)}
    if not numbers:
        versions = [event.number for event in history(store, article_id) if event.kind in ("first", "edit", "re-extraction")]
        numbers = tuple(number for number in versions if number is not None)[-2:]
        if len(numbers) < 2:
            raise InvalidInput("there is one version only", subject=article_id, remedy="archiver history shows what there is")
    for number in numbers:
        if number not in records:
            remedy = f"give one from 1 to {len(records)}; archiver history lists them"
            raise InvalidInput(f"there is no version {number}", subject=article_id, remedy=remedy)
    one, other = (records[number] for number in numbers)
    return (one.number, one.load()), (other.number, other.load())


def earlier(store: Store, article: Article) -> Article | None:
    """What the page said before the last edit that made `article`; None where it is the first we know."""
    assert article.id is not None
    before = None
    for one, found, kind, _ in _replayed(store, article.id):
        if one.current:
            break
        if isinstance(found, StoreError) or kind == "worse":
            continue
        if not _same_capture(found, article):
            before = found
    return before


def _replayed(store: Store, article_id: str) -> Iterator[tuple[Kept, Article | StoreError, Kind, Article | None]]:
    """The records as they came, each with what it was and with the one that was held before."""
    held: Article | None = None
    for one in kept(store, article_id):
        try:
            article = one.load()
        except StoreError as error:
            yield one, error, "damaged", held
            continue
        kind: Kind = "first"
        if held is not None:
            if _same_capture(held, article):
                kind = "re-extraction"
            else:
                kind = "worse" if not one.current and decide(held, article) is Decision.WORSE else "edit"
        yield one, article, kind, held
        if kind != "worse":
            held = article


def _of_records(store: Store, article_id: str, sightings: Sightings) -> Iterator[Event]:
    for one, found, kind, held in _replayed(store, article_id):
        path = one.path.relative_to(store.root).as_posix()
        if isinstance(found, StoreError):
            at = _order(one.path.name)[0] or (_at(held) if held else "")
            yield Event(one.number, at, kind, one.current, note=found.reason, path=path)
            continue
        event = Event(one.number, _at(found), kind, one.current, archiver=found.archiver, path=path)
        yield _compared(event, held, found, sightings) if held else event


def _compared(event: Event, held: Article, article: Article, sightings: Sightings) -> Event:
    """`event`, which brought `article` where `held` was, with what changed."""
    body = compare(held.body.text, article.body.text)
    changed = tuple(one.name for one in changes.fields(held, article))
    changed += ("body",) if body.words_added or body.words_removed else ()
    event = dataclasses.replace(event, fields=changed, words_added=body.words_added, words_removed=body.words_removed)
    if event.kind == "re-extraction":
        return dataclasses.replace(event, note=f"by archiver {article.archiver}")
    if event.kind == "worse":
        lasted = (one.ended_at for one in sightings.each if one.kind == "worse" and one.first_at == event.at)
        return dataclasses.replace(event, note=_why_worse(article), until=next(lasted, None))
    if is_feed_text(held) and not is_feed_text(article):
        return dataclasses.replace(event, note="the page, in the place of the feed's own text")
    text, moved = changes.text_changed(held, article), changes.date_moved(held, article)
    notes = [changes.honesty(held, article)]
    if held.archiver != article.archiver:
        notes.append(f"extracted by archiver {article.archiver}, before by {held.archiver}")
    note = "; ".join(filter(None, notes)) or None
    return dataclasses.replace(event, silent=text and not moved, redated=moved and not text, note=note)


def _of_sighting(sighting: Sighting, *, recorded: bool) -> Iterator[Event]:
    """What a sighting tells; one whose page has a record of its own only its end."""
    if not recorded:
        found = f"HTTP {sighting.status}" if sighting.kind == "gone" else _worse(str(sighting.verdict), sighting.words or 0)
        note = found if sighting.last_at == sighting.first_at else f"{found}, last seen so {sighting.last_at[:10]}"
        yield Event(None, sighting.first_at, sighting.kind, note=note, until=sighting.ended_at)
    if sighting.ended_at is not None:
        yield Event(None, sighting.ended_at, "back")


def _why_worse(article: Article) -> str:
    return "the feed's own text; not taken" if is_feed_text(article) else _worse(article.verdict, article.body.words)


def _worse(verdict: str, words: int) -> str:
    if verdict == "article":
        return f"{words:,} words only; not taken"
    return f"a page that is {verdict}; not taken"


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


def _at(article: Article) -> str:
    return article.capture.fetched_at if article.capture else ""


def _order(name: str) -> tuple[str, float]:
    """By the time in the name of a version's file, as records have it, then by its number among those of one time."""
    match = _NAME.fullmatch(name)
    if match is None:
        return "", 0
    year, month, day, hour, minute, second, attempt = match.groups()
    return f"{year}-{month}-{day}T{hour}:{minute}:{second}Z", float(attempt or 0)
