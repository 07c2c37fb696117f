"""Taking an article from another archive adds, and neither loses nor changes anything, whatever fails, and when."""

from __future__ import annotations

import contextlib
import dataclasses
import errno
import io
import json
import shutil
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archiver import urls
from archiver.errors import StoreError
from archiver.export import FORMATS
from archiver.export.model import Wishes
from archiver.remarks import Remarks
from archiver.store import Filters, Store, paths
from archiver.store.bundles import bundles
from archiver.store.joining import Joined
from archiver.store.parcels import FolderParcel, TarParcel
from archiver.tasks.exchange.export import StoredSelection, chosen
from archiver.tasks.exchange.import_ import prefer
from tests.store.conftest import URL, make_article, make_capture
from tests.store.test_frozen import contents
from tests.store.test_merging import fill
from tests.support.failing import DEAD, FailingSystem, Killed

if TYPE_CHECKING:
    from pathlib import Path

ID = urls.article_id(URL)


def take(store: Store, source: Path | TarParcel) -> list[str]:
    """What became of each article of the archive at `source`; all came whole."""
    parcel = source if isinstance(source, TarParcel) else FolderParcel(source)
    joined = [one for one in store.joining.join_all(bundles(parcel)[0], parcel, prefer) if isinstance(one, Joined)]
    assert [one.problems for one in joined] == [()] * len(bundles(parcel)[0])
    return [one.fate for one in joined]


def packed(store: Store) -> bytes:
    """All of an archive as a tar file."""
    output = io.BytesIO()
    ids = chosen(store, Filters(), sort=None, reverse=False, limit=None)
    FORMATS["archive"].write(StoredSelection(store, ids, lambda error: pytest.fail(str(error))), output, Wishes())
    return output.getvalue()


@pytest.fixture
def other(tmp_path):
    with Store.open(tmp_path / "other", create=True) as opened:
        yield opened


def test_all_of_two_articles_comes_as_it_is(store, other):
    fill(store)
    assert take(other, store.root) == ["new", "new"]
    assert contents(other.root) == contents(store.root)
    assert take(other, store.root) == ["unchanged", "unchanged"]
    assert contents(other.root) == contents(store.root)


@pytest.mark.parametrize("dead", [False, True], ids=["refused", "killed"])
def test_a_failure_at_any_call_loses_nothing_and_a_second_run_completes(tmp_path, monkeypatch, dead):
    source = tmp_path / "source"
    with Store.open(source, create=True) as store:
        fill(store)
    with Store.open(tmp_path / "held", create=True) as held:
        held.save(make_article(text="Mine.", fetched_at="2026-11-25T00:00:00Z"))
        held.remark(ID, lambda remarks: remarks.noted("Mine."))
    failing = 0
    while True:
        failing += 1
        root = tmp_path / str(failing)
        shutil.copytree(tmp_path / "held", root)
        target = Store.open(root, create=False)
        with monkeypatch.context() as patch:
            system = FailingSystem(patch, failing, DEAD if dead else errno.EIO)
            with contextlib.suppress(StoreError, Killed):
                parcel = FolderParcel(source)
                list(target.joining.join_all(bundles(parcel)[0], parcel, prefer))
        target.close()
        with Store.open(root, create=False) as again:
            assert again.load(ID).body.text == "Mine."
            assert again.remarks(ID).note in {"Mine.", "Mine.\n\nThe sea fell."}
            take(again, source)
            texts = {again.load_version(path).body.text for path in again.versions(ID)}
            assert texts == {"The sea rose.", "The sea fell."}
            assert len(list(again.rows(Filters()))) == 2
            assert set(take(again, source)) == {"unchanged"}
        if system.calls < failing:
            break
    assert failing > 20


def test_the_better_record_takes_the_place_and_the_other_becomes_a_version(store, other):
    store.save(make_article(text="The whole of it, at length.", fetched_at="2026-11-20T00:00:00Z"))
    other.save(make_article(text="The beginning.", fetched_at="2026-11-24T00:00:00Z", verdict="paywalled"))
    path = other.path(ID)
    assert take(other, store.root) == ["joined"]
    assert other.path(ID) == path
    assert other.load(ID).body.text == "The whole of it, at length."
    assert [other.load_version(version).body.text for version in other.versions(ID)] == ["The beginning."]
    assert take(other, store.root) == ["unchanged"]


