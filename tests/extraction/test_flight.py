"""Next.js's stream is put together again."""

from __future__ import annotations

import pytest

from archiver.extraction import flight


@pytest.mark.parametrize(
    ("pushed", "expected"),
    [([1, "text"], "text"), ([0], None), ([2, None], None), ([1, 2], None), ({"1": "a"}, None), (None, None)],
)
def test_only_pushes_of_text_are_chunks(pushed: object, expected: str | None):
    assert flight.chunk(pushed) == expected


def test_rows_may_be_cut_anywhere():
    payload = '0:["a"]\n1:{"b":"c"}\n'
    assert flight.rows(payload) == flight.rows([payload]) == [["a"], {"b": "c"}]


def test_text_is_counted_in_bytes_and_has_no_line_end():
    assert flight.rows(["1:T6,äöü", '2:["next"]\n']) == ["äöü", ["next"]]


def test_a_row_stands_where_it_is_first_referred_to():
    rows = '0:["$","div",null,{"children":["$L1","$2","$1"]}]\n1:["inner"]\n2:T5,a\nb c3:"last"\n'
    assert flight.rows([rows]) == [["$", "div", None, {"children": [["inner"], "a\nb c", "$1"]}], "last"]


def test_rows_that_refer_to_each_other_end():
    assert flight.rows(['0:["$1"]\n1:["$0"]\n2:["a"]\n']) == [["a"]]


@pytest.mark.parametrize(
    "payload", ["", "\n\n", "no rows", '1:I[4,[],""]\n', '1:["unclosed\n', "1:Tffffff,short", "1:T,x\n", ":HL[1]\n"]
)
def test_what_is_no_row_is_passed_over(payload: str):
    assert [row for row in flight.rows([payload, '\na:["end"]\n']) if row not in ([], None, 'short\na:["end"]\n')] in (
        [["end"]],
        [],
    )
