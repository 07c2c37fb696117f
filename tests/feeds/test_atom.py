"""Atom, written and read again."""

from __future__ import annotations

from archiver import feeds
from archiver.feeds.atom import AtomEntry, feed

ENTRY = AtomEntry(
    id="urn:x:1",
    title="A <b>title</b> & \x00 more",
    updated="2026-03-10T12:00:00Z",
    link="https://quay.example/a?b=1&c=2",
    html="<p>Text & more</p>",
    authors=("Ana",),
    category="new",
)


def test_what_is_written_is_read_again():
    document = feed("Mine", "urn:x", "2026-03-10T12:00:00Z", [ENTRY], "archiver")
    read = feeds.parse(document, "https://me.example/")
    (entry,) = read.entries
    assert (read.format, read.title, read.problems) == ("atom", "Mine", ())
    assert (entry.guid, entry.link, entry.authors, entry.categories) == (ENTRY.id, ENTRY.link, ("Ana",), ("new",))
    assert entry.content == "<p>Text & more</p>"
    assert entry.updated is not None
    assert "\x00" not in document.decode()


def test_the_same_values_give_the_same_bytes():
    assert feed("M", "urn:x", "2026", [ENTRY], "a") == feed("M", "urn:x", "2026", [ENTRY], "a")
