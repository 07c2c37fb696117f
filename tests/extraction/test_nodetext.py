"""The beginning of a node's text: as far as it was asked for, and no white space in its place."""

from __future__ import annotations

from selectolax.lexbor import LexborHTMLParser

from archiver.extraction import nodetext


def beginning(html: str, max_characters: int) -> str:
    body = LexborHTMLParser(html).body
    assert body is not None
    return nodetext.beginning(body, max_characters)


def test_white_space_is_collapsed_and_elements_are_parted():
    assert beginning("<b>Jo </b> <i>Reed</i>\n of   Quay", 100) == "Jo Reed of Quay"


def test_no_more_is_read_than_was_asked_for():
    assert beginning("<p>" + "boats " * 100 + "</p><p>more</p>", 10) == "boats boat"


def test_indents_do_not_count():
    assert beginning("<a>" + " " * 500 + "<b>Jo Reed</b></a>", 20) == "Jo Reed"
