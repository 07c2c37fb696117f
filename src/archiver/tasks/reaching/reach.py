"""From a URL to the captures that make its article, wherever they have to be had from. Stores nothing; runs in any thread."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from archiver import urls
from archiver.errors import EmptyPage, FetchError, HttpStatus
from archiver.extraction.onward import held_address
from archiver.fetch import fetch
from archiver.tasks.archiving.read_page import read_one
from archiver.tasks.manners.robots import Obedient, Robots
from archiver.tasks.reaching.going_on import NOT_HAD, go_on
from archiver.tasks.reaching.gone import why_gone, why_lost
from archiver.tasks.reaching.wayback import Wayback

if TYPE_CHECKING:
    from archiver.article import Article
    from archiver.capture import Capture
    from archiver.errors import ArchiverError
    from archiver.settings import Settings
    from archiver.store import Store
    from archiver.tasks.manners.pace import Pace
    from archiver.tasks.reaching.wayback import Copy
    from archiver.tasks.site_rules import SiteRules

MAX_COPIES = 6
"""So many copies in a web archive are tried until one is an article."""


class Reach:
    """The way to the articles of one run.

    Args:
        pace: the turns at hosts.
        rules: those of sites.
    """

    def __init__(self, store: Store, settings: Settings, pace: Pace, rules: SiteRules | None = None) -> None:
        self._settings = settings
        # what is sent along to "the host that was typed" is for no host that a page names
        self._elsewhere = dataclasses.replace(settings, headers=tuple(one for one in settings.headers if one.host is not None))
        self._pace = pace
        self._robots = Robots(store, settings, pace)
        self._rules = rules
        self._wayback = Wayback(self._elsewhere, pace)

    def article(
        self, url: str, *, trusted_host: str | None = None, obey_robots: bool = False, near: str | None = None
    ) -> Capture:
        """The page at `url`, with what belongs to its article: the full one where it is a form of it, and its further pages.

        Args:
            url: as typed; or, with `trusted_host`, as it stood in a document.
            trusted_host: as for `fetch.fetch`.
            obey_robots: whether robots.txt counts for `url` itself. It always does for links that are followed.
            near: the day nearest to which a copy is wanted where the page is gone; None: the newest.

        Raises:
            InvalidUrl, FetchError, EmptyPage: the page could not be had.
        """
        typed = urls.parse(url)
        trusted = trusted_host if trusted_host is not None else urlsplit(typed).hostname or ""
        if copy := self._wayback.named(typed):
            return self._asked_for(self._of_copy(copy) if copy.moment else self._copied(copy.url, near), typed)
        held = held_address(typed)
        start = urls.parse(held) if held else typed
        turns = Obedient(self._robots, self._pace, trusted) if obey_robots else self._pace
        try:
            first = fetch(start, self._settings, trusted_host=trusted, turns=turns)
            found = self._asked_for(self._gone_on(first, start, trusted), typed)
        except NOT_HAD as error:
            reason = why_gone(error) if self._settings.wayback else None
            if reason is None:
                raise
            return self._asked_for(self._instead(start, near, reason, error), typed)
        if self._settings.wayback and (reason := why_lost(found, self._read(found))):
            try:
                return self._asked_for(self._instead(start, near, reason, None), typed)
            except FetchError:
                return found  # what came may be the page after all
        return found

    def _gone_on(self, first: Capture, start: str, trusted_host: str) -> Capture:
        def follow(link: str) -> Capture:
            turns = Obedient(self._robots, self._pace, trusted_host)
            near = _origin(link) == _origin(start)
            asked, settings = (_with_credentials(link, start), self._settings) if near else (link, self._elsewhere)
            return fetch(asked, settings, trusted_host=trusted_host, turns=turns)

        return go_on(first, follow, self._settings, self._rules)

    # -- copies

    def _instead(self, url: str, near: str | None, reason: str, error: ArchiverError | None) -> Capture:
        """A copy of a page that is gone, for the `reason` that `error` gives."""
        try:
            found = self._copied(url, near)
        except FetchError as none:
            if error is None:
                raise
            error.reason = f"{reason}; {none.reason}"
            raise error from None
        told = f"the page is gone ({reason}): this is the copy that {urlsplit(found.final_url).hostname} has of it"
        status = error.status if isinstance(error, HttpStatus) else None
        return dataclasses.replace(found, notes=(*found.notes, told), gone_status=status)

    def _copied(self, url: str, near: str | None) -> Capture:
        """The first copy that is an article.

        Raises:
            FetchError: there is none, or the archive cannot be asked.
        """
        shown = urls.without_credentials(url)
        archive = urlsplit(self._settings.wayback_url).hostname
        try:
            copies = self._wayback.copies(shown, near)
        except FetchError as error:
            raise FetchError(f"{archive} could not be asked: {error.reason}", subject=shown, remedy="try again later") from None
        failure = f"{archive} has no copy of it"
        for copy in copies[:MAX_COPIES]:
            try:
                found = self._of_copy(copy)
            except NOT_HAD as error:
                failure = f"the copy that {archive} has of it could not be had: {error.reason}"
                continue
            article = self._read(found)
            if article is not None and article.verdict == "article" and why_lost(found, article) is None:
                return found
            failure = f"no copy that {archive} has of it is an article"
        raise FetchError(failure, subject=shown)

    def _of_copy(self, copy: Copy) -> Capture:
        """A copy, with what belongs to its article from the same time."""

        def follow(link: str) -> Capture:
            return self._wayback.fetch(copy._replace(url=urls.parse(link)))

        return go_on(self._wayback.fetch(copy), follow, self._settings, self._rules)

    def _read(self, capture: Capture) -> Article | None:
        try:
            return read_one(capture, self._rules)
        except EmptyPage:
            return None

    @staticmethod
    def _asked_for(capture: Capture, typed: str) -> Capture:
        return dataclasses.replace(capture, requested_url=urls.without_credentials(typed))


def _with_credentials(link: str, typed: str) -> str:
    """`link` with the user name and password of `typed`."""
    user, at, _ = urlsplit(typed).netloc.rpartition("@")
    parts = urlsplit(link)
    return parts._replace(netloc=f"{user}@{parts.netloc}").geturl() if at else link


def _origin(url: str) -> tuple[str, str | None, int | None]:
    parts = urlsplit(url)
    return parts.scheme, parts.hostname, parts.port
