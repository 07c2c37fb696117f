"""Filters and searches over an archive, and that what is found is what the files say."""

from __future__ import annotations

import dataclasses
import sqlite3
import subprocess
import sys
import unicodedata
from contextlib import closing

import pytest

from archiver.article import Body, Credit, Dates, FeedOrigin, Source
from archiver.errors import InvalidInput
from archiver.store import Filters, Store
from archiver.store.indexing import database, index
from archiver.store.indexing.marks import FILE_NAME
from tests.store.conftest import make_article, titles

FEED = "https://quay.example/feed.xml"


@pytest.fixture
def two(store):
    """A store of two articles that differ in everything, and the ID of each by its title."""
    plain = make_article("https://www.hill.example/1", title="Hills", fetched_at="2026-11-23T08:00:00Z")
    rich = make_article(
        "https://news.quay.example/2",
        title="Quays",
        subtitle="A standfirst on breakwaters",
        byline="By Élodie Brun",
        authors=(),
        dates=Dates("2017-03-18", "2018-08-08T10:00:00Z"),
        source=Source("Quay News", "news.quay.example", (Credit("Port Institute"),)),
        section=("Coast", "Old Harbours"),
        tags=("dredging",),
        language="pt-BR",
        body=Body("Pile upon pile.", "<p>Pile upon pile.</p>", 900),
        verdict="listing",
        feed=FeedOrigin(FEED, "1", "Quay"),
        fetched_at="2026-11-22T08:00:00Z",
    )
    for article in (plain, rich):
        store.save(article)
    store.remark(rich.id, lambda held: dataclasses.replace(held.labelled(["To read"]), starred=True).noted("Ask the pilot"))
    store.remark(plain.id, lambda held: dataclasses.replace(held, read=True))
    return {"Hills": plain.id, "Quays": rich.id}


@pytest.mark.parametrize(
    "filters",
    [
        Filters(host="quay.example"),
        Filters(author="elodie"),
        Filters(author="Brun"),
        Filters(section="old harb"),
        Filters(section="coast"),
        Filters(feed="quay.example"),
        Filters(feed=FEED),
        Filters(language="pt"),
        Filters(language="PT-br"),
        Filters(verdict="listing"),
        Filters(words=(900, None)),
        Filters(words=(4, 900)),
        Filters(published_until="2017"),
        Filters(published_since="2017-03-18", published_until="2017-03-18"),
        Filters(fetched_until="2026-11-22"),
        Filters(modified_since="2018-08-08"),
        Filters(modified_until="2018-08-08"),
        Filters(labels=("TO READ",)),
        Filters(starred=True),
        Filters(unread=True),
        Filters(host="quay.example", author="brun", language="pt", words=(None, 2000), starred=True, labels=("to read",)),
    ],
)
def test_each_filter_chooses(store, two, filters):
    assert titles(store, filters) == ["Quays"]
    assert [hit.row.title for hit in store.search("hills OR quays", filters)] == ["Quays"]


@pytest.mark.parametrize(
    "filters",
    [
        Filters(author="ru"),
        Filters(author="%"),
        Filters(section="harbours old"),
        Filters(language="p"),
        Filters(words=(1000, None)),
        Filters(modified_since="2018-08-09"),
        Filters(verdict="thin"),
        Filters(feed="%"),
    ],
)
def test_a_filter_keeps_out(store, two, filters):
    assert titles(store, filters) == []


@pytest.mark.parametrize(
    "words",
    [
        "quays",
        "breakwat*",
        '"standfirst on breakwaters"',
        "elodie",
        "ÉLODIE",
        '"port institute"',
        "dredging",
        '"old harbours"',
        "pilot",
        '"to read"',
        "author:brun",
        'section:"old harbours"',
        "title:quays -hills",
        "site:quay.example",
        'tag:"to read"',
        "lang:pt",
        "feed:quay.example",
        "before:2018",
        "after:2017 before:2018",
        "quays after:2017-03-18",
        "NOT site:hill.example",
        "-hills",
        "site:quay.example OR site:moor.example",
        "(pile OR glacier) NOT (hills OR moor)",
    ],
)
def test_a_search_finds(store, two, words):
    assert [hit.row.title for hit in store.search(words, Filters())] == ["Quays"]


@pytest.mark.parametrize(
    "words", ["title:pile", "author:quays", "before:2017-03-18", "after:2019 quays", "tag:to", "quays -pile"]
)
def test_a_search_does_not_find(store, two, words):
    assert "Quays" not in [hit.row.title for hit in store.search(words, Filters())]


def test_what_the_user_says_is_found_as_long_as_it_is_said(store, two):
    store.remark(two["Quays"], lambda held: held.noted("Ask the harbour master").unlabelled(["to read"]))
    assert list(store.search("pilot", Filters())) == []
    assert list(store.search('"to read"', Filters())) == []
    assert [hit.row.title for hit in store.search('"harbour master"', Filters())] == ["Quays"]
    store.save(dataclasses.replace(store.load(two["Quays"]), title="Quays again"))
    assert [hit.row.title for hit in store.search('"harbour master"', Filters())] == ["Quays again"]
    store.close()
    (store.root / FILE_NAME).unlink()
    assert [hit.row.title for hit in store.search('"harbour master"', Filters())] == ["Quays again"]


