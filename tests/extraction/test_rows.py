"""The rows of the rule files as tables of whole numbers."""

from __future__ import annotations

import re
from functools import reduce
from operator import add

from archiver.extraction.rows import Scale, Tables
from archiver.extraction.rules.hints import HINTS
from archiver.extraction.rules.phrases import HEAD, PHRASES
from benchmarks import weight_places
from tests.support.examples import examples


def test_every_weight_of_the_rule_files_is_a_row():
    assert {row.name: row.weight for row in Tables().rows} == {
        name: place.value for name, place in weight_places.places().items()
    }


def test_weights_are_whole_tenths():
    assert [row for row in Tables().rows if round(row.weight, 1) != row.weight] == []


def test_a_sum_of_bits_says_its_rows():
    tables = Tables(by_bit=True)
    chosen = [number for number in range(len(tables.rows)) if number % 3 == 1]
    total = reduce(add, (1 << number for number in chosen))
    assert tables.rows_of(total) == [tables.rows[number] for number in chosen]


def test_a_scale_takes_the_first_step_that_reaches():
    scale = Scale((1, 10), (-1, 2, 3))
    assert [scale.at(measure) for measure in (0, 1, 1.5, 10, 11)] == [-1, -1, 2, 2, 3]


def test_a_word_calls_for_its_hint_alone():
    tables = Tables()
    words = [(word, number) for number, hint in enumerate(HINTS) for word in hint.words.split()]
    assert len(dict(words)) == len(words)
    assert [tables.by_names[word] for word, _ in words] == [1 << number for _, number in words]


def test_every_opening_begins_with_what_is_no_letter_or_with_plain_characters():
    """Otherwise a block that it matches could be passed over."""
    plain = re.compile(rf"[^\W\d_](?:[^\\()\[\]{{}}?*+|.^$]{{{HEAD - 1},}}(?![?*{{])|[^\W\d_]+\$$)")
    no_letter = re.compile(r"\\?[^\w\s\\]|\\d")
    for row in PHRASES:
        for opening in row.openings.split(" | "):
            assert plain.match(opening) or no_letter.match(opening), opening
        assert row.before in {"", r"\W*", r"(?:>+\s*)?"}


def test_a_phrase_is_sought_in_all_that_it_matches():
    tables = Tables()
    for row in PHRASES:
        pattern = re.compile(row.pattern)
        matched = [text for text in examples(pattern) if pattern.match(text)]
        assert matched
        for text in matched:
            sought = tables.phrases.get(text[:HEAD], []) if text[0].isalpha() else tables.signs
            assert pattern in [known for known, _ in sought], text
