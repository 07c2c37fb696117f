"""Two texts compared for readers."""

from __future__ import annotations

from difflib import SequenceMatcher

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archiver.tasks.versions import alignment
from archiver.tasks.versions.wording import compare

TEXTS = st.text(alphabet="ab .,\n天地ไท", max_size=80)


def drawn(before, after):
    """The comparison on paper: [-removed-], {+added+}, a paragraph a line."""
    marks = {"same": "{}", "removed": "[-{}-]", "added": "{{+{}+}}"}
    return ["".join(marks[span.kind].format(span.text) for span in one.spans) for one in compare(before, after).paragraphs]


def side(comparison, kind):
    lines = ("".join(span.text for span in one.spans if span.kind in ("same", kind)) for one in comparison.paragraphs)
    return [line for line in lines if line.strip()]


@given(TEXTS, TEXTS)
def test_both_texts_can_be_read_from_the_comparison(before, after):
    compared = compare(before, after)
    old, new = ([" ".join(line.split()) for line in text.split("\n") if line.strip()] for text in (before, after))
    assert ["".join(line.split()) for line in side(compared, "removed")] == ["".join(line.split()) for line in old]
    assert side(compared, "added") == new


@given(TEXTS)
def test_a_text_is_the_same_as_itself(text):
    compared = compare(text, text)
    assert {one.kind for one in compared.paragraphs} <= {"same"}
    assert (compared.words_added, compared.words_removed) == (0, 0)


@pytest.mark.parametrize(
    ("before", "after", "shown"),
    [
        ("The wall stood on oak piles.", "The wall stood on pine piles.", ["The wall stood on [-oak-]{+pine+} piles."]),
        ("One two three four.", "One two three.", ["One two three[- four-]."]),
        ("One two three.", "One two three and four.", ["One two three{+ and four+}."]),
        ("It cost 1,200 pounds.", "It cost 1,300 pounds.", ["It cost [-1,200-]{+1,300+} pounds."]),
        ("It's well known to us.", "It's well-known to us.", ["It's [-well known-]{+well-known+} to us."]),
        ("A first line.\n\nA second one.", "A first line.\n\nNew here.\n\nA second one.",
         ["A first line.", "{+New here.+}", "A second one."]),
        ("Nothing will remain.", "Quite other words came.", ["[-Nothing will remain.-]", "{+Quite other words came.+}"]),
        ("Two  spaces\there.", "Two spaces here.", ["Two spaces here."]),
        ("今日は天気がいいです。", "明日は天気が悪いです。", ["[-今-]{+明+}日は天気が[-い-]{+悪+}いです。"]),
        ("東京タワーは高い。", "東京ホテルは高い。", ["東京[-タワー-]{+ホテル+}は高い。"]),
        ("ราคาสูงมาก", "ราคาต่ำมาก", ["ราคา[-สูง-]{+ต่ำ+}มาก"]),
    ],
)  # fmt: skip
def test_what_is_shown(before, after, shown):
    assert drawn(before, after) == shown


def test_next_to_nothing_between_two_changes_is_part_of_the_change():
    assert drawn("We met at a red house by the sea today.", "We met in a big house by the sea today.") == [
        "We met [-at a red-]{+in a big+} house by the sea today."
    ]


def test_an_edited_paragraph_is_found_behind_new_ones():
    assert drawn("The old wall stood here.", "New one.\n\nNew two.\n\nThe old wall stands here.") == [
        "{+New one.+}",
        "{+New two.+}",
        "The old wall [-stood-]{+stands+} here.",
    ]


def test_words_are_counted():
    compared = compare("One two three four.\n\n今日は雨。", "One two 3 four five.\n\n明日は雨。")
    assert (compared.words_added, compared.words_removed) == (3, 2)


LONG = [f"word{number * 7919 % 30011}" for number in range(120_000)]


@pytest.mark.parametrize(
    ("before", "after", "added", "removed"),
    [
        (" ".join(LONG), " ".join([*LONG[:100], "new", *LONG[101:90_000], "newer", *LONG[90_001:]]), 2, 2),
        ("\n".join(f"{one} x" for one in LONG), "\n".join(f"{one} x y" for one in LONG), None, None),
        ("a\n" * 200_000, "b\na\n" * 100_000, None, None),
        ("天地" * 200_000, "地天人" * 100_000, None, None),
        ("a b " * 200_000, "b a a " * 100_000, None, None),
    ],
    ids=[
        "two words edited",
        "each paragraph edited",
        "repeated lines",
        "repeated ideographs",
        "repeated words",
    ],
)
def test_a_text_of_a_million_characters_takes_bounded_work(before, after, added, removed, monkeypatch):
    """The pairs that difflib looks at are counted, not the seconds that it takes."""
    seen: list[int] = []

    class Counted(SequenceMatcher[str]):
        def __init__(self, junk, one, other, *, autojunk):
            seen.append(len(one) * len(other))
            super().__init__(junk, one, other, autojunk)

    monkeypatch.setattr(alignment, "SequenceMatcher", Counted)
    compared = compare(before, after)
    assert sum(seen) <= alignment.MAX_PAIRS_IN_ALL
    if added is not None:
        assert (compared.words_added, compared.words_removed) == (added, removed)
