"""From the page that was asked for to the captures that make its article.

What pages say about where to go on (`extraction.onward`) are claims: each is followed within bounds, by the manners of links
that nobody typed, and what is found counts only where it is the same article (`tasks.same_article`).
"""

from __future__ import annotations

import dataclasses
import time
from typing import TYPE_CHECKING

from archiver import urls
from archiver.capture import original_headers
from archiver.errors import ArchiverError, EmptyPage, FetchError, InvalidUrl
from archiver.extraction import onward
from archiver.tasks.archiving.read_page import read_one
from archiver.tasks.reaching import same_article
from archiver.tasks.unforeseen import ours

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from archiver.article import Article
    from archiver.capture import Capture
    from archiver.extraction.onward import Onward
    from archiver.settings import Settings
    from archiver.tasks.site_rules import SiteRules

MAX_REFRESHES = 3
MAX_PAGES = 50
LONGEST_WALK = 10
"""All further pages of an article may take so many times as long as one page."""
NOT_HAD = (FetchError, EmptyPage, InvalidUrl)
WALLS = frozenset({"challenge", "consent", "error", "paywalled"})


def go_on(capture: Capture, follow: Callable[[str], Capture], settings: Settings, rules: SiteRules | None) -> Capture:
    """From the page that was asked for to the article: over pages that only send on, to the full page, with all its pages.

    Args:
        follow: fetches a link that nobody typed.

    Raises:
        FetchError, EmptyPage: the page says nothing but that its readers should go elsewhere, and there is nothing.
    """
    try:
        return _Walk(capture, follow, settings, rules).walked()
    except ArchiverError:
        raise
    except Exception as bug:  # noqa: BLE001  # what was fetched is kept, whatever it holds
        note = f"where the page leads could not be read: {ours(bug, capture.page_url).reason}"
        return dataclasses.replace(capture, notes=(*capture.notes, note))


