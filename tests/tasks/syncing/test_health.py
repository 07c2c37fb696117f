"""Sites that stop giving what they gave."""

from __future__ import annotations

import dataclasses

import pytest

from archiver.store import Row
from archiver.tasks.syncing.health import BEFORE, RECENT, Drift, drifts_of

ROW = Row(
    id="0" * 16,
    url="https://quay.example/a",
    title="T",
    byline="Ana",
    published="2026-03-01",
    modified=None,
    fetched_at="2026-03-01T10:00:00Z",
    publisher=None,
    host="quay.example",
    language=None,
    words=300,
    verdict="article",
    section=(),
    tags=(),
    feed=None,
    path="x",
)
BARE = dataclasses.replace(ROW, byline=None)


def test_a_byline_that_stays_away_is_told():
    rows = [ROW] * 2 + [BARE] * 18 + [ROW] * 97 + [BARE] * 3
    (drift,) = drifts_of("quay.example", rows)
    assert str(drift) == "quay.example: byline found in 2 of the last 20, was 97%"


@pytest.mark.parametrize(
    ("change", "field"),
    [({"published": None}, "published date"), ({"words": 10}, "body"), ({"verdict": "thin"}, "body")],
)
def test_every_field_is_watched(change, field):
    lost = dataclasses.replace(ROW, **change)
    assert [drift.field for drift in drifts_of("h", [lost] * RECENT + [ROW] * BEFORE)] == [field]


@pytest.mark.parametrize(
    "rows",
    [
        [ROW] * 300,
        [BARE] * 300,  # it never had any
        [BARE] * 20 + [ROW, BARE] * 50,  # it had one now and then
        [ROW, BARE] * 10 + [ROW] * 80,  # half is within chance
        [BARE] * 5 + [ROW] * 100,  # the last 20 have enough
        [BARE] * 20 + [ROW] * 10,  # too few to tell
        [],
    ],
)
def test_what_is_as_it_was_is_not_told(rows):
    assert drifts_of("h", rows) == []


def test_only_what_came_before_counts_as_before():
    assert drifts_of("h", [BARE] * (RECENT + BEFORE) + [ROW] * 1000) == []


def test_a_drift_is_a_row():
    assert dataclasses.asdict(Drift("h", "byline", 1, 20, 0.97))["id"] == "h"
