from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archiver.tasks.series import MOST_PERIODS, Bar, Series, series, start

TODAY = date(2026, 11, 23)


def days(first, count, articles=1):
    return [((first + timedelta(days=number)).isoformat(), articles) for number in range(count)]


def test_nothing_dated_is_no_series():
    assert series([], today=TODAY, undated=3) == Series(undated=3)
    assert series([("soon", 2)], today=TODAY) == Series()


def test_empty_periods_stand_between():
    found = series([("2026-11-20", 2), ("2026-11-22", 1)], today=TODAY)
    assert found == Series("day", (Bar("2026-11-20", 2), Bar("2026-11-21", 0), Bar("2026-11-22", 1)))


@pytest.mark.parametrize(
    ("counts", "unit", "first", "last"),
    [
        (days(date(2026, 11, 1), 20), "day", "2026-11-01", "2026-11-20"),
        (days(date(2026, 1, 1), 300), "month", "2026-01", "2026-10"),
        (days(date(2020, 1, 1), 2000), "year", "2020", "2025"),
        ([("2026-11", 1), ("2026-10", 1)], "month", "2026-10", "2026-11"),
        ([("2017", 1), ("2026-10-01", 1)], "year", "2017", "2026"),
    ],
)
def test_the_finest_unit_that_shows_nearly_all(counts, unit, first, last):
    found = series(counts, today=TODAY)
    assert (found.unit, found.bars[0].name, found.bars[-1].name) == (unit, first, last)


def test_one_old_article_does_not_coarsen_the_rest():
    found = series([*days(date(2026, 11, 1), 20), ("1851-09-18", 1)], today=TODAY)
    assert (found.unit, found.earlier) == ("day", 1)


def test_what_is_less_exact_than_the_bars_is_told():
    found = series([*days(date(2026, 11, 1), 20), ("2026", 1)], today=TODAY)
    assert (found.unit, found.earlier) == ("day", 1)


def test_the_future_is_counted_apart():
    found = series([("2026-11-20", 5), ("9999-12-31", 1)], today=TODAY)
    assert (found.bars, found.later) == ((Bar("2026-11-20", 5),), 1)
    assert series([("9999-12-31", 2)], today=TODAY).later == 2


@pytest.mark.parametrize("text", ["2026-13-01", "2026-11-31", "2026-W03-1", "20261123", "", "26-11-23", "２０２６"])
def test_what_is_no_date_has_no_start(text):
    assert start(text) is None


dates = st.dates().map(date.isoformat)


@given(st.dictionaries(st.one_of(dates, dates.map(lambda day: day[:7]), dates.map(lambda day: day[:4])), st.integers(1, 99)))
def test_no_article_is_lost(counts):
    found = series(counts.items(), today=TODAY)
    assert sum(bar.articles for bar in found.bars) + found.earlier + found.later == sum(counts.values())
    assert len(found.bars) <= MOST_PERIODS
    assert [bar.name for bar in found.bars] == sorted({bar.name for bar in found.bars})
