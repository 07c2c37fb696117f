"""Later looks at a page that made no version, and the file that keeps them."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archiver.errors import RecordDamaged
from archiver.sightings import MAX_SIGHTINGS, Sighting, Sightings, dumps, loads

ID = "0123456789abcdef"


def at(day, hour=12):
    return f"2026-{1 + day // 28:02}-{1 + day % 28:02}T{hour:02}:00:00Z"


def gone(day, hour=12, status=404):
    return Sighting("gone", at(day, hour), at(day, hour), status=status)


def worse(day, verdict="error"):
    return Sighting("worse", at(day), at(day), status=200, verdict=verdict, words=9)


def after(*looks):
    """The sightings after these looks; a number is a day on which the page was seen well."""
    sightings = Sightings()
    for look in looks:
        sightings = sightings.ended(at(look)) if isinstance(look, int) else sightings.with_look(look)
    return sightings


def test_the_first_look_that_finds_a_page_gone_is_noted():
    assert after(gone(1)) == Sightings((gone(1),))
    assert after(gone(1)).gone_since == at(1)


def test_a_later_one_that_finds_the_same_moves_the_last_day_alone():
    (only,) = after(gone(1), gone(2), gone(5)).each
    assert (only.first_at, only.last_at) == (at(1), at(5))


def test_looks_of_one_day_are_one():
    assert after(gone(1), gone(1, 18)) == after(gone(1))


def test_a_page_that_is_back_ends_it_and_the_dates_stay():
    sightings = after(gone(1), gone(3), 4)
    assert sightings.each == (Sighting("gone", at(1), at(3), ended_at=at(4), status=404),)
    assert sightings.gone_since is None
    assert after(gone(1), 4, gone(6)).gone_since == at(6)


def test_another_status_or_verdict_is_another_sighting():
    assert len(after(gone(1), gone(2, status=410)).each) == 2
    assert len(after(worse(1, "thin"), worse(2, "listing")).each) == 2
    assert after(gone(1), gone(2, status=410)).gone_since == at(1)


def test_all_that_lasted_ends():
    assert all(one.ended_at == at(3) for one in after(gone(1), worse(2), 3).each)


@pytest.mark.parametrize(
    ("looks", "since"),
    [
        ([worse(1, "error")], at(1)),
        ([worse(1, "thin")], None),
        ([worse(1, "article")], None),
        ([gone(1), worse(2, "challenge")], at(1)),
        ([worse(1, "challenge")], None),
        ([gone(1), worse(2, "thin")], None),
        ([gone(1), worse(2, "thin"), gone(3)], at(3)),
    ],
)
def test_since_when_a_page_is_gone(looks, since):
    assert after(*looks).gone_since == since


@pytest.mark.parametrize("older", [0, 3])
def test_a_look_that_is_older_than_what_is_noted_says_nothing(older):
    sightings = after(gone(1), gone(4))
    assert sightings.with_look(worse(older)) == sightings
    assert sightings.ended(at(older)) == sightings


def test_a_page_that_comes_and_goes_for_years_makes_no_file_without_end():
    looks = [look for day in range(0, 300, 1) for look in (gone(day), day)]
    each = after(*looks).each
    assert len(each) == MAX_SIGHTINGS
    assert each[0].first_at == at(0)
    assert each[-1].first_at == at(299)


SIGHTINGS = st.builds(
    Sightings,
    st.lists(
        st.builds(
            Sighting,
            st.sampled_from(["gone", "worse"]), st.text(), st.text(), st.none() | st.text(), st.none() | st.integers(0, 999),
            st.none() | st.text(), st.none() | st.integers(0, 10**6),
        ),
        max_size=3,
    ).map(tuple),
)  # fmt: skip


@given(SIGHTINGS)
def test_what_is_written_is_read(sightings):
    assert loads(dumps(sightings, ID), ID, subject="x") == sightings


def test_the_file_is_a_document_with_a_line_for_each_key():
    content = dumps(after(gone(1)), ID)
    assert content.endswith(b"}\n")
    assert json.loads(content) == {
        "schema": 1,
        "id": ID,
        "sightings": [
            {
                "kind": "gone",
                "first_at": at(1),
                "last_at": at(1),
                "ended_at": None,
                "status": 404,
                "verdict": None,
                "words": None,
            }
        ],
    }


def test_keys_that_are_not_known_stay():
    held = b'{"schema": 1, "id": "0123456789abcdef", "sightings": [], "later": {"a": 1}}'
    assert json.loads(dumps(after(gone(1)), ID, held=held))["later"] == {"a": 1}


WHOLE = (
    b'{"schema": 1, "id": "0123456789abcdef", '
    b'"sightings": [{"kind": "gone", "first_at": "", "last_at": "", "status": 404, "verdict": ""}]}'
)


def test_a_file_may_leave_out_what_is_not_known():
    assert loads(WHOLE, ID, subject="x") == Sightings((Sighting("gone", "", "", status=404, verdict=""),))


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"{", "is no JSON"),
        (b"\xff", "is no JSON"),
        (b"[" * 100_000, "is no JSON"),
        (b"[]", "is no JSON object"),
        (b'{"schema": 2}', "its schema is 2"),
        (b'{"schema": 1, "id": "x"}', "its id is not the one"),
        (b'{"schema": 1, "id": "0123456789abcdef", "sightings": {}}', "no list"),
        (b'{"schema": 1, "id": "0123456789abcdef", "sightings": [1]}', "has no kind"),
        (b'{"schema": 1, "id": "0123456789abcdef", "sightings": [{"kind": "gone"}]}', "does not say when"),
        (WHOLE.replace(b"404", b"true"), "whole number"),
        (WHOLE.replace(b'""}', b"1}"), "should be text"),
    ],
)
def test_what_is_no_file_of_sightings(content, reason):
    with pytest.raises(RecordDamaged, match=reason) as raised:
        loads(content, ID, subject="sightings/x.json")
    assert raised.value.subject == "sightings/x.json"
