"""Feeds and lists of feeds, damaged at random: each is read, or refused with an error of ours, and what is read can be kept."""

from __future__ import annotations

import contextlib
import random
from datetime import UTC, datetime

import pytest

from archiver import feeds
from archiver.errors import ArchiverError
from archiver.feeds.discovery import feeds_in
from archiver.feeds.opml import EMPTY, Opml
from archiver.feeds.outlines import Subscription
from archiver.store.polling import FeedState, Polling
from archiver.tasks.syncing.plan import plan
from tests.feeds import test_opml, test_parse

URL = "https://quay.example/feed"
WISH = Subscription(URL)
NOW = datetime(2026, 3, 10, tzinfo=UTC)
DOCUMENTS = [test_parse.RSS, test_parse.ATOM, test_parse.RDF, test_parse.JSON, test_parse.NEWS, test_parse.INDEX]
PIECES = (
    *"<>&\"' \n\x00\x08é\ud800\uffff",
    *("<![CDATA[", "]]>", "<item>", "</item>", "<entry>", "<guid>", "<!--", "-->", "<?", "xml:base='", "::", "//", "%"),
    *("http://", "javascript:", "<link href='http://[x'>", "http://h:99999/", "\\ud800", "null", "[]", "{}", "1e999", "-1"),
    "<!DOCTYPE x [<!ENTITY a 'b'>]>",
)
ROUNDS = 400


def damaged(text, chance):
    for _ in range(chance.randint(1, 6)):
        start = chance.randrange(len(text))
        text = text[:start] + chance.choice(PIECES) + text[start + chance.choice((0, 0, 1, 5, 40)) :]
    return text.encode("utf-8", "surrogatepass")


@pytest.mark.parametrize("document", DOCUMENTS, ids=["rss", "atom", "rdf", "json", "sitemap", "index"])
def test_a_damaged_feed_does_no_harm(document, tmp_path):
    chance, polling, read = random.Random(1), Polling(tmp_path, lambda _: None), 0
    for _ in range(ROUNDS):
        payload = damaged(document, chance)
        feeds_in(payload, URL)
        with contextlib.suppress(ArchiverError):
            feed = feeds.parse(payload, URL)
            polling.save(FeedState(URL, title=feed.title), plan(feed, (), WISH, NOW).entries)
            opml = Opml.read(EMPTY)
            opml.add(Subscription(URL, title=feed.title, home=feed.home))
            assert len(Opml.read(opml.to_bytes()).subscriptions()) == 1
            read += 1
    polling.close()
    assert read > ROUNDS / 10


def test_a_damaged_list_of_feeds_does_no_harm():
    chance, read = random.Random(1), 0
    for _ in range(ROUNDS):
        content = damaged(test_opml.BY_HAND.decode(), chance)
        with contextlib.suppress(ArchiverError):
            Opml.read(content).subscriptions()
        with contextlib.suppress(ArchiverError):
            foreign, opml = Opml.read_foreign(content), Opml.read(EMPTY)
            added = [opml.add(subscription, like=foreign) for subscription in foreign.subscriptions()]
            foreign.refused()
            assert len(Opml.read(opml.to_bytes()).subscriptions()) == sum(added)
            read += 1
    assert read > ROUNDS / 10
