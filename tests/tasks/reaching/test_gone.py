from __future__ import annotations

from datetime import UTC, datetime

import pytest

from archiver.article import Article, Body
from archiver.capture import Capture, Exchange
from archiver.errors import HttpStatus, NameNotFound, TimedOut
from archiver.extraction.rules.parking import PARKING_HOSTS, PARKING_SIGNS
from archiver.tasks.reaching import gone

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
TEXT = "The harbour was built in stages. "


def came(url: str, asked: str = "https://example.org/2009/story") -> Capture:
    return Capture(asked, (Exchange(url, "GET", (), NOON, "HTTP/1.1", 200, "OK", (), b"x"),), b"x")


def said(text: str, **fields) -> Article:
    return Article(title="Example", body=Body(text, "", len(text.split())), **fields)


def test_what_says_that_a_page_is_gone():
    assert gone.why_gone(HttpStatus("404", status=404))
    assert gone.why_gone(HttpStatus("410", status=410))
    assert gone.why_gone(NameNotFound("no such host")) == "no such host"
    assert gone.why_gone(HttpStatus("500", status=500)) is None
    assert gone.why_gone(TimedOut("slow")) is None


@pytest.mark.parametrize("row", PARKING_HOSTS, ids=lambda row: row.name)
def test_each_parking_host_is_needed(row, monkeypatch):
    capture = came(f"https://www.{row.name}/offer/example.org")
    assert row.name in str(gone.why_lost(capture, said(TEXT)))
    monkeypatch.setattr(gone, "PARKING_HOSTS", [other for other in PARKING_HOSTS if other is not row])
    assert gone.why_lost(capture, said(TEXT)) is None


@pytest.mark.parametrize("row", PARKING_SIGNS, ids=lambda row: row.example)
def test_each_sign_of_parking_is_needed(row, monkeypatch):
    import re

    capture = came("https://example.org/2009/story")
    assert gone.why_lost(capture, said(row.example))
    rest = re.compile("|".join(other.pattern for other in PARKING_SIGNS if other is not row), re.IGNORECASE)
    monkeypatch.setattr(gone, "PARKED", rest)
    assert gone.why_lost(capture, said(row.example)) is None


def test_an_article_about_parking_is_not_parked():
    capture = came("https://example.org/2009/story")
    assert gone.why_lost(capture, said("This domain is for sale, he read. " + TEXT * 50)) is None


def test_a_front_page_in_the_place_of_a_page():
    assert gone.why_lost(came("https://example.org/"), said(TEXT)) == "redirected to a front page"
    assert gone.why_lost(came("https://example.org/", asked="https://example.org"), said(TEXT)) is None


def test_an_error_page_that_says_200():
    capture = came("https://example.org/2009/story")
    assert gone.why_lost(capture, said(TEXT, verdict="error")) == "an error page"
    assert gone.why_lost(capture, said(TEXT)) is None
    assert gone.why_lost(capture, None) is None
