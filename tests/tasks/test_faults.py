"""Each change of the archive, with a fault at its first, second, … last call of the file system.

Afterwards what was there before is there byte for byte, nothing half-written is visible, the same change can be made again, and
a check finds nothing that a repair does not mend.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

import pytest

from archiver import urls
from archiver.errors import StoreError
from archiver.feeds.opml import EMPTY
from archiver.store import Filters, Store
from archiver.store.checking import documents
from archiver.store.indexing import contents
from tests.support.archives import assert_whole, keep, repair
from tests.support.archives import contents as content_of
from tests.support.failing import DEAD, FAULTS, NAMES, FailingSystem, Killed

NEW, HELD, OTHER = "https://example.org/new", "https://example.org/held", "https://example.net/other"


def save(store: Store) -> None:
    keep(store, NEW, "New")


def save_again(store: Store) -> None:
    keep(store, HELD, "Held, and Changed", day=1)


def remark(store: Store) -> None:
    store.remark(urls.article_id(HELD), lambda remarks: remarks.labelled(["new"]))


def remove(store: Store) -> None:
    store.remove(urls.article_id(HELD))


def follow(store: Store) -> None:
    store.following.save_subscriptions(EMPTY + b"<!-- changed -->\n")


def mend(store: Store) -> None:
    _, steps = repair(store)
    if not any(step.id for step in steps):
        raise StoreError("not all of it could be read, and so nothing was done")


CHANGES = (save, save_again, remark, remove, follow, mend)


@pytest.fixture(scope="module")
def template(tmp_path_factory):
    """An archive of two articles, each with remarks; for a repair, one of them has no sound record."""
    root = tmp_path_factory.mktemp("template") / "archive"
    with Store.open(root, create=True) as store:
        for url, title in ((HELD, "Held"), (OTHER, "Other")):
            article = keep(store, url, title)
            store.remark(str(article.id), lambda remarks: remarks.labelled(["old"]))
        store.following.save_subscriptions(EMPTY)
    return root


@pytest.fixture
def quick_path(tmp_path):
    """A folder in memory where there is one: thousands of small files are written."""
    memory = Path("/dev/shm")
    if not os.access(memory, os.W_OK):
        yield tmp_path
    else:
        with tempfile.TemporaryDirectory(dir=memory) as folder:
            yield Path(folder)


@pytest.mark.parametrize("fault", FAULTS, ids=NAMES.get)
@pytest.mark.parametrize("change", CHANGES)
def test_a_fault_at_any_call_loses_nothing(template, quick_path, monkeypatch, change, fault):
    monkeypatch.setattr(documents, "YOUNG_SECONDS", 0.0)
    monkeypatch.setattr(contents, "RACY_SECONDS", 0.0)
    monkeypatch.setattr(os, "fsync", lambda _: None)  # its place is what counts here, not its time
    failing = 0
    while True:
        failing += 1
        root = quick_path / str(failing)
        shutil.copytree(template, root)
        damaged = damage(root) if change is mend else None
        store = Store.open(root, create=False)
        titles = [row.title for row in store.rows(Filters())]
        before = content_of(root)
        acknowledged = False
        with monkeypatch.context() as patch:
            system = FailingSystem(patch, failing, fault)
            try:
                change(store)
                acknowledged = True
            except (StoreError, Killed):
                pass
        store.close()
        assert_nothing_is_lost(root, before, change, damaged)
        with Store.open(root, create=False) as again:
            if acknowledged:
                assert done(again, change), f"said to be done, and is not (call {failing})"
            elif change in {save, save_again}:
                assert {"Held", "Other"} <= all_titles(again)
            with again.writing():
                pass  # what was cut short ends here
            assert not list((root / "tmp").glob("*"))
            if change not in {remove, mend} or not done(again, change):
                change(again)
            assert done(again, change)
            assert {row.title for row in again.rows(Filters())} >= set(titles) - {"Held"}
            repair(again)
            assert repair(again) == ([], [])
            assert done(again, change)
        if system.calls < failing:
            break
    assert failing > (5 if change in {remove, follow} else 8)


def damage(root: Path) -> bytes:
    """Cuts the record of HELD short, and its bytes."""
    path: Path = next(root.glob(f"articles/*/*{urls.article_id(HELD)}.json"))
    path.write_bytes(path.read_bytes()[:-200])
    return path.read_bytes()


def assert_nothing_is_lost(root, before, change, damaged) -> None:
    after = content_of(root)
    held = urls.article_id(HELD)
    assert {name: content for name, content in before.items() if held not in name}.items() <= after.items()
    if change is mend:
        everywhere = [path.read_bytes() for folder in ("articles", "quarantine") for path in (root / folder).rglob("*.json")]
        assert damaged in everywhere
        assert {name: content for name, content in before.items() if content != damaged}.items() <= after.items()
        return
    if change is not remove:
        moved = [content for name, content in before.items() if not name.startswith("remarks/")]
        assert set(moved) <= set(after.values())
    assert_whole(root)


def all_titles(store: Store) -> set[str | None]:
    titles = set()
    for row in store.rows(Filters()):
        version = store.newest_version(row.id)
        titles |= {row.title, version.title if version else row.title}
    return titles


def done(store: Store, change) -> bool:
    """Whether the change was made, as every command sees it."""
    rows = {row.url: row for row in store.rows(Filters())}
    held = urls.article_id(HELD)
    if change is remove:
        return HELD not in rows and not [name for name in content_of(store.root) if held in name]
    if change is save:
        return rows[NEW].title == "New" if NEW in rows else False
    if change is save_again:
        version = store.newest_version(held)
        return rows[HELD].title == "Held, and Changed" and version is not None and version.title == "Held"
    if change is remark:
        return rows[HELD].labels == ("new", "old")
    if change is mend:
        return HELD in rows and rows[HELD].title == "Held"
    return store.following.subscriptions() == EMPTY + b"<!-- changed -->\n"


def test_the_dead_do_nothing_more():
    assert NAMES[DEAD] == "killed"
