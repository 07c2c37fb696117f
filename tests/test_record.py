from __future__ import annotations

import dataclasses
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archiver import record
from archiver.article import Article, Body, Evidence
from archiver.errors import RecordDamaged
from tests.support.records import any_article, full_article

SUBJECT = "articles/example.org/x.json"


def document(**changed):
    return record.to_dict(full_article()) | changed


def loads(value):
    return record.loads(value if isinstance(value, str) else json.dumps(value), subject=SUBJECT)


def damage(value) -> RecordDamaged:
    with pytest.raises(RecordDamaged) as caught:
        loads(value)
    assert caught.value.subject == SUBJECT
    assert caught.value.remedy
    assert len(str(caught.value)) < 500
    return caught.value


# -- writing


@settings(max_examples=100, deadline=None)
@given(any_article())
def test_the_file_is_what_the_json_library_writes(article):
    text = json.dumps(record.to_dict(article), ensure_ascii=False, indent=2) + "\n"
    assert record.dumps(article) == text


def test_the_file_is_indented_utf8_with_a_newline_at_the_end():
    text = record.dumps(full_article(title="Über “Häfen”"))
    assert text.startswith('{\n  "schema": 1,\n  "id": ')
    assert text.endswith("\n}\n")
    assert "Über “Häfen”" in text


def test_the_same_record_gives_the_same_bytes():
    assert record.dumps(full_article()) == record.dumps(full_article())


def test_keys_stand_in_the_records_order():
    assert list(json.loads(record.dumps(full_article()))) == [field.name for field in dataclasses.fields(Article)]


def test_absent_values_are_null_or_empty_lists():
    written = json.loads(record.dumps(Article()))
    assert written["title"] is None
    assert written["authors"] == []
    assert written["capture"] is None
    assert written["evidence"] == {}


def test_from_has_no_underscore_in_the_file():
    evidence = record.to_dict(full_article())["evidence"]["title"]
    assert evidence["from"] == "dom"
    assert evidence["rejected"] == [{"from": "url", "at": "path", "value": "harbour"}]


def test_a_lone_surrogate_becomes_one_replacement_character():
    text = record.dumps(Article(title="a\ud800b", tags=("\udfff",)))
    assert text.encode("utf-8")
    assert loads(text).title == "a�b"
    assert loads(text).tags == ("�",)


def test_a_surrogate_pair_becomes_the_character_it_stands_for():
    assert loads(record.dumps(Article(title="\ud83d\ude00 \ud800"))).title == "😀 �"


def test_surrogates_in_a_key_are_written_too():
    text = record.dumps(Article(evidence={"\ud800": Evidence("dom", "h1", "x")}))
    assert text.encode("utf-8")


# -- reading


def test_a_full_record_comes_back_as_it_was():
    assert loads(record.dumps(full_article())) == full_article()


@settings(max_examples=100, deadline=None)
@given(any_article())
def test_any_record_comes_back_as_it_was(article):
    assert loads(record.dumps(article)) == article


@settings(max_examples=50, deadline=None)
@given(any_article())
def test_writing_what_was_read_gives_the_same_bytes(article):
    assert record.dumps(loads(record.dumps(article))) == record.dumps(article)


def test_to_dict_of_an_article_is_the_records():
    assert full_article().to_dict() == record.to_dict(full_article())


def test_keys_of_a_later_writer_are_ignored():
    assert loads(document(mood="calm", body={"text": "a", "html": "", "words": 1, "pages": 2})).body == Body("a", "", 1)


def test_a_key_that_came_later_may_be_missing():
    old = document()
    del old["warnings"]
    assert loads(old).warnings == ()


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        ("", "not valid JSON"),
        ("{", "not valid JSON"),
        ("\0\0\0\0", "not valid JSON"),
        ("\ufeff{}", "not valid JSON"),
        ("[" * 100_000 + "]" * 100_000, "nested too deeply"),
        ('{"a":' * 100_000 + "1" + "}" * 100_000, "nested too deeply"),
        ('{"schema": 1, "body": {"words": NaN}}', "NaN is no JSON value"),
        ('{"schema": 1, "body": {"words": -Infinity}}', "-Infinity is no JSON value"),
        ('{"schema": 1, "title": "a", "title": "b"}', "the key 'title' stands twice"),
        ('{"schema": 1, "body": {"words": ' + "9" * 5000 + "}}", "not valid JSON"),
        ("[]", "not a JSON object"),
        ('"text"', "not a JSON object"),
        ("{}", "has no schema"),
        (document(schema=None), "has no schema"),
        (document(schema=0), "has no schema"),
        (document(schema=-1), "schema should be a whole number from 0"),
        (document(schema="1"), "schema should be a whole number, not a string"),
        (document(schema=True), "schema should be a whole number from 0"),
        (document(schema=1.5), "schema should be a whole number, not a fraction"),
        (document(title=5), "title should be a string, not a whole number"),
        (document(title=["x"]), "title should be a string, not an array"),
        (document(authors={}), "authors should be an array, not an object"),
        (document(authors=[{"bio": None}]), "authors[0].name is missing"),
        (document(authors=[None]), "authors[0] should be an object, not null"),
        (document(body=None), "body should be an object, not null"),
        (document(body={"words": True}), "body.words should be a whole number from 0"),
        (document(body={"words": -1}), "body.words should be a whole number from 0 to"),
        (document(body={"words": 10**30}), "body.words should be a whole number from 0 to"),
        (document(verdict="good"), "verdict is 'good', not one of article, thin"),
        (document(verdict=["article"]), "verdict is ['article'], not one of"),
        (document(verdict="x" * 100_000), "not one of"),
        (document(evidence={"title": {"from": "dom"}}), "evidence.title.at is missing"),
        (document(evidence=[]), "evidence should be an object, not an array"),
        (document(capture={"status": 200}), "capture.fetched_at is missing"),
    ],
    ids=lambda value: str(value)[:40],
)
def test_damage_is_named(value, reason):
    assert reason in damage(value).reason


@pytest.mark.parametrize("schema", [2, 99, 10**20])
def test_a_newer_schema_asks_for_a_newer_archiver(schema):
    error = damage(document(schema=schema))
    assert "newer than this archiver knows" in error.reason
    assert error.remedy == "upgrade archiver"


@settings(deadline=None)
@given(
    st.recursive(
        st.none() | st.booleans() | st.floats() | st.integers() | st.text(),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
        max_leaves=20,
    )
)
def test_any_json_is_a_record_or_damage(value):
    try:
        loads(json.dumps(value))
    except RecordDamaged:
        return


@settings(deadline=None)
@given(
    st.sampled_from([field.name for field in dataclasses.fields(Article)]),
    st.none()
    | st.booleans()
    | st.floats(allow_nan=False)
    | st.integers()
    | st.text()
    | st.lists(st.text())
    | st.dictionaries(st.text(), st.text()),
)
def test_any_value_in_any_field_is_a_record_that_can_be_written_or_damage(key, value):
    try:
        article = loads(document(**{key: value}))
    except RecordDamaged:
        return
    assert loads(record.dumps(article)) is not None


@settings(deadline=None)
@given(st.binary(max_size=40), st.integers(min_value=0, max_value=400))
def test_any_text_is_a_record_or_damage(noise, at):
    good = record.dumps(full_article())
    text = good[:at] + noise.decode("latin-1") + good[at + len(noise) :]
    try:
        loads(text)
    except RecordDamaged:
        return
