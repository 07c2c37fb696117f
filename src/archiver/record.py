"""The codec between `Article` and its JSON record.

Driven by the dataclasses' own annotations, so a field is declared once, in `article.py`. A trailing underscore in a
Python name (`from_`) is not part of the JSON key.
"""

from __future__ import annotations

import dataclasses
import functools
import json
import types
import typing
from typing import Any

from archiver.article import SCHEMA_VERSION, Article
from archiver.errors import RecordDamaged

DAMAGE_REMEDY = "restore the file from a backup, or remove the article and fetch it again"
_JSON_NAMES = {str: "a string", int: "a whole number", dict: "an object", list: "an array", type(None): "null"}
_MAX_DEPTH_ERRORS = (ValueError, RecursionError)


def to_dict(value: Any) -> Any:
    """`value` (a dataclass of `article.py`, or part of one) as JSON values: dicts, lists, strings, numbers, None."""
    if dataclasses.is_dataclass(value):
        return {_key(f.name): to_dict(getattr(value, f.name)) for f in dataclasses.fields(value)}
    if isinstance(value, tuple):
        return [to_dict(item) for item in value]
    if isinstance(value, dict):
        return {key: to_dict(item) for key, item in value.items()}
    return value


def dumps(article: Article) -> str:
    """The record's file content: indented, UTF-8 text kept readable, a newline at the end.

    Lone surrogates, which UTF-8 cannot hold, become U+FFFD.
    """
    text = json.dumps(to_dict(article), ensure_ascii=False, indent=2, allow_nan=False) + "\n"
    return text.encode("utf-8", "surrogatepass").decode("utf-8", "replace") if _has_surrogate(text) else text


def loads(text: str, *, subject: str) -> Article:
    """The article in a record's text; `subject` (its file name) is for the error.

    Unknown keys are ignored: a later version of the same schema may have added them.

    Raises:
        RecordDamaged: not JSON, not a record, or written with a newer schema.
    """
    try:
        document = json.loads(text)
    except _MAX_DEPTH_ERRORS as error:
        raise _damaged(f"is not valid JSON: {error}", subject) from error
    return from_dict(document, subject=subject)


def from_dict(document: Any, *, subject: str) -> Article:
    """The article in a record's JSON values.

    Raises:
        RecordDamaged: not a record, or written with a newer schema.
    """
    if not isinstance(document, dict):
        raise _damaged("is not a JSON object", subject)
    schema = document.get("schema")
    if isinstance(schema, int) and schema > SCHEMA_VERSION:
        message = f"has schema {schema}, newer than this archiver knows ({SCHEMA_VERSION})"
        raise RecordDamaged(message, subject=subject, remedy="upgrade archiver")
    try:
        article = _build(Article, document, "")
    except _MismatchError as error:
        raise _damaged(str(error), subject) from error
    assert isinstance(article, Article)
    return article


class _MismatchError(Exception):
    """A value does not have the type that its field declares."""


def _damaged(reason: str, subject: str) -> RecordDamaged:
    return RecordDamaged(reason, subject=subject, remedy=DAMAGE_REMEDY)


def _key(name: str) -> str:
    return name.removesuffix("_")


def _has_surrogate(text: str) -> bool:
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return True
    return False


@functools.cache
def _field_types(cls: type) -> dict[str, tuple[str, Any, bool]]:
    """JSON key -> (field name, its type, whether it may be missing)."""
    hints = typing.get_type_hints(cls)
    missing = dataclasses.MISSING
    return {
        _key(f.name): (f.name, hints[f.name], f.default is not missing or f.default_factory is not missing)
        for f in dataclasses.fields(cls)
    }


def _build(cls: type, document: dict[str, Any], at: str) -> Any:
    values = {}
    for key, (name, expected, optional) in _field_types(cls).items():
        if key in document:
            values[name] = _convert(expected, document[key], f"{at}{key}")
        elif not optional:
            raise _MismatchError(f"{at}{key} is missing")
    return cls(**values)


def _convert(expected: Any, value: Any, at: str) -> Any:
    origin, arguments = typing.get_origin(expected), typing.get_args(expected)
    if origin in (types.UnionType, typing.Union):
        inner = next(argument for argument in arguments if argument is not type(None))
        return None if value is None else _convert(inner, value, at)
    if origin is typing.Literal:
        if value not in arguments:
            raise _MismatchError(f"{at} is {value!r}, not one of {', '.join(arguments)}")
        return value
    if dataclasses.is_dataclass(expected):
        return _build(typing.cast("type", expected), _demand(value, dict, at), f"{at}.")
    if origin is tuple:
        return tuple(_convert(arguments[0], item, f"{at}[{i}]") for i, item in enumerate(_demand(value, list, at)))
    if origin is dict:
        return {key: _convert(arguments[1], item, f"{at}.{key}") for key, item in _demand(value, dict, at).items()}
    return _demand(value, expected, at)


def _demand(value: Any, expected: type, at: str) -> Any:
    if not isinstance(value, expected) or (isinstance(value, bool) and expected is int):
        found = _JSON_NAMES.get(type(value), type(value).__name__)
        raise _MismatchError(f"{at} should be {_JSON_NAMES[expected]}, not {found}")
    return value
