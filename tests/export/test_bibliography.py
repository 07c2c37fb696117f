"""References for other programs are read back by other programs."""

from __future__ import annotations

import json
import re

import pytest
import rispy
from bibtexparser.entrypoint import parse_string
from pybtex.database import parse_string as parse_strictly

from archiver.article import Author, Dates
from archiver.export.bibliography import WRITERS
from archiver.export.reference import day, references
from tests.support.exports import article
from tests.support.hostile import ATTACKS, hostile

TWO = [article(1), article(2, authors=(Author("Harbour Data Team"),), dates=Dates("2017-03"))]
TRICKY = "100% {of} $5 & #1_a ~ ^ \\end{x} | [b] }} «é»"


def test_a_reference_says_what_is_known():
    one, other = (reference.csl() for reference in references(TWO))
    assert one == {
        "id": "delacruz2026story",
        "type": "webpage",
        "title": "Story 1",
        "author": [{"family": "de la Cruz", "given": "Ana"}, {"family": "Smith", "given": "Jo"}],
        "container-title": "The Coast Review",
        "URL": "https://example.org/1",
        "language": "en",
        "note": f"Archived copy: SHA-256 {'ab' * 32}",
        "issued": {"date-parts": [[2026, 3, 14]]},
        "accessed": {"date-parts": [[2026, 11, 23]]},
    }
    assert other["author"] == [{"literal": "Harbour Data Team"}]
    assert other["issued"] == {"date-parts": [[2017, 3]]}


def test_keys_are_unique():
    made = references([article(1, title="Same"), article(2, title="Same"), article(3, title="東京", authors=(), byline=None)])
    assert [reference.key for reference in made] == ["delacruz2026same", "delacruz2026same-2", "2026"]


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("2017", (2017,)),
        ("2017-03", (2017, 3)),
        ("2017-03-18T09:30:00Z", (2017, 3, 18)),
        ("2017-13", None),
        ("x", None),
        (None, None),
    ],
)
def test_dates_keep_their_precision(value, expected):
    assert day(value) == expected


def entries(text):
    library = parse_string(text)
    assert library.failed_blocks == []
    return library.entries


def test_bibtex():
    one, other = entries(WRITERS["bibtex"](references(TWO)))
    fields = {field.key: field.value for field in one.fields}
    assert (one.entry_type, one.key) == ("misc", "delacruz2026story")
    assert fields == {
        "author": "de la Cruz, Ana and Smith, Jo",
        "title": "{Story 1}",
        "organization": "The Coast Review",
        "date": "2026-03-14",
        "year": "2026",
        "month": "3",
        "url": "https://example.org/1",
        "urldate": "2026-11-23",
        "note": f"Archived copy: SHA-256 {'ab' * 32}",
    }
    assert {field.key: field.value for field in other.fields}["author"] == "{Harbour Data Team}"


def test_bibtex_of_a_title_that_latex_would_act_on():
    (entry,) = entries(WRITERS["bibtex"](references([article(title=TRICKY)])))
    title = entry.fields_dict["title"].value
    assert title.count("{") == title.count("}")
    for character in "%$&#_":
        assert not re.search(rf"(?<!\\){re.escape(character)}", title)
    assert r"\textbackslash{}end\textbraceleft{}x" in title


def test_ris():
    one, other = rispy.loads(WRITERS["ris"](references(TWO)))
    assert one["authors"] == ["de la Cruz, Ana", "Smith, Jo"]
    assert (one["type_of_reference"], one["title"], one["year"]) == ("ELEC", "Story 1", "2026")
    assert one["urls"] == ["https://example.org/1"]
    assert (one["date"], one["access_date"]) == ("2026/03/14/", "2026/11/23/")
    assert (other["authors"], other["date"]) == (["Harbour Data Team"], "2017/03//")


def test_wikipedia():
    one, other = WRITERS["wikipedia"](references(TWO)).splitlines()
    assert one == (
        "{{cite web |last1=de la Cruz |first1=Ana |last2=Smith |first2=Jo |title=Story 1 |website=The Coast Review "
        "|date=2026-03-14 |language=en |url=https://example.org/1 |access-date=2026-11-23}}"
    )
    assert "|author=Harbour Data Team " in other
    assert "|date=March 2017 " in other


def test_wikipedia_of_a_title_that_wikis_act_on():
    (line,) = WRITERS["wikipedia"](references([article(title="a | b=c }} {{evil}} [[x]] ''i''\n~~~~")])).splitlines()
    title = line.partition("title=")[2].partition(" |website=")[0]
    assert not set(title) & set("|{}[]'~")
    assert line.count("{{") == line.count("}}") == 1


def test_no_attack_gets_through():
    made = references([held.article for held in hostile()])
    assert len(json.loads(WRITERS["csl-json"](made))) == len(ATTACKS)
    assert len(entries(WRITERS["bibtex"](made))) == len(ATTACKS)
    assert len(rispy.loads(WRITERS["ris"](made))) == len(ATTACKS)
    assert len(WRITERS["wikipedia"](made).splitlines()) == len(ATTACKS)
    for write in WRITERS.values():
        assert not set(write(made)) & set("\x1b\x07\x00\u202e")


@pytest.mark.parametrize(
    "text",
    [
        "emoji 😀 👩\u200d👩\u200d👧",
        "A {lone brace", "}", "{}}{", "back\\slash \\input{/etc/passwd} \\", "100% of $5 & #1 _x_ ~y^z", "%comment",
        "@article{x,",
        "title = {x}, author = {y}", '"quoted" and "', "and", "A and B", "x,y,z", "rtl \u202eabc\u202c \u2067x",
        "ctl \x00\x07\x1b[31mred\r\nTY  - X", "ER  - \nTY  - BOOK", "TI  - x\nER  - ", "AU  - Fake", "ER  -",
        "|url=http://x.example |title=x}} {{x", "<ref>[[a]]</ref> <!-- ~~~~", "\ud800 lone", "long " * 1000,
    ],
)  # fmt: skip
def test_whatever_a_title_or_a_name_is_each_parser_reads_as_many_entries_and_people(text):
    """bibtexparser is lenient, pybtex strict; rispy reads line by line."""
    tricky = references([article(1, title=text, authors=(Author(text), Author("Jo Smith"))), article(2, title="Next")])
    bibtex = WRITERS["bibtex"](tricky)
    assert [entry.key for entry in parse_string(bibtex).entries] == [one.key for one in tricky]
    assert parse_string(bibtex).failed_blocks == []
    strict = parse_strictly(bibtex, "bibtex").entries
    assert list(strict) == [one.key for one in tricky]
    assert [len(entry.persons["author"]) for entry in strict.values()] == [len(one.authors) for one in tricky]
    first, second = rispy.loads(WRITERS["ris"](tricky))
    assert (first["title"], second["title"]) == (tricky[0].title, "Next")
    assert len(first["authors"]) == len(tricky[0].authors)
    assert [item["title"] for item in json.loads(WRITERS["csl-json"](tricky))] == [tricky[0].title, "Next"]
    wiki = WRITERS["wikipedia"](tricky)
    assert (len(wiki.splitlines()), wiki.count("{{"), wiki.count("}}")) == (2, 2, 2)
