"""Many pages at once: side by side over hosts, one by one on each, in bounded memory."""

from __future__ import annotations

import contextlib
import dataclasses
import errno
import threading
from collections import Counter
from typing import TYPE_CHECKING

import pytest

from archiver.capture import SavedPage
from archiver.errors import ArchiveUnwritable, InvalidInput, InvalidUrl, TimedOut, TooLarge
from archiver.settings import Settings
from archiver.store import Store, files
from archiver.tasks.archiving import archive_pages, groups
from archiver.tasks.archiving.archive_pages import Batch, Target
from tests.support.articles import article_page
from tests.support.servers import Connection, Response, serve, serve_raw
from tests.tasks.archiving.test_archive_page import NOON as MOMENT

if TYPE_CHECKING:
    from archiver.saved import Found


@pytest.fixture
def settings(tmp_path):
    return Settings(home=tmp_path / "archive", timeout_seconds=10)


@pytest.fixture
def store(settings):
    with Store.open(settings.home, create=True) as store:
        yield store


class Hosts:
    """Servers on several addresses that note how many requests are under way at each of them, and together."""

    def __init__(self, stack: contextlib.ExitStack, count: int) -> None:
        self.lock = threading.Lock()
        self.under_way: Counter[str] = Counter()
        self.most: Counter[str] = Counter()
        self.all_there = threading.Barrier(count)
        self.servers = [
            stack.enter_context(serve({"/": self.answer(address), "/2": self.answer(address)}, address=address))
            for address in (f"127.0.0.{number + 1}" for number in range(count))
        ]

    def answer(self, address):
        def answer(request):
            with self.lock:
                for name in (address, "all"):
                    self.under_way[name] += 1
                    self.most[name] = max(self.most[name], self.under_way[name])
            if request.target == "/":
                with contextlib.suppress(threading.BrokenBarrierError):
                    self.all_there.wait(5)
            with self.lock:
                self.under_way.subtract([address, "all"])
            return Response(article_page(f"Story {request.target} of {address}"))

        return answer


@pytest.fixture
def hosts():
    with contextlib.ExitStack() as stack:
        yield Hosts(stack, 4)


def test_hosts_are_asked_side_by_side_and_each_one_by_one(store, settings, hosts):
    targets = [Target(server.url(path)) for server in hosts.servers for path in ("/", "/2")]
    results = list(Batch(targets, store, settings).results())
    assert sorted(result.name for result in results) == sorted(target.name for target in targets)
    assert all(result.outcome and result.outcome.path.exists() for result in results)
    assert hosts.most["all"] == 4
    assert all(hosts.most[server.address] == 1 for server in hosts.servers)


def test_no_more_at_once_than_jobs(store, settings, hosts):
    hosts.all_there = threading.Barrier(2)
    targets = [Target(server.url()) for server in hosts.servers]
    assert len(list(Batch(targets, store, dataclasses.replace(settings, jobs=2)).results())) == 4
    assert hosts.most["all"] == 2


def hang(connection: Connection) -> None:
    connection.wait()


def test_a_host_that_hangs_costs_its_own_url_alone(store, settings):
    hasty = dataclasses.replace(settings, timeout_seconds=1)
    with (
        serve_raw(hang) as hung,
        serve({"/": Response(article_page())}, address="127.0.0.2") as site,
    ):
        first, second = Batch([Target(hung.url()), Target(site.url())], store, hasty).results()
    assert (first.name, first.error) == (site.url(), None)
    assert isinstance(second.error, TimedOut)


def test_what_is_no_url_and_what_nobody_foresaw_are_results(store, settings, monkeypatch):
    def broken(*_args):
        raise RuntimeError("oops")

    monkeypatch.setattr("archiver.tasks.archiving.read_page.read_capture", broken)
    with serve({"/": Response(article_page())}) as site:
        first, second = Batch([Target("ftp://x/"), Target(site.url())], store, settings).results()
    assert isinstance(first.error, InvalidUrl)
    assert "unexpected error: RuntimeError: oops (a bug" in str(second.error)


def test_files_are_taken_apart_page_by_page(store, settings):
    pages: list[Found] = [
        SavedPage("https://example.org/a", MOMENT, article_page("One").encode()),
        TooLarge("larger", subject="https://example.org/b"),
        SavedPage("https://example.org/c", MOMENT, article_page("Two").encode()),
        SavedPage(None, MOMENT, article_page("Three").encode()),
    ]
    *results, nowhere = Batch([Target("file", pages)], store, settings).results()
    assert [(result.name[-1], result.outcome is None) for result in results] == [("a", False), ("b", True), ("c", False)]
    assert isinstance(nowhere.error, InvalidInput)
    assert str(nowhere.error) == "file: does not say where it was saved from (give its address with --url)"


def test_when_stopped_it_finishes_the_pages_at_hand_and_begins_no_others(store, settings, monkeypatch):
    monkeypatch.setattr(groups, "MAX_TOGETHER", 2)
    pages = [SavedPage(f"https://example.org/{n}", MOMENT, article_page(f"Story {n}").encode()) for n in range(9)]
    batch = Batch([Target("file", pages), Target("ftp://x/")], store, settings)
    results = []
    for result in batch.results():
        results.append(result)
        batch.stop()
    assert [result.name[-1] for result in results] == ["0", "1", "2"], "two that were safe, and one that was taken in"
    assert all(result.outcome and result.outcome.path.exists() for result in results)


def test_however_many_urls_there_are_few_are_read_ahead(store, settings, monkeypatch):
    monkeypatch.setattr(archive_pages, "MAX_WAITING", 10)
    read = Counter[str]()
    begun, over = threading.Event(), threading.Event()

    def targets(site):
        for _ in range(5000):
            read["urls"] += 1
            yield Target(site.url())

    def answer(_request):
        begun.set()
        over.wait(10)
        return Response(article_page())

    with serve({"/": answer}) as site:
        batch = Batch(targets(site), store, settings)
        thread = threading.Thread(target=lambda: list(batch.results()), daemon=True)
        thread.start()
        assert begun.wait(10)
        over.wait(0.2)
        seen = read["urls"]
        batch.stop()
        over.set()
        thread.join(10)
    assert 10 <= seen <= 10 + 64 + 2


def test_a_full_disk_is_the_error_of_the_page_it_met(store, settings, monkeypatch):
    real, written = files.write_new, []

    def write(path, content):
        written.append(path)
        if len(written) > 2:
            raise OSError(errno.ENOSPC, "No space left on device")
        real(path, content)

    monkeypatch.setattr(files, "write_new", write)
    monkeypatch.setattr(groups, "MAX_TOGETHER", 1)
    pages = [SavedPage(f"https://example.org/{n}", MOMENT, article_page(f"Story {n}").encode()) for n in range(2)]
    first, second = Batch([Target("file", pages)], store, settings).results()
    assert first.outcome
    assert second.name == "https://example.org/1"
    assert isinstance(second.error, ArchiveUnwritable)
