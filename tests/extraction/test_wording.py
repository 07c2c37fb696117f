"""Words that a pattern needs are asked for before the pattern: they must stand in all that it matches."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from archiver.extraction import datetext
from archiver.extraction.rules.about import TRAIL_HINT, TRAIL_WORDS
from archiver.extraction.rules.bylines import AUTHOR_HINT, AUTHOR_WORDS
from archiver.extraction.rules.credits import CITATION, CITATION_WORDS, CREDIT, CREDIT_WORDS
from archiver.extraction.rules.hidden import SCREEN_READER_CLASSES, SCREEN_READER_STEMS
from archiver.extraction.rules.names import REVIEWER_INSIDE, REVIEWER_WORDS
from archiver.extraction.wording import holds_any, ideographs, is_far, small
from tests.support.examples import examples

if TYPE_CHECKING:
    import re

NEEDED = pytest.mark.parametrize(
    ("pattern", "words"),
    [
        pytest.param(TRAIL_HINT, TRAIL_WORDS, id="trail"),
        pytest.param(AUTHOR_HINT, AUTHOR_WORDS, id="author"),
        pytest.param(REVIEWER_INSIDE, REVIEWER_WORDS, id="reviewer"),
        pytest.param(CREDIT, CREDIT_WORDS, id="credit"),
        pytest.param(CITATION, CITATION_WORDS, id="citation"),
    ],
)


@NEEDED
def test_one_of_the_words_stands_in_whatever_the_pattern_matches(pattern: re.Pattern[str], words: tuple[str, ...]):
    assert [text for text in examples(pattern) if not holds_any(small(text), words)] == []


@NEEDED
def test_every_word_is_missed(pattern: re.Pattern[str], words: tuple[str, ...]):
    texts = [small(text) for text in examples(pattern)]
    assert [word for word in words if all(holds_any(text, tuple(w for w in words if w != word)) for text in texts)] == []


def test_one_stem_stands_in_every_class_for_screen_readers_and_none_is_idle():
    assert [name for name in SCREEN_READER_CLASSES if not holds_any(name, SCREEN_READER_STEMS)] == []
    for stem in SCREEN_READER_STEMS:
        others = tuple(other for other in SCREEN_READER_STEMS if other != stem)
        assert any(not holds_any(name, others) for name in SCREEN_READER_CLASSES), stem


def test_a_date_that_is_found_may_be_one():
    texts = [text for text in examples(datetext._DATE) if datetext._DATE.search(text)]
    assert len(texts) > 20
    assert [text for text in texts if not datetext.may_hold_date(text)] == []


@given(st.text())
def test_small_letters_stand_where_the_letters_stood(text: str):
    sigmas = str.maketrans("ς", "σ")  # which of the two depends on what follows
    assert list(small(text).translate(sigmas)) == [small(letter).translate(sigmas) for letter in text]


def test_the_capital_i_with_a_dot_is_an_i():
    assert small("İLYA IŞIK") == "ilya işik"


@given(st.text())
@example("\u2fff")
@example("\u3000")
@example("\U00020000")
@example("half a pair: \ud800")
def test_far_characters_are_those_from_u_3000_on(text: str):
    assert is_far(text) == any(character >= "\u3000" for character in text)


@pytest.mark.parametrize(("text", "number"), [("Boats – “again”", 0), ("ボート is two: 船。", 5), ("배 한 척", 3), ("Ω 🚢", 0)])
def test_ideographs_are_counted(text: str, number: int):
    assert ideographs(text) == number