def test_composed_and_decomposed_letters_are_the_same(store):
    store.save(make_article(title=unicodedata.normalize("NFD", "Città ångström 한국 が")))
    for words in ("città", unicodedata.normalize("NFD", "città"), "citta", "한국", unicodedata.normalize("NFD", "が")):
        assert len(list(store.search(words, Filters()))) == 1, words


def test_title_before_dek_before_body(store):
    filler = "Nothing of the kind is said in this long text. " * 5
    for number, fields in enumerate(({"text": f"{filler} tide"}, {"subtitle": "A tide"}, {"title": "The tide"})):
        store.save(make_article(f"https://example.org/{number}", **({"text": filler, "title": f"No {number}"} | fields)))
    assert [hit.row.url[-1] for hit in store.search("tide", Filters())] == ["2", "1", "0"]


def test_of_very_many_matches_the_newest_are_taken_and_those_by_title_come_first(store, monkeypatch):
    monkeypatch.setattr(index, "MAX_RANKED", 4)
    for number in range(12):
        title = "The sea" if number in {1, 9} else f"No {number}"
        store.save(make_article(f"https://example.org/{number:02}", title=title))
    found = [hit.row.url[-2:] for hit in store.search("sea", Filters(), limit=3)]
    assert found == ["09", "11", "10"]
    assert len(list(store.search("sea", Filters()))) == 12
    assert [hit.row.url[-2:] for hit in store.search("sea", Filters(), limit=3, reverse=True)] == found[::-1]


def test_hits_can_be_sorted(store, two):
    assert [hit.row.title for hit in store.search("hills OR quays", Filters(), sort="title")] == ["Hills", "Quays"]
    assert [hit.row.title for hit in store.search("hills OR quays", Filters(), sort="title", reverse=True)] == [
        "Quays",
        "Hills",
    ]
    hit = next(store.search("pile", Filters(), sort="words"))
    assert ("Pile", True) in hit.excerpt


def test_a_host_that_cannot_be_is_refused_before_anything_is_asked(store, two):
    with pytest.raises(InvalidInput):
        store.rows(Filters(host="a b"))
    with pytest.raises(InvalidInput):
        store.search("site:...", Filters())


def test_rows_come_in_order_however_many(store, monkeypatch):
    monkeypatch.setattr(index, "ROWS_AT_ONCE", 3)
    for number in range(11):
        store.save(make_article(f"https://example.org/{number:02}", title=f"No {number:02}"))
    assert titles(store, sort="title") == [f"No {number:02}" for number in range(11)]
    assert titles(store, sort="title", limit=5) == [f"No {number:02}" for number in range(5)]
    rows = store.rows(Filters(), sort="title")
    next(rows)
    late = next(store.root.glob("articles/*/*no-09*"))
    late.write_text(late.read_text().replace('"No 09"', '"No 9b"'))
    gone = next(store.root.glob("articles/*/*no-07*"))
    gone.unlink()
    assert [row.title for row in rows] == [f"No {number:02}" for number in (1, 2, 3, 4, 5, 6, 8)] + ["No 9b", "No 10"]


READER = """
import sys
from pathlib import Path
from archiver.store import Filters, Store
with Store.open(Path(sys.argv[1]), create=False) as store:
    print(len(list(store.rows(Filters()))), len(list(store.search("sea", Filters()))))
"""


def read_elsewhere(root):
    command = [sys.executable, "-c", READER, str(root)]
    return subprocess.Popen(command, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def test_readers_see_all_or_wait_while_the_index_is_made_again(store, monkeypatch):
    for number in range(6):
        store.save(make_article(f"https://h{number}.example/", title=f"Sea {number}"))
    store.close()
    readers: list[subprocess.Popen[str]] = []

    def slowly(path, fill):
        def filled(db):
            readers.extend(read_elsewhere(store.root) for _ in range(2))
            fill(db)
            with pytest.raises(subprocess.TimeoutExpired):
                readers[0].wait(1.5)  # it waits for us, and does not make a second index

        return build(path, filled)

    build = database.build
    monkeypatch.setattr(database, "build", slowly)
    (store.root / FILE_NAME).unlink()
    assert len(titles(store)) == 6
    assert [reader.communicate(timeout=60) for reader in readers] == [("6 6\n", "")] * 2


def test_readers_do_not_wait_for_a_long_write(store):
    for number in range(3):
        store.save(make_article(f"https://h{number}.example/", title=f"Sea {number}"))
    store.close()
    with Store.open(store.root, create=False) as again:
        assert len(titles(again)) == 3
    with closing(sqlite3.connect(store.root / FILE_NAME, isolation_level=None)) as db:
        db.execute("BEGIN IMMEDIATE")
        db.execute("UPDATE records SET title = 'half done'")
        for _ in range(3):
            out, _ = read_elsewhere(store.root).communicate(timeout=60)
            assert out == "3 3\n"
        db.execute("ROLLBACK")
