"""The script that tunes the body finder's weights finds each of them in the rule files, and changes nothing else there."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from archiver.extraction.rules import measures
from archiver.extraction.rules.hints import HINTS
from archiver.extraction.rules.phrases import PHRASES
from benchmarks import weight_places

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def rules(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Path, ...]:
    """Copies of the rule files, which stand in for them."""
    copies = tuple(tmp_path / path.name for path in weight_places.RULES)
    for path, copy in zip(weight_places.RULES, copies, strict=True):
        shutil.copy(path, copy)
    monkeypatch.setattr(weight_places, "RULES", copies)
    return copies


def test_every_weight_is_found():
    found = {name: place.value for name, place in weight_places.places().items()}
    expected = {f"Hint {hint.name}": hint.weight for hint in HINTS} | {f"Phrase {row.name}": row.weight for row in PHRASES}
    for table, value in vars(measures).items():
        if isinstance(value, measures.Steps):
            expected |= dict(zip([f"{table} {limit}" for limit in (*value.limits, "above")], value.weights, strict=True))
        elif table.isupper():
            rows = value.items() if isinstance(value, dict) else [(None, value)]
            expected |= {table if key is None else f"{table} {key}": weight for key, weight in rows}
    assert found == expected


def test_the_same_weights_leave_the_files_as_they_are(rules: tuple[Path, ...]):
    before = [path.read_bytes() for path in rules]
    weight_places.write({name: place.value for name, place in weight_places.places().items()})
    assert [path.read_bytes() for path in rules] == before


def test_other_weights_are_written_in_their_places(rules: tuple[Path, ...]):
    wanted = {name: round(place.value * 10 - 0.1, 1) for name, place in weight_places.places().items()}
    before = [path.read_bytes().count(b"\n") for path in rules]
    weight_places.write(wanted)
    assert {name: place.value for name, place in weight_places.places().items()} == wanted
    assert [path.read_bytes().count(b"\n") for path in rules] == before
