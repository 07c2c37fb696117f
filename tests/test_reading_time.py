from __future__ import annotations

import pytest

from archiver import reading_time
from archiver.extraction import words


def test_ideographs_are_read_one_by_one():
    assert reading_time.minutes(230, 400) == 2


@pytest.mark.parametrize(("language", "minutes"), [("en", 40), ("zh-Hant", 23), ("ja", 23), ("JA", 23), ("ko", 40), (None, 40)])
def test_the_language_says_how_words_were_counted(language, minutes):
    assert reading_time.minutes_in(language, 9200) == minutes


@pytest.mark.parametrize(("language", "text"), [("en", "word " * 2000), ("zh", "字" * 2000)])
def test_it_agrees_with_what_the_text_itself_says(language, text):
    assert round(reading_time.minutes_in(language, words.count(text))) == words.minutes(text)
