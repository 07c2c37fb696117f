"""Date expressions of the filters."""

from __future__ import annotations

from datetime import date

import pytest

from archiver.cli.options import DateExpression
from archiver.periods import Period, period

TODAY = date(2026, 3, 1)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2026-01-31", date(2026, 1, 31), date(2026, 1, 31)),
        ("2026-02", date(2026, 2, 1), date(2026, 2, 28)),
        ("2024-2", date(2024, 2, 1), date(2024, 2, 29)),
        ("2017", date(2017, 1, 1), date(2017, 12, 31)),
        ("today", TODAY, TODAY),
        ("yesterday", date(2026, 2, 28), date(2026, 2, 28)),
        ("3d", date(2026, 2, 26), date(2026, 2, 26)),
        ("2w", date(2026, 2, 15), date(2026, 2, 15)),
        ("1y", date(2025, 3, 1), date(2025, 3, 1)),
    ],
)
def test_a_date_expression_names_days(text, first, last):
    assert period(text, today=TODAY) == Period(first, last)


@pytest.mark.parametrize("text", ["", "soon", "2026-13", "2026-02-30", "3", "99999y", "d", "20260101", "-3d"])
def test_what_is_no_date_is_refused(text):
    with pytest.raises((ValueError, OverflowError)):
        period(text, today=TODAY)


def test_a_wrong_date_is_a_usage_error_that_shows_the_forms():
    import click

    with pytest.raises(click.BadParameter, match="2026-01-31"):
        DateExpression().convert("never", None, None)
