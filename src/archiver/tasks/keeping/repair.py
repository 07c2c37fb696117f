"""Mending what a check found, step by step. Nothing is deleted: what is damaged goes to the archive's `quarantine/`.

A plan only reads, so it can be shown; a step changes the files when it is taken. Steps are planned one article at a time and
taken at once, so an archive with much damage needs no more memory than one with little.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from archiver.errors import FeedError
from archiver.store import paths
from archiver.store.queue import QUEUE_FILE
from archiver.tasks.keeping.check import FEEDS
from archiver.tasks.keeping.repair_article import Step, steps_for

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from archiver.store import Store
    from archiver.store.checking import Finding
    from archiver.tasks.site_rules import SiteRules

_INDEX = frozenset({"index-missing", "index-behind", "index-damaged"})
_SET_ASIDE = frozenset({"remarks-damaged", "sightings-damaged", "alias-damaged", "memory-damaged", "not-a-file"})
_OF_ARTICLES = frozenset(
    {
        "record-damaged", "version-damaged", "version-alone", "capture-missing", "capture-damaged", "capture-elsewhere",
        "capture-alone", "capture-alone-damaged", "not-a-file",
    }
)  # fmt: skip
REPAIRED = _INDEX | _SET_ASIDE | _OF_ARTICLES | {"feeds-damaged", "queue-damaged"}
"""The kinds of findings that a repair does something about."""
ENDED_BY_THE_LOCK = frozenset({"temporary", "removal"})
"""Those that are gone when anybody takes the lock."""


def plan(store: Store, found: Iterable[Finding], rules: SiteRules | None = None) -> Iterator[Step]:
    """The steps that mend what was `found`. Take each before asking for the next, or take none."""
    articles: dict[str, list[Finding]] = defaultdict(list)
    rebuild = None
    lines = 0
    for one in found:
        if one.kind in _INDEX:
            rebuild = one
        elif one.kind == "feeds-damaged":
            yield _subscriptions(store)
        elif one.kind == "queue-damaged":
            lines += 1
        elif one.id is not None and one.kind in _OF_ARTICLES and not one.path.startswith(f"{paths.REMARKS}/"):
            articles[one.id].append(one)
        elif one.kind in _SET_ASIDE and (one.kind != "not-a-file" or "/" in one.path):  # a folder that was moved is put back
            lost = "what it said" if one.kind == "remarks-damaged" else None
            yield _aside(store, one, lost)
    if lines:
        yield _queue(store, lines)
    for article_id, its in articles.items():
        yield from steps_for(store, article_id, its, rules)
    if rebuild is not None:
        yield Step(rebuild.path, "the index is made again from the files", lambda: _rebuild(store))


def settle(store: Store) -> None:
    """Brings the index up to date with what the steps changed."""
    from archiver.store import Filters

    store.close()
    for _ in store.rows(Filters(), limit=1):
        pass


def _aside(store: Store, one: Finding, lost: str | None) -> Step:
    def take() -> None:
        store.close()  # databases among them
        store.checking.mending.set_aside(one.path)
        if one.kind == "memory-damaged":
            store.checking.mending.set_sides_aside(one.path)

    return Step(one.path, "it goes to the quarantine", take, lost, one.id, one.url)


def _subscriptions(store: Store) -> Step:
    """What can be read of the damaged file of subscriptions stays."""
    from archiver.feeds.opml import Opml

    mending = store.checking.mending
    try:
        opml = Opml.read_foreign(store.following.subscriptions() or b"")
    except FeedError:
        return Step(FEEDS, "it goes to the quarantine", lambda: mending.set_aside(FEEDS), "the list of feeds that are followed")
    count, content = len(opml.subscriptions()), opml.to_bytes()
    says = f"the {count} subscriptions that can be read are kept; the damaged file goes to the quarantine"
    return Step(FEEDS, says, lambda: mending.replace(FEEDS, content), "perhaps subscriptions that could not be read")


def _queue(store: Store, lines: int) -> Step:
    """What wants a page stays in the queue."""
    says = (
        f"{lines} {'line' if lines == 1 else 'lines'} that cannot be read left out; the file as it was goes to the quarantine"
    )
    take = lambda: store.checking.mending.replace(str(QUEUE_FILE), store.queue.sound_content())  # noqa: E731
    return Step(str(QUEUE_FILE), says, take, "perhaps pages that were to be archived")


def _rebuild(store: Store) -> None:
    store.close()
    store.checking.mending.forget_index()
    settle(store)
