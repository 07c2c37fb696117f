from __future__ import annotations

import itertools
import threading

import pytest

from archiver.tasks.archiving.ahead import MAX_AHEAD, Ahead


def test_gives_what_comes_in_order_and_then_says_that_it_ended():
    ahead = Ahead("abc")
    assert [ahead.next(10) for _ in range(4)] == ["a", "b", "c", None]
    assert ahead.ended


def test_does_not_wait_longer_than_asked():
    over = threading.Event()

    def slow():
        over.wait(20)
        yield "late"

    ahead = Ahead(slow())
    assert ahead.next(0) is None
    assert ahead.next(0.01) is None
    assert not ahead.ended
    over.set()
    assert ahead.next(10) == "late"


def test_reads_no_more_than_a_few_ahead():
    read = itertools.count()
    ahead = Ahead(read)
    assert ahead.next(10) == 0
    for _ in range(100):
        threading.Event().wait(0.001)
    assert next(read) <= MAX_AHEAD + 3


def test_what_the_source_raises_is_raised_where_it_is_asked():
    def broken():
        yield 1
        raise OSError("gone")

    ahead = Ahead(broken())
    assert ahead.next(10) == 1
    with pytest.raises(OSError, match="gone"):
        ahead.next(10)
    assert ahead.ended
