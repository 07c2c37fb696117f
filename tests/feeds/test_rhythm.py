"""When feeds are asked again."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from archiver.feeds import rhythm

NOW = datetime(2026, 3, 10, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


def moments(every):
    return [NOW - every * number for number in range(1, 20)]


def test_a_feed_is_asked_twice_as_often_as_it_has_news():
    assert rhythm.interval(moments(4 * HOUR), NOW) == 2 * HOUR


def test_a_busy_feed_and_a_silent_one_stay_within_bounds():
    assert rhythm.interval(moments(timedelta(seconds=10)), NOW) == rhythm.SHORTEST
    assert rhythm.interval(moments(timedelta(days=30)), NOW) == rhythm.LONGEST


def test_a_feed_that_falls_silent_is_asked_less():
    assert rhythm.interval(moments(HOUR), NOW + timedelta(hours=40)) > rhythm.interval(moments(HOUR), NOW)


def test_without_dates_it_is_the_usual():
    assert rhythm.interval([], NOW) == rhythm.USUAL
    assert rhythm.interval([NOW + HOUR], NOW) == rhythm.USUAL


def test_what_is_asked_for_counts_as_far_as_it_is_sensible():
    assert rhythm.interval(moments(HOUR), NOW, timedelta(hours=3), None) == 3 * HOUR
    assert rhythm.interval(moments(HOUR), NOW, timedelta(days=9999)) == rhythm.LONGEST
    assert rhythm.interval(moments(HOUR), NOW, timedelta(0)) == rhythm.interval(moments(HOUR), NOW)


def test_failures_are_tried_later_each_time():
    waits = [rhythm.back_off(failures) for failures in range(1, 12)]
    assert waits[:3] == [HOUR, 2 * HOUR, 4 * HOUR]
    assert waits == sorted(waits)
    assert waits[-1] == rhythm.LONGEST_BACK_OFF


def test_retry_after_is_kept_within_bounds():
    assert rhythm.back_off(1, 3 * HOUR) == 3 * HOUR
    assert rhythm.back_off(1, timedelta(days=999)) == rhythm.LONGEST
    assert rhythm.back_off(1, timedelta(seconds=1)) == HOUR


def test_jitter_only_shortens():
    assert rhythm.jittered(HOUR, 0) == HOUR
    assert rhythm.jittered(HOUR, 1) == timedelta(minutes=54)


def test_an_entry_is_given_up_at_last():
    delays = [rhythm.entry_delay(attempts) for attempts in range(1, 8)]
    assert delays[0] == HOUR
    assert delays[-1] is None
