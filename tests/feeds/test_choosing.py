"""Which entries are wanted."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from archiver.errors import InvalidInput
from archiver.feeds.choosing import Rule, refusal
from archiver.feeds.model import Entry

ENTRY = Entry(
    "https://quay.example/sport/1",
    title="The Harbour Cup",
    published=datetime(2026, 3, 10, tzinfo=UTC),
    authors=("Ana", "Jo"),
    categories=("Sport",),
)


@pytest.mark.parametrize(
    ("rule", "wanted"),
    [
        (Rule("title", "harbour", include=True), True),
        (Rule("title", "^cup", include=True), False),
        (Rule("author", "^jo$", include=False), False),
        (Rule("category", "politics", include=False), True),
        (Rule("url", "/sport/", include=False), False),
    ],
)
def test_a_rule_looks_at_its_field(rule, wanted):
    assert (refusal(ENTRY, [rule]) is None) == wanted


def test_every_rule_must_agree():
    rules = [Rule("title", "harbour", include=True), Rule("author", "Ana", include=False)]
    assert refusal(ENTRY, rules) == "its author matches 'Ana'"


def test_older_entries_are_not_wanted():
    assert refusal(ENTRY, (), datetime(2026, 3, 11, tzinfo=UTC)) == "older than 2026-03-11"
    assert refusal(ENTRY, (), datetime(2026, 3, 10, tzinfo=UTC)) is None
    assert refusal(Entry("https://quay.example/2"), (), datetime(2026, 3, 11, tzinfo=UTC)) is None


@pytest.mark.parametrize(
    "rule", [Rule("colour", "red", include=True), Rule("title", "(", include=True), Rule("title", "a" * 9999, True)]
)
def test_a_rule_that_cannot_be_applied_is_refused(rule):
    with pytest.raises(InvalidInput):
        rule.demand_sound()


def test_an_expression_that_takes_for_ever_is_stopped():
    slow = Rule("title", r"(?:x+x+)+y", include=True)
    with pytest.raises(InvalidInput, match="too long"):
        slow.matches(Entry("https://quay.example/", title="x" * 400))
