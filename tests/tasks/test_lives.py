"""Lives of an archive, made up by hypothesis: fetching, changing, saying, removing, damage, death at any call, check, repair.

What was acknowledged is there until somebody damages its very files, and then a repair brings it back or says that it is lost.
"""

from __future__ import annotations

import contextlib
import os
import tempfile
from collections import defaultdict
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from archiver import urls
from archiver.errors import StoreError
from archiver.store import Store
from archiver.store.checking import Severity, documents
from archiver.tasks.keeping.check import findings
from tests.support.archives import keep, repair
from tests.support.failing import DEAD, FailingSystem, Killed

URLS = tuple(f"https://example.org/{name}" for name in ("harbour", "lighthouse", "quay"))
TITLES = ("The First Storm", "The Second Storm", "The Third Storm")
some_url, some_title = st.sampled_from(URLS), st.sampled_from(TITLES)
MEMORY = Path("/dev/shm")


def half(content: bytes) -> bytes:
    return content[: len(content) // 2]


def trailing(content: bytes) -> bytes:
    return content + b"}garbage"


def flipped(content: bytes) -> bytes:
    middle = len(content) // 2
    return content[:middle] + bytes([content[middle] ^ 4]) + content[middle + 1 :]


DAMAGES = {
    "articles": (half, trailing),
    "versions": (half, trailing),
    "captures": (half, trailing, flipped),
    "remarks": (half,),
}


class Life(RuleBasedStateMachine):
    """An archive, and what it must know.

    Attributes:
        current: the title of each article that was acknowledged.
        former: the titles that its versions have.
        labels: what was said of it.
        unsaid: titles whose run died before it said that they are safe.
        damaged: the articles of which a file was damaged since the last repair.
    """

    def __init__(self) -> None:
        super().__init__()
        self.day = 0
        self.current: dict[str, str] = {}
        self.former: dict[str, set[str]] = defaultdict(set)
        self.labels: dict[str, set[str]] = defaultdict(set)
        self.unsaid: dict[str, set[str]] = defaultdict(set)
        self.damaged: set[str] = set()
        self.patch = pytest.MonkeyPatch()

    @initialize()
    def begin(self) -> None:
        self.patch.setattr(documents, "YOUNG_SECONDS", 0.0)
        self.patch.setattr(os, "fsync", lambda _: None)
        self.folder = tempfile.TemporaryDirectory(dir=MEMORY if os.access(MEMORY, os.W_OK) else None)
        self.root = Path(self.folder.name) / "archive"
        self.store = Store.open(self.root, create=True)

    def teardown(self) -> None:
        self.patch.undo()
        if hasattr(self, "store"):
            self.store.close()
            self.folder.cleanup()

    @rule(url=some_url, title=some_title)
    def fetch(self, url: str, title: str) -> None:
        self.day += 1
        try:
            keep(self.store, url, title, day=self.day)
        except StoreError:
            assert url in self.damaged
        else:
            self._took(url, title)

    @rule(url=some_url, label=st.sampled_from(["sea", "wind"]))
    def remark(self, url: str, label: str) -> None:
        if url in self.current:
            try:
                self.store.remark(urls.article_id(url), lambda remarks: remarks.labelled([label]))
            except StoreError:
                assert url in self.damaged
            else:
                self.labels[url].add(label)

    @rule(url=some_url)
    def remove(self, url: str) -> None:
        if url in self.current:
            self.store.remove(urls.article_id(url))
            self._forget(url)

    @rule(url=some_url, title=some_title, at=st.integers(1, 30), change=st.sampled_from(["fetch", "remove"]))
    def die(self, url: str, title: str, at: int, change: str) -> None:
        self.day += 1
        died = False
        with pytest.MonkeyPatch.context() as patch, contextlib.suppress(StoreError):
            FailingSystem(patch, at, DEAD)
            try:
                if change == "fetch":
                    keep(self.store, url, title, day=self.day)
                elif url in self.current:
                    self.store.remove(urls.article_id(url))
            except Killed:
                died = True
        self.store.close()
        self.store = Store.open(self.root, create=False)
        if change == "remove":
            if url in self.current and not self._is_there(url):
                self._forget(url)
        elif url in self.damaged:
            self.unsaid[url].add(title)
        elif self._title(url) == title:
            self._took(url, title)
        elif died:
            self.unsaid[url].add(title)

    @rule(where=st.sampled_from(sorted(DAMAGES)), number=st.integers(0, 20), how=st.integers(0, 2))
    def damage(self, where: str, number: int, how: int) -> None:
        found = sorted(path for path in (self.root / where).rglob("*") if path.is_file())
        if found:
            path = found[number % len(found)]
            damage = DAMAGES[where][how % len(DAMAGES[where])]
            path.write_bytes(damage(path.read_bytes()))
            self.damaged |= {url for url in URLS if urls.article_id(url) in str(path)}

    @rule()
    def check(self) -> None:
        found = list(findings(self.store))
        harmed = {one.id for one in found if one.severity is Severity.DAMAGE}
        assert harmed <= {urls.article_id(url) for url in self.damaged}

    @rule(at=st.integers(1, 40))
    def die_repairing(self, at: int) -> None:
        with pytest.MonkeyPatch.context() as patch, contextlib.suppress(Killed):
            FailingSystem(patch, at, DEAD)
            repair(self.store)
        self.store.close()
        self.store = Store.open(self.root, create=False)
        self.repair(before=True)

    @rule()
    def repair(self, *, before: bool = False) -> None:
        _, steps = repair(self.store)
        assert repair(self.store) == ([], [])
        lost = {step.id for step in steps if step.lost}
        for url in URLS:
            article_id = urls.article_id(url)
            title = self._title(url) if self._is_there(url) else None
            said: set[str] = {self.current[url]} if url in self.current else set()
            if url not in self.damaged:
                assert title in said | self.unsaid[url] or (title is None and not said)
                assert self.former[url] | said <= self._titles(url)
            elif not (said | self.former[url]) <= self._titles(url) or self.labels[url] != self._labels(url):
                # a repair that died before may have said it to nobody, but it is in the quarantine
                assert article_id in lost or before
                assert [path for path in (self.root / "quarantine").rglob("*") if article_id in str(path)]
            self._forget(url)
            if title is not None:
                self.current[url] = title
                self.former[url] = self._titles(url) - {title}
                self.labels[url] = self._labels(url)
        self.damaged = set()

    @invariant()
    def what_was_said_is_there(self) -> None:
        for url, title in self.current.items():
            if url not in self.damaged:
                assert self._title(url) == title
                assert self.former[url] <= self._titles(url)
                assert self._labels(url) == self.labels[url]

    def _took(self, url: str, title: str) -> None:
        if url in self.current and self.current[url] != title:
            self.former[url].add(self.current[url])
        self.current[url] = title
        self.unsaid[url].discard(title)

    def _forget(self, url: str) -> None:
        self.current.pop(url, None)
        for known in (self.former, self.labels, self.unsaid):
            known[url] = set()

    def _is_there(self, url: str) -> bool:
        return self.store.holds(url)

    def _title(self, url: str) -> str | None:
        return self.store.load(urls.article_id(url)).title if self._is_there(url) else None

    def _titles(self, url: str) -> set[str]:
        article_id = urls.article_id(url)
        articles = [*self.store.checking.mending.versions(article_id).values()]
        return {str(one.title) for one in articles if one is not None} | (
            {str(self._title(url))} if self._is_there(url) else set()
        )

    def _labels(self, url: str) -> set[str]:
        return set(self.store.remarks(urls.article_id(url)).labels)


TestLife = Life.TestCase
TestLife.settings = settings(max_examples=20, stateful_step_count=20, deadline=None, derandomize=True)
