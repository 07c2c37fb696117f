"""Records, versions and remarks: each is read as every command reads it, and the captures that they name are looked at."""

from __future__ import annotations

import contextlib
import re
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from archiver.errors import RecordDamaged, RecordNewer, StoreError
from archiver.store import files, paths
from archiver.store.checking import fixity, walk, warcs
from archiver.store.checking.findings import Finding, finding

if TYPE_CHECKING:
    import os
    from collections.abc import Callable, Generator, Iterator
    from pathlib import Path

    from archiver.article import Article
    from archiver.store.aliases import Aliases
    from archiver.store.records import Records
    from archiver.store.remark_files import RemarkFiles
    from archiver.store.sighting_files import SightingFiles

YOUNG_SECONDS = 600.0
"""A capture that was written this recently may belong to a run that is still reading the page: it writes its record next."""
_URL = re.compile(rb'"url"\s*:\s*"(https?://[^"\s\\]{1,2000})"')


@dataclass
class Tally:
    """How much was gone through."""

    records: int = 0
    versions: int = 0
    captures: int = 0
    capture_bytes: int = 0
    remarks: int = 0


@dataclass
class Met:
    """What the records told that later steps must know; digests instead of names, so that a million need little memory.

    Attributes:
        sound, damaged: the IDs of the records there are.
        captures: the captures that records and versions name.
    """

    sound: set[int] = field(default_factory=set)
    damaged: set[int] = field(default_factory=set)
    captures: set[int] = field(default_factory=set)

    def holds(self, article_id: str) -> bool:
        """Whether the article has a record, sound or not."""
        return int(article_id, 16) in self.sound or int(article_id, 16) in self.damaged


class Kept(NamedTuple):
    """Who reads each kind of document."""

    records: Records
    remarks: RemarkFiles
    sightings: SightingFiles
    aliases: Aliases


