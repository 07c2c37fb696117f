"""Dates as feeds write them."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archiver.feeds.dates import moment

NINE = datetime(2026, 3, 10, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    "text",
    [
        "Tue, 10 Mar 2026 09:00:00 GMT",
        "Tue, 10 Mar 2026 10:00:00 +0100",
        "10 Mar 2026 09:00 +0000",
        "Tue, 10 Mar 26 09:00:00 Z",
        "Wed, 10 Mar 2026 04:00:00 EST",  # the day is wrong, which does not matter
        "2026-03-10T09:00:00Z",
        "2026-03-10T09:00:00.123Z",
        "2026-03-10T10:00:00+0100",
        "2026-03-10 09:00:00",
        "2026-03-10T09:00Z",
        "\n 2026-03-10T09:00:00Z \n",
    ],
)
def test_one_moment_in_many_ways(text):
    assert moment(text) == NINE


def test_a_day_is_its_midnight():
    assert moment("2026-03-10") == datetime(2026, 3, 10, tzinfo=UTC)
    assert moment("2026-03") == datetime(2026, 3, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    "text", [None, "", "soon", "0001-01-01T00:00:00Z", "1970-01-01", "2026-13-40", "9999-12-31", "1" * 5000]
)
def test_what_names_no_moment_gives_none(text):
    assert moment(text) is None


@given(st.text(max_size=80))
def test_no_text_does_harm(text):
    found = moment(text)
    assert found is None or found.tzinfo is not None
