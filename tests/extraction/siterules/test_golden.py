"""Every golden page of a rule gives exactly the record beside it."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest

from tests.support.site_rules import RuledPage, ruled_page, ruled_pages


@pytest.mark.parametrize("page", ruled_pages(), ids=lambda page: page.name)
def test_page(page: RuledPage, bless: bool):
    if bless:
        page.bless()
        pytest.skip("blessed; review the difference before committing it")
    assert page.case["why"], "say which trait the page is for"
    assert page.extracted() == page.expected()


@pytest.mark.parametrize("name", ["documented", "every-field", "full-text-rss"])
def test_every_line_of_the_rule_decides_something(name: str):
    page = ruled_page(name)
    rule, expected = page.rule, page.extracted()
    for field in rule.fields:
        less = {key: selectors for key, selectors in rule.fields.items() if key != field}
        assert page.extracted_by(dataclasses.replace(rule, fields=less)) != expected, field
    for number, selector in enumerate(rule.strip):
        less_stripped = rule.strip[:number] + rule.strip[number + 1 :]
        assert page.extracted_by(dataclasses.replace(rule, strip=less_stripped)) != expected, selector
    for number, replacement in enumerate(rule.replacements):
        fewer = rule.replacements[:number] + rule.replacements[number + 1 :]
        assert page.extracted_by(dataclasses.replace(rule, replacements=fewer)) != expected, replacement


def test_the_documented_example_is_the_one_that_is_tested():
    text = (Path(__file__).parents[3] / "docs" / "site-rules.md").read_text(encoding="utf-8")
    example = text.partition("```toml\n")[2].partition("```")[0]
    assert example == ruled_page("documented").rule_file.read_text(encoding="utf-8")


def test_what_does_not_match_changes_nothing():
    page = ruled_page("no-match")
    assert page.extracted() == page.extracted_by(None)
