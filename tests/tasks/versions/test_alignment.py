"""What two sequences have in common."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archiver.tasks.versions.alignment import Allowance, stretches

ITEMS = st.lists(st.sampled_from("abcdefgh"), max_size=40)


def kept(before, after, allowance=None):
    return [
        "".join(before[one.i : one.i_end]) for one in stretches(list(before), list(after), allowance or Allowance()) if one.same
    ]


@given(ITEMS, ITEMS)
def test_the_stretches_cover_both_sides_in_order_and_what_is_the_same_is(before, after):
    i = j = 0
    for one in stretches(before, after):
        assert (one.i, one.j) == (i, j)
        assert one.i_end > i or one.j_end > j
        if one.same:
            assert before[one.i : one.i_end] == after[one.j : one.j_end]
        i, j = one.i_end, one.j_end
    assert (i, j) == (len(before), len(after))


@given(ITEMS)
def test_a_sequence_is_the_same_as_itself(items):
    assert all(one.same for one in stretches(items, items))


@pytest.mark.parametrize(
    ("before", "after", "same"),
    [
        ("abc", "abc", ["abc"]),
        ("abcde", "abXde", ["ab", "de"]),
        ("abcdef", "xbcdey", ["bcde"]),
        ("", "abc", []),
        ("aXbXc", "aYbYc", ["a", "b", "c"]),
        ("ababab", "bababa", ["babab"]),
        ("aabbaabb", "aabaabb", ["aab", "aabb"]),
    ],
)
def test_what_is_the_same(before, after, same):
    assert kept(before, after) == same


def test_anchors_that_changed_places_count_in_one_order_only():
    assert kept("1abc2def3", "1def2abc3") in (["1", "abc", "3"], ["1", "def", "3"])


def test_many_edits_without_anchors_are_found_within_the_bound():
    before, after = "ab" * 60, "ba" * 20 + "bba" * 20 + "bb"
    assert kept(before, after, Allowance(items=300)) != []
    assert kept(f"x{before}v", f"y{after}w", Allowance(items=300, pairs=10)) == []


def test_few_edits_are_found_however_long_the_sequences_are():
    before = "abcd" * 2_000
    after = f"{before[:100]}c{before[101:4_000]}{before[4_002:]}"
    allowance = Allowance(pairs=0)
    assert len("".join(kept(f"x{before}a", f"y{after}b", allowance))) == len(before) - 3


def test_the_work_that_is_left_is_counted():
    allowance = Allowance()
    list(stretches(list("xabababy"), list("zbababaw"), allowance))
    assert allowance.items < Allowance().items
    assert kept("abXcd", "YbZcW", Allowance(items=0)) == []
