"""What a terminal shows whose encoding lacks a character."""

from __future__ import annotations

import pytest

from archiver.cli import fallback


@pytest.mark.parametrize(
    ("text", "encoding", "shown"),
    [
        ("“It’s” – so…", "ascii", b'"It\'s" - so~'),
        ("• one · ◦ two │ ─ ★ → ‹a›", "ascii", b"* one - o two | - * > <a>"),
        ("Élan naïf, ﬁn", "ascii", b"Elan naif, fn"),
        ("Élan – “ok”", "latin-1", 'Élan - "ok"'.encode("latin-1")),
        ("渡し", "ascii", rb"\u6e21\u3057"),
        ("☃😀\udc80", "ascii", rb"\u2603\U0001f600\udc80"),
    ],
)
def test_the_nearest_that_it_has_is_shown(text, encoding, shown):
    fallback.register()
    assert text.encode(encoding, fallback.NAME) == shown


def test_columns_stay_columns():
    fallback.register()
    for character, nearest in fallback._NEAREST.items():
        assert isinstance(nearest, int), chr(character)
        assert len(chr(character).encode("ascii", fallback.NAME)) == 1


def test_it_is_for_encoding_only():
    fallback.register()
    with pytest.raises(UnicodeDecodeError):
        b"\xff".decode("ascii", fallback.NAME)
