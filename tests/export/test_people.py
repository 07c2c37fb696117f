"""Names of authors."""

from __future__ import annotations

import pytest

from archiver.export.people import Person, person


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Traci Pedersen", Person("Pedersen", "Traci")),
        ("Ana de la Cruz", Person("de la Cruz", "Ana")),
        ("Ludwig van Beethoven", Person("van Beethoven", "Ludwig")),
        ("Vincent van", Person("van", "Vincent")),
        ("J. R. R. Tolkien", Person("Tolkien", "J. R. R.")),
        ("Martin Luther King Jr.", Person("King", "Martin Luther", "Jr.")),
        ("Martin Luther King, Jr.", Person("King", "Martin Luther", "Jr.")),
        ("Cruz, Ana", Person("Cruz", "Ana")),
        ("Zoë O’Neil-Smith", Person("O’Neil-Smith", "Zoë")),
        ("Reuters", None),
        ("The Coast Review", None),
        ("Associated Press", None),
        ("Harbour Data Team", None),
        ("Universität Zürich", None),
        ("Smith & Sons", None),
        ("Channel 4", None),
        ("example.org", None),
        ("王小明", None),
        ("Smith, Jones, Miller", None),
        ("", None),
    ],
)
def test_people_are_split_and_organisations_are_not(name, expected):
    assert person(name) == expected


def test_the_publisher_is_nobody():
    assert person("Psych Central", "psych central") is None
