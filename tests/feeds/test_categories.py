from __future__ import annotations

import pytest

from archiver.feeds.categories import labels_in


@pytest.mark.parametrize(
    ("category", "labels"),
    [
        (None, ()),
        ("", ()),
        ("b,a", ("a", "b")),
        ("/Boston/Weather,/Politics", ("Boston/Weather", "Politics")),
        (" to  read ,, / ,To Read", ("to read",)),
        (f"{'x' * 101},kept", ("kept",)),
    ],
)
def test_a_category_names_labels(category, labels):
    assert labels_in(category) == labels
