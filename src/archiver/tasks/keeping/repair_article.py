"""What is done about one article of which something is damaged or was left over.

A record that cannot be read is made again from its capture, else its newest version takes its place. A capture that no record
names gives the version that it belongs to. A capture that is lost is taken out of its record, which keeps its text.
"""

from __future__ import annotations

import contextlib
import dataclasses
from dataclasses import dataclass
from functools import partial
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from archiver import record
from archiver.errors import EmptyPage, NotHtml, StoreError
from archiver.store import paths
from archiver.store.records import with_keys_of
from archiver.tasks.archiving.decide import Decision, decide

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from archiver.article import Article
    from archiver.store import Store
    from archiver.store.checking import Finding
    from archiver.tasks.site_rules import SiteRules

_LOST_CAPTURES = frozenset({"capture-missing", "capture-damaged", "capture-elsewhere"})
_LEFT_OVER = frozenset({"capture-alone", "capture-alone-damaged"})


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that a repair does.

    Attributes:
        path: the file it is about, relative to the archive.
        says: what is done, without a full stop.
        take: does it.
        lost: what cannot be had back, or None.
        id, url: of the article, where it is about one.
    """

    path: str
    says: str
    take: Callable[[], object]
    lost: str | None = None
    id: str | None = None
    url: str | None = None


def steps_for(store: Store, article_id: str, found: Iterable[Finding], rules: SiteRules | None) -> Iterator[Step]:
    """The steps about one article; none where part of it cannot be read, or only by a later version of archiver."""
    try:
        mending = _Mending(store, article_id, list(found), rules)
    except StoreError:
        return
    yield from mending.of_record()
    yield from mending.of_versions()
    yield from mending.of_left_over_captures()
    yield from mending.of_lost_captures()


class _Mending:
    """What there is of one article, and what is done about it. The steps are planned as if each were taken."""

    def __init__(self, store: Store, article_id: str, found: list[Finding], rules: SiteRules | None) -> None:
        self._store = store
        self._moves = store.checking.mending
        self._id = article_id
        self._rules = rules
        self._url = next((one.url for one in found if one.url), None)
        self._records = self._moves.records(article_id)
        self._versions = self._moves.versions(article_id)
        self._lost = {one.path: one for one in found if one.kind in _LOST_CAPTURES}
        held = [article for article in (*self._records.values(), *self._versions.values()) if article is not None]
        named = {article.capture.warc for article in held if article.capture}
        loose = {one.path for one in found if one.kind in _LEFT_OVER}
        loose |= {one.path for one in found if one.kind == "not-a-file" and paths.is_capture(one.path)} - named
        if None in (*self._records.values(), *self._versions.values()):  # nobody else will say which captures were theirs
            loose |= set(self._moves.captures(article_id)) - named
        self._said = self._known_of_feed(held)
        self._loose = {name: self._read(name) for name in sorted(loose, key=_file_name, reverse=True)}

    def of_record(self) -> Iterator[Step]:
        """A sound record, and none that is damaged."""
        damaged = [name for name, article in self._records.items() if article is None]
        if all(article is None for article in self._records.values()):
            article = self._best(self._loose, "article") or self._best(self._versions, "article")
            article = article or self._best(self._loose) or self._best(self._versions)
            if article is not None:
                name = damaged.pop(0) if damaged else str(self._moves.record_file(article))
                yield self._restored(name, article)
        whole = any(article is not None for article in self._records.values())
        for name in damaged:
            del self._records[name]
            lost = None if whole else "the article"
            yield self._step(name, "it goes to the quarantine", partial(self._moves.set_aside, name), lost)

    def of_versions(self) -> Iterator[Step]:
        """No version that is damaged."""
        for name, article in self._versions.items():
            if article is None:
                captures = [one.capture for one in self._loose.values() if one and one.capture]
                again = any(self._moves.is_version_of(name, capture.fetched_at) for capture in captures)
                lost = None if again else "this version"
                yield self._step(name, "it goes to the quarantine", partial(self._moves.set_aside, name), lost)

    def of_left_over_captures(self) -> Iterator[Step]:
        """No capture that no record names."""
        for name, article in self._loose.items():
            held = self._held()
            if article is None or any(_same(one, article) for one in held):
                why = "it holds no sound page" if article is None else "what it says is in the archive already"
                yield self._step(name, f"{why}; it goes to the quarantine", partial(self._moves.set_aside, name))
                continue
            current = next(one for one in self._records.values() if one is not None)
            if _fetched_at(article) > _fetched_at(current) and decide(current, article) is Decision.CHANGED:
                path = next(iter(self._records))
                self._records[path] = article
                self._versions[f"{name} before"] = current
                yield self._step(name, "it gives the article's newest record", partial(self._store.save, article))
            else:
                self._versions[f"{name} again"] = article
                content = record.dumps(article).encode()
                yield self._step(name, "it gives a version of the article", partial(self._moves.put_version, article, content))

    def of_lost_captures(self) -> Iterator[Step]:
        """No record that names a capture which is not there, or is not the one it means."""
        for name, article in {**self._records, **self._versions}.items():
            one = self._lost.get(name)
            if one is not None and article is not None and article.capture is not None and article.capture.warc:
                lost = f"what the server sent at {article.capture.fetched_at}"
                says = "the record keeps its text and names no capture any more"
                if one.kind == "capture-damaged":
                    says += "; the damaged capture goes to the quarantine"
                yield self._step(name, says, partial(self._take_out, name, article, one.kind), lost)

    # -- within

    def _restored(self, name: str, article: Article) -> Step:
        """The step that makes `article` the record in the file `name`."""
        self._records[name] = article
        version = next((path for path, one in self._versions.items() if one is article), None)
        if version is not None:
            del self._versions[version]
            if version in self._lost:
                self._lost[name] = self._lost.pop(version)
            says = f"its newest version takes the place of the record ({version})"
            return self._step(name, says, partial(self._moves.promote, version, name))
        capture = next(path for path, one in self._loose.items() if one is article)
        del self._loose[capture]
        content = record.dumps(article).encode()
        return self._step(name, f"it is made again from {capture}", partial(self._moves.replace, name, content))

    def _take_out(self, name: str, article: Article, kind: str) -> None:
        """Takes the lost capture out of a record."""
        assert article.capture is not None
        warc = article.capture.warc
        assert warc is not None
        place = "it was missing"
        if kind == "capture-damaged":
            place = "it was damaged"
        content = record.dumps(self._moves.without_capture(article, f"its capture is lost: {place} ({warc})")).encode()
        self._moves.replace(name, with_keys_of(self._moves.remains(name), content, same_capture=True))
        if kind == "capture-damaged":
            with contextlib.suppress(FileNotFoundError):  # another record named it too
                self._moves.set_aside(warc)

    def _read(self, name: str) -> Article | None:
        """The article in the capture `name`; None where there is none, or the capture is damaged."""
        from archiver.tasks.versions.read_again import led_by_feed, read_again

        found = self._moves.capture(name)
        if found is None:
            return None
        capture, stored = found
        try:
            article = read_again(capture, self._said or led_by_feed(self._store, capture), self._rules)
        except (EmptyPage, NotHtml):
            return None
        assert article.capture is not None
        identity = stored.within(article.capture)
        return dataclasses.replace(article, id=self._id, capture=identity)

    def _known_of_feed(self, held: list[Article]) -> Article | None:
        """What tells which feed led to the article: the remains of its damaged record, else the newest that is whole."""
        from archiver.tasks.versions.read_again import salvaged

        damaged = (name for name, article in self._records.items() if article is None)
        remains = [self._moves.remains(name) for name in damaged]
        told = [
            *filter(None, (salvaged(content, self._id) for content in remains)),
            *sorted(held, key=_fetched_at, reverse=True),
        ]
        return next((one for one in told if one.feed is not None), None)

    def _held(self) -> list[Article]:
        return [article for article in (*self._records.values(), *self._versions.values()) if article is not None]

    def _best(self, among: dict[str, Article | None], verdict: str | None = None) -> Article | None:
        """The newest of the articles `among`, of this verdict."""
        fit = [one for one in among.values() if one is not None and verdict in {None, one.verdict}]
        return max(fit, key=_fetched_at, default=None)

    def _step(self, path: str, says: str, take: Callable[[], object], lost: str | None = None) -> Step:
        url = self._url or next((article.url for article in self._held() if article.url), None)
        return Step(path, says, take, lost, self._id, url)


def _fetched_at(article: Article) -> str:
    return article.capture.fetched_at if article.capture else ""


def _same(held: Article, article: Article) -> bool:
    """Whether `held` says what `article` says, or was made from the same bytes."""
    assert article.capture is not None
    same_bytes = held.capture is not None and held.capture.sha256 == article.capture.sha256
    return same_bytes or decide(held, article) is Decision.UNCHANGED


def _file_name(name: str) -> str:
    return PurePosixPath(name).name
