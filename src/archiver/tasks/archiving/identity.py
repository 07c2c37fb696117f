"""Which article a page is: its own, or one that the archive holds under another address."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

from archiver import sameness, urls
from archiver.capture import Capture
from archiver.errors import StoreError
from archiver.store.aliases import Alias
from archiver.tasks.archiving.decide import Decision, decide, says_more

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archiver.article import Article
    from archiver.capture import SavedPage
    from archiver.store import Store


def joined(store: Store, own_id: str) -> str:
    """The ID of the article that the user joined the one with `own_id` to; else, and of a damaged alias, `own_id`."""
    with contextlib.suppress(StoreError):
        return store.aliases.joined(own_id)
    return own_id


def whose(store: Store, seen: Article) -> str:
    """The ID of the article in the archive that the page just read is; its own where there is none, or it has one there.

    It is that at its canonical address, or that which its own address is known to stand for, if the texts are the same too.
    """
    assert seen.id is not None
    if seen.verdict != "article":
        return seen.id
    claimed_id = _claimed_id(seen)
    others = (claimed_id, claimed_id and store.aliases.article(claimed_id), store.aliases.article(seen.id))
    if not any(others) or store.has(seen.id):  # asked last: of most pages there is no other
        return seen.id
    for found in others:
        with contextlib.suppress(StoreError):
            if found and store.has(found) and sameness.same_text(store.load(found), seen):
                return found
    return seen.id


def decide_at(store: Store, held: Article | None, seen: Article) -> Decision:
    """As `decide`, for a page that may stand at another address than the article `held`.

    There it takes the place of what we hold where that claims this address for itself, or is of a worse kind. Else it is a
    copy; one that says what a version from the same address says is unchanged.
    """
    decision = decide(held, seen)
    if decision is not Decision.CHANGED or held is None or _id_of(seen) == seen.id:
        return decision
    if says_more(held, seen) or _id_of(held) == _id_of(seen) or _claimed_id(held) == _id_of(seen):
        return decision
    said = any(decide(version, seen) is Decision.UNCHANGED for version in _versions_at(store, seen))
    return Decision.UNCHANGED if said else Decision.COPY


def remember(store: Store, article_id: str, seen: Article, capture: Capture | SavedPage) -> None:
    """Writes down the other addresses of the article that the page just read is.

    Raises:
        ArchiveUnwritable, StoreError, LockHeld: some may be missing; the next fetch adds them.
    """
    news = [alias for alias in _other_addresses(store, article_id, seen, capture) if store.aliases.is_news(alias)]
    if news:
        with store.writing():
            for alias in news:
                store.aliases.put(alias)


def _other_addresses(store: Store, article_id: str, seen: Article, capture: Capture | SavedPage) -> Iterator[Alias]:
    own = _id_of(seen)
    if seen.url and own and own != article_id:
        yield Alias(own, seen.url, article_id, "copy")
    if isinstance(capture, Capture):
        asked = [capture.requested_url, *(exchange.url for exchange in capture.exchanges[:-1])]
        for url in sameness.led_here(seen, asked):
            yield Alias(urls.article_id(url), url, article_id, "redirect")
    claimed = sameness.canonical(seen) if seen.verdict == "article" else None
    if claimed and not store.has(urls.article_id(claimed)):
        yield Alias(urls.article_id(claimed), claimed, article_id, "canonical")


def _versions_at(store: Store, seen: Article) -> Iterator[Article]:
    """The readable versions from the same address as the page just read, the newest first."""
    for path in reversed(store.versions(str(seen.id))):
        with contextlib.suppress(StoreError, FileNotFoundError):
            version = store.load_version(path)
            if _id_of(version) == _id_of(seen):
                yield version


def _id_of(article: Article) -> str | None:
    """The ID that the article's address has by itself."""
    return urls.article_id(article.url) if article.url else article.id


def _claimed_id(article: Article) -> str | None:
    claimed = sameness.canonical(article)
    return urls.article_id(claimed) if claimed else None
