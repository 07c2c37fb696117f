"""Full names without any word that says what they are."""

from __future__ import annotations

import pytest

from tests.extraction.test_bylines import below, found


def test_a_full_name_beside_the_date_is_a_byline_without_words():
    assert below("<p>Jo Reed | 3 May 2024</p>") == [("author", "dom name-line", "Jo Reed")]
    assert below("<p>3 May 2024 · Jo Reed</p>") == [("author", "dom name-line", "Jo Reed")]
    assert below("<p>Quay News | 3 May 2024</p>") == []
    assert below("<p>Jo Reed | Harbour</p>") == []


BIOGRAPHY = "<p>Jo Reed is a sailor and lives at the quay, as her mother did.</p>"
NAME_LINE = ("author", "dom name-line", "Jo Reed")


@pytest.mark.parametrize(
    "behind",
    [BIOGRAPHY, "<p>Jo Reed</p><p>Jo is a sailor and lives at the quay.</p>", "<p>Jo Reed, 51, writes about boats.</p>"],
)
def test_a_full_name_under_the_headline_is_a_byline_where_the_page_tells_of_that_person(behind: str):
    assert NAME_LINE in found(below="<p>Jo Reed</p>", behind=behind)


@pytest.mark.parametrize(
    ("line", "behind"),
    [
        ("Jo Reed", ""),
        ("Jo Reed", "<p>Jo Reed</p>"),
        ("Jo Reed", "<p>Jo Reed</p><p>The quay is old.</p>"),
        ("Quay News", "<p>Quay News is a newspaper of the harbour.</p>"),
        ("jo reed", "<p>jo reed is a sailor and lives at the quay.</p>"),
        ("Jo Reed sails", BIOGRAPHY),
        ("Jo Ree", BIOGRAPHY),
    ],
)
def test_any_other_line_under_the_headline_is_no_byline(line: str, behind: str):
    assert not [one for one in found(below=f"<p>{line}</p>", behind=behind) if one[1] == "dom name-line"]


def test_whom_the_headline_names_is_its_subject():
    assert NAME_LINE not in found(title="Jo Reed at Seventy", below="<p>Jo Reed</p>", behind=BIOGRAPHY)


def test_the_second_line_of_the_headline_is_no_byline():
    assert NAME_LINE not in found(title="A Life at Sea<div>Jo Reed</div>", behind=BIOGRAPHY)


def test_a_name_far_from_the_headline_is_no_byline():
    assert NAME_LINE not in found(
        below="<p>One</p><p>Two</p><p>Three</p><p>Four</p><p>Five</p><p>Jo Reed</p>", behind=BIOGRAPHY
    )
