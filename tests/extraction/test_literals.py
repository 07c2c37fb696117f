"""Values are read from scripts as far as they are values, and no further."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archiver.extraction import literals

CHARACTERS = st.characters(exclude_categories=["Cs"])
VALUES = st.recursive(
    st.text(CHARACTERS, max_size=8) | st.integers(-99, 99) | st.booleans() | st.none(),
    lambda inner: st.lists(inner, max_size=4),
)
OBJECTS = st.dictionaries(st.text(CHARACTERS, max_size=6), VALUES, max_size=5)


def found_in(script: str) -> list[object]:
    return [value for _, value in literals.found_in(script)]


@pytest.mark.parametrize(
    ("script", "expected"),
    [
        ('window.a = {"b": [1, "c"], "d": null};', [{"b": [1, "c"], "d": None}]),
        ("var a={b:1,'c':\"d\",e:`f`,}", [{"b": 1, "c": "d", "e": "f"}]),
        (
            "x({a:!0,b:!1,c:void 0,d:-5,e:1.5,f:new Date(17),g:undefined})",
            [{"a": True, "b": False, "c": None, "d": -5, "e": None, "f": None, "g": None}],
        ),
        (r"a=['it\'s','\x3cp\x3e','\u00e9\u{e9}','a\nb']", [["it's", "<p>", "éé", "a\nb"]]),
        ('a=JSON.parse("{\\"b\\":1}")', ['{"b":1}']),
        ("a={b:function(){return 1}}; c={d:2}", [{"d": 2}]),
        ("a={b:c?1:2}; d=[3]", [[3]]),
        ('{"a":1}', [{"a": 1}]),
        ("a={b:[1}]; c={d:4}", [{"d": 4}]),
        ('if (a < b) { c("unclosed', []),
        ("a={b:1", []),
    ],
)
def test_what_stands_where_a_value_may_begin_is_read(script: str, expected: list[object]):
    assert found_in(script) == expected


def test_a_function_that_wraps_a_value_gives_it_its_arguments():
    script = 'w.__NUXT__=(function(a,b){return {c:a,d:[b,a],e:f}}("one",{"g":2}));'
    assert {"c": "one", "d": [{"g": 2}, "one"], "e": None} in found_in(script)


def test_what_a_value_is_assigned_to():
    script = 'var one = {"a":1}; window.two=JSON.parse("[1]"); three({"b":2})'
    assert [literals.assigned_to(script, at) for at, _ in literals.found_in(script)] == ["one", "window.two", ""]


def test_json_is_read_whole_or_not_at_all():
    assert literals.whole(' {"a": "b"} ') == {"a": "b"}
    assert literals.whole('{"a": 1} x') is None
    assert literals.whole("") is None


@pytest.mark.parametrize("opening", ["[", '{"a":', "{a:", "=["])
def test_nesting_without_end_is_no_value(opening: str):
    assert literals.whole(opening * 100_000) is None
    assert found_in(f"a={opening * 100_000}") == []
    assert found_in(f'a={opening * 100_000};b={{"c":"d"}}')[-1] == {"c": "d"}


def test_numbers_too_long_to_be_references_are_left_out():
    assert literals.whole("[" + "9" * 10_000 + ",12]") == [None, 12]


@given(OBJECTS)
def test_every_json_object_is_found_in_a_script(value: dict[str, object]):
    assert found_in(f"window.a = {json.dumps(value)};")[0] == value


@given(OBJECTS)
def test_the_reader_for_javascript_reads_json_as_well(value: dict[str, object]):
    read, _ = literals._Literal({}).read(json.dumps(value, ensure_ascii=False), 0)
    assert read == value


@given(st.text(alphabet="{}[]\"'`:,=\\()ab1 \n-!$.", max_size=200))
def test_any_text_is_gone_through_in_order(script: str):
    places = [at for at, _ in literals.found_in(script)]
    assert places == sorted(set(places))
