"""What was found out about names, kept within bounds."""

from __future__ import annotations

import pytest

from archiver.extraction import known


@pytest.fixture
def asked() -> list[str]:
    return []


@pytest.fixture
def lengths(asked: list[str]) -> known.Known[str, int]:
    def length(name: str) -> int:
        asked.append(name)
        return len(name)

    return known.Known(length)


def test_a_name_is_asked_for_once(lengths: known.Known[str, int], asked: list[str]) -> None:
    assert [lengths["post"], lengths["meta"], lengths["post"]] == [4, 4, 4]
    assert asked == ["post", "meta"]


def test_names_beyond_the_bound_are_found_again(
    lengths: known.Known[str, int], asked: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(known, "MAX_NAMES", 2)
    assert [lengths[name] for name in ("a", "bc", "def", "a")] == [1, 2, 3, 1]
    assert asked == ["a", "bc", "def", "a"]
    assert len(lengths) == 2


def test_a_name_of_any_length_is_found_and_a_long_one_not_kept(lengths: known.Known[str, int]) -> None:
    long_name = "x" * (known.MAX_NAME_LENGTH + 1)
    assert lengths[long_name] == len(long_name)
    assert not lengths
