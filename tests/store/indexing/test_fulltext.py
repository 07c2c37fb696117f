from __future__ import annotations

import sqlite3

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archiver.errors import InvalidInput
from archiver.store.indexing import expressions, fulltext


@pytest.fixture(scope="module")
def table():
    db = sqlite3.connect(":memory:")
    db.execute(f"CREATE VIRTUAL TABLE texts USING fts5 ({', '.join(fulltext.COLUMNS)}, tokenize = '{fulltext.TOKENIZER}')")
    yield db
    db.close()


def matches(db: sqlite3.Connection, text: str, words: str) -> bool:
    db.execute("DELETE FROM texts")
    db.execute("INSERT INTO texts (title) VALUES (?)", (fulltext.indexed(text),))
    expression = expressions.parse(words)
    if expression is None:
        return False
    query = fulltext.query(expression)
    return bool(db.execute("SELECT 1 FROM texts WHERE texts MATCH ?", (query,)).fetchall())


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The Café opened", "cafe"),
        ("The cafe\u0301 opened", "CAFÉ"),
        ("one two three", '"two three"'),
        ("one two three", "three one"),
        ("glutamate", "gluta*"),
        ("彼は量子力学を学んだ", "量子"),
        ("彼は量子力学を学んだ", "力学"),
        ("서울에서 만나요", "서울"),
        ("ผมรักประเทศไทย", "ประเทศ"),
        ("iPhone15を買う", "iphone15"),
        ("don't look", "don't"),
        ("rock and roll", "AND"),
        ("title: a colon", "title:"),
    ],
)
def test_words_are_found(table, text, words):
    assert matches(table, text, words)


@pytest.mark.parametrize(
    ("text", "words"), [("one two", "one three"), ("one two three", '"one three"'), ("量子力学", "子量"), ("cats", "cat")]
)
def test_what_is_not_there_is_not_found(table, text, words):
    assert not matches(table, text, words)


@given(text=st.text(st.characters(exclude_categories=["Cs", "Cc", "Cf"])))
def test_what_is_shown_is_what_was_written(text):
    import unicodedata

    assert fulltext.shown(fulltext.indexed(text)) == unicodedata.normalize("NFC", text)


@pytest.mark.parametrize("words", ["NOT storm", "sea OR NOT storm", "(NOT storm NOT sea)"])
def test_nothing_but_not_is_no_question(words):
    with pytest.raises(InvalidInput, match="NOT alone"):
        fulltext.query(expressions.parse(words) or expressions.Term(""))


def test_an_excerpt_tells_what_matched():
    assert fulltext.excerpt("… the \x02sea\x03 rose") == (("… the ", False), ("sea", True), (" rose", False))


def test_a_text_cannot_forge_a_match():
    assert fulltext.indexed("a\x02b\x03c\u200bd") == "abcd"
