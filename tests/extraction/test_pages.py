"""Every golden page gives exactly the record beside it."""

from __future__ import annotations

from typing import Any

import pytest

from archiver.article import EVIDENCED
from tests.support.pages import GoldenPage, golden_pages


def test_there_are_golden_pages():
    assert len(golden_pages()) >= 10


@pytest.mark.parametrize("page", golden_pages(), ids=lambda page: page.name)
def test_page(page: GoldenPage, bless: bool):
    if bless:
        page.bless()
        pytest.skip("blessed; review the difference before committing it")
    assert page.case["why"], "say which trait the page is for"
    assert page.extracted() == page.expected()


@pytest.mark.parametrize("page", golden_pages(), ids=lambda page: page.name)
def test_every_field_with_a_value_has_evidence(page: GoldenPage):
    record = page.expected()
    filled = {key for key in EVIDENCED if value_at(record, key)}
    assert filled - {"capture.charset"} == record["evidence"].keys() - {"capture.charset"}


def value_at(record: dict[str, Any], key: str) -> Any:
    """What stands under a dotted key; a body without text is none."""
    value: Any = record
    for part in key.split("."):
        value = value.get(part) if isinstance(value, dict) else None
    return value["text"] if key == "body" else value


def test_the_golden_pages_fill_every_field():
    filled = {key for page in golden_pages() for key in page.expected()["evidence"]}
    assert filled == set(EVIDENCED)
