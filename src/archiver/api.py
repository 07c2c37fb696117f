"""The archive from Python: what the command line does, without its words.

    with archiver.Archive("~/articles") as archive:
        article = archive.fetch("https://example.org/2026/a-story")
        for hit in archive.search("glutamate"):
            print(hit.row.title, hit.plain_excerpt)

Everything raises `ArchiverError`, or one below it; `archiver.errors` draws the tree.
"""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Self

from archiver import settings as settings_module
from archiver import urls
from archiver.capture import SavedPage
from archiver.store import Filters, Store
from archiver.tasks.site_rules import SiteRules

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from archiver.article import Article
    from archiver.errors import ArchiverError
    from archiver.remarks import Remarks
    from archiver.settings import Settings
    from archiver.store import Hit, Row
    from archiver.tasks.archiving.archive_page import Outcome
    from archiver.tasks.syncing.summary import Summary

__all__ = ["Archive", "Filters"]


class Archive:
    """One archive directory. A context manager; one thread at a time may use it.

    Args:
        path: the directory, made where there is none; None takes the one that `archiver` would use. `~` is the home folder.
        settings: what a fetch goes by; None reads config.toml and the environment, as `archiver` does.
        note: told, in a sentence, what a user should know though nothing failed.

    Raises:
        InvalidInput: a setting cannot be used.
        StoreError: the directory cannot be made or written, or is none.
    """

    def __init__(
        self,
        path: str | os.PathLike[str] | None = None,
        *,
        settings: Settings | None = None,
        note: Callable[[str], None] = lambda _: None,
    ) -> None:
        home = None if path is None else Path(path).expanduser()
        self.settings = settings or settings_module.load(os.environ, home=home)
        self.path = home or self.settings.home
        self._store = Store.open(self.path, create=True, note=note)
        self._rules = SiteRules.of(self.settings, note)

    def close(self) -> None:
        """Closes the databases; the archive may be used again all the same."""
        self._store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()

    # -- archiving

    def fetch(self, url: str) -> Article:
        """Fetches the page at `url`, archives it, and gives the article that the archive holds then.

        Raises:
            InvalidUrl, FetchError, EmptyPage, StoreError: nothing already archived has changed.
        """
        from archiver.tasks.archiving.archive_pages import Batch, Target

        (result,) = Batch([Target(url)], self._store, self.settings, self._rules).results()
        if result.outcome is None:
            assert result.error is not None
            raise result.error
        return result.outcome.article

    def add(self, html: str | bytes, url: str, *, saved_at: datetime | None = None) -> Article:
        """Archives a page that is at hand, and gives the article that the archive holds then.

        Args:
            url: its address.
            saved_at: when it was saved, aware; None: now.

        Raises:
            InvalidUrl, EmptyPage, NotHtml, StoreError: nothing already archived has changed.
        """
        from archiver.tasks.archiving.archive_page import archive_saved

        payload = html.encode() if isinstance(html, str) else html
        page = SavedPage(urls.without_credentials(urls.parse(url)), saved_at or datetime.now(UTC), payload)
        return archive_saved(page, self._store, self._rules).article

    def sync(self, *feeds: str, listener: Listener | None = None) -> Summary:
        """Archives what is new in the feeds that are followed: in those that are due, or in `feeds`, by URL, ID or title.

        Without `feeds`, what waits in the queue is archived, too.

        Raises:
            NotFollowed: one of `feeds`.
            LockHeld: another sync is running.
            StoreError: the archive cannot be written.
        """
        from archiver.tasks.exchange.reading_list import WorkOff
        from archiver.tasks.syncing.subscriptions import find, subscriptions
        from archiver.tasks.syncing.sync import Sync

        named = frozenset(find(self._store, name).url for name in feeds) if feeds else None
        wishes = [wish for wish in subscriptions(self._store) if wish.paused is None or (named and wish.url in named)]
        listener = listener or Listener()
        with self._store.following.syncing():
            summary = Sync(self._store, self.settings, wishes, listener, named=named, rules=self._rules).run()
            if not feeds:
                WorkOff(self._store, self.settings, self._rules).run(summary, listener)
        return summary

    # -- reading

    def get(self, name: str) -> Article:
        """The article that `name` stands for: an ID, the beginning of one, or a URL.

        Raises:
            NotInArchive: none.
            AmbiguousId: several begin with it.
            RecordDamaged: its file is no record.
        """
        return self._store.load(self._store.find(name))

    def list(
        self, filters: Filters | None = None, *, sort: str = "fetched", reverse: bool = False, limit: int | None = None
    ) -> Iterator[Row]:
        """What the archive holds, as rows: newest first, as `archiver list` sorts."""
        return self._store.rows(filters or Filters(), sort=sort, reverse=reverse, limit=limit)

    def search(self, words: str, filters: Filters | None = None, *, limit: int | None = None) -> Iterator[Hit]:
        """The articles that match `words`, best first, each with a passage of its body.

        Raises:
            InvalidInput: `words` cannot be searched for.
        """
        return self._store.search(words, filters or Filters(), limit=limit)

    def remarks(self, name: str) -> Remarks:
        """What the user says about the article.

        Raises:
            NotInArchive, AmbiguousId: as `get`.
            StoreError: it cannot be read.
        """
        return self._store.remarks(self._store.find(name))

    def __contains__(self, url: str) -> bool:
        return self._store.holds(url)


class Listener:
    """Is told what happens in a sync, as it happens. Derive from it, and say what you want to hear."""

    def archived(self, outcome: Outcome) -> None:
        """An article is safe on disk."""

    def failed(self, error: ArchiverError) -> None:
        """A feed or a page could not be had."""

    def log(self, text: str) -> None:
        """For those who want to know everything."""