class _Walk:
    """One walk; it stands at the page that `_capture` ends with, which says `_here`."""

    def __init__(self, capture: Capture, follow: Callable[[str], Capture], settings: Settings, rules: SiteRules | None) -> None:
        self._capture = capture
        self._follow = follow
        self._settings = settings
        self._rules = rules
        self._here = self._look(capture)
        self._been = {urls.key(capture.page_url)}
        self._end = time.monotonic() + LONGEST_WALK * settings.timeout_seconds

    def walked(self) -> Capture:
        self._follow_refreshes()
        self._lead_back()
        if self._settings.join_pages and not self._take_single_page() and not self._go_to_first():
            self._join_pages()
        return self._capture

    # -- steps

    def _follow_refreshes(self) -> None:
        """Goes where the page sends its readers at once, where it says nothing itself."""
        for _ in range(MAX_REFRESHES):
            target = self._refresh()
            if target is None or not self._is_new(target):
                return
            seen = self._article(self._capture)
            if seen is not None and seen.verdict == "article":
                return
            try:
                found = self._follow(target)
            except NOT_HAD as error:
                if seen is None:
                    error.reason = f"its page sends readers to {target}: {error.reason}"
                    error.subject = self._capture.requested_url
                    raise
                self._note(f"the page sends its readers to {target}, which could not be had: {error.reason}")
                return
            self._go(found)

    def _refresh(self) -> str | None:
        """Where the page sends on; not to the front page, as sites do with addresses that they do not know."""
        own, elsewhere = self._capture.page_url, self._here.elsewhere
        target = self._here.refresh
        if target is None and elsewhere is not None and not urls.same_site(elsewhere, own):
            target = elsewhere  # so do shorteners of links; within a site it is an apology to those without scripts
        return None if target and urls.is_front_page(target) and not urls.is_front_page(own) else target

    def _lead_back(self) -> None:
        """Goes from a form of the page, for telephones or for paper, to the page itself."""
        seen = self._article(self._capture) if self._here.form else None
        target = seen.canonical_url if seen else None
        if seen is None or target is None or not self._is_near(target):
            return
        try:
            found = self._follow(target)
        except NOT_HAD as error:
            self._note(f"this is the {self._here.form} form of the page; {target} could not be had: {error.reason}")
            return
        whole = self._article(found)
        if whole is not None and self._is_new(found.page_url) and same_article.is_whole(seen, whole):
            self._go(found)

    def _take_single_page(self) -> bool:
        """Whether the page links to all its pages in one; the article keeps its address."""
        here = self._here
        target = here.ruled_single or (here.single[0] if here.single and here.part(2) else None)
        if target is None or not self._is_near(target):
            return False
        seen = self._article(self._capture)
        try:
            found = self._follow(target)
        except NOT_HAD as error:
            self._note(f"{target}, with all pages in one, could not be had: {error.reason}")
            return False
        whole = self._article(found)
        if whole is None or not same_article.has_all(seen, whole):
            return False
        self._go(dataclasses.replace(found, address=self._capture.page_url))
        return True

    def _go_to_first(self) -> bool:
        """Whether this is a later page of an article, which is fetched from its first page on, and has this one."""
        target = self._here.first
        seen = self._article(self._capture) if target and self._is_near(target) else None
        if target is None or seen is None or seen.verdict not in ("article", "thin"):
            return False
        try:
            found = self._follow(target)
        except NOT_HAD as error:
            self._note(f"this is a later page of an article; its first ({target}) could not be had: {error.reason}")
            return False
        first, ahead = self._article(found), self._look(found)
        if first is None or not ahead.part(2) or not same_article.is_next(first, seen, ahead.family):
            return False
        if not same_article.goes_on(same_article.lines(first), seen):
            return False
        here = self._capture

        def follow(link: str) -> Capture:
            return here if urls.key(link) in (urls.key(here.page_url), urls.key(here.requested_url)) else self._follow(link)

        whole = _Walk(found, follow, self._settings, self._rules).walked()
        all_in_one = self._article(whole) if not whole.later else None
        if here not in whole.later and not (all_in_one and same_article.has_all(seen, all_in_one)):
            self._note(f"this is a later page of the article at {target}, whose pages do not lead here")
            return False
        self._capture = dataclasses.replace(whole, requested_url=here.requested_url, notes=(*here.notes, *whole.notes))
        return True

    def _join_pages(self) -> None:
        """Fetches the further pages of the article, as long as each goes on with it."""
        family, here = self._here.family, self._here
        if not (here.ruled_next or here.part(2)):
            return
        first = self._article(self._capture)
        if first is None or first.verdict not in ("article", "thin"):
            return
        before = same_article.lines(first)
        later: list[Capture] = []
        while (target := here.ruled_next or here.part(len(later) + 2)) and self._is_near(target):
            number = len(later) + 2
            if self._is_enough(later):
                self._miss(target, f"page {number} of the article ({target}) and what follows were left out: it is too long")
                break
            try:
                found = self._follow(target)
                page = read_one(found, self._rules)
            except NOT_HAD as error:
                self._miss(target, f"page {number} of the article ({target}) could not be had: {error.reason}")
                break
            if page.verdict in WALLS:
                self._miss(target, f"page {number} of the article ({target}) could not be had: {page.verdict}")
                break
            goes_on = same_article.goes_on(before, page)
            ruled = target == here.ruled_next
            if not (self._is_new(found.page_url) and goes_on and (ruled or same_article.is_next(first, page, family))):
                break
            later.append(found)
            self._been |= {urls.key(target), urls.key(found.page_url)}
            before |= same_article.lines(page)
            here = self._look(found, family)
        self._capture = dataclasses.replace(self._capture, later=tuple(later))

    # -- what the steps share

    def _look(self, capture: Capture, family: str | None = None) -> Onward:
        headers = capture.final.headers if capture.taken_at is None else original_headers(capture.final.headers)
        rule = self._rules.for_url(capture.page_url) if self._rules else None
        return onward.look(capture.payload, capture.page_url, headers=headers, rule=rule, family=family)

    def _article(self, capture: Capture) -> Article | None:
        """The article in a page; None where there is nothing in it."""
        try:
            return read_one(capture, self._rules)
        except EmptyPage:
            return None

    def _is_new(self, url: str) -> bool:
        try:
            return urls.key(url) not in self._been
        except (InvalidUrl, ValueError):
            return False

    def _is_near(self, url: str) -> bool:
        return self._is_new(url) and urls.same_site(url, self._capture.page_url)

    def _is_enough(self, later: Sequence[Capture]) -> bool:
        size = self._capture.size + sum(page.size for page in later)
        return len(later) + 1 >= MAX_PAGES or size > self._settings.max_bytes or time.monotonic() > self._end

    def _go(self, found: Capture) -> None:
        """Goes on from the page to `found`; both are on the way of what was asked for."""
        left = self._capture
        self._been.add(urls.key(found.final_url))
        self._capture = dataclasses.replace(
            found, requested_url=left.requested_url, exchanges=(*left.exchanges, *found.exchanges), notes=left.notes
        )
        self._here = self._look(self._capture)

    def _note(self, sentence: str) -> None:
        self._capture = dataclasses.replace(self._capture, notes=(*self._capture.notes, sentence))

    def _miss(self, url: str, sentence: str) -> None:
        self._capture = dataclasses.replace(self._capture, missing=(*self._capture.missing, url))
        self._note(sentence)
