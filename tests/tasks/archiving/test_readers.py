"""Pages read by processes become what they become here, and a process that dies takes one page with it."""

from __future__ import annotations

import os
import time

import pytest

from archiver.errors import ArchiverError
from archiver.settings import Settings
from archiver.store import Filters, Store
from archiver.tasks.archiving import readers as module
from archiver.tasks.archiving.archive_page import Outcome
from archiver.tasks.archiving.groups import MAX_TOGETHER, Groups
from archiver.tasks.archiving.read_page import begin_reading_here
from archiver.tasks.archiving.readers import MANY_AT_ONCE, MANY_WAITING, Readers
from archiver.tasks.site_rules import SiteRules
from tests.support.articles import article_page
from tests.tasks.archiving.test_archive_together import capture

pytestmark = pytest.mark.filterwarnings("error")
MANY = {"at_once": MANY_AT_ONCE, "waiting": MANY_WAITING}


@pytest.fixture
def settings(tmp_path):
    folder = tmp_path / "rules"
    folder.mkdir()
    (folder / "bad.org.toml").write_text("[article\n", encoding="utf-8")
    return Settings(home=tmp_path / "archive", rules_folder=folder)


@pytest.fixture
def store(settings):
    with Store.open(settings.home, create=True) as store:
        yield store


def up(settings):
    readers = Readers(settings, spare_cores=1)
    while not readers.ready(**MANY):
        time.sleep(0.01)
    return readers


def test_none_are_started_for_few_pages_or_without_a_core_to_spare(settings):
    readers = Readers(settings, spare_cores=1)
    assert not readers.ready(at_once=MANY_AT_ONCE - 1, waiting=MANY_WAITING)
    assert not readers.ready(at_once=MANY_AT_ONCE, waiting=MANY_WAITING - 1)
    assert readers._processes is None
    alone = Readers(settings, spare_cores=0)
    assert not alone.ready(**MANY)
    assert alone._processes is None


def test_what_they_read_is_what_is_read_here(settings):
    notes: list[str] = []
    rules = SiteRules.of(settings, note=notes.append)
    good, empty = capture("a", article_page("Story a")), capture("b", "   ")
    readers = up(settings)
    try:
        assert readers.begin(good, rules, None)() == begin_reading_here(good, rules, None)()
        with pytest.raises(ArchiverError) as here:
            begin_reading_here(empty, rules, None)()
        with pytest.raises(type(here.value)) as there:
            readers.begin(empty, rules, None)()
        assert str(there.value) == str(here.value)
    finally:
        readers.close()
    assert not readers.ready(**MANY)


def test_what_a_rule_has_to_tell_is_told_here(settings):
    notes: list[str] = []
    rules = SiteRules.of(settings, note=notes.append)
    page = capture("a", article_page("Story a"), host="bad.org")
    readers = up(settings)
    try:
        readers.begin(page, rules, None)()
    finally:
        readers.close()
    assert len(notes) == 1


def test_a_group_is_read_while_the_next_is_captured(store, settings):
    readers = up(settings)
    groups = Groups(store, None, readers)
    try:
        first = [list(groups.add(name, capture(name, article_page(f"Story {name}")), waiting=9)) for name in "abcdefgh"]
        assert first == [[]] * 8
        assert list(groups.send(waiting=9)) == []
        assert groups.under_way
        assert len(list(store.root.glob("captures/*/*/*"))) == 8
        assert list(store.rows(Filters())) == []
        # the same article again waits for its first state
        ends = list(groups.add("a", capture("a", article_page("Story a")), waiting=9))
        assert [url for url, end in ends if isinstance(end, Outcome)] == list("abcdefgh")
        ((url, end),) = groups.settle()
    finally:
        readers.close()
    assert isinstance(end, Outcome)
    assert (url, end.decision) == ("a", "unchanged")
    assert len(list(store.rows(Filters()))) == 8


def test_no_more_are_held_than_a_group_takes(store, settings):
    groups = Groups(store, None, None)
    names = [str(number) for number in range(MAX_TOGETHER + 1)]
    ends = [list(groups.add(name, capture(name, article_page(f"Story {name}")), waiting=0)) for name in names]
    assert [len(some) for some in ends] == [0] * MAX_TOGETHER + [MAX_TOGETHER]
    assert len(list(groups.settle())) == 1


def test_a_process_that_dies_takes_one_page_with_it(store, settings, monkeypatch):
    monkeypatch.setattr(module, "_read", dying)
    readers = up(settings)
    groups = Groups(store, None, readers)
    try:
        for name in "ab":
            assert not list(groups.add(name, capture(name, article_page(f"Story {name}")), waiting=0))
        assert not list(groups.send(waiting=0))
        ends = dict(groups.settle())
    finally:
        readers.close()
    assert isinstance(ends["a"], Outcome)
    assert "the process that read the page died" in str(ends["b"])
    assert len(list(store.root.glob("captures/*/*/*"))) == 2


def dying(task):
    """What runs in the place of reading, in the processes."""
    page, _ = task
    if page.final_url.endswith("b"):
        os._exit(9)
    return begin_reading_here(page, None, None)()


def test_where_none_can_be_started_pages_are_read_here(settings, monkeypatch):
    monkeypatch.setattr(module, "_prepare", os._exit)
    readers = Readers(settings, spare_cores=1)
    assert not readers.ready(**MANY)
    while readers._count:
        assert not readers.ready(**MANY)
        time.sleep(0.01)
