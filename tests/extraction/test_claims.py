"""Claims and the evidence that ranking leaves."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archiver.extraction import claims as claims_room
from archiver.extraction.claims import MAX_CLAIM_CHARACTERS, MAX_CLAIMS_PER_FIELD, MAX_SHOWN_CHARACTERS, Claims, claim


def test_white_space_is_collapsed_and_nothing_is_no_claim():
    claims = Claims()
    claims.add("title", "meta og:title", "  a\n b ", at="x")
    claims.add("title", "meta og:title", " ", at="x")
    assert [one.value for one in claims.of("title")] == ["a b"]


def test_claims_are_bounded():
    claims = Claims()
    for _ in range(2 * MAX_CLAIMS_PER_FIELD):
        claims.add("title", "meta og:title", "x" * 2 * MAX_CLAIM_CHARACTERS, at="x")
    assert len(claims.of("title")) == MAX_CLAIMS_PER_FIELD
    assert len(claims.of("title")[0].value) == MAX_CLAIM_CHARACTERS


def test_evidence_parts_those_that_agree_from_those_that_lost():
    winner = claim("title", "dom heading", "Boats", at="h1")
    others = [claim("title", "meta og:title", "BOATS", at="og"), claim("title", "dom title", "Ferry", at="title")]
    evidence = claims_room.evidence(winner, [winner, *others])
    assert (evidence.from_, evidence.at, evidence.value, evidence.agree) == ("dom", "h1", "Boats", ("og",))
    assert [(one.from_, one.at, one.value) for one in evidence.rejected] == [("dom", "title", "Ferry")]


def test_claims_that_made_the_value_together_are_neither():
    both = [claim("author", "meta citation_author", name, at="m") for name in ("Wanda", "Bo")]
    evidence = claims_room.evidence(both[0], both, together=both)
    assert (evidence.value, evidence.rejected) == ("Wanda; Bo", ())


def test_evidence_keeps_the_beginning_of_a_long_value():
    assert len(claims_room.shown("x" * 1000)) == MAX_SHOWN_CHARACTERS


def test_the_lowest_rank_is_first_and_of_equals_the_first_found():
    claims = Claims()
    for source, value in (("meta twitter:title", "c"), ("json-ld headline", "a"), ("microdata headline", "b")):
        claims.add("title", source, value, at="x")
    assert [one.value for one in claims.of("title")] == ["a", "b", "c"]
    first = claims.first("title")
    assert first is not None
    assert first.value == "a"


def test_a_field_that_nobody_claims_is_empty():
    assert Claims().of("title") == []
    assert Claims().first("title") is None


@pytest.mark.parametrize(
    ("source", "origin"),
    [("json-ld headline", "json-ld"), ("meta og:title", "meta"), ("microdata headline", "microdata"), ("dom title", "dom")],
)
def test_a_claim_knows_its_origin(source: str, origin: str):
    assert claim("title", source, "x", at="y").from_ == origin


def test_a_source_without_a_rank_is_a_mistake():
    with pytest.raises(KeyError):
        claim("title", "meta og:unheard-of", "x", at="y")


def test_what_agrees_is_for_the_field_to_say():
    winner, other = claim("title", "dom heading", "Boats", at="h1"), claim("title", "dom title", "b.o.a.t.s", at="title")
    assert claims_room.evidence(winner, [other]).agree == ()
    same = claims_room.evidence(winner, [other], same=lambda value: value.replace(".", "").casefold())
    assert (same.agree, same.rejected) == (("title",), ())


def test_rejected_claims_are_bounded_and_told_once():
    winner = claim("title", "dom heading", "Boats", at="h1")
    same = [claim("title", "dom title", "Ferry", at="title")] * 3
    assert len(claims_room.evidence(winner, same).rejected) == 1
    many = [claim("title", "dom title", str(number), at="title") for number in range(50)]
    assert len(claims_room.evidence(winner, many).rejected) == claims_room.MAX_REJECTED


@given(st.text(), st.text())
def test_values_are_never_empty_and_evidence_never_long(value: str, other: str):
    claims = Claims()
    claims.add("title", "meta og:title", value, at="og")
    claims.add("title", "dom title", other, at="title")
    stated = claims.of("title")
    assert all(one.value == " ".join(one.value.split()) != "" for one in stated)
    for winner in stated:
        evidence = claims_room.evidence(winner, stated)
        assert 0 < len(evidence.value) <= MAX_SHOWN_CHARACTERS
        assert len(evidence.agree) + len(evidence.rejected) == len(stated) - 1
