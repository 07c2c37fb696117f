"""Taking an article from another archive: what is not here is added, and nothing that is here is lost or changed.

Everything that an article brings is written before its record, so that a run that was cut short can be run again; what is here
already, byte for byte, is passed over, so that a second run writes nothing.
"""

from __future__ import annotations

import contextlib
import dataclasses
import hashlib
import itertools
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Literal

from archiver.errors import ArchiverError, RecordDamaged, StoreError
from archiver.store import aliases, paths
from archiver.store.batches import write_all
from archiver.store.records import Records, rewritten

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from archiver.article import Article
    from archiver.store.bundles import Bundle
    from archiver.store.parcels import Parcel
    from archiver.store.parts import Parts

MAX_BATCH = 50
MAX_BATCH_BYTES = 32 * 2**20
Fate = Literal["new", "joined", "unchanged"]
Better = Callable[["Article", "Article"], bool]
"""Whether the second is to take the place of the first."""


@dataclass(frozen=True, slots=True)
class Joined:
    """What became of an article.

    Attributes:
        fate: `new` here; `joined`, where it brought something to one that is here; `unchanged`, where it did not.
        problems: what it should have brought and could not.
    """

    id: str
    fate: Fate
    problems: tuple[str, ...]


@dataclass(slots=True)
class _Plan:
    """What is to be written for one article, the record after all else.

    `place` is where its record stands here already, and `moved` has where its captures are to stand.
    """

    id: str
    place: str | None = None
    writes: dict[str, bytes] = field(default_factory=dict)
    record: tuple[str, bytes, Article] | None = None
    moved: dict[str, str] = field(default_factory=dict)
    digests: dict[str, str] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)

    @property
    def outcome(self) -> Joined:
        """What becomes of the article."""
        fate: Fate = "new" if self.place is None else "joined" if self.writes or self.record else "unchanged"
        return Joined(self.id, fate, tuple(self.problems))


@dataclass(slots=True)
class _Batch:
    """Articles that are written together; no two of them are one article here."""

    plans: list[_Plan] = field(default_factory=list)
    results: list[Joined | ArchiverError] = field(default_factory=list)
    size: int = 0

    def add(self, planned: _Plan | ArchiverError) -> bool:
        """Adds an article, or why it is none; False where it is one of those here, which must be written first."""
        if isinstance(planned, _Plan):
            if any(plan.id == planned.id for plan in self.plans):
                return False
            self.plans.append(planned)
            self.size += sum(map(len, planned.writes.values()))
        self.results.append(planned.outcome if isinstance(planned, _Plan) else planned)
        return True

    @property
    def is_full(self) -> bool:
        """Whether it is to be written before the next is read."""
        return len(self.results) >= MAX_BATCH or self.size >= MAX_BATCH_BYTES


