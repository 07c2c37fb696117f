"""The small texts of feeds."""

from __future__ import annotations

import pytest

from archiver.feeds.plain import line, link, person

BASE = "https://quay.example/feed/"


@pytest.mark.parametrize(
    ("said", "plain"),
    [
        ("  A\n title ", "A title"),
        ("Tide &amp; time", "Tide & time"),
        ("<b>Bold</b> claim", "Bold claim"),
        ("&lt;b&gt;Bold&lt;/b&gt; claim", "Bold claim"),
        ("1 < 2", "1 < 2"),
        ("", None),
        (None, None),
        ("<b></b>", None),
        ("x" * 9000, "x" * 1000),
    ],
)
def test_a_title_is_one_plain_line(said, plain):
    assert line(said, markup=True) == plain


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("jo@quay.example (Jo Smith)", "Jo Smith"),
        ("Jo Smith <jo@quay.example>", "Jo Smith"),
        ("Jo Smith", "Jo Smith"),
        ("jo@quay.example", None),
        ("", None),
    ],
)
def test_a_person_is_a_name(said, name):
    assert person(said) == name


@pytest.mark.parametrize(
    ("reference", "absolute"),
    [
        ("a#top", "https://quay.example/feed/a"),
        (" /b ", "https://quay.example/b"),
        ("https://me:secret@other.example/c", "https://other.example/c"),
        ("mailto:a@quay.example", None),
        ("", None),
        (None, None),
        ("/" + "x" * 9000, None),
    ],
)
def test_a_link_is_absolute_and_tells_no_secret(reference, absolute):
    assert link(BASE, reference) == absolute
