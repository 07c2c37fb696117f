"""The tables of zones, halves of the day and eras: each row is read, and read as nothing without it."""

from __future__ import annotations

import pytest

from archiver.extraction import datetext
from archiver.extraction.datetext import Reading
from archiver.extraction.rules.clocks import ERAS, HALVES, ZONES


def iso(text: str) -> str | None:
    found = next(datetext.find(text, Reading("en")), None)
    return found.when.iso if found else None


@pytest.mark.parametrize(("letters", "offset"), ZONES.items())
def test_letters_of_a_zone_are_an_offset(letters: str, offset: str):
    assert iso(f"5 May 2020, 14:30 {letters}") == f"2020-05-05T14:30:00{offset}"


@pytest.mark.parametrize("letters", ["CST", "IST", "ET", "CETX", "by", "Noon"])
def test_letters_that_name_no_zone_or_several_are_none(letters: str):
    text = f"5 May 2020, 14:30 {letters}"
    (found,) = datetext.find(text, Reading("en"))
    assert (found.when.iso, text[found.end :]) == ("2020-05-05T14:30:00", f" {letters}")


@pytest.mark.parametrize(
    ("written", "offset"),
    [("GMT+0100 (CET)", "+01:00"), ("(GMT+7)", "+07:00"), ("UTC-5", "-05:00"), ("UTC+5:30", "+05:30"), ("UTC+19", "")],
)
def test_an_offset_may_be_counted_from_greenwich(written: str, offset: str):
    assert iso(f"5 May 2020 14:30 {written}") == f"2020-05-05T14:30:00{offset}"


@pytest.mark.parametrize(("word", "half"), HALVES.items())
def test_a_half_of_the_day_stands_before_or_behind_the_time(word: str, half: str):
    text = f"5 May 2020 3:05 {word}" + "m" * (len(word) == 1) if word.isascii() else f"2020年5月5日 {word}3:05"
    assert iso(text) == f"2020-05-05T{'15' if half == 'p' else '03'}:05:00"


@pytest.mark.parametrize(("era", "before"), ERAS.items())
def test_a_year_of_an_era_is_counted_from_its_first(era: str, before: int):
    assert iso(f"{era}5年4月9日") == f"{before + 5}-04-09"
    assert iso(f"{era}元年4月9日") == f"{before + 1}-04-09"
    assert datetext.may_hold_date(f"{era}元年4月9日")


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("Sat Apr  9 14:03:21 CEST 2011", "2011-04-09T14:03:21+02:00"),
        ("Sat Apr 9 14:03:21 2011", "2011-04-09T14:03:21"),
        ("2024年3月14日(木) 8時21分", "2024-03-14T08:21:00"),
        ("2024년 3월 14일 8시 5분", "2024-03-14T08:05:00"),
        ("２０２４年３月１４日", "2024-03-14"),
        ("१४ मार्च २०२४", "2024-03-14"),
        ("١٤ مارس ٢٠٢٤", "2024-03-14"),
        ("๑๔ มีนาคม ๒๕๖๗", "2024-03-14"),
        ("14 March 2567", None),
    ],
)
def test_dates_are_read_in_the_digits_and_the_order_of_many_places(written: str, read: str | None):
    assert iso(written) == read
    assert read is None or datetext.may_hold_date(written)


def test_a_value_that_begins_like_iso_8601_keeps_its_time():
    when = datetext.parse("2026.05.14. 오후 1:05", Reading("ko"))
    assert when is not None
    assert when.iso == "2026-05-14T13:05:00"
