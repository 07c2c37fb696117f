"""What one record says that another does not."""

from __future__ import annotations

import dataclasses

import pytest

from archiver.article import Article, Author, Body, Credit, Dates, Evidence, Image, Source
from archiver.tasks.versions import changes

HELD = Article(
    title="A title",
    byline="By Jo Smith",
    authors=(Author("Jo Smith", url="https://a.example/jo"),),
    dates=Dates(published="2026-01-02", modified="2026-01-03T09:30:00+02:00"),
    source=Source("The Example", "example.org", (Credit("Agency"),)),
    image=Image("https://cdn.example/1.jpg?w=320"),
    body=Body("One sentence.", "<p>One sentence.</p>", 2),
)


def after(**fields):
    return dataclasses.replace(HELD, **fields)


def dated(**dates):
    return after(dates=dataclasses.replace(HELD.dates, **dates))


def told(article):
    return [(one.name, one.before, one.after) for one in changes.fields(HELD, article)]


@pytest.mark.parametrize(
    ("article", "shown"),
    [
        (HELD, []),
        (after(title="Another"), [("title", "A title", "Another")]),
        (after(title=None), [("title", "A title", None)]),
        (after(authors=(Author("Jo Smith"), Author("Al Lee"))), [("authors", "Jo Smith", "Jo Smith, Al Lee")]),
        (dated(modified=None), [("dates.modified", "2026-01-03T09:30:00+02:00", None)]),
        (after(source=Source("Other", "example.org", (Credit("Agency"),))), [("source.publisher", "The Example", "Other")]),
        (after(tags=("sea", "walls")), [("tags", None, "sea, walls")]),
        (after(image=Image("https://cdn.example/1.jpg?w=640")), []),
        (after(image=Image("https://cdn.example/2.jpg")), [("image", "https://cdn.example/1.jpg?w=320", "https://cdn.example/2.jpg")]),
        (after(body=Body("Other.", "<p>Other.</p>", 1), evidence={}, archiver="9"), []),
    ],
)  # fmt: skip
def test_fields(article, shown):
    assert told(article) == shown


@pytest.mark.parametrize(
    ("before", "later", "moved"),
    [
        ("2026-01-02", "2026-01-02", False),
        ("2026-01-02", "2026-01-02T10:00:00Z", False),
        ("2026-01", "2026-01-31", False),
        ("2026-01-02", "2026-01-03", True),
        ("2026-01-02T10:00:00Z", "2026-01-02T12:00:00+02:00", False),
        ("2026-01-02T10:00:00Z", "2026-01-02T12:00:00Z", True),
        ("2026-01-02T10:00:00", "2026-01-02T12:00:00Z", True),
        (None, "2026-01-02", True),
        ("2026-01-02", None, False),
        ("2026", "2027", True),
    ],
)
def test_a_date_that_moved(before, later, moved):
    def with_dates(date):
        return after(dates=Dates(modified=date))

    assert changes.date_moved(with_dates(before), with_dates(later)) is moved


def test_a_date_of_the_server_does_not_count():
    evidence = {"dates.modified": Evidence("header", "Last-Modified", "x")}
    moved = dataclasses.replace(dated(modified="2026-02-03"), evidence=evidence)
    assert not changes.date_moved(dataclasses.replace(HELD, evidence=evidence), moved)


@pytest.mark.parametrize(
    ("article", "said"),
    [
        (HELD, None),
        (after(title="Another"), "text changed, no date moved (silent edit)"),
        (after(body=Body("One word.", "", 2)), "text changed, no date moved (silent edit)"),
        (after(body=Body("One word.", "", 2), dates=Dates()), "text changed, the page states no date"),
        (after(body=Body("One word.", "", 2), dates=Dates("2026-01-02", "2026-02-02")), None),
        (dated(modified="2026-02-02"), "date moved, text did not"),
        (after(byline="By Al Lee"), None),
        (after(body=Body("One sentence.\n\n12 views", "", 4)), None),
    ],
)
def test_honesty(article, said):
    assert changes.honesty(HELD, article) == said