class Documents:
    """One pass over the documents and captures of the archive at `root`.

    Args:
        tick: called after each file.
        seen: told the name and facts of each file of records and remarks.
    """

    def __init__(
        self,
        root: Path,
        kept: Kept,
        *,
        deep: bool,
        tick: Callable[[], None],
        seen: Callable[[str, os.stat_result], None],
    ) -> None:
        self._root = root
        self._records = kept.records
        self._kept = kept
        self._deep = deep
        self._tick = tick
        self._seen = seen
        self._met = Met()
        self._started = time.time()
        self.tally = Tally()

    def findings(self) -> Iterator[Finding]:
        """What there is to say of each file, in the order of the folders."""
        yield from self._each(paths.ARTICLES, (1,), self._of_record)
        yield from self._each(paths.VERSIONS, (1,), self._of_version)
        yield from self._each(paths.CAPTURES, (1, 2), self._of_capture)
        yield from self._each(paths.REMARKS, (1,), self._of_remarks)
        yield from self._each(paths.SIGHTINGS, (1,), self._of_sightings)
        yield from self._each(paths.ALIASES, (1,), self._of_alias)

    def _each(
        self, top: object, depths: tuple[int, ...], look: Callable[[str, os.stat_result], Iterator[Finding]]
    ) -> Iterator[Finding]:
        for met in walk.below(self._root, str(top), depths):
            if isinstance(met, Finding):
                if top == paths.ARTICLES and met.id is not None:
                    self._met.damaged.add(int(met.id, 16))
                yield met
            else:
                yield from look(met.name, met.facts)
                self._tick()

    # -- each kind of file

    def _of_record(self, name: str, facts: os.stat_result) -> Iterator[Finding]:
        article_id = paths.id_of(name)
        if article_id is None:
            yield finding("stray", name)
            return
        self.tally.records += 1
        self._seen(name, facts)
        if self._met.holds(article_id):
            others = [found for found in self._names(article_id) if found != name]
            yield finding("record-twice", name, ", ".join(others), article_id=article_id)
        article = yield from self._read(name, article_id, "record-damaged")
        (self._met.damaged if article is None else self._met.sound).add(int(article_id, 16))
        if article is not None:
            yield from self._capture_of(article, name)

    def _of_version(self, name: str, _facts: os.stat_result) -> Iterator[Finding]:
        article_id = paths.id_of(name)
        if article_id is None or not paths.ID_PATTERN.fullmatch(article_id) or not name.endswith(".json"):
            yield finding("stray", name)
            return
        self.tally.versions += 1
        article = yield from self._read(name, article_id, "version-damaged")
        if article is not None:
            yield from self._capture_of(article, name)
        if not self._met.holds(article_id) and not self._names(article_id):
            yield finding("version-alone", name, article_id=article_id, url=article.url if article else None)

    def _of_capture(self, name: str, facts: os.stat_result) -> Iterator[Finding]:
        article_id = paths.capture_id(name)
        if article_id is None:
            yield finding("stray", name)
            return
        self.tally.captures += 1
        self.tally.capture_bytes += facts.st_size
        article_id = self._home(article_id)
        young = abs(self._started - facts.st_mtime) < YOUNG_SECONDS
        # of a damaged record nobody knows which captures it names
        if hash(name) in self._met.captures or young or int(article_id, 16) in self._met.damaged:
            return
        try:
            with files.opened(self._root, name) as file:
                fault = fixity.gzip_fault(file)
        except FileNotFoundError:
            return
        except StoreError as error:
            yield finding("unreadable", name, error.reason)
            return
        kind = "capture-alone-damaged" if fault else "capture-alone"
        url = warcs.target(files.read(self._root, name))
        yield finding(kind, name, fault or "", article_id=article_id, url=url)

    def _of_remarks(self, name: str, facts: os.stat_result) -> Iterator[Finding]:
        article_id = paths.remarked_id(name)
        if article_id is None:
            yield finding("stray", name)
            return
        self.tally.remarks += 1
        self._seen(name, facts)
        yield from self._beside(self._kept.remarks.load, name, article_id, "remarks")

    def _of_sightings(self, name: str, _facts: os.stat_result) -> Iterator[Finding]:
        article_id = paths.sighted_id(name)
        if article_id is None:
            yield finding("stray", name)
        else:
            yield from self._beside(self._kept.sightings.load, name, article_id, "sightings")

    def _of_alias(self, name: str, _facts: os.stat_result) -> Iterator[Finding]:
        alias_id = paths.aliased_id(name)
        if alias_id is None:
            yield finding("stray", name)
            return
        try:
            self._kept.aliases.load(alias_id)
        except StoreError as error:
            yield self._refused(error, name, alias_id, "alias-damaged")
            return
        if self._kept.aliases.article(alias_id) is None and not self._met.holds(alias_id):
            yield finding("alias-alone", name, article_id=alias_id)

    # -- within

    def _beside(self, load: Callable[[str], object], name: str, article_id: str, kind: str) -> Iterator[Finding]:
        """What there is to say of a file that stands beside a record."""
        try:
            load(article_id)
        except StoreError as error:
            yield self._refused(error, name, article_id, f"{kind}-damaged")
        owner = self._home(article_id) if kind == "sightings" else article_id
        if not self._met.holds(owner) and not self._names(owner):
            yield finding(f"{kind}-alone", name, article_id=article_id)

    def _home(self, captured_id: str) -> str:
        """The article that a capture is of: its own may have been joined to another."""
        if self._met.holds(captured_id):
            return captured_id
        with contextlib.suppress(StoreError):
            return self._kept.aliases.joined(captured_id)
        return captured_id

    def _read(self, name: str, article_id: str, kind: str) -> Generator[Finding, None, Article | None]:
        """Yields why the record at `name` cannot be read; returns it where it can."""
        try:
            return self._records.load(name)
        except FileNotFoundError:
            return None
        except StoreError as error:
            yield self._refused(error, name, article_id, kind)
            return None

    def _refused(self, error: StoreError, name: str, article_id: str, kind: str) -> Finding:
        if isinstance(error, RecordNewer):
            return finding("newer", name, error.reason, article_id=article_id)
        if isinstance(error, RecordDamaged):
            return finding(kind, name, error.reason, article_id=article_id, url=salvaged_url(self._records.read(name)))
        return finding("unreadable", name, error.reason, article_id=article_id)

    def _capture_of(self, article: Article, name: str) -> Iterator[Finding]:
        identity = article.capture
        if identity is None or identity.warc is None:
            return
        self._met.captures.add(hash(identity.warc))
        try:
            fault = fixity.fault(self._root, identity, deep=self._deep)
        except StoreError as error:
            fault = ("unreadable", f"its capture {identity.warc} {error.reason}")
        if fault and self._stands(name, identity.warc):
            kind, detail = fault
            yield finding(kind, name, detail, article_id=article.id, url=article.url)

    def _stands(self, name: str, warc: str) -> bool:
        """Whether the record at `name` still names the capture `warc`: another run may have been writing."""
        try:
            capture = self._records.load(name).capture
        except (FileNotFoundError, StoreError):
            return False
        return capture is not None and capture.warc == warc

    def _names(self, article_id: str) -> list[str]:
        """The records of an article as the folders have them now, slowly."""
        found = (self._root / paths.ARTICLES).glob(f"*/*{article_id}.json")
        return sorted(path.relative_to(self._root).as_posix() for path in found)


def salvaged_url(content: bytes | None) -> str | None:
    """The URL that stands in what is left of a record, or None."""
    match = _URL.search(content or b"")
    return match[1].decode("ascii", "replace") if match else None