class Joining:
    """Takes articles into the archive at `root`."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts

    def join_all(
        self, found: Iterable[Bundle], parcel: Parcel, better: Better, *, dry_run: bool = False
    ) -> Iterator[Joined | ArchiverError]:
        """Takes articles with all that is theirs, and gives what became of each once that is safe, or why it did not come.

        Args:
            better: tells whether the article that comes is to take the place of the one here, which becomes a version.
            dry_run: only say what would become of them.

        Raises:
            ArchiveUnwritable, StoreError, LockHeld: nothing was lost; run it again.
        """
        rest = iter(found)
        waiting: list[Bundle] = []
        while True:
            with contextlib.nullcontext() if dry_run else self._parts.lock.held():
                batch = _Batch()
                for bundle in itertools.chain(waiting, rest):
                    waiting = [] if batch.add(self._planned(bundle, parcel, better)) else [bundle]
                    if waiting or batch.is_full:
                        break
                if not batch.results:
                    return
                if not dry_run:
                    self._write(batch)
            yield from batch.results

    def _planned(self, bundle: Bundle, parcel: Parcel, better: Better) -> _Plan | ArchiverError:
        """What is to be written for an article; or why it cannot come."""
        try:
            plan = _Plan(*self._home(bundle.id))
            self._plan_captures(plan, bundle, parcel)
            self._plan_records(plan, bundle, parcel, better, Records(Path(parcel.subject)))
            self._plan_aliases(plan, bundle, parcel)
            self._plan_remarks(plan, bundle, parcel)
            self._plan_sightings(plan, bundle, parcel)
        except ArchiverError as error:
            return error
        except FileNotFoundError as error:
            return StoreError("is there no more", subject=str(error.filename), remedy="run it again")
        return plan

    def _write(self, batch: _Batch) -> None:
        self._parts.follow(lambda _: None)  # an index that is made before the first record has none to catch up with
        first = {name: content for plan in batch.plans for name, content in plan.writes.items()}
        records = [plan.record for plan in batch.plans if plan.record]
        write_all(self._parts.root, first, {name: content for name, content, _ in records})
        self._parts.follow(lambda index: index.add([(article, name) for name, _, article in records]))
        for remarks in {str(paths.remarks_file(plan.id)) for plan in batch.plans} & first.keys():
            self._parts.follow(lambda index, path=remarks: index.follow(path))  # type: ignore[misc]

    def _home(self, article_id: str) -> tuple[str, str | None]:
        """The article that it is here, and where that stands: the user may have joined it to another."""
        names = self._parts.names
        if places := names.beginning_with(article_id):
            return article_id, places[0]
        joined = names.aliases.joined(article_id)
        return (joined, names.path(joined)) if joined != article_id else (article_id, None)

    def _plan_captures(self, plan: _Plan, bundle: Bundle, parcel: Parcel) -> None:
        for name in bundle.captures:
            content = parcel.read(name)
            plan.digests[name] = hashlib.sha256(content).hexdigest()
            plan.moved[name] = self._free(plan, PurePosixPath(name), ".warc.gz", content)

    def _plan_records(self, plan: _Plan, bundle: Bundle, parcel: Parcel, better: Better, theirs: Records) -> None:
        """Plans the versions, and the record where it is to be written."""
        first, *copies = bundle.records
        held = self._parts.records.read(plan.place) if plan.place else None
        known = {held, *(self._parts.records.read(str(name)) for name in self._parts.records.versions(plan.id))}
        content = parcel.read(first)
        coming = theirs.parse(content, first)
        content = self._here(plan, content, coming)
        coming = coming if coming.id == plan.id else dataclasses.replace(coming, id=plan.id)
        for name in [*bundle.versions, *copies]:
            self._plan_version(plan, name, parcel.read(name), theirs, known)
        if held is None:
            plan.record = self._record_name(first, coming), content, coming
        elif content not in known:
            here = self._parts.records.parse(held, str(plan.place))
            if better(here, coming):
                self._put_version(plan, _stamp(here), held)
                self._plan_asked(plan, here)
                plan.record = str(plan.place), content, coming
            else:
                self._put_version(plan, _stamp(coming), content)
                self._plan_asked(plan, coming)

    def _plan_asked(self, plan: _Plan, article: Article) -> None:
        """Plans to remember by which other address a record was asked for that becomes a version."""
        alias = aliases.asked(article, plan.id)
        if alias and self._parts.names.aliases.is_news(alias):
            plan.writes[str(paths.alias_file(alias.id))] = aliases.dumps(alias)

    def _plan_version(self, plan: _Plan, name: str, content: bytes, theirs: Records, known: set[bytes | None]) -> None:
        stem = PurePosixPath(name).stem
        try:
            version = theirs.parse(content, name)
        except RecordDamaged as error:  # it comes along as it is
            plan.problems.append(str(error))
        else:
            content = self._here(plan, content, version)
            stem = stem if name.startswith(f"{paths.VERSIONS}/") else _stamp(version)
        if content not in known:
            known.add(content)
            self._put_version(plan, stem, content)

    def _here(self, plan: _Plan, content: bytes, article: Article) -> bytes:
        """The content of a record as it is to stand here; what is wrong with its capture is a problem."""
        capture = article.capture
        if capture is None or capture.warc is None:
            return content if article.id == plan.id else rewritten(content, plan.id)
        if capture.warc not in plan.moved:
            plan.problems.append(f"its capture {capture.warc} is missing")
        elif capture.warc_sha256 not in {None, plan.digests[capture.warc]}:
            plan.problems.append(f"its capture {capture.warc} is damaged")
        stays = article.id == plan.id and plan.moved.get(capture.warc, capture.warc) == capture.warc
        return content if stays else rewritten(content, plan.id, plan.moved.get(capture.warc))

    def _plan_aliases(self, plan: _Plan, bundle: Bundle, parcel: Parcel) -> None:
        for name, alias in bundle.aliases.items():
            if self._parts.names.aliases.is_news(alias) and not self._parts.names.holds_id(alias.id):
                plan.writes[name] = parcel.read(name)

    def _plan_remarks(self, plan: _Plan, bundle: Bundle, parcel: Parcel) -> None:
        if bundle.remarks:
            content = self._parts.remarks.united(plan.id, parcel.read(bundle.remarks), of=bundle.id)
            if content is not None:
                plan.writes[str(paths.remarks_file(plan.id))] = content

    def _plan_sightings(self, plan: _Plan, bundle: Bundle, parcel: Parcel) -> None:
        """Looks are of an address: they stay with it, whichever article it leads to here."""
        for name in bundle.sightings:
            content = self._parts.sightings.united(str(paths.sighted_id(name)), parcel.read(name))
            if content is not None:
                plan.writes[name] = content

    def _put_version(self, plan: _Plan, stem: str, content: bytes) -> None:
        self._free(plan, paths.VERSIONS / plan.id / f"{stem}.json", ".json", content)

    def _free(self, plan: _Plan, name: PurePosixPath, suffix: str, content: bytes) -> str:
        """Plans a file under its name, or the next that is free; gives that under which it stands, or already stood."""
        stem, attempt, found = name.name.removesuffix(suffix), 0, str(name)
        while (held := plan.writes.get(found) or self._parts.records.read(found)) is not None and held != content:
            attempt += 1
            found = str(name.with_name(f"{stem}-{attempt}{suffix}"))
        if held is None:
            plan.writes[found] = content
        return found

    def _record_name(self, name: str, article: Article) -> str:
        """The name of a record that is new here: the one that it has, unless that is taken."""
        return name if self._parts.records.read(name) is None else str(paths.article_file(article))


def _stamp(article: Article) -> str:
    return paths.stamp(article.capture.fetched_at if article.capture else None)
