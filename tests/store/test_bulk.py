"""Many articles at once are saved as one by one."""

from __future__ import annotations

from pathlib import Path

import pytest

from archiver.errors import ArchiveUnwritable
from archiver.store import Filters, Store, bulk, flushing
from tests.store.conftest import make_article, titles


def some(count, **fields):
    return [
        make_article(f"https://h{number % 7}.example/{number}", title=f"Article {number}", **fields) for number in range(count)
    ]


def contents(root):
    return {path.relative_to(root): path.read_bytes() for path in root.rglob("*.json")}


@pytest.fixture
def small_batches(monkeypatch):
    monkeypatch.setattr(bulk, "BATCH", 4)


def test_the_files_are_those_of_articles_saved_one_by_one(store, tmp_path, small_batches):
    articles = some(10)
    with Store.open(tmp_path / "other", create=True) as other:
        for article in articles:
            other.save(article)
    saved = list(store.bulk.save(articles))
    assert [article for article, _ in saved] == articles
    assert all(path == store.path(article.id) for article, path in saved)
    assert contents(store.root) == contents(tmp_path / "other")
    assert set(titles(store)) == {article.title for article in articles}
    assert not list((store.root / "tmp").iterdir())


def test_what_is_superseded_moves_to_versions(store):
    store.save(make_article())
    changed = [
        make_article(text="It fell.", fetched_at="2026-11-24T00:00:00Z"),
        make_article(text="It rose again.", fetched_at="2026-11-25T00:00:00Z"),
    ]
    list(store.bulk.save(changed))
    assert store.load(changed[0].id) == changed[1]
    assert len(store.versions(changed[0].id)) == 2


def test_a_new_article_that_stands_twice_makes_a_version(store):
    first, second = make_article(), make_article(text="It fell.", fetched_at="2026-11-24T00:00:00Z")
    list(store.bulk.save([first, second]))
    assert store.load(first.id) == second
    assert len(store.versions(first.id)) == 1


@pytest.mark.skipif(not Path("/proc/self/fd").is_dir(), reason="the system does not tell which file is flushed")
def test_nothing_is_given_before_it_is_durable(store, monkeypatch, small_batches):
    events: list[str] = []
    flush = flushing._flush

    def noted(descriptor):
        events.append(str(Path(f"/proc/self/fd/{descriptor}").readlink()))
        flush(descriptor)

    monkeypatch.setattr(flushing, "_flush", noted)
    for _, path in store.bulk.save(some(6)):
        folder = max(place for place, name in enumerate(events) if name == str(path.parent))
        temporaries = [place for place, name in enumerate(events) if "/archive/tmp/" in name and place < folder]
        assert len(temporaries) >= 4


def test_a_batch_that_fails_leaves_nothing_half_done(store, monkeypatch, small_batches):
    articles = some(12)
    given = []
    flush, flushes = flushing.flush_file, []

    def full(path):
        flushes.append(path)
        if "/archive/tmp/" in str(path) and len([1 for flushed in flushes if "/archive/tmp/" in str(flushed)]) > 6:
            raise OSError(28, "No space left on device")
        flush(path)

    monkeypatch.setattr(flushing, "flush_file", full)
    with pytest.raises(ArchiveUnwritable, match="No space left"):
        given.extend(store.bulk.save(articles))
    monkeypatch.undo()
    assert len(list(store.rows(Filters()))) == 4
    assert not list((store.root / "tmp").iterdir())
    assert len(list(store.bulk.save(articles))) == 12
    assert len(list(store.rows(Filters()))) == 12
