"""The schema, the document that explains it, and the dataclasses say the same."""

from __future__ import annotations

import dataclasses
import importlib.resources
import json
import re
import types
import typing
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import HealthCheck, given, settings

from archiver import article, extract, record
from archiver.article import Article
from tests.support.articles import article_page
from tests.support.pages import golden_pages
from tests.support.records import any_article, full_article

SCHEMA = json.loads((importlib.resources.files("archiver") / "record.schema.json").read_text(encoding="utf-8"))
DOCUMENT = (Path(__file__).parents[1] / "docs" / "record.md").read_text(encoding="utf-8")
PARTS = [
    cls for cls in vars(article).values() if dataclasses.is_dataclass(cls) and isinstance(cls, type) and cls is not Article
]


def validate(document: dict[str, Any]) -> None:
    jsonschema.Draft202012Validator(SCHEMA).validate(document)


def keys(cls: type) -> list[str]:
    return [field.name.removesuffix("_") for field in dataclasses.fields(cls)]


def dotted_keys(cls: type, prefix: str = "") -> list[str]:
    """The keys of a record as docs/record.md writes them."""
    found = []
    for field in dataclasses.fields(cls):
        key = prefix + field.name.removesuffix("_")
        part, mark = part_of(typing.get_type_hints(cls)[field.name])
        found.append(key)
        found += dotted_keys(part, f"{key}{mark}.") if part else []
    return found


def part_of(expected: Any) -> tuple[Any, str]:
    """The dataclass within a field's type, and how the document marks a list or object of them."""
    origin, arguments = typing.get_origin(expected), typing.get_args(expected)
    if origin in (types.UnionType, typing.Union):
        return part_of(next(argument for argument in arguments if argument is not type(None)))
    if origin in (tuple, dict):
        inner = arguments[0] if origin is tuple else arguments[1]
        return (inner if dataclasses.is_dataclass(inner) else None), "[]" if origin is tuple else ".*"
    return (expected if dataclasses.is_dataclass(expected) else None), ""


def test_the_schema_is_one():
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


def test_the_schema_has_the_records_keys_in_the_records_order():
    assert list(SCHEMA["properties"]) == keys(Article)
    assert SCHEMA["required"] == keys(Article)


def test_every_part_is_defined():
    assert PARTS
    assert sorted(SCHEMA["$defs"]) == sorted(cls.__name__ for cls in PARTS)


@pytest.mark.parametrize("cls", PARTS, ids=lambda cls: cls.__name__)
def test_each_part_has_its_keys(cls):
    definition = SCHEMA["$defs"][cls.__name__]
    assert list(definition["properties"]) == keys(cls)
    assert definition["required"] == keys(cls)


def test_everything_in_the_schema_is_described():
    for part in (SCHEMA, *SCHEMA["$defs"].values()):
        assert part["description"]
        for key, value in part["properties"].items():
            assert value.get("description"), key


def test_the_schemas_words_are_the_types():
    assert SCHEMA["properties"]["verdict"]["enum"] == list(typing.get_args(article.Verdict))
    assert SCHEMA["$defs"]["Evidence"]["properties"]["from"]["enum"] == list(typing.get_args(article.Origin))
    assert SCHEMA["properties"]["schema"]["const"] == article.SCHEMA_VERSION


def test_the_document_explains_every_key_and_no_other():
    explained = re.findall(r"^\| `([a-z0-9_.*\[\]]+)` \|", DOCUMENT, flags=re.MULTILINE)
    verdicts = list(typing.get_args(article.Verdict))
    assert sorted(explained) == sorted([*dotted_keys(Article), *verdicts])


def test_the_document_names_every_origin():
    for origin in typing.get_args(article.Origin):
        assert f"`{origin}`" in DOCUMENT


def test_a_record_with_every_field_is_valid():
    validate(record.to_dict(full_article()))


def test_an_empty_record_is_valid():
    validate(record.to_dict(Article()))


def test_an_extracted_record_is_valid():
    html = article_page()
    validate(extract(html, url="https://example.org/harbour", fetched_at="2026-11-23T08:14:00Z").to_dict())


@pytest.mark.parametrize("page", golden_pages(), ids=lambda page: page.name)
def test_the_record_of_every_golden_page_is_valid(page):
    validate(extract(page.html, url=page.case["url"], fetched_at=page.case.get("fetched_at")).to_dict())


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("schema",), 2),
        (("id",), "xyz"),
        (("title",), 1),
        (("authors",), None),
        (("authors", 0, "name"), None),
        (("dates", "published"), "18 Mar 2017"),
        (("verdict",), "good"),
        (("body", "words"), -1),
        (("evidence", "title", "from"), "hearsay"),
        (("capture", "sha256"), "00"),
        (("capture", "warc"), "/etc/passwd"),
    ],
    ids=str,
)
def test_what_no_record_says_is_invalid(path, value):
    document = record.to_dict(full_article())
    part = document
    for key in path[:-1]:
        part = part[key]
    part[path[-1]] = value
    with pytest.raises(jsonschema.ValidationError):
        validate(document)


@pytest.mark.parametrize("key", keys(Article))
def test_no_key_may_be_missing(key):
    document = record.to_dict(full_article())
    del document[key]
    with pytest.raises(jsonschema.ValidationError):
        validate(document)


def test_a_key_of_a_later_writer_is_valid():
    validate(record.to_dict(full_article()) | {"mood": "calm"})


@settings(max_examples=30, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(any_article())
def test_types_never_contradict_the_schema(one):
    """Whatever the dataclasses can hold differs from the schema at most in the form of a string."""
    for error in jsonschema.Draft202012Validator(SCHEMA).iter_errors(record.to_dict(one)):
        causes = [cause for cause in (error.context or [error]) if cause.validator != "type" or cause.instance is None]
        assert any(cause.validator == "pattern" for cause in causes), error
