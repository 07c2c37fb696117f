"""The codec between `Article` and its JSON record.

Driven by the dataclasses' own annotations, so a field is declared once, in `article.py`. A trailing underscore in a
Python name (`from_`) is not part of the JSON key.
"""

from __future__ import annotations

import dataclasses
import functools
import json
import reprlib
import types
import typing
from collections import Counter
from collections.abc import Callable
from json.encoder import encode_basestring
from typing import Any

from archiver.article import SCHEMA_VERSION, Article
from archiver.errors import RecordDamaged, RecordNewer

DAMAGE_REMEDY = "restore the file from a backup, or move it away and fetch its URL again"
MAX_INTEGER = 2**63 - 1
"""Other programs read JSON too, and few have larger whole numbers; nothing that a record counts comes near."""
Reader = Callable[[Any], Any]
_JSON_NAMES = {
    str: "a string",
    int: "a whole number",
    float: "a fraction",
    bool: "true or false",
    dict: "an object",
    list: "an array",
    type(None): "null",
}


def to_dict(value: Any) -> Any:
    """`value` (a dataclass of `article.py`, or part of one) as JSON values: dicts, lists, strings, numbers, None."""
    if dataclasses.is_dataclass(value):
        return {_key(f.name): to_dict(getattr(value, f.name)) for f in dataclasses.fields(value)}
    if isinstance(value, tuple):
        return [to_dict(item) for item in value]
    if isinstance(value, dict):
        return {key: to_dict(item) for key, item in value.items()}
    return value


@functools.cache
def own_keys() -> frozenset[str]:
    """The keys of a record, at its top."""
    return frozenset(_key(field.name) for field in dataclasses.fields(Article))


def dumps(article: Article) -> str:
    """The record's file content: indented, UTF-8 text kept readable, a newline at the end.

    Surrogates, which UTF-8 cannot hold, become the character that a pair of them stands for, or U+FFFD.
    """
    text = _written(article, "\n") + "\n"
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace") if _has_surrogate(text) else text


def _written(value: Any, line: str) -> str:
    """What `json.dumps` gives for `to_dict(value)` with an indent of two; that is slower than all else in saving a record.

    `line` is the line's end and the indent of what stands around.
    """
    if isinstance(value, str):
        return encode_basestring(value)
    if value is None:
        return "null"
    inner = line + "  "
    if isinstance(value, tuple):
        items = ",".join([inner + _written(item, inner) for item in value])
        return f"[{items}{line}]" if items else "[]"
    if isinstance(value, dict):
        return _written_object([(encode_basestring(key), item) for key, item in value.items()], line)
    if names := _written_names(value.__class__):
        return _written_object([(key, getattr(value, name)) for name, key in names], line)
    return json.dumps(value, allow_nan=False)


def _written_object(items: list[tuple[str, Any]], line: str) -> str:
    """What is written of keys, which are written already, and their values."""
    inner = line + "  "
    written = ",".join(
        [
            f"{inner}{key}: null"  # most of a record: no call for each of them
            if value is None
            else f"{inner}{key}: {encode_basestring(value) if isinstance(value, str) else _written(value, inner)}"
            for key, value in items
        ]
    )
    return f"{{{written}{line}}}" if written else "{}"


@functools.cache
def _written_names(kind: Any) -> tuple[tuple[str, str], ...]:
    """The fields of a dataclass, each with its key in JSON; none of what is no dataclass."""
    fields = dataclasses.fields(kind) if dataclasses.is_dataclass(kind) else ()
    return tuple((f.name, encode_basestring(_key(f.name))) for f in fields)


def loads(text: str, *, subject: str, unread: frozenset[str] = frozenset()) -> Article:
    """The article in a record's text; `subject` (its file name) is for the error, and the keys in `unread` are passed over.

    Unknown keys are ignored: a later version of the same schema may have added them. A key that stands twice in one object is
    an error, because nobody can say which of its values was meant.

    Raises:
        RecordDamaged: not JSON (RFC 8259), not a record, or (`RecordNewer`) written with a newer schema.
    """
    try:
        document = json.loads(text, object_pairs_hook=_object, parse_constant=_refuse_constant)
    except RecursionError as error:
        raise _damaged("is nested too deeply", subject) from error
    except ValueError as error:
        raise _damaged(f"is not valid JSON: {error}", subject) from error
    for key in unread if isinstance(document, dict) else ():
        document.pop(key, None)
    return from_dict(document, subject=subject)


