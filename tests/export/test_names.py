"""Names that every file system takes."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import HealthCheck, given, settings

from archiver.article import Dates
from archiver.errors import InvalidInput
from archiver.export.names import FIELDS, MAX_BYTES, Namer
from tests.support.exports import article
from tests.support.records import any_article


def name(template="{title}", **changed):
    return Namer(template, ".md").name(article(**changed))


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("How the Old Harbour’s Wall Was Built", "how-the-old-harbours-wall-was-built.md"),
        ('a/b\\c:d*e?f"g<h>i|j', "a-b-c-d-e-f-g-h-i-j.md"),
        ("../../etc/passwd", "etc-passwd.md"),
        ("..", "untitled.md"),
        (None, "untitled.md"),
        ("CON", "_con.md"),
        ("東京の港", "東京の港.md"),
        ("हिन्दी में", "हिन्दी-में.md"),
        ("Cafe\u0301", "café.md"),
        ("a\x00b\x1b[31m\u202ec\ud800d", "a-b-31m-c-d.md"),
        ("Version 2.0.", "version-2.0.md"),
        ("-rf *", "rf.md"),
    ],
)  # fmt: skip
def test_titles_become_names(title, expected):
    found = name(title=title)
    assert found == expected or (found == f"_{expected}" and title == "CON")


@pytest.mark.parametrize(
    ("template", "expected"),
    [
        ("{date}-{title}", "2026-03-14-story-1.md"),
        ("{host}/{year}/{date} {title}", "example.org/2026/2026-03-14 story-1.md"),
        ("{publisher}/{author}", "the-coast-review/ana-de-la-cruz.md"),
        ("/{id}/../x", None),
        ("C:\\{title}?", "C--story-1-.md"),
        ("nul/{title}.", "_nul/story-1.md"),
    ],
)
def test_templates(template, expected):
    found = name(template)
    assert found == (expected or f"{article().id}/x.md")


def test_partial_dates():
    assert name("{date}-{year}", dates=Dates("2026-03")) == "undated-2026.md"
    assert name("{date}", dates=Dates(None)) == "undated.md"


@pytest.mark.parametrize("template", ["{colour}", "plain", "", "{title!r}", "{title.__class__}", "{}"])
def test_a_template_with_an_unknown_field_or_none_is_refused(template):
    with pytest.raises(InvalidInput, match=r"\{date\}"):
        Namer(template, ".md")


def test_where_a_name_is_taken_the_later_has_its_id():
    namer = Namer("{title}", ".md")
    first, second, third = (article(number, title=title) for number, title in enumerate(["Straße", "STRASSE", "Stra\u00dfe!"]))
    assert namer.name(first) == "straße.md"
    assert namer.name(second) == f"strasse-{str(second.id)[:10]}.md"
    assert namer.name(third) == f"straße-{str(third.id)[:10]}.md"


def test_long_names_are_cut_between_words():
    found = name(title="harbour " * 100)
    assert len(found.encode()) <= MAX_BYTES
    assert found.endswith("harbour.md")
    assert len(name("{title}{title}{title}", title="港" * 100).encode()) <= MAX_BYTES


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(any_article())
def test_no_name_leaves_the_folder_or_breaks_it(record):
    found = Namer("/".join(f"{{{field}}}" for field in FIELDS), ".md").name(record)
    for part in found.split("/"):
        assert part not in {"", ".", ".."}
        assert len(part.encode()) <= MAX_BYTES
        assert not set('<>:"\\|?*') & set(part)
        assert part == unicodedata.normalize("NFC", part)
        assert part[-1] not in ". "
        assert all(unicodedata.category(character)[0] != "C" for character in part)
