from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archiver import likeness

WORDS = [f"word{number}" for number in range(2000)]


def text(seed: int, words: int = 400) -> list[str]:
    return random.Random(seed).choices(WORDS, k=words)


def edited(words: list[str], share: float, seed: int = 7) -> list[str]:
    """`words` with this share of them replaced."""
    chance = random.Random(seed)
    return [chance.choice(WORDS) if chance.random() < share else word for word in words]


def shingles(words: list[str]) -> frozenset[int]:
    return likeness.shingles(" ".join(words))


def test_case_punctuation_and_space_do_not_count():
    one = likeness.shingles("The sea, they said, rose -- again!")
    assert one == likeness.shingles("the SEA they\n\nsaid: rose again")
    assert likeness.likeness(one, likeness.shingles("The sea, they said, fell again")) < 0.5


def test_scripts_without_spaces_are_read_by_the_character():
    one = likeness.shingles("山里的茶树比村子还老，每年春天，采茶的人天不亮就上山")
    other = likeness.shingles("山里的茶树比村子还老。每年春天、采茶的人天不亮就下山")
    assert len(one) > 20
    assert 0.7 < likeness.likeness(one, other) < 1
    assert likeness.shingles("ชาวประมง") != likeness.shingles("ชาวประมอ")


def test_a_beginning_stands_in_the_whole():
    words = text(1)
    whole, beginning = shingles(words), shingles(words[:100])
    assert likeness.containment(whole, beginning) == 1
    assert likeness.likeness(whole, beginning) < 0.3


def test_nothing_is_like_nothing():
    assert likeness.likeness(frozenset(), frozenset()) == 0
    assert likeness.containment(frozenset(), likeness.shingles("one two three")) == 0


@given(st.text(), st.text())
def test_any_texts_are_compared(one, other):
    both = likeness.shingles(one), likeness.shingles(other)
    assert 0 <= likeness.likeness(*both) <= likeness.containment(*both) <= 1


def test_short_texts_have_no_sketch():
    assert likeness.sketch(likeness.shingles("This page needs JavaScript.")) is None
    assert likeness.sketch(shingles(text(1))) is not None


def met(share: float, pairs: int = 60) -> int:
    """How many of so many pairs, of which one has this share of words replaced, share a band."""
    found = 0
    for seed in range(pairs):
        one = likeness.sketch(shingles(text(seed)))
        other = likeness.sketch(shingles(edited(text(seed), share)))
        assert one
        assert other
        size = likeness.BAND_BYTES
        found += any(one[at : at + size] == other[at : at + size] for at in range(0, len(one), size))
    return found


@pytest.mark.parametrize("share", [0, 0.01, 0.03])
def test_alike_texts_meet_in_a_band(share):
    assert met(share) >= 59


def test_others_rarely_do():
    assert met(1.0) <= 1


def test_the_sketch_is_the_same_everywhere():
    made = likeness.sketch(likeness.shingles(" ".join(WORDS[:100])))
    assert made is not None
    assert made.hex() == "4af1ed72c76e170c7cf29931439362226ae3ee1db88fb940b19561c617e57088"
