"""What a person types to search, and that nothing of it is a fault."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from archiver.errors import InvalidInput
from archiver.store.indexing import conditions, database, expressions
from archiver.store.indexing.cards import storable
from archiver.store.indexing.expressions import Every, Expression, Fact, Some, Term, Without

if TYPE_CHECKING:
    import sqlite3

TODAY = dt.date(2026, 11, 25)
SEA, TIDE, STORM = Term("sea"), Term("tide"), Term("storm")
MEANINGS = {
    "sea": SEA,
    "sea tide": Every((SEA, TIDE)),
    "sea AND tide": Every((SEA, TIDE)),
    "sea OR tide storm": Some((SEA, Every((TIDE, STORM)))),
    "(sea OR tide) storm": Every((Some((SEA, TIDE)), STORM)),
    "sea NOT tide": Every((SEA, Without(TIDE))),
    "sea -tide": Every((SEA, Without(TIDE))),
    "sea NOT (tide OR storm)": Every((SEA, Without(Some((TIDE, STORM))))),
    "NOT NOT sea": SEA,
    '"old harbour"': Term("old harbour"),
    '"old harb"*': Term("old harb", prefix=True),
    "clim*": Term("clim*", prefix=True),
    "title:sea": Term("sea", "title"),
    'author:"de la Cruz"': Term("de la Cruz", "byline"),
    "section:(sea OR tide)": Some((Term("sea", "section"), Term("tide", "section"))),
    "title:(sea author:tide)": Every((Term("sea", "title"), Term("tide", "byline"))),
    "SITE:example.org": Fact("site", "example.org"),
    'tag:"to read"': Fact("tag", "to read"),
    "sea before:2017": Every((SEA, Fact("before", "2017"))),
    "-site:example.org": Without(Fact("site", "example.org")),
}
LITERAL = {
    "AND": Term("AND"),
    "sea OR": Every((SEA, Term("OR"))),
    "OR sea": Every((Term("OR"), SEA)),
    "sea AND AND tide": Every((SEA, Term("AND"), TIDE)),
    "NOT": Term("NOT"),
    "sea NOT": Every((SEA, Term("NOT"))),
    "sea and tide": Every((SEA, Term("and"), TIDE)),
    "title:": Term("title:"),
    "colour:red": Term("colour:red"),
    "https://example.org/sea": Term("https://example.org/sea"),
    "10:30": Term("10:30"),
    '"sea tide': Term("sea tide"),
    "((sea": SEA,
    "sea) tide": Every((SEA, TIDE)),
    "NEAR(sea tide)": Every((Term("NEAR"), SEA, TIDE)),
    "co-operate": Term("co-operate"),
    "- sea": SEA,
    "()": None,
    "": None,
    '"" * - !!! \0': None,
    "\ud800": None,
}


@pytest.mark.parametrize("text", MEANINGS)
def test_what_is_typed_means(text):
    assert expressions.parse(text) == MEANINGS[text]


@pytest.mark.parametrize("text", LITERAL)
def test_what_means_nothing_is_words(text):
    assert expressions.parse(text) == LITERAL[text]


@pytest.mark.parametrize(
    ("arguments", "text"),
    [
        (("sea", "tide"), "sea tide"),
        (("old harbour", "sea"), '"old harbour" sea'),
        (("sea OR tide",), "sea OR tide"),
        (('author:"de la Cruz" sea',), 'author:"de la Cruz" sea'),
        (("sea -tide",), "sea -tide"),
        (("clim* sea",), "clim* sea"),
        (("title:sea tide",), "title:sea tide"),
        (("NEAR AND",), "NEAR AND"),
    ],
)
def test_an_argument_with_spaces_is_a_phrase_unless_it_has_syntax(arguments, text):
    assert expressions.joined(arguments) == text


@pytest.mark.parametrize("text", ["x " * 65, '"x" ' * 65, "site:x " * 65, "(" * 9 + "x " * 65])
def test_more_than_anybody_means_is_refused(text):
    with pytest.raises(InvalidInput, match="at most 64"):
        expressions.parse(text)


def test_a_single_letter_is_no_beginning():
    with pytest.raises(InvalidInput, match="too short"):
        expressions.parse("sea a*")
    assert expressions.parse("量*") == Term("量*", prefix=True)


def parsed(text: str) -> Expression:
    expression = expressions.parse(text)
    assert expression
    return expression


@pytest.mark.parametrize("text", ["sea OR site:example.org", "NOT (sea tag:x)", "title:(sea before:2017) OR tide"])
def test_facts_and_words_in_one_choice_are_refused(text):
    with pytest.raises(InvalidInput, match="joined by AND alone"):
        conditions.of_search(parsed(text))


@pytest.mark.parametrize("text", ["before:soon", "after:2017-13", "after:0", "before:0001", "site:..", "site:a%20b"])
def test_a_fact_that_cannot_be_is_refused(text):
    with pytest.raises(InvalidInput):
        conditions.of_search(parsed(text), today=TODAY)


@pytest.fixture(scope="module")
def index():
    db = database.in_memory()
    yield db
    db.close()


def answer(db: sqlite3.Connection, text: str) -> None:
    """Asks the index what `text` means; refused it may be, and nothing else."""
    try:
        expression = expressions.parse(text)
        query, tests = conditions.of_search(expression, today=TODAY) if expression else (None, [])
    except InvalidInput:
        return
    where = "".join(f" AND {sql}" for sql, _ in tests)
    values = [storable(value) for _, found in tests for value in found]
    db.execute(f"SELECT number FROM records WHERE TRUE{where}", values).fetchall()
    if query:
        db.execute("SELECT rowid FROM texts WHERE texts MATCH ?", (storable(query),)).fetchall()


PIECES = [
    *MEANINGS,
    *LITERAL,
    *["AND", "OR", "NOT", "-", "(", ")", '"', "*", "before:", "after:2017", "site:", "tag:a,b", "lang:%", "\x00"],
    " ",
]
TEXTS = st.one_of(
    st.text(),
    st.lists(st.sampled_from(PIECES), max_size=30).map(" ".join),
    st.lists(st.sampled_from(PIECES)).map("".join),
)


@settings(deadline=None)  # a megabyte may take a moment
@given(text=TEXTS)
@example(text="a" * 1_000_000)
@example(text="(" * 1_000_000)
@example(text="NOT " * 300_000)
@example(text="title:(" * 200_000 + "sea")
@example(text='"' * 999_999 + "x")
@example(text="- " * 500_000)
@example(text="x" + ")" * 500_000)
@example(text='"' + "sea " * 250_000)
@example(text="(" * 60 + "sea OR tide" + ")" * 60)
@example(text="量" * 300_000)
def test_no_text_is_a_fault(index, text):
    answer(index, text)
