"""Every golden page gives exactly the record beside it."""

from __future__ import annotations

import pytest

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
