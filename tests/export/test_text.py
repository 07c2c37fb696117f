"""Plain text."""

from __future__ import annotations

from archiver.article import Body
from tests.support.exports import article, folder, written

FIRST = """Story 1
Three storms and a quarrel
By Ana de la Cruz, Jo Smith
The Coast Review, published 2026-03-14, updated 2026-03-15, reviewed 2026-04
https://example.org/1

The quay was built of oak.

It stood for two hundred years.
"""


def test_one_file():
    assert written("text", article(1)).decode() == FIRST
    both = written("text", article(1), article(2)).decode()
    assert both.startswith(FIRST + "\n====")
    assert both.count("The quay was built of oak.") == 2


def test_a_folder():
    files = folder("text", article(1), article(2))
    assert list(files) == ["2026-03-14-story-1.txt", "2026-03-14-story-2.txt"]
    assert files["2026-03-14-story-1.txt"].decode() == FIRST


def test_what_a_terminal_would_act_on_is_left_out():
    text = written("text", article(title="a\x1b]0;x\x07b", body=Body("c\x9b31md\u2028\ud800e"))).decode()
    assert text.startswith("a]0;xb\n")
    assert text.endswith("c31md\u2028e\n")
