from __future__ import annotations

from datetime import date

from archiver.article import Body, Dates
from archiver.store import Filters, Store
from archiver.tasks.series import Bar
from archiver.tasks.stats import Found, stats
from tests.store.conftest import make_article

TODAY = date(2026, 11, 25)


def numbers(root, *articles, filters=Filters(), top=10):  # noqa: B008  # immutable
    with Store.open(root, create=True) as store:
        for number, fields in enumerate(articles):
            store.save(make_article(f"https://h{number % 2}.example/{number}", **fields))
        return stats(store, filters, top=top, today=TODAY)


def test_an_archive_that_is_not_there_is_all_zeros(tmp_path):
    with Store.open(tmp_path / "nowhere", create=False) as store:
        found = stats(store, Filters(), top=10)
    assert (found.totals.articles, found.totals.minutes, found.totals.fetched_first) == (0, 0, None)
    assert found.sites.top == ()
    assert {kind.bytes for kind in found.disk} == {0}


def test_reading_time_goes_by_language(tmp_path):
    found = numbers(
        tmp_path,
        {"language": "en", "body": Body("", "", 2300)},
        {"language": "zh-Hans", "body": Body("", "", 4000)},
    )
    assert (found.totals.words, found.totals.minutes) == (6300, 20)


def test_weekday_and_hour_are_those_that_the_page_prints(tmp_path):
    found = numbers(
        tmp_path,
        {"dates": Dates(published="2026-11-23T23:30:00-08:00")},
        {"dates": Dates(published="2026-11-23")},
        {"dates": Dates(published="2026-11")},
    )
    assert [bar.articles for bar in found.weekdays] == [2, 0, 0, 0, 0, 0, 0]
    assert [bar for bar in found.hours if bar.articles] == [Bar("23", 1)]
    assert len(found.hours) == 24


def test_what_has_no_date_is_undated(tmp_path):
    found = numbers(tmp_path, {"dates": Dates()}, {"dates": Dates(published="2026-11-23")})
    assert (found.published.undated, found.fetched.undated) == (1, 0)


def test_shares_and_rankings(tmp_path):
    found = numbers(tmp_path, {"language": None, "title": None}, {"verdict": "thin"}, {}, top=1)
    assert found.fields[0] == Found("title", 2, 0.6667)
    assert (found.sites.top, found.sites.different, found.sites.others) == ((Bar("h0.example", 2),), 2, 1)
    assert (found.verdicts.top, found.verdicts.different, found.verdicts.others) == ((Bar("article", 2),), 2, 1)
    assert found.languages.top == (Bar("unknown", 3),)


def test_the_disk_is_that_of_the_whole_archive(tmp_path):
    found = numbers(tmp_path, {}, {}, filters=Filters(host="h0.example"))
    assert (found.totals.articles, found.totals.of_articles) == (1, 2)
    assert found.disk[0].name == "records"
    assert found.disk[0].files == 2
