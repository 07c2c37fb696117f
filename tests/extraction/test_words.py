"""Words and reading time, in every script."""

from __future__ import annotations

import pytest

from archiver.extraction import words


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("", 0),
        ("one two, three - four!", 4),
        ("don't re-count it's", 3),
        ("3.14 is $5", 3),
        ("我们爱自然语言", 7),
        ("カタカナ and 漢字", 7),
        ("한국어는 띄어 씁니다", 3),
        ("हिन्दी में पाठ", 3),
        ("สวัสดีครับ ยินดีต้อนรับ", 5),
        ("ສະບາຍດີ 2026", 3),
        ("«да», сказал он", 3),
    ],
)
def test_words_are_counted_in_every_script(text: str, number: int):
    assert words.count(text) == number


@pytest.mark.parametrize(("text", "minutes"), [("", 1), ("word " * 2_300, 10), ("船" * 4_000, 10), ("สวัสดี" * 1_917, 10)])
def test_a_text_takes_the_same_time_in_every_script(text: str, minutes: int):
    assert words.minutes(text) == minutes


def test_what_is_mixed_is_added_up():
    assert words.minutes("word " * 1_150 + "船" * 2_000) == 10
