"""From a reading list into the archive: nothing of it is lost on the way."""

from __future__ import annotations

from datetime import UTC, datetime
from types import SimpleNamespace

import pytest

from archiver.capture import SavedPage
from archiver.errors import HttpStatus
from archiver.reading_lists import parse
from archiver.settings import Settings
from archiver.store import Filters, Store
from archiver.tasks.archiving.archive_page import archive_saved
from archiver.tasks.exchange.reading_list import WorkOff, failed, take
from archiver.tasks.syncing.summary import Summary
from archiver.wanted import MAX_ATTEMPTS, Wanted
from tests.support.articles import article_page
from tests.support.servers import Response, serve


@pytest.fixture
def store(tmp_path):
    with Store.open(tmp_path / "archive", create=True) as opened:
        yield opened


@pytest.fixture
def routes():
    return {
        "/harbour": Response(article_page()),
        "/lighthouse": Response(article_page("The Lighthouse Keepers' Strike", author="Jo Smith", published="2025-12-01")),
    }


@pytest.fixture
def site(routes):
    with serve(routes) as server:
        yield server


def reading_list(*rows: str):
    found = parse(("title,url,time_added,tags,status\n" + "\n".join(rows)).encode())
    assert found is not None
    return found


def worked_off(store, **options):
    work = WorkOff(store, Settings(store.root, timeout_seconds=5), **options)
    return list(work.results())


def test_a_list_goes_through_the_queue_into_the_archive(store, site):
    taken = take(
        reading_list(
            f"Harbour,{site.url('/harbour')},1614834367,sea|tides,unread",
            f"Lighthouse,{site.url('/lighthouse')},,,archive",
            "Nothing,,,,unread",
            "Other,ftp://a.example/,,,unread",
        ),
        store,
    )
    assert (taken.queued, taken.held) == (2, 0)
    assert [broken.place for broken in taken.broken] == ["line 4", "line 5"]
    assert all(result.outcome for result in worked_off(store))
    assert store.queue.pages() == []
    assert not (store.root / "queue.jsonl").exists()
    remarks = store.remarks(store.find(site.url("/harbour")))
    assert (remarks.labels, remarks.read, remarks.added_at) == (("sea", "tides"), False, "2021-03-04T05:06:07Z")
    assert store.remarks(store.find(site.url("/lighthouse"))).read


def test_what_is_held_is_not_fetched_and_what_is_said_of_it_is_kept(store):
    page = SavedPage("https://news.example/2026/harbour", datetime(2026, 1, 2, tzinfo=UTC), article_page().encode())
    article = archive_saved(page, store).article
    store.remark(article.id, lambda held: held.labelled(["mine"]).noted("my note"))
    taken = take(reading_list(f"Harbour,{page.url},1614834367,sea,archive"), store)
    assert (taken.queued, taken.held) == (0, 1)
    remarks = store.remarks(article.id)
    assert (remarks.labels, remarks.read, remarks.note) == (("mine", "sea"), True, "my note")


def test_importing_twice_queues_once(store):
    row = "Harbour,https://a.example/harbour,,sea,unread"
    assert take(reading_list(row, row), store).queued == 1
    assert take(reading_list(row.replace("https", "http")), store).queued == 0
    assert len(store.queue.pages()) == 1


def test_what_cannot_be_had_stays_with_its_reason_and_waits(store, site):
    take(reading_list(f"Gone,{site.url('/gone')},,sea,unread", f"Harbour,{site.url('/harbour')},,,unread"), store)
    results = worked_off(store)
    assert {type(result.error) for result in results} == {type(None), HttpStatus}
    (page,) = store.queue.pages()
    assert (page.url, page.attempts, page.labels) == (site.url("/gone"), 1, ("sea",))
    assert "404" in (page.failed or "")
    assert worked_off(store) == [], "it is not due"
    assert len(worked_off(store, again=True)) == 1
    assert store.queue.pages()[0].attempts == 2


def test_a_page_that_only_a_wall_came_for_stays(store, site, routes):
    wall = "<html><head><title>Just a moment...</title></head><body><p>Checking your browser.</p></body></html>"
    routes["/harbour"] = Response(wall)
    take(reading_list(f"Harbour,{site.url('/harbour')},,sea,unread"), store)
    summary, said = Summary(), []
    listener = SimpleNamespace(failed=lambda error: said.append(str(error)), archived=said.append, log=said.append)
    WorkOff(store, Settings(store.root, timeout_seconds=5)).run(summary, listener)
    assert (summary.new, summary.failed) == (0, 1)
    assert "challenge" in said[0]
    (page,) = store.queue.pages()
    assert (page.attempts, page.labels) == (1, ("sea",))
    routes["/harbour"] = Response(article_page())
    worked_off(store, again=True)
    assert store.queue.pages() == []
    (row,) = store.rows(Filters(labels=("sea",)))
    assert row.verdict == "article"


def test_copies_and_worse_pages_count_as_unchanged(store, site, routes):
    claiming = article_page(publisher="Copy").replace("<head>", f'<head><link rel="canonical" href="{site.url("/harbour")}">')
    routes["/copy"] = Response(claiming)
    take(reading_list(f"H,{site.url('/harbour')},,,unread"), store)
    worked_off(store)
    take(reading_list(f"C,{site.url('/copy')},,,unread"), store)
    summary = Summary()
    listener = SimpleNamespace(failed=print, archived=print, log=print)
    WorkOff(store, Settings(store.root, timeout_seconds=5)).run(summary, listener)
    assert (summary.new, summary.updated, summary.unchanged, summary.failed) == (0, 0, 1, 0)


def test_some_day_it_is_given_up():
    page = Wanted("https://a.example/")
    waits = []
    for _ in range(MAX_ATTEMPTS):
        assert not page.given_up
        page = failed(page, HttpStatus("answered 404", status=404))
        waits.append(page.not_before or "")
    assert page.given_up
    assert not page.is_due("9999-01-01")
    assert waits == sorted(waits)
    assert len(set(waits)) == len(waits)


def test_a_limit_leaves_the_rest_for_the_next_run(store, site):
    take(reading_list(*(f"T,{site.url(path)},,,unread" for path in ("/harbour", "/lighthouse"))), store)
    assert len(worked_off(store, limit=1)) == 1
    assert len(store.queue.pages()) == 1
    assert len(worked_off(store)) == 1
    assert len(list(store.rows(Filters()))) == 2


def test_a_run_cut_short_is_ended_by_the_next(store, site, monkeypatch):
    take(reading_list(f"T,{site.url('/harbour')},,sea,unread"), store)
    monkeypatch.setattr(type(store.queue), "settle", lambda *_: None)  # killed before it was written
    worked_off(store)
    monkeypatch.undo()
    assert len(store.queue.pages()) == 1
    (result,) = worked_off(store)
    assert result.outcome.decision == "unchanged"
    assert store.queue.pages() == []


def test_tags_that_cannot_be_tags_are_less_than_the_page(store):
    found = parse(('[{"url": "https://a.example/", "tags": ["a, b", "%s", "c"]}]' % ("x" * 200)).encode())
    assert found is not None
    assert take(found, store).queued == 1
    assert store.queue.pages()[0].labels == ("a b", "c")
