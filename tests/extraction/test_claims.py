"""Claims and the evidence that ranking leaves."""

from __future__ import annotations

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
