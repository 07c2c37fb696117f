"""Work side by side: one piece at a time for each host."""

from __future__ import annotations

import functools
import itertools
import threading
import time

import pytest

from archiver.tasks.manners import lanes as module
from archiver.tasks.manners.lanes import Lanes


def at_once(_host):
    return 0.0


def results(lanes):
    found = []
    while lanes.open:
        done = lanes.next(10)
        assert done is not None
        found.append(done)
    return found


def tag_of(lanes):
    done = lanes.next(10)
    assert done is not None
    return done.tag


def test_results_come_with_their_tags():
    lanes: Lanes[object] = Lanes(at_once, 32)
    lanes.add("a", "one", lambda: 1)
    lanes.add("b", "two", lambda: 2)
    assert {done.tag: done.result for done in results(lanes)} == {"one": 1, "two": 2}
    lanes.close()


def test_an_error_is_a_result():
    lanes: Lanes[object] = Lanes(at_once, 32)
    lanes.add("a", "x", lambda: 1 / 0)
    (done,) = results(lanes)
    assert isinstance(done.error, ZeroDivisionError)
    lanes.close()


def test_a_host_is_asked_one_thing_at_a_time_and_in_order():
    under_way, most, order = set(), [], []
    guard = threading.Lock()

    def work(host, number):
        with guard:
            under_way.add((host, number))
            most.append(max(sum(1 for h, _ in under_way if h == host) for host in "ab"))
            order.append((host, number))
        time.sleep(0.01)
        with guard:
            under_way.discard((host, number))

    lanes: Lanes[object] = Lanes(at_once, 32)
    for number in range(5):
        for host in "ab":
            lanes.add(host, number, functools.partial(work, host, number))
    results(lanes)
    lanes.close()
    assert set(most) == {1}
    assert [number for host, number in order if host == "a"] == list(range(5))


def test_hosts_do_not_wait_for_one_another():
    release = threading.Event()
    lanes: Lanes[object] = Lanes(at_once, 32)
    lanes.add("hangs", "hangs", release.wait)
    for number in range(5):
        lanes.add("well", number, lambda: None)
    assert [tag_of(lanes) for _ in range(5)] == list(range(5))
    release.set()
    assert tag_of(lanes) == "hangs"
    lanes.close()


def test_there_is_a_pause_between_two_requests_to_a_host():
    times = []
    lanes: Lanes[object] = Lanes(lambda _: 0.05, 32)
    for _ in range(3):
        lanes.add("a", None, lambda: times.append(time.monotonic()))
    results(lanes)
    lanes.close()
    assert min(later - earlier for earlier, later in itertools.pairwise(times)) >= 0.05


def test_what_waits_for_a_host_can_be_given_up():
    release = threading.Event()
    lanes: Lanes[object] = Lanes(at_once, 32)
    lanes.add("a", 0, release.wait)
    for number in (1, 2):
        lanes.add("a", number, lambda: None)
    while lanes._waiting.get("a") and len(lanes._waiting["a"]) > 2:
        time.sleep(0.001)
    dropped = lanes.drop("a")
    release.set()
    assert [done.tag for done in results(lanes)] == [tag for tag in (0, 1, 2) if tag not in dropped]
    assert set(dropped) >= {1, 2}
    lanes.add("a", 3, lambda: None)
    assert tag_of(lanes) == 3
    lanes.close()


def test_nothing_within_the_time_is_none():
    lanes: Lanes[object] = Lanes(at_once, 32)
    assert lanes.next(0) is None


@pytest.mark.parametrize(("size", "most"), [(1, 3), (40, 2), (500, 1)])
def test_no_more_results_wait_than_there_is_room_for(monkeypatch, size, most):
    """By number or by bytes; one always may."""
    monkeypatch.setattr(module, "MAX_UNREAD", 3)
    monkeypatch.setattr(module, "MAX_UNREAD_BYTES", 100)
    lanes: Lanes[int] = Lanes(lambda _: 0.0, 8, lambda _: size)
    for number in range(6):
        lanes.add(str(number), number, lambda: None)
    while len(lanes._results) < most:
        time.sleep(0.001)
    time.sleep(0.02)
    assert len(lanes._results) == most
    assert sorted(done.tag for _ in range(6) if (done := lanes.next(5))) == list(range(6))
