from __future__ import annotations

import pytest

from archiver.cli import stats_blocks
from archiver.store import Filters


@pytest.mark.parametrize(
    ("count", "text"),
    [(0, "0 bytes"), (999, "999 bytes"), (1000, "1.0 kB"), (123_456, "123 kB"), (1_500_000, "1.5 MB"), (10**16, "10,000 TB")],
)
def test_sizes(count, text):
    assert stats_blocks.size(count) == text


@pytest.mark.parametrize(("minutes", "text"), [(0, "0 min"), (59, "59 min"), (60, "1 h 0 min"), (600_001, "10,000 h 1 min")])
def test_durations(minutes, text):
    assert stats_blocks.duration(minutes) == text


@pytest.mark.parametrize(
    ("filters", "text"),
    [
        (Filters(), ""),
        (Filters(host="example.org", unread=True), "host: example.org; unread: yes"),
        (Filters(labels=("a", "b"), words=(None, 300)), "labels: a, b; words: 0 to 300"),
        (Filters(words=(300, None), published_since="2017-01-01"), "words: 300 or more; published since: 2017-01-01"),
    ],
)
def test_the_choice_in_words(filters, text):
    assert stats_blocks.chosen(filters) == text
