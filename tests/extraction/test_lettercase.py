"""Letter case: names that shout, and names that only look like it."""

from __future__ import annotations

import pytest

from archiver.extraction import lettercase


@pytest.mark.parametrize(
    ("shouted", "expected"),
    [
        ("JO REED", "Jo Reed"),
        ("ANN MCKAY", "Ann McKay"),
        ("VINCENT VAN DER BERG", "Vincent van der Berg"),
        ("J.K. REED", "J.K. Reed"),
        ("JEAN-LUC D'ARC", "Jean-Luc D'Arc"),
        ("JOHN B. REED", "John B. Reed"),
        ("İBRAHİM YILDIZ", "İbrahim Yıldız"),
        ("AYŞE IRMAK", "Ayşe Irmak"),
        ("IAN MILLS", "Ian Mills"),
    ],
)
def test_a_shouted_name_gets_small_letters(shouted: str, expected: str):
    assert lettercase.readable(shouted.split()) == expected


@pytest.mark.parametrize("name", ["REUTERS", "J. Reed", "Jo REED", "danah boyd", "Cher"])
def test_a_name_that_does_not_shout_stays_as_printed(name: str):
    assert lettercase.readable(name.split()) == name
