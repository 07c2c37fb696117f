"""Nothing printed makes a terminal do anything."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archiver.article import Article, Body
from archiver.cli.terminal import printed_record, safe_line, safe_text

FORBIDDEN = {chr(c) for c in (*range(0x20), 0x7F, *range(0x80, 0xA0))} - {"\n", "\t"} | set("\u202e\u2066\u2028")


@given(st.text(alphabet=st.characters(exclude_categories=())))
def test_safe_text_holds_no_character_that_acts(text):
    assert not FORBIDDEN & set(safe_text(text))


@given(st.text(alphabet=st.characters(exclude_categories=())))
def test_safe_line_is_one_line(text):
    assert "\n" not in safe_line(text)
    assert "\r" not in safe_line(text)


def test_letters_of_all_scripts_stay():
    text = "Ärger über 東京 עברית العربية हिन्दी 👩‍👩‍👧"
    assert safe_text(text) == text


def test_an_escape_is_shown():
    assert safe_text("a\x1b]0;title\x07b\x9bc") == "a\\u001b]0;title\\u0007b\\u009bc"


@pytest.mark.parametrize("form", ["json", "text", "html"])
def test_a_printed_record_is_safe_in_every_form(form):
    hostile = "x\x1b[2J\x9by\u202e"
    article = Article(title=hostile, body=Body(text=hostile, html=f"<p>{hostile}</p>", words=1))
    assert not FORBIDDEN & set(printed_record(article, form))


def test_the_printed_json_is_the_same_document():
    article = Article(title="x\x1b\x9b\u202e", body=Body(text="t"))
    assert json.loads(printed_record(article, "json")) == article.to_dict()
