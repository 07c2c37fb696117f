"""Subscriptions in OPML."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from archiver.errors import FeedError
from archiver.feeds.choosing import Rule
from archiver.feeds.opml import EMPTY, Opml
from archiver.feeds.outlines import Subscription

BY_HAND = b"""<?xml version="1.0"?>
<!-- mine -->
<opml version="2.0" xmlns:other="urn:other">
  <head><title>Mine</title><ownerName>Me</ownerName></head>
  <body>
    <outline text="News" other:open="1">
      <outline text="Quay" type="rss" xmlUrl="https://quay.example/feed" htmlUrl="https://quay.example/" other:colour="red"/>
      <outline text="Local"><outline text="Shore" xmlUrl="http://shore.example/rss"/></outline>
    </outline>
    <outline text="Bad" xmlUrl="javascript:alert(1)"/>
    <outline text="Worse" xmlUrl="file:///etc/passwd"/>
    <outline text="Elsewhere" type="include" xmlUrl="https://lists.example/x.opml" url="https://lists.example/x.opml"/>
    <outline text="Quay again" xmlUrl="https://quay.example/feed"/>
  </body>
</opml>
"""
FULL = Subscription(
    "https://new.example/feed",
    title="New",
    home="https://new.example/",
    folder=("News", "Fresh"),
    paused="410 Gone",
    since=datetime(2026, 3, 1, tzinfo=UTC),
    backlog=30,
    rules=(Rule("title", "a|b", include=True), Rule("url", "/ads/", include=False)),
    labels=("Coast/North", "to read"),
)


def test_feeds_and_their_folders_are_read():
    found = Opml.read(BY_HAND).subscriptions()
    assert [(one.url, one.title, one.folder) for one in found] == [
        ("https://quay.example/feed", "Quay", ("News",)),
        ("http://shore.example/rss", "Shore", ("News", "Local")),
    ]


def test_what_is_no_address_on_the_web_is_refused():
    assert Opml.read(BY_HAND).refused() == ["javascript:alert(1)", "file:///etc/passwd"]


def test_a_subscription_comes_back_as_it_was():
    opml = Opml.read(EMPTY)
    assert opml.add(FULL)
    assert Opml.read(opml.to_bytes()).subscriptions() == [FULL]
    assert not opml.add(FULL)


def test_what_is_not_ours_stays():
    opml = Opml.read(BY_HAND)
    opml.add(FULL)
    opml.pause("https://quay.example/feed", "true")
    text = opml.to_bytes().decode()
    for kept in ("<!-- mine -->", "<ownerName>Me", 'other:open="1"', 'other:colour="red"', "javascript:alert(1)"):
        assert kept in text
    assert Opml.read(text.encode()).subscriptions()[0].paused == "true"


def test_a_folder_is_used_again_and_lines_stay_apart():
    opml = Opml.read(BY_HAND)
    opml.add(FULL)
    text = opml.to_bytes().decode()
    assert text.count('text="News"') == 1
    assert '\n      <outline text="Fresh">\n        <outline ' in text


def test_pausing_is_undone():
    opml = Opml.read(BY_HAND)
    opml.pause("https://quay.example/feed", "because")
    opml.pause("https://quay.example/feed", None)
    assert opml.subscriptions()[0].paused is None


def test_every_place_of_a_feed_is_removed():
    opml = Opml.read(BY_HAND)
    assert opml.remove("https://quay.example/feed")
    assert b"quay.example/feed" not in opml.to_bytes()
    assert not opml.remove("https://quay.example/feed")


def test_a_feed_moves():
    opml = Opml.read(BY_HAND)
    opml.move("https://quay.example/feed", "https://quay.example/new")
    assert opml.subscriptions()[0].url == "https://quay.example/new"


def test_attributes_of_another_program_come_along():
    opml = Opml.read(EMPTY)
    other = Opml.read_foreign(BY_HAND)
    for subscription in other.subscriptions():
        opml.add(subscription, like=other)
    assert b'colour="red"' in opml.to_bytes()


def test_our_attributes_may_be_written_without_declaring_them():
    text = '<opml version="2.0"><body><outline text="x" xmlUrl="https://x.example/" archiver:paused="yes"/></body></opml>'
    assert Opml.read_foreign(text.encode()).subscriptions()[0].paused == "yes"


def test_our_own_file_must_be_sound():
    with pytest.raises(FeedError, match="line 2"):
        Opml.read(b'<opml>\n<body><outline text="a & b"/></body></opml>')
    with pytest.raises(FeedError, match="no OPML"):
        Opml.read(b"<rss/>")


@pytest.mark.parametrize("content", [b"", b"<rss/>", b"hello", b"<opml></opml>"])
def test_what_is_no_opml_is_refused(content):
    with pytest.raises(FeedError):
        Opml.read_foreign(content)


def test_a_foreign_list_is_read_as_far_as_it_goes():
    assert len(Opml.read_foreign(BY_HAND[: BY_HAND.index(b'    <outline text="Bad"')]).subscriptions()) == 2


def test_bombs_do_not_go_off():
    bomb = b'<!DOCTYPE opml [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    text = BY_HAND.partition(b"?>")[2].replace(b'text="Shore"', b'text="&b;"')
    assert Opml.read_foreign(bomb + text).subscriptions()[1].title != "a" * 100


def test_ten_thousand_feeds_take_no_square_of_time():
    outlines = b"".join(b'<outline text="%d" xmlUrl="https://f.example/%d"/>' % (n, n) for n in range(10_000))
    other = Opml.read_foreign(b'<opml version="2.0"><body>' + outlines + b"</body></opml>")
    opml = Opml.read(EMPTY)
    assert sum(opml.add(subscription, like=other) for subscription in other.subscriptions()) == 10_000


def test_an_attribute_whose_prefix_nobody_declared_comes_along_as_far_as_it_can():
    outline = b'<outline text="x" xmlUrl="https://x.example/" foo:bar="1" archiver:paused="yes"/>'
    text = b'<opml version="2.0"><body>' + outline + b"</body></opml>"
    other, opml = Opml.read_foreign(text), Opml.read(EMPTY)
    for subscription in other.subscriptions():
        opml.add(subscription, like=other)
    assert Opml.read(opml.to_bytes()).subscriptions()[0].paused == "yes"


@pytest.mark.parametrize("text", ["", "\x00", "a\ud800", "\uffff", "<&>\"'", "x" * 5000])
def test_a_title_may_have_any_character(text):
    opml = Opml.read(EMPTY)
    assert opml.add(Subscription("https://x.example/", title=text, folder=("a\x08b",)))
    assert len(Opml.read(opml.to_bytes()).subscriptions()) == 1


def test_categories_of_another_program_are_labels_and_stay_as_they_are_spelt():
    spelt = 'category="/Boston/Weather, tides,,TIDES"'
    foreign = Opml.read(f'<opml><body><outline text="A" xmlUrl="https://a.example/" {spelt}/></body></opml>'.encode())
    found = foreign.subscriptions()[0]
    assert found.labels == ("Boston/Weather", "tides")
    opml = Opml.read(EMPTY)
    opml.add(found, like=foreign)
    assert spelt in opml.to_bytes().decode()
