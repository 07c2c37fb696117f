"""The feeds of a page."""

from __future__ import annotations

from archiver.feeds.discovery import COMMON_PLACES, common_places, feeds_in

URL = "https://quay.example/news/today"


def found(page):
    return [(one.url, one.title, one.named) for one in feeds_in(page.encode(), URL)]


def test_named_feeds_come_first_and_comments_last():
    page = """<head><link rel="alternate" type="application/rss+xml" title="Comments" href="/comments/feed">
    <link type='application/atom+xml' rel='alternate' title='News &amp; more' href='atom.xml'>
    <link rel=alternate type=application/feed+json href=/feed.json></head><body><a href="/sport/rss">RSS</a></body>"""
    assert found(page) == [
        ("https://quay.example/news/atom.xml", "News & more", True),
        ("https://quay.example/feed.json", None, True),
        ("https://quay.example/sport/rss", None, False),
        ("https://quay.example/comments/feed", "Comments", True),
    ]


def test_other_links_are_not_feeds():
    page = """<link rel="alternate" hreflang="de" href="/de"><link rel="stylesheet" type="text/css" href="/feed.css">
    <a href="/feeding-the-birds">Birds</a><a href="javascript:void(0)">x</a><a href="/about/feedback">Feedback</a>"""
    assert found(page) == []


def test_the_base_of_the_page_counts():
    assert found('<base href="https://cdn.example/x/"><a href="feed.xml">f</a>')[0][0] == "https://cdn.example/x/feed.xml"


def test_a_comment_names_nothing():
    assert found('<!-- <link rel="alternate" type="application/rss+xml" href="/old"> -->') == []


def test_a_feed_is_found_once():
    link = '<link rel="alternate" type="application/rss+xml" href="/feed#x"><a href="/feed">f</a>'
    assert found(link * 3) == [("https://quay.example/feed", None, True)]


def test_a_hostile_page_costs_no_more_than_its_length():
    for piece in ("<a ", "<!--", "<link rel=", "a='", "<a href='x' "):
        feeds_in((piece * 200_000).encode(), URL)


def test_common_places_stand_at_the_root():
    assert common_places(URL)[0] == "https://quay.example/feed"
    assert all(place.reason for place in COMMON_PLACES)
