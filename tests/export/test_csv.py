"""CSV."""

from __future__ import annotations

import csv
import io

import pytest

from archiver.remarks import Remarks
from tests.support.exports import Held, article, written


def rows(content):
    return list(csv.reader(io.StringIO(content.decode(), newline="")))


def test_a_row_for_each_article_under_the_columns_of_list():
    held = Held(article(1, title='A "quoted", title'), Remarks(labels=("a", "b"), note="two\nlines"))
    assert rows(written("csv", held, article(2))) == [
        ["id", "title", "labels", "note"],
        [held.article.id, 'A "quoted", title', "a, b", "two\nlines"],
        [article(2).id, "Story 2", "", ""],
    ]


def test_no_articles_are_a_heading():
    assert written("csv") == b"id,title,labels,note\r\n"


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", "＝"])
def test_a_formula_is_quoted(start):
    title = rows(written("csv", article(title=f"{start}cmd|'/c calc'!A1")))[1][1]
    assert title.startswith("'")
    assert title.endswith("cmd|'/c calc'!A1")


def test_control_characters_are_left_out():
    assert rows(written("csv", article(title="a\x1b[31m\x00b")))[1][1] == "a[31mb"
