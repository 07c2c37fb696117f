"""JSON and JSON lines."""

from __future__ import annotations

import json

import pytest

from archiver.record import to_dict
from archiver.remarks import Remarks
from tests.support.exports import Held, article, written

REMARKS = Remarks(labels=("a", "b"), starred=True, note="Mine.")
SAID = {"labels": ["a", "b"], "starred": True, "read": False, "note": "Mine.", "added_at": None}


def test_each_line_is_a_record_with_its_remarks():
    lines = written("jsonl", Held(article(1), REMARKS), article(2)).decode().split("\n")
    assert lines.pop() == ""
    first, second = map(json.loads, lines)
    assert first == json.loads(json.dumps(to_dict(article(1)))) | {"remarks": SAID}
    assert second["remarks"] == {"labels": [], "starred": False, "read": False, "note": None, "added_at": None}


@pytest.mark.parametrize("count", [0, 1, 3])
def test_json_is_the_array_of_the_lines(count):
    articles = [article(number) for number in range(count)]
    lines = written("jsonl", *articles).decode().splitlines()
    assert json.loads(written("json", *articles)) == [json.loads(line) for line in lines]
    assert len(lines) == count


def test_a_lone_surrogate_is_replaced():
    assert json.loads(written("jsonl", article(title="a\ud800b")))["title"] == "a\ufffdb"


def test_text_stays_readable():
    assert "Zürich – 東京".encode() in written("jsonl", article(title="Zürich – 東京"))


def test_line_separators_part_no_lines():
    assert json.loads(written("jsonl", article(title="a\u2028b\r\nc")))["title"] == "a\u2028b\r\nc"
