"""Files of an exported folder, written by processes."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from archiver.capture import SavedPage
from archiver.export import FORMATS
from archiver.export.model import Picture, Wishes
from archiver.store import Filters, Store
from archiver.tasks.archiving.archive_page import archive_saved
from archiver.tasks.exchange import drafting
from archiver.tasks.exchange.export import StoredSelection, chosen, export
from archiver.tasks.exchange.places import FolderPlace
from archiver.tasks.processes import Died, Processes
from tests.support.articles import article_page

APART = [name for name, form in FORMATS.items() if form.apart]
ARTICLES = 7


@pytest.fixture
def store(tmp_path, monkeypatch):
    monkeypatch.setattr(drafting, "FEW", 2)
    monkeypatch.setattr(drafting, "BATCH", 2)
    monkeypatch.setattr(drafting, "AHEAD", 1)
    monkeypatch.setattr(drafting, "cores", lambda: 2)
    with Store.open(tmp_path / "archive", create=True) as store:
        for number in range(ARTICLES):
            page = article_page("The same title").encode()
            archive_saved(SavedPage(f"https://example.org/{number}", datetime(2026, 11, 23, number, tzinfo=UTC), page), store)
        yield store


@pytest.fixture
def begun(monkeypatch):
    """The batches that went to processes."""
    batches: list[list[str]] = []
    begin = Processes.begin

    def noted(self, task):
        batches.append(task)
        return begin(self, task)

    monkeypatch.setattr(Processes, "begin", noted)
    return batches


def exported(store, folder, name, ids=None, wishes=None):
    """The files, and what could not be exported."""
    errors: list[str] = []
    ids = chosen(store, Filters(), sort=None, reverse=False, limit=None) if ids is None else ids
    selection = StoredSelection(store, ids, lambda error: errors.append(str(error)))
    export(selection, FORMATS[name], FolderPlace(folder, force=False), wishes or Wishes())
    assert selection.failures == len(errors)
    return {path.name: path.read_bytes() for path in folder.iterdir()}, errors


@pytest.mark.parametrize("name", APART)
def test_the_files_are_those_of_a_single_process(store, tmp_path, monkeypatch, begun, name):
    apart = exported(store, tmp_path / "apart", name)
    assert [len(batch) for batch in begun] == [2, 2, 2, 1]
    monkeypatch.setattr(drafting, "cores", lambda: 1)
    assert exported(store, tmp_path / "alone", name) == apart
    assert len(apart[0]) == ARTICLES
    assert len(begun) == 4


def test_few_articles_are_written_here(store, tmp_path, begun):
    files, _ = exported(store, tmp_path / "out", "markdown", chosen(store, Filters(), sort=None, reverse=False, limit=2))
    assert (len(files), begun) == (2, [])


def test_images_are_asked_for_here(store, tmp_path, begun):
    picture = Picture(b"\x89PNG\r\n", "image/png", ".png")
    files, _ = exported(store, tmp_path / "out", "markdown", wishes=Wishes(picture=lambda url: picture))
    assert (len(files), begun) == (ARTICLES, [])


def test_what_cannot_be_read_is_named_in_its_place(store, tmp_path, begun):
    ids = chosen(store, Filters(), sort=None, reverse=False, limit=None)
    store.path(ids[4]).write_text("no record")
    files, (first, second) = exported(store, tmp_path / "out", "markdown", [ids[0], "f" * 16, *ids[1:]])
    assert len(files) == ARTICLES - 1
    assert "f" * 16 in first
    assert store.path(ids[4]).name in second
    assert begun


def test_where_processes_die_the_files_are_written_here(store, tmp_path, monkeypatch):
    def died(self, task):
        def result():
            raise Died

        return result

    monkeypatch.setattr(Processes, "begin", died)
    files, errors = exported(store, tmp_path / "out", "markdown")
    assert (len(files), errors) == (ARTICLES, [])
