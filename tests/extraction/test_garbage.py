"""When garbage is collected while a page is read."""

from __future__ import annotations

import gc
import weakref
from typing import TYPE_CHECKING, Any

import pytest

from archiver.extraction import extract, garbage, page

if TYPE_CHECKING:
    from collections.abc import Iterator


class _Circle:
    """Garbage that only a collection finds."""

    def __init__(self) -> None:
        self.itself = self


@pytest.fixture(autouse=True)
def _as_before() -> Iterator[None]:
    yield
    gc.enable()


def test_garbage_waits_until_the_end_and_no_longer() -> None:
    with garbage.left_until_the_end():
        lost = weakref.ref(_Circle())
        assert not gc.isenabled()
        assert lost() is not None
    assert gc.isenabled()
    assert lost() is None


def test_who_has_switched_collection_off_keeps_it_off() -> None:
    gc.disable()
    with garbage.left_until_the_end():
        lost = weakref.ref(_Circle())
    assert not gc.isenabled()
    assert lost() is not None


def test_an_error_switches_collection_on_again() -> None:
    with pytest.raises(ValueError, match="in between"), garbage.left_until_the_end():
        raise ValueError("in between")
    assert gc.isenabled()


def test_a_page_is_read_without_collecting(monkeypatch: pytest.MonkeyPatch) -> None:
    switched_on = []
    read = page.read

    def watched(*args: Any, **named: Any) -> page.Page:
        switched_on.append(gc.isenabled())
        return read(*args, **named)

    monkeypatch.setattr(page, "read", watched)
    extract("<p>The quay has been closed since the storm, and nobody knows for how long.")
    assert switched_on == [False]
    assert gc.isenabled()
