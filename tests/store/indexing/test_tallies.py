from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import Any

import pytest

from archiver.article import Body, Dates, Source
from archiver.errors import InvalidInput
from archiver.remarks import Remarks
from archiver.store import Filters, Store
from archiver.store.indexing import conditions, tallies
from archiver.store.indexing.marks import FILE_NAME
from archiver.store.indexing.tallies import Ranking, Tallies
from tests.store.conftest import make_article


@pytest.fixture
def counted(store):
    """An archive of four articles of two sites."""
    articles: list[dict[str, Any]] = [
        {"published": "2017-03-18T09:30:00+02:00", "language": "en", "tags": ("Sea", "Ice"), "section": ("News", "North")},
        {"published": "2017-03-18", "language": "en", "tags": ("sea",), "section": ("News",), "byline": "by zoë Ångström"},
        {"published": "2017", "language": None, "byline": None, "authors": (), "verdict": "listing"},
        {"published": None, "language": "de", "title": None, "fetched_at": "2026-11-24T00:00:00Z"},
    ]
    for number, fields in enumerate(articles):
        published = fields.pop("published")
        host = f"h{number // 3}.example"
        store.save(
            make_article(
                f"https://{host}/{number}",
                text="one two three",
                dates=Dates(published=published),
                source=Source("The Example" if number else None, host),
                **fields,
            )
        )
    return store


def test_an_empty_archive_has_nothing(store):
    assert store.tallies(Filters(), top=10) == Tallies()


def test_what_is_counted(counted):
    found = counted.tallies(Filters(), top=10)
    assert (found.held, found.articles, found.words) == (4, 4, 12)
    assert found.held_bytes == sum(path.stat().st_size for path in counted.root.glob("articles/*/*.json"))
    assert found.fetched == (("2026-11-23", 3), ("2026-11-24", 1))
    assert found.published == (("2017", 1), ("2017-03-18", 1), ("2017-03-18T09", 1))
    assert set(found.kinds) == {("en", "article", 2, 6), (None, "listing", 1, 3), ("de", "article", 1, 3)}
    assert dict(found.found) == {
        "title": 3,
        "byline": 3,
        "dates.published": 3,
        "dates.modified": 0,
        "source.publisher": 3,
        "language": 3,
        "section": 2,
        "tags": 2,
        "body": 4,
    }


def test_names_are_ranked_whatever_their_case(counted):
    found = counted.tallies(Filters(), top=10)
    assert found.hosts == Ranking((("h0.example", 3), ("h1.example", 1)), 2, 4)
    assert found.bylines == Ranking((("by zoë Ångström", 3),), 1, 3)
    assert found.tags == Ranking((("sea", 2), ("Ice", 1)), 2, 3)
    assert found.sections == Ranking((("News", 2),), 1, 2), "the broadest one"


def test_the_top_is_cut_and_the_rest_is_known(counted):
    found = counted.tallies(Filters(), top=1)
    assert found.hosts == Ranking((("h0.example", 3),), 2, 4)
    assert found.tags == Ranking((("sea", 2),), 2, 3)


@pytest.mark.parametrize(
    ("filters", "articles"),
    [
        (Filters(host="h0.example"), 3),
        (Filters(language="en"), 2),
        (Filters(verdict="listing"), 1),
        (Filters(author="zoë"), 3),
        (Filters(published_since="2017-03-18"), 3),
        (Filters(words=(4, None)), 0),
        (Filters(host="nowhere.example"), 0),
        (Filters(unread=True), 4),
    ],
)
def test_each_count_is_of_what_was_chosen(counted, filters, articles):
    found = counted.tallies(filters, top=10)
    assert found.held == 4
    assert found.articles == articles == len(list(counted.rows(filters)))
    assert found.words == 3 * articles
    for counts in (found.hosts.names, found.fetched):
        assert sum(count for _, count in counts) == articles
    assert sum(count for *_, count, _ in found.kinds) == articles
    assert all(count <= articles for _, count in found.found)


def test_remarks_are_counted_with_their_articles(counted):
    ids = [row.id for row in counted.rows(Filters(host="h0.example"))]
    counted.remark(ids[0], lambda _: Remarks(labels=("To cite", "sea"), starred=True))
    counted.remark(ids[1], lambda _: Remarks(labels=("to cite",), read=True))
    counted.remark("0" * 16, lambda _: Remarks(labels=("lost",), starred=True))
    found = counted.tallies(Filters(), top=10)
    assert (found.starred, found.read) == (1, 1)
    assert found.labels == Ranking((("to cite", 2), ("sea", 1)), 2, 3), "an article that is gone has no tags"
    assert counted.tallies(Filters(host="h1.example"), top=10).labels == Ranking()
    assert counted.tallies(Filters(starred=True), top=10).labels.different == 2


def test_a_damaged_record_is_not_counted(counted, notes):
    path = next(counted.root.glob("articles/h1.example/*.json"))
    counted.close()
    path.write_text("half")
    with Store.open(counted.root, create=False, note=notes.append) as store:
        list(store.rows(Filters()))
        found = store.tallies(Filters(), top=10)
    assert (found.held, found.articles) == (3, 3)
    assert any(path.name in note for note in notes)


def test_asking_again_and_writing_afterwards_works(counted):
    first = counted.tallies(Filters(language="en"), top=10)
    assert counted.tallies(Filters(language="en"), top=10) == first, "what was written down for the one is gone"
    counted.save(make_article("https://h2.example/new", language="en"))
    assert counted.tallies(Filters(language="en"), top=10).articles == first.articles + 1


def test_an_index_that_lost_a_part_is_made_again(counted):
    counted.close()
    with closing(sqlite3.connect(counted.root / FILE_NAME)) as db:
        db.execute("DROP INDEX records_topics")
        db.commit()
    with Store.open(counted.root, create=False) as store:
        assert store.tallies(Filters(), top=10).articles == 4


@pytest.mark.parametrize("filters", [Filters(), Filters(language="en", words=(1, None), host="h0.example", unread=True)])
def test_no_walk_comes_to_the_rows_of_the_records(counted, filters):
    """100,000 of them are a hundred megabytes; the indexes have what is counted.

    SQLite goes to a row when a column of it is asked for, so its program must ask for none, and may not even open the table.
    """
    counted.tallies(filters, top=10)
    asked: list[str] = []
    with closing(sqlite3.connect(counted.root / FILE_NAME, isolation_level=None)) as db:
        db.set_trace_callback(asked.append)
        tallies.taken(db, conditions.of_filters(filters), top=10)
        db.set_trace_callback(None)
        db.execute("CREATE TEMP TABLE chosen (number INTEGER PRIMARY KEY)")
        ((root,),) = db.execute("SELECT rootpage FROM sqlite_schema WHERE name = 'records'")
        walks = [sql for sql in asked if "INDEXED BY" in sql]
        for sql in walks:
            program = [step[1:5] for step in db.execute(f"EXPLAIN {sql}")]
            rows = {cursor for code, cursor, page, database in program if (code, page, database) == ("OpenRead", root, 0)}
            assert not [code for code, cursor, *_ in program if code == "Column" and cursor in rows], sql
    assert len(walks) > 10


def test_words_beyond_all_measure_are_no_damage(counted, notes):
    for number in range(3):
        counted.save(make_article(f"https://huge.example/{number}", body=Body("", "", 2**63)))
    assert counted.tallies(Filters(host="huge.example"), top=1).words == 2**63 - 1
    assert notes == []


def test_a_host_that_cannot_be_is_an_error(counted):
    with pytest.raises(InvalidInput):
        counted.tallies(Filters(host="a b"), top=10)
