from __future__ import annotations

import sqlite3

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archiver.errors import InvalidInput
from archiver.store import fulltext


@pytest.fixture(scope="module")
def table():
    db = sqlite3.connect(":memory:")
    db.execute(f"CREATE VIRTUAL TABLE texts USING fts5 (body, tokenize = '{fulltext.TOKENIZER}')")
    yield db
    db.close()


def matches(db: sqlite3.Connection, text: str, words: str) -> bool:
    db.execute("DELETE FROM texts")
    db.execute("INSERT INTO texts VALUES (?)", (fulltext.indexed(text),))
    query = fulltext.query(words)
    return query is not None and bool(db.execute("SELECT 1 FROM texts WHERE texts MATCH ?", (query,)).fetchall())


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


@pytest.mark.parametrize("words", ["", "  ", '"', '""', "*", "!!! ???", "\0", "(", "\ud800"])
def test_what_holds_no_word_asks_nothing(words):
    assert fulltext.query(words) is None


@pytest.mark.parametrize(
    "words",
    [
        'a" OR "b',
        "NEAR(a b",
        "a NEAR/2 b",
        "body:x",
        "-x",
        "^x",
        "a AND",
        "x\0y",
        "'; DROP TABLE texts; --",
        '"' * 999 + "x",
        "x*" * 50,
        "a" * 1_000_000,
        "量" * 100_000,
        '"' + "a " * 500_000 + '"',
        "{a b} : c",
        "a + b",
        "x**",
        "\ud800x",
    ],
)
def test_no_text_is_a_syntax_error(table, words):
    matches(table, "some text", words)


@given(words=st.text())
def test_no_generated_text_is_a_syntax_error(table, words):
    try:
        matches(table, words, words)
    except InvalidInput:
        assert len(words.split()) > fulltext.MAX_TERMS or words.count('"') > fulltext.MAX_TERMS


def test_more_words_than_anybody_means_are_refused():
    with pytest.raises(InvalidInput, match="at most 64"):
        fulltext.query("x " * 65)


@given(text=st.text(st.characters(exclude_categories=["Cs", "Cc", "Cf"])))
def test_what_is_shown_is_what_was_written(text):
    import unicodedata

    assert fulltext.shown(fulltext.indexed(text)) == unicodedata.normalize("NFC", text)


def test_an_excerpt_tells_what_matched():
    assert fulltext.excerpt("… the \x02sea\x03 rose") == (("… the ", False), ("sea", True), (" rose", False))


def test_a_text_cannot_forge_a_match():
    assert fulltext.indexed("a\x02b\x03c\u200bd") == "abcd"
