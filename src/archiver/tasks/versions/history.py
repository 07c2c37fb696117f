"""What happened to an article since it was archived: its versions, what each changed, and the looks that made none. Reads only.

Everything is derived from the records and the sightings.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from archiver import urls
from archiver.errors import StoreError
from archiver.sightings import Sightings
from archiver.tasks.archiving.decide import is_feed_text
from archiver.tasks.versions import changes
from archiver.tasks.versions.succession import fetched_at, moment_of, replayed
from archiver.tasks.versions.wording import compare

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from archiver.article import Article
    from archiver.sightings import Sighting
    from archiver.store import Store

Kind = Literal["first", "edit", "re-extraction", "worse", "gone", "back", "damaged"]
WORSE = {
    "thin": "next to no text",
    "paywalled": "the beginning before a paywall",
    "challenge": "a test whether the reader is a person",
    "consent": "a demand for consent",
    "error": "an error page",
    "listing": "a front page or listing",
}
"""What a page with this verdict is, in words."""


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


def history(store: Store, article_id: str, note: Callable[[str], None] = lambda _: None) -> list[Event]:
    """The events, oldest first; `note` is told what cannot be read.

    Raises:
        NotInArchive: there is no such article.
        StoreError: its versions cannot be listed.
    """
    sightings = _sightings(store, article_id, note)
    urls_met: set[str] = set()
    events = list(_of_records(store, article_id, sightings, urls_met))
    recorded = {event.at for event in events if event.kind == "worse"}
    for sighting in sightings.each:
        events += _of_sighting(sighting, recorded=sighting.kind == "worse" and sighting.first_at in recorded)
    for url in sorted(urls_met):
        if (other := urls.article_id(url)) != article_id:  # that of an article that was joined to this one
            for sighting in _sightings(store, other, note).each:
                found = _of_sighting(sighting, recorded=False)
                events += (dataclasses.replace(event, note="; ".join(filter(None, [event.note, url]))) for event in found)
    return sorted(events, key=lambda event: event.at)  # stable: records of one moment stay in the order they were made


def _sightings(store: Store, article_id: str, note: Callable[[str], None]) -> Sightings:
    try:
        return store.sightings.load(article_id)
    except StoreError as error:
        note(str(error))
        return Sightings()


def _of_records(store: Store, article_id: str, sightings: Sightings, urls_met: set[str]) -> Iterator[Event]:
    for step in replayed(store, article_id):
        one, article = step.kept, step.article
        urls_met |= {article.url} if article and article.url else set()
        path = one.path.relative_to(store.root).as_posix()
        if article is None:
            at = moment_of(one.path.name)[0] or fetched_at(step.held)
            yield Event(one.number, at, step.kind, one.current, note=step.error.reason if step.error else None, path=path)
            continue
        event = Event(one.number, fetched_at(article), step.kind, one.current, archiver=article.archiver, path=path)
        yield _compared(event, step.held, article, sightings) if step.held else event


def _compared(event: Event, held: Article, article: Article, sightings: Sightings) -> Event:
    """`event`, which brought `article` where `held` was, with what changed."""
    if event.kind == "worse":
        lasted = (one.ended_at for one in sightings.each if one.kind == "worse" and one.first_at == event.at)
        return dataclasses.replace(event, note=_why_worse(article), until=next(lasted, None))
    body = compare(held.body.text, article.body.text)
    changed = tuple(one.name for one in changes.fields(held, article))
    changed += ("body",) if body.words_added or body.words_removed else ()
    event = dataclasses.replace(event, fields=changed, words_added=body.words_added, words_removed=body.words_removed)
    if event.kind == "re-extraction":
        return dataclasses.replace(event, note=f"by archiver {article.archiver}")
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
    return f"{WORSE.get(verdict, verdict) if verdict != 'article' else f'{words:,} words only'}; not taken"
