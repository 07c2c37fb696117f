"""Work done ahead of who wants it."""

from __future__ import annotations

import itertools
import threading

import pytest

from archiver.store.indexing.advance import AHEAD, AT_ONCE, in_advance


def test_each_item_comes_with_its_work_in_order():
    together = list(in_advance(range(1000), str))
    assert list(itertools.chain(*together)) == [(number, str(number)) for number in range(1000)]
    assert max(map(len, together)) == AT_ONCE
    assert list(in_advance((), str)) == []


def test_items_are_gone_through_here_and_worked_on_elsewhere():
    here = threading.get_ident()

    def items():
        for number in range(AT_ONCE * 3):
            assert threading.get_ident() == here
            yield number

    assert here not in {ident for some in in_advance(items(), lambda _: threading.get_ident()) for _, ident in some}


def test_only_so_many_are_ahead():
    asked: list[int] = []

    def items():
        for number in range(10_000):
            asked.append(number)
            yield number

    found = in_advance(items(), str)
    next(found)
    del found
    assert len(asked) == AT_ONCE * AHEAD


def test_what_the_work_raises_is_raised_here():
    with pytest.raises(ZeroDivisionError):
        list(in_advance([1, 0], lambda number: 1 // number))