def test_a_later_fetch_here_is_not_taken_back_by_a_second_run(store, other):
    store.save(make_article(text="Newer.", fetched_at="2026-11-24T00:00:00Z"))
    other.save(make_article(text="Older.", fetched_at="2026-11-20T00:00:00Z"))
    take(other, store.root)
    other.save(make_article(text="Newest.", fetched_at="2026-11-22T00:00:00Z"))  # a clock that went wrong
    assert take(other, store.root) == ["unchanged"]
    assert other.load(ID).body.text == "Newest."


def test_what_was_joined_here_comes_to_the_article_that_it_is_now(store, other):
    fill(store)
    take(other, store.root)
    copy = urls.article_id("https://copy.example/tides")
    other.merging.join(ID, copy)
    before = contents(other.root)
    assert take(other, store.root) == ["unchanged", "unchanged"]
    assert contents(other.root) == before


def test_what_was_joined_there_brings_its_aliases_and_captures(store, other):
    fill(store)
    copy = urls.article_id("https://copy.example/tides")
    store.merging.join(ID, copy)
    assert take(other, store.root) == ["new"]
    assert other.find("https://copy.example/tides") == ID
    assert contents(other.root) == contents(store.root)


def test_a_capture_whose_name_is_taken_gets_another_and_the_record_says_so(store, other):
    for one, body in ((store, b"<p>Theirs"), (other, b"<p>Ours")):
        stored = one.save_capture(dataclasses.replace(make_capture(), payload=body), ID)
        article = make_article(text=body.decode())
        assert article.capture
        one.save(dataclasses.replace(article, capture=stored.within(article.capture)))
    take(other, store.root)
    records = [other.load(ID), *(other.load_version(path) for path in other.versions(ID))]
    names = {article.capture.warc for article in records if article.capture}
    assert len(names) == 2
    assert all((other.root / str(name)).is_file() for name in names)
    assert take(other, store.root) == ["unchanged"]


def test_unknown_keys_come_along(store, other):
    store.save(make_article())
    path = store.path(ID)
    path.write_text(json.dumps(json.loads(path.read_bytes()) | {"later": {"kept": True}}), encoding="utf-8")
    store.remark(ID, lambda remarks: remarks.noted("Mine."))
    said = store.root / paths.remarks_file(ID)
    said.write_text(json.dumps(json.loads(said.read_bytes()) | {"later": 1}), encoding="utf-8")
    other.remark(ID, lambda remarks: remarks.noted("Also mine."))
    take(other, store.root)
    assert json.loads(other.path(ID).read_bytes())["later"] == {"kept": True}
    assert json.loads((other.root / paths.remarks_file(ID)).read_bytes())["later"] == 1
    assert other.remarks(ID).note == "Also mine.\n\nMine."


WORDS = st.text(st.characters(categories=["L", "N", "P", "Zs"]), max_size=30)
ARTICLES = st.lists(st.tuples(st.integers(0, 3), WORDS, WORDS, st.integers(10, 28), st.booleans()), min_size=1, max_size=6)


@settings(max_examples=12, deadline=None)
@given(ARTICLES)
def test_export_import_export_gives_the_same_bytes(tmp_path_factory, made):
    """Articles and their versions, with captures and remarks, any text in them."""
    folder = tmp_path_factory.mktemp("parcel")
    with Store.open(folder / "one", create=True) as one, Store.open(folder / "two", create=True) as two:
        for number, title, text, day, starred in made:
            url = f"https://example.org/{number}"
            article = make_article(url, text=text, title=title, fetched_at=f"2026-11-{day}T00:00:00Z")
            stored = one.save_capture(make_capture(), str(article.id))
            assert article.capture
            one.save(dataclasses.replace(article, capture=stored.within(article.capture)))
            one.remark(str(article.id), Remarks(starred=starred, note=text.strip() or None).united)
        first = packed(one)
        parcel = TarParcel(io.BytesIO(first), "first.tar")
        take(two, parcel)
        assert packed(two) == first
        before = contents(folder / "two")
        assert set(take(two, parcel)) == {"unchanged"}
        assert contents(folder / "two") == before


def test_the_same_input_gives_the_same_bytes(store, other):
    """Captures apart, whose records have random IDs (ISO 28500), and which are never written again."""
    for one in (store, other):
        fill(one)
        one.merging.join(ID, urls.article_id("https://copy.example/tides"))
    ours, theirs = (contents(one.root) for one in (store, other))
    assert ours.keys() == theirs.keys()
    named = {name for name, content in ours.items() if name.startswith("captures/") or b'"warc": "' in content}
    assert len(ours.keys() - named) == 4
    assert [ours[name] for name in sorted(ours.keys() - named)] == [theirs[name] for name in sorted(ours.keys() - named)]
