"""Dates in text: machine forms, printed forms in many languages, relative forms."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta, timezone
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archiver.extraction import datetext
from archiver.extraction.datetext import Reading
from archiver.extraction.rules.labels import RELATIVE, RELATIVE_DAYS, RELATIVE_UNITS, RelativeUnit

AMERICAN = datetext.reading("en-US", "example.com", None)
BRITISH = datetext.reading("en-GB", "example.co.uk", None)


def found_iso(text: str) -> str | None:
    when = datetext.parse(text, AMERICAN)
    return when.iso if when else None


def found_days(text: str) -> list[str]:
    return [one.when.day.isoformat() for one in datetext.find(text, AMERICAN)]


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("2017-03-18", "2017-03-18"),
        ("2017-03-18T09:30:00+02:00", "2017-03-18T09:30:00+02:00"),
        ("2017-03-18 09:30", "2017-03-18T09:30:00"),
        ("2017-03-18T09:30:15.123Z", "2017-03-18T09:30:15Z"),
        ("20170318T093000Z", "2017-03-18T09:30:00Z"),
        ("20170318", "2017-03-18"),
        ("2017-03-18T00:00:00", "2017-03-18"),
        ("1489829400", "2017-03-18T09:30:00Z"),
        ("Sat, 18 Mar 2017 09:30:00 GMT", "2017-03-18T09:30:00Z"),
        ("March 18, 2017 at 9:30 pm", "2017-03-18T21:30:00"),
        ("2017-02-30", None),
        ("soon", None),
        ("", None),
    ],
)
def test_machine_values_keep_their_precision(text: str, iso: str | None):
    when = datetext.parse(text, AMERICAN)
    assert (when.iso if when else None) == iso


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("18 March 2017", "en"),
        ("March 18th, 2017", "en"),
        ("18th of March 2017", "en"),
        ("18. März 2017", "de"),
        ("18 mars 2017", "fr"),
        ("18 de marzo de 2017", "es"),
        ("18 de março de 2017", "pt"),
        ("18 marzo 2017", "it"),
        ("18 maart 2017", "nl"),
        ("18 marts 2017", "da"),
        ("18. maaliskuuta 2017", "fi"),
        ("18 marca 2017", "pl"),
        ("18. března 2017", "cs"),
        ("18. ožujka 2017", "hr"),
        ("18 Mart 2017", "tr"),
        ("18 марта 2017", "ru"),
        ("18 березня 2017", "uk"),
        ("18 Μαρτίου 2017", "el"),
        ("2017年3月18日", "ja"),
        ("2017년 3월 18일", "ko"),
        ("18 مارس 2017", "ar"),
        ("2017. március 18.", "hu"),
        ("18 Maret 2017", "id"),
        ("18.03.2017", "de"),
        ("18.3.17", "de"),
        ("2017/03/18", "ja"),
    ],
)
def test_printed_dates_of_many_languages(text: str, language: str):
    when = datetext.parse(text, datetext.reading(language, None, None))
    assert when is not None
    assert when.iso == "2017-03-18"


def test_language_decides_a_month_that_two_languages_share():
    assert [datetext.parse("5 listopada 2017", Reading(language)).day.month for language in ("pl", "hr")] == [11, 10]  # type: ignore[union-attr]


@pytest.mark.parametrize(("reading", "iso"), [(AMERICAN, "2017-03-04"), (BRITISH, "2017-04-03")])
def test_numeric_dates_are_read_as_the_page_writes_them(reading: Reading, iso: str):
    when = datetext.parse("03/04/2017", reading)
    assert when is not None
    assert when.iso == iso


def test_a_day_above_twelve_decides_for_itself():
    assert datetext.parse("18/03/2017", AMERICAN) == datetext.parse("03/18/2017", AMERICAN)


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("3 days ago", "2024-05-29"),
        ("vor 2 Wochen", "2024-05-18"),
        ("il y a 3 jours", "2024-05-29"),
        ("yesterday", "2024-05-31"),
        ("3日前", "2024-05-29"),
    ],
)
def test_relative_dates_count_from_the_capture(text: str, iso: str):
    found = datetext.find_relative(text, Reading(today=date(2024, 6, 1)))
    assert found is not None
    assert found.when.iso == iso


@pytest.mark.parametrize("text", ["3 days", "for 2 weeks", "May 2020"])
def test_a_span_is_no_relative_date(text: str):
    assert datetext.find_relative(text, Reading(today=date(2024, 6, 1))) is None


def test_relative_date_without_a_capture_is_unknown():
    assert datetext.find_relative("3 days ago", Reading()) is None


def test_every_date_of_a_line_is_found_in_order():
    found = datetext.find("Published 3 May 2020 | Updated 4 June 2021", AMERICAN)
    assert [one.when.iso for one in found] == ["2020-05-03", "2021-06-04"]


# --- month names


@pytest.mark.parametrize("text", ["18. MÄRZ 2017", "MARCH 18, 2017", "18 МАРТА 2017", "18 mArS 2017"])
def test_the_case_of_a_month_does_not_matter(text: str):
    assert found_days(text) == ["2017-03-18"]


# --- what no calendar has


@pytest.mark.parametrize(
    "text",
    [
        "0000-00-00",
        "0000-01-01T00:00:00Z",
        "0001-01-01T00:00:00",
        "1799-12-31",
        "2200-01-01",
        "9999-12-31T23:59:59Z",
        "99999-01-01",
        "10000-01-01",
        "2017-02-29",
        "2017-04-31",
        "2017-13-01",
        "2017-00-10",
        "2017-01-00",
        "30 February 2017",
        "February 30, 2017",
        "31.04.2017",
        "2017年13月1日",
        "5 Brumaire 2017",
        "0000000000",
        "0000000000000",
        "9999999999",
        "9" * 5000,
        "-1489829400",
        "NaN",
        "Infinity",
        "1e9",
    ],
)
def test_impossible_days_and_years_are_no_dates(text: str):
    assert datetext.parse(text, AMERICAN) is None


@pytest.mark.parametrize("text", ["1800-01-01", "2199-12-31", "2016-02-29", "2000-02-29"])
def test_the_limits_and_leap_days_are_dates(text: str):
    assert found_iso(text) == text


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("2017-03-18T09:30:00+9999", "2017-03-18T09:30:00"),
        ("2017-03-18T09:30:00+99:99", "2017-03-18T09:30:00"),
        ("2017-03-18T09:30:00-15:00", "2017-03-18T09:30:00"),
        ("2017-03-18T09:30:00+02:75", "2017-03-18T09:30:00"),
        ("2017-03-18T24:00:00Z", "2017-03-18"),
        ("2017-03-18T09:60:00", "2017-03-18"),
        ("2017-03-18T23:59:60Z", "2017-03-18"),
        ("2017-03-18 99:99", "2017-03-18"),
    ],
)
def test_of_an_impossible_time_or_zone_the_rest_is_kept(text: str, iso: str):
    assert found_iso(text) == iso


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("2017-03-18T09:30:00+14:00", "2017-03-18T09:30:00+14:00"),
        ("2017-03-18T09:30:00-1200", "2017-03-18T09:30:00-12:00"),
        ("2017-03-18T09:30:00+05:45", "2017-03-18T09:30:00+05:45"),
        ("2017-03-18T09:30:00 +02", "2017-03-18T09:30:00+02:00"),
        ("2017-03-18 09:30:00 UTC", "2017-03-18T09:30:00Z"),
        ("2017-03-18T00:00:00Z", "2017-03-18T00:00:00Z"),
        ("2024-03-10T02:30:00", "2024-03-10T02:30:00"),  # skipped by clocks in New York; no zone, so nobody can say
    ],
)
def test_a_zone_is_kept_as_given_and_a_time_without_one_has_none(text: str, iso: str):
    assert found_iso(text) == iso
    when = datetext.parse(text, AMERICAN)
    assert when is not None
    assert when.moment is not None
    assert (when.moment.tzinfo is None) == (iso[-1].isdigit() and iso[19:] == "")


def test_a_bare_day_has_no_moment():
    when = datetext.parse("2017-03-18", AMERICAN)
    assert when is not None
    assert when.moment is None


@pytest.mark.parametrize("text", ["２０１７-０３-１８", "٢٠١٧-٠٣-١٨", "२०१७-०३-१८"])
def test_digits_of_other_scripts_are_digits(text: str):
    assert found_iso(text) == "2017-03-18"


@pytest.mark.parametrize("text", ["²⁰¹⁷-⁰³-¹⁸", "①/②/2017", "Ⅻ.Ⅲ.2017"])
def test_signs_that_only_look_like_digits_are_none(text: str):
    assert datetext.parse(text, AMERICAN) is None


def test_milliseconds_since_the_epoch_are_understood():
    assert found_iso("1489829400123") == found_iso("1489829400") == "2017-03-18T09:30:00Z"


# --- printed forms


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("March 18, 2017 12:05 a.m.", "2017-03-18T00:05:00"),
        ("March 18, 2017 12:05 p.m.", "2017-03-18T12:05:00"),
        ("18. März 2017 um 9:30", "2017-03-18T09:30:00"),
        ("18 mars 2017 à 9h30", "2017-03-18T09:30:00"),
        ("18 de marzo de 2017 a las 09:30", "2017-03-18T09:30:00"),
        ("18.03.2017, 09:30", "2017-03-18T09:30:00"),
        ("18 March 2017 | 09:30 GMT", "2017-03-18T09:30:00Z"),
        ("18 March 2017 09:30 +0100", "2017-03-18T09:30:00+01:00"),
    ],
)
def test_a_time_behind_a_printed_day_is_part_of_it(text: str, iso: str):
    assert [one.when.iso for one in datetext.find(text, Reading())] == [iso]


@pytest.mark.parametrize("text", ["18-Mar-17", "18-mar-17", "18 March '17", "18. März ’17", "18 . 03 . 17", "18/3/17"])
def test_a_year_of_two_digits_is_one_of_this_century(text: str):
    assert [found.when.iso for found in datetext.find(text, datetext.reading("de", None, None))] == ["2017-03-18"]


def test_a_year_of_two_digits_far_ahead_is_one_of_the_last_century():
    assert [found.when.iso for found in datetext.find("18.03.98", datetext.reading("de", None, None))] == ["1998-03-18"]


@pytest.mark.parametrize(
    "text",
    [
        "call 030 12 34 2017 now",
        "10.1016/j.x.2017.03.018",
        "18/03/20175",
        "in March 2017",
        "2017",
        "the 2016/17 season",
        "5 cats 2017",
        "score 12-10",
        "3 May-20 June",
        "5 boats '17",
        "the winter of '17",
        "18-Mar-170",
    ],
)
def test_numbers_that_are_no_dates(text: str):
    assert found_days(text) == []


@pytest.mark.parametrize(
    ("language", "host", "day"),
    [
        ("en", "a.example", "2017-03-04"),
        (None, "a.example", "2017-03-04"),
        ("en-US", None, "2017-03-04"),
        ("en_US", None, "2017-03-04"),
        ("fr-CA", None, "2017-03-04"),
        ("en-GB", None, "2017-04-03"),
        ("en-AU", None, "2017-04-03"),
        ("en", "a.co.uk", "2017-04-03"),
        (None, "a.com.au", "2017-04-03"),
        ("en", "a.ie", "2017-04-03"),
        ("de", "a.example", "2017-04-03"),
        ("es", None, "2017-04-03"),
        ("fr", "a.example", "2017-04-03"),
    ],
)
def test_language_region_and_host_decide_which_number_is_the_month(language: str | None, host: str | None, day: str):
    when = datetext.parse("03/04/2017", datetext.reading(language, host, None))
    assert when is not None
    assert when.iso == day


def test_dots_put_the_day_first_everywhere():
    assert found_iso("03.04.2017") == "2017-04-03"


def test_where_a_date_stands_is_told_with_its_time():
    text = "Posted March 18, 2017 at 9:30 pm by Wanda"
    (one,) = datetext.find(text, AMERICAN)
    assert text[one.start : one.end] == "March 18, 2017 at 9:30 pm"


# --- relative forms


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("90 minutes ago", "2024-06-01"),
        ("1 hour ago", "2024-06-01"),
        ("48 hours ago", "2024-05-30"),
        ("vor 3 Stunden", "2024-06-01"),
        ("an hour ago", "2024-06-01"),
        ("a week ago", "2024-05-25"),
        ("vor einem Tag", "2024-05-31"),
        ("hace 2 días", "2024-05-30"),
        ("2 giorni fa", "2024-05-30"),
        ("2 dagen geleden", "2024-05-30"),
        ("för 2 dagar sedan", "2024-05-30"),
        ("há 3 semanas", "2024-05-11"),
        ("2 недели назад", "2024-05-18"),
        ("2周前", "2024-05-18"),
        ("2일 전", "2024-05-30"),
        ("gestern", "2024-05-31"),
        ("Hier", "2024-05-31"),
        ("вчера", "2024-05-31"),
        ("昨日", "2024-05-31"),
        ("Today.", "2024-06-01"),
        ("aujourd’hui", "2024-06-01"),
    ],
)
def test_relative_dates_of_many_languages(text: str, day: str):
    found = datetext.find_relative(text, Reading(today=date(2024, 6, 1)))
    assert found is not None
    assert found.when.iso == day


@pytest.mark.parametrize("word", RELATIVE_DAYS)
def test_a_word_for_a_day_is_a_date_whatever_its_case(word: str):
    reading = Reading(today=date(2024, 6, 1))
    assert datetext.find_relative(word, reading) is not None
    assert datetext.find_relative(f"{word.title()}.", reading) is not None


UNITS_AGO = {1 / 1440: "5 minutes ago", 1 / 24: "5 hours ago", 1: "5 days ago", 7: "5 weeks ago"}
"""Row of RELATIVE_UNITS -> a span that no other row can read."""


@pytest.mark.parametrize("unit", RELATIVE_UNITS, ids=lambda unit: unit.pattern.partition("(")[0])
def test_without_its_row_a_unit_of_time_is_not_read(unit: RelativeUnit, monkeypatch: pytest.MonkeyPatch):
    text, reading = UNITS_AGO[unit.days], Reading(today=date(2024, 6, 1))
    assert datetext.find_relative(text, reading) is not None
    without = RELATIVE.pattern.replace(f">{unit.pattern})", ">(?!))")
    assert without != RELATIVE.pattern
    monkeypatch.setattr(datetext, "RELATIVE", re.compile(without, re.IGNORECASE))
    assert datetext.find_relative(text, reading) is None


def test_the_longest_count_goes_back_no_further_than_years():
    found = datetext.find_relative("999 weeks ago", Reading(today=date(2024, 6, 1)))
    assert found is not None
    assert found.when.iso == "2005-04-09"


@pytest.mark.parametrize("text", ["1000 days ago", "99999999999 weeks ago", "0x3 days ago"])
def test_counts_beyond_three_digits_are_no_relative_date(text: str):
    assert datetext.find_relative(text, Reading(today=date(2024, 6, 1))) is None


# --- whatever comes

ANYTHING = st.text(max_size=300) | st.text(alphabet=st.sampled_from("0123456789 -/.,:TZ+年月日mayjunevorago前०٣"), max_size=60)


@given(ANYTHING, st.sampled_from(["", "en", "de", "ja", "hi"]), st.booleans())
def test_any_text_gives_dates_of_the_calendar_or_none(text: str, language: str, month_first: bool):
    reading = Reading(language, month_first=month_first, today=date(2024, 6, 1))
    relative = datetext.find_relative(text, reading)
    for found in [*datetext.find(text, reading), *([relative] if relative else [])]:
        assert 0 <= found.start < found.end <= len(text)
        assert datetext.FIRST_YEAR <= found.when.day.year <= datetext.LAST_YEAR
    when = datetext.parse(text, reading)
    if when is not None:
        assert datetext.FIRST_YEAR <= when.day.year <= datetext.LAST_YEAR
        assert when.iso.startswith(when.day.isoformat())
        assert when.moment is None or when.moment.date() == when.day


@given(st.datetimes(min_value=datetime(1800, 1, 1), max_value=datetime(2199, 12, 31)), st.integers(-14 * 60, 14 * 60))  # noqa: DTZ001  # bounds
def test_what_iso_8601_writes_is_read_back(moment: datetime, offset_minutes: int):
    zoned = moment.replace(microsecond=0, tzinfo=timezone(timedelta(minutes=offset_minutes)))
    when = datetext.parse(zoned.isoformat(), Reading())
    assert when is not None
    assert when.moment == zoned


@pytest.mark.parametrize("piece", ["2017-03-1", "12.03.", "1 ", "March ", "2017 ", "5 de ", "9" * 9, "१ मार ", "3 days "])
def test_time_grows_no_faster_than_the_text(piece: str):
    """Sixteen times the text may take eighty times as long; what is quadratic takes 256 times."""
    reading = Reading("en", today=date(2024, 6, 1))

    def seconds(characters: int) -> float:
        text = (piece * characters)[:characters]
        best = float("inf")
        for _ in range(3):
            start = process_time()
            for _ in datetext.find(text, reading):
                pass
            datetext.find_relative(text, reading)
            best = min(best, process_time() - start)
        return best

    assert seconds(80_000) < 80 * seconds(5_000)
