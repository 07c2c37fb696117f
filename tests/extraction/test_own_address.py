from __future__ import annotations

import pytest

from archiver.extraction.own_address import own_address

URL = "https://example.org/harbour"


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        (f'<link rel="canonical" href="{URL}">', URL),
        (f'<meta property="og:url" content="{URL}"><link rel="Canonical" href=" {URL}/a#b ">', f"{URL}/a"),
        (f'<meta name="og:url" content="{URL}">', URL),
        (f'<link rel="canonical" href="https://example.org/"><meta property="og:url" content="{URL}">', URL),
        ('<link rel="canonical" href="/harbour">', None),
        ('<link rel="canonical" href="file:///home/ann/harbour.html">', None),
        ('<link rel="canonical" href="https://">', None),
        ('<link rel="canonical" href="https://ann:secret@example.org/harbour">', URL),
        ("", None),
    ],
)
def test_what_a_page_claims(head, expected):
    assert own_address(f"<html><head>{head}</head><body><p>x".encode()) == expected
