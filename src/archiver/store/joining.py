"""Taking an article from another archive: what is not here is added, and nothing that is here is lost or changed.

Everything that an article brings is written before its record, so that a run that was cut short can be run again; what is here
already, byte for byte, is passed over, so that a second run writes nothing.
"""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Literal

from archiver.errors import RecordDamaged
from archiver.store import files, paths
from archiver.store.records import Records, rewritten

if TYPE_CHECKING:
    from archiver.article import Article
    from archiver.store.bundles import Bundle
    from archiver.store.index import Index
    from archiver.store.lock import WriteLock
    from archiver.store.names import Names
    from archiver.store.parcels import Parcel
    from archiver.store.remark_files import RemarkFiles

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
    fate: Literal["new", "joined", "unchanged"]
    problems: tuple[str, ...]


@dataclass(slots=True)
class _Plan:
    """What is to be written for one article, in order; `moved` has the names of captures that are taken here by others."""

    id: str
    writes: dict[str, bytes] = field(default_factory=dict)
    moved: dict[str, str] = field(default_factory=dict)
    digests: dict[str, str] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)


class Joining:
    """Takes articles into the archive at `root`."""

    def __init__(  # noqa: PLR0913, PLR0917  # the parts of the store that it works on
        self,
        root: Path,
        lock: WriteLock,
        names: Names,
        records: Records,
        remarks: RemarkFiles,
        follow: Callable[[Callable[[Index], None]], None],
    ) -> None:
        self._root = root
        self._lock = lock
        self._names = names
        self._records = records
        self._remarks = remarks
        self._follow = follow

    def join(self, bundle: Bundle, parcel: Parcel, better: Better, *, dry_run: bool = False) -> Joined:
        """Takes one article with all that is its; with `dry_run`, says what would become of it.

        Args:
            better: tells whether the article that comes is to take the place of the one that is here, which becomes a version.

        Raises:
            RecordDamaged: its record or its remarks, or those here, cannot be read; nothing was changed.
            ArchiveUnwritable, StoreError, LockHeld: nothing was lost; run it again.
        """
        with contextlib.nullcontext() if dry_run else self._lock.held():
            home = self._home(bundle.id)
            plan = _Plan(home)
            new = not self._names.holds_id(home)
            self._plan_captures(plan, bundle, parcel)
            record = self._plan_records(plan, bundle, parcel, better, Records(Path(parcel.subject)))
            self._plan_aliases(plan, bundle, parcel)
            self._plan_remarks(plan, bundle, parcel)
            if record:
                plan.writes.update([record])
            if not dry_run:
                self._follow(lambda _: None)  # an index that is made before the first record has none to catch up with
                for name, content in plan.writes.items():
                    files.write(self._root, PurePosixPath(name), content)
                if record:
                    article = self._records.parse(record[1], record[0])
                    self._follow(lambda index: index.add(article, record[0]))
                if (remarks := str(paths.remarks_file(home))) in plan.writes:
                    self._follow(lambda index: index.follow(remarks))
            return Joined(home, "new" if new else "joined" if plan.writes else "unchanged", tuple(plan.problems))

    def _home(self, article_id: str) -> str:
        """The article that it is here: the user may have joined it to another."""
        if self._names.holds_id(article_id):
            return article_id
        alias = self._names.aliases.load(article_id)
        return (self._names.aliases.article(article_id) if alias and alias.why == "merged" else None) or article_id

    def _plan_captures(self, plan: _Plan, bundle: Bundle, parcel: Parcel) -> None:
        for name in bundle.captures:
            content = parcel.read(name)
            plan.digests[name] = hashlib.sha256(content).hexdigest()
            plan.moved[name] = self._free(plan, PurePosixPath(name), ".warc.gz", content)

    def _plan_records(
        self, plan: _Plan, bundle: Bundle, parcel: Parcel, better: Better, theirs: Records
    ) -> tuple[str, bytes] | None:
        """Plans the versions, and gives the record, which is written last, where it is to be written."""
        first, *copies = bundle.records
        place = next(iter(self._names.paths(plan.id)), None) if self._names.holds_id(plan.id) else None
        held = self._records.read(place) if place else None
        known = {held, *(self._records.read(str(name)) for name in self._records.versions(plan.id))}
        coming = theirs.parse(parcel.read(first), first)
        content = self._here(plan, parcel.read(first), coming)
        for name in [*bundle.versions, *copies]:
            self._plan_version(plan, name, parcel.read(name), theirs, known)
        if held is None:
            return self._record_name(first, coming), content
        if content in known:
            return None
        here = self._records.parse(held, str(place))
        if not better(here, coming):
            self._put_version(plan, _stamp(coming), content)
            return None
        self._put_version(plan, _stamp(here), held)
        return str(place), content

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
            return rewritten(content, plan.id)
        if capture.warc not in plan.moved:
            plan.problems.append(f"its capture {capture.warc} is missing")
        elif capture.warc_sha256 not in {None, plan.digests[capture.warc]}:
            plan.problems.append(f"its capture {capture.warc} is damaged")
        return rewritten(content, plan.id, plan.moved.get(capture.warc))

    def _plan_aliases(self, plan: _Plan, bundle: Bundle, parcel: Parcel) -> None:
        for name, alias in bundle.aliases.items():
            if self._names.aliases.is_news(alias) and not self._names.holds_id(alias.id):
                plan.writes[name] = parcel.read(name)

    def _plan_remarks(self, plan: _Plan, bundle: Bundle, parcel: Parcel) -> None:
        if bundle.remarks:
            content = self._remarks.united(plan.id, parcel.read(bundle.remarks), of=bundle.id)
            if content is not None:
                plan.writes[str(paths.remarks_file(plan.id))] = content

    def _put_version(self, plan: _Plan, stem: str, content: bytes) -> None:
        self._free(plan, paths.VERSIONS / plan.id / f"{stem}.json", ".json", content)

    def _free(self, plan: _Plan, name: PurePosixPath, suffix: str, content: bytes) -> str:
        """Plans a file under its name, or the next that is free; gives that under which it stands, or already stood."""
        stem, attempt, found = name.name.removesuffix(suffix), 0, str(name)
        while (held := plan.writes.get(found) or self._records.read(found)) is not None and held != content:
            attempt += 1
            found = str(name.with_name(f"{stem}-{attempt}{suffix}"))
        if held is None:
            plan.writes[found] = content
        return found

    def _record_name(self, name: str, article: Article) -> str:
        """The name of a record that is new here: the one that it has, unless that is taken."""
        return name if self._records.read(name) is None else str(paths.article_file(article))


def _stamp(article: Article) -> str:
    return paths.stamp(article.capture.fetched_at if article.capture else None)
