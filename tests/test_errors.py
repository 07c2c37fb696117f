from __future__ import annotations

import inspect
import re

import pytest

from archiver import errors
from archiver.errors import ArchiverError, HttpStatus

CLASSES = {name: cls for name, cls in vars(errors).items() if isinstance(cls, type) and issubclass(cls, ArchiverError)}
_ROW = re.compile(r"^    (?P<lead>[│├└─ ]*)(?P<name>[A-Z]\w+) *(?P<code>\d+)?", re.MULTILINE)


def drawn_tree() -> dict[str, tuple[str | None, int]]:
    """Each class in the docstring's drawing: the name of its base, and its exit code (its own, or its base's)."""
    assert errors.__doc__ is not None
    tree: dict[str, tuple[str | None, int]] = {}
    path: list[str] = []
    for row in _ROW.finditer(errors.__doc__):
        depth = len(row["lead"]) // 4
        path = [*path[:depth], row["name"]]
        base = path[depth - 1] if depth else None
        code = int(row["code"]) if row["code"] else tree[base][1] if base else 0
        tree[row["name"]] = (base, code)
    return tree


def test_the_drawing_has_every_class():
    assert len(drawn_tree()) > 20
    assert sorted(drawn_tree()) == sorted(CLASSES)


@pytest.mark.parametrize("name", CLASSES)
def test_each_class_stands_where_it_is_drawn(name):
    base, code = drawn_tree()[name]
    assert CLASSES[name].exit_code == code
    assert CLASSES[name].__bases__ == (CLASSES[base] if base else Exception,)


@pytest.mark.parametrize("cls", CLASSES.values(), ids=lambda cls: cls.__name__)
def test_each_class_says_what_it_means(cls):
    assert inspect.getdoc(cls)


def test_the_text_joins_subject_reason_and_remedy():
    assert str(ArchiverError("is gone", subject="/x", remedy="find it")) == "/x: is gone (find it)"
    assert str(ArchiverError("is gone", subject="/x")) == "/x: is gone"
    assert str(ArchiverError("is gone", remedy="find it")) == "is gone (find it)"
    assert str(ArchiverError("is gone")) == "is gone"


def test_an_http_status_keeps_its_number():
    error = HttpStatus("404 Not Found", status=404, subject="https://example.org/x", remedy="check the address")
    assert error.status == 404
    assert str(error) == "https://example.org/x: 404 Not Found (check the address)"