def from_dict(document: Any, *, subject: str) -> Article:
    """The article in a record's JSON values.

    Raises:
        RecordDamaged: not a record, or (`RecordNewer`) written with a newer schema.
    """
    if not isinstance(document, dict):
        raise _damaged("is not a JSON object", subject)
    schema = document.get("schema")
    if schema is None or schema == 0:
        raise _damaged("has no schema", subject)
    if isinstance(schema, int) and schema > SCHEMA_VERSION:
        message = f"has schema {schema}, newer than this archiver knows ({SCHEMA_VERSION})"
        raise RecordNewer(message, subject=subject, remedy="upgrade archiver")
    try:
        article = _reader_of(Article)(document)
    except _MismatchError as error:
        raise _damaged(f"{error.at.removeprefix('.')} {error}", subject) from error
    assert isinstance(article, Article)
    return article


class _MismatchError(Exception):
    """A value does not have the type that its field declares.

    Args:
        at: which; each level of the document that the error passes on its way up puts itself before it.
    """

    def __init__(self, reason: str, at: str = "") -> None:
        super().__init__(reason)
        self.at = at


def _damaged(reason: str, subject: str) -> RecordDamaged:
    return RecordDamaged(reason, subject=subject, remedy=DAMAGE_REMEDY)


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    document = dict(pairs)
    if len(document) < len(pairs):
        ((twice, _),) = Counter(key for key, _ in pairs).most_common(1)
        raise ValueError(f"the key {reprlib.repr(twice)} stands twice")
    return document


def _refuse_constant(name: str) -> Any:
    raise ValueError(f"{name} is no JSON value")


def _key(name: str) -> str:
    return name.removesuffix("_")


def _has_surrogate(text: str) -> bool:
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return True
    return False


@functools.cache
def _reader_of(expected: Any) -> Reader:
    """What makes a value of the type `expected` from its JSON value; made once for each type that a field declares."""
    origin, arguments = typing.get_origin(expected), typing.get_args(expected)
    if origin is types.UnionType:
        return _optional(next(_reader_of(argument) for argument in arguments if argument is not type(None)))
    if origin is typing.Literal:
        return _literal(arguments)
    if origin is tuple:
        return _list_of(_reader_of(arguments[0]))
    if origin is dict:
        return _object_of(_reader_of(arguments[1]))
    if dataclasses.is_dataclass(expected):
        return _dataclass(typing.cast("type", expected))
    return _whole_number if expected is int else functools.partial(_demand, expected)


def _dataclass(cls: type) -> Reader:
    hints, missing = typing.get_type_hints(cls), dataclasses.MISSING
    rows = [
        (_key(f.name), f.name, _reader_of(hints[f.name]), f.default is missing and f.default_factory is missing)
        for f in dataclasses.fields(cls)
    ]

    def read(value: Any) -> Any:
        document, values = _demand(dict, value), {}
        for key, name, reader, required in rows:
            if key in document:
                try:  # here, because a hundred thousand records have a hundred fields
                    values[name] = reader(document[key])
                except _MismatchError as error:
                    error.at = f".{key}{error.at}"
                    raise
            elif required:
                raise _MismatchError("is missing", at=f".{key}")
        return cls(**values)

    return read


def _optional(reader: Reader) -> Reader:
    return lambda value: None if value is None else reader(value)


def _literal(choices: tuple[Any, ...]) -> Reader:
    def read(value: Any) -> Any:
        if value not in choices:
            raise _MismatchError(f"is {reprlib.repr(value)}, not one of {', '.join(choices)}")
        return value

    return read


def _list_of(reader: Reader) -> Reader:
    return lambda value: tuple(_read_within(f"[{i}]", reader, item) for i, item in enumerate(_demand(list, value)))


def _object_of(reader: Reader) -> Reader:
    return lambda value: {key: _read_within(f".{key}", reader, item) for key, item in _demand(dict, value).items()}


def _read_within(step: str, reader: Reader, value: Any) -> Any:
    try:
        return reader(value)
    except _MismatchError as error:
        error.at = step + error.at
        raise


def _whole_number(value: Any) -> Any:
    if isinstance(value, bool) or not 0 <= _demand(int, value) <= MAX_INTEGER:
        raise _MismatchError(f"should be a whole number from 0 to {MAX_INTEGER}")
    return value


def _demand(expected: type, value: Any) -> Any:
    if not isinstance(value, expected):
        raise _MismatchError(f"should be {_JSON_NAMES[expected]}, not {_JSON_NAMES[type(value)]}")
    return value
