"""The table of month names: every name is read, and every row reads something."""

from __future__ import annotations

from datetime import date

import pytest

from archiver.extraction import datetext
from archiver.extraction.datetext import Reading
from archiver.extraction.rules.months import LANGUAGE_MONTHS, MONTHS


@pytest.mark.parametrize("language", MONTHS)
def test_every_month_name_is_read_in_its_language(language: str):
    for month, names in enumerate(MONTHS[language].split("|"), 1):
        for name in names.split():
            when = datetext.parse(f"5 {name} 2017", Reading(language))
            assert (name, when and when.day) == (name, date(2017, month, 5))


OWN_NAMES = {
    "en": "January 5, 2017",
    "de": "5. Jänner 2017",
    "fr": "5 janvier 2017",
    "es": "5 de enero de 2017",
    "pt": "5 de janeiro de 2017",
    "it": "5 gennaio 2017",
    "nl": "5 mrt 2017",
    "sv": "5 augusti 2017",
    "da": "5. marts 2017",
    "no": "5. des 2017",
    "fi": "5. tammikuuta 2017",
    "pl": "5 stycznia 2017",
    "cs": "5. ledna 2017",
    "sk": "5. januára 2017",
    "hr": "5. siječnja 2017",
    "hu": "2017. március 5.",
    "ro": "5 ianuarie 2017",
    "tr": "5 Ocak 2017",
    "ru": "5 января 2017",
    "uk": "5 січня 2017",
    "bg": "5 януари 2017",
    "el": "5 Ιανουαρίου 2017",
    "id": "5 Maret 2017",
    "ca": "5 de gener de 2017",
    "ar": "5 يناير 2017",
    "he": "5 ינואר 2017",
    "hi": "5 जनवरी 2017",
    "bn": "৫ জানুয়ারি ২০১৭",
    "fa": "۵ ژانویه ۲۰۱۷",
    "ms": "5 Mac 2017",
    "th": "5 มกราคม 2560",
    "ur": "5 جنوری 2017",
}
"""Row of MONTHS -> a date that no other row can read."""


@pytest.mark.parametrize("language", MONTHS)
def test_without_its_row_a_languages_date_is_not_read(language: str, monkeypatch: pytest.MonkeyPatch):
    text = OWN_NAMES[language]
    when = datetext.parse(text, Reading(language))
    assert when is not None
    assert (when.day.year, when.day.day) == (2017, 5)
    rest = {other: names for other, names in LANGUAGE_MONTHS.items() if other != language}
    monkeypatch.setattr(datetext, "LANGUAGE_MONTHS", rest)
    monkeypatch.setattr(datetext, "ANY_MONTHS", {name: month for names in rest.values() for name, month in names.items()})
    assert datetext.parse(text, Reading(language)) is None


def test_month_names_are_read_on_a_page_of_another_or_no_language():
    assert [when and when.iso for when in (datetext.parse("5 января 2017", Reading(tag)) for tag in ("en", "", "xx"))] == [
        "2017-01-05"
    ] * 3
