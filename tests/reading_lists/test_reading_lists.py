"""Reading lists of other programs: each format, and what is broken in it."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archiver.reading_lists import Broken, Item, parse
from archiver.reading_lists.model import moment

DAY = datetime(2021, 3, 4, 5, 6, 7, tzinfo=UTC)
SECONDS = int(DAY.timestamp())

BOOKMARKS = f"""<!DOCTYPE NETSCAPE-Bookmark-file-1>
<META HTTP-EQUIV="Content-Type" CONTENT="text/html; charset=UTF-8">
<TITLE>Bookmarks</TITLE>
<H1>Bookmarks</H1>
<DL><p>
    <DT><H3 ADD_DATE="1">Bookmarks bar</H3>
    <DL><p>
        <DT><A HREF="https://a.example/1" ADD_DATE="{SECONDS}" TAGS="sea,tides">First &amp; foremost</A>
        <DD>A note on it
        <DT><H3>Harbours</H3>
        <DL><p>
            <DT><A HREF="https://a.example/2">Second</A>
            <DT><A ADD_DATE="3">No address</A>
        </DL><p>
        <DT><A HREF="https://a.example/3">Third</A>
    </DL><p>
</DL><p>
"""
POCKET_HTML = f"""<!DOCTYPE html><html><head><title>Pocket Export</title></head><body>
<h1>Unread</h1><ul><li><a href="https://a.example/1" time_added="{SECONDS}" tags="sea,tides">First</a></li></ul>
<h1>Read Archive</h1><ul><li><a href="https://a.example/2" time_added="{SECONDS}" tags="">https://a.example/2</a></li></ul>
</body></html>"""
POCKET_CSV = f"title,url,time_added,tags,status\nFirst,https://a.example/1,{SECONDS},sea|tides,unread\nTwo,https://a.example/2,,,archive\n"
INSTAPAPER = f"""URL,Title,Selection,Folder,Timestamp,Tags
https://a.example/1,First,"said, twice",Harbours,{SECONDS},"[""sea""]"
https://a.example/2,Two,,Archive,{SECONDS},[]
https://a.example/3,Three,,Starred,{SECONDS},[]
https://a.example/4,Four,,Unread,{SECONDS},
"""
RAINDROP = """id,title,note,excerpt,url,folder,tags,created,cover,highlights,favorite
1,First,Mine,About,https://a.example/1,Harbours,"sea, tides",2021-03-04T05:06:07.000Z,,,true
2,Two,,About,https://a.example/2,Unsorted,,2021-03-04T05:06:07.000Z,,,false
"""
WALLABAG = json.dumps(
    [
        {
            "is_archived": 1,
            "is_starred": 0,
            "tags": ["sea", "tides"],
            "title": "First",
            "url": "https://a.example/1?final",
            "given_url": "https://a.example/1",
            "created_at": "2021-03-04T06:06:07+0100",
            "annotations": [{"text": "Why?", "quote": "the passage"}],
        },
        {"is_archived": 0, "is_starred": 1, "tags": [], "title": "Two", "url": "https://a.example/2"},
        {"is_archived": 0, "is_starred": 1, "title": "none"},
        "nothing",
    ]
)
OMNIVORE = json.dumps(
    [
        {
            "slug": "a",
            "title": "First",
            "url": "https://a.example/1",
            "state": "Archived",
            "labels": ["sea"],
            "savedAt": "2021-03-04T05:06:07Z",
        },
        {"slug": "b", "title": "Two", "url": "https://a.example/2", "labels": [{"name": "tides"}], "savedAt": None},
    ]
)


def items(content: str | bytes) -> list[Item | Broken]:
    found = parse(content.encode() if isinstance(content, str) else content)
    assert found is not None
    return list(found.items)


def test_bookmarks_keep_folders_tags_and_notes():
    assert items(BOOKMARKS) == [
        Item("line 8", "https://a.example/1", "First & foremost", ("sea", "tides"), DAY, note="A note on it"),
        Item("line 12", "https://a.example/2", "Second", ("Harbours",)),
        Broken("line 13", "has no address"),
        Item("line 15", "https://a.example/3", "Third"),
    ]


def test_pocket_html():
    first, second = items(POCKET_HTML)
    assert first == Item("line 2", "https://a.example/1", "First", ("sea", "tides"), DAY)
    assert second == Item("line 3", "https://a.example/2", "https://a.example/2", added_at=DAY, read=True)


def test_pocket_csv():
    assert items(POCKET_CSV) == [
        Item("line 2", "https://a.example/1", "First", ("sea", "tides"), DAY),
        Item("line 3", "https://a.example/2", "Two", read=True),
    ]


def test_instapaper_folders_that_are_states_are_no_tags():
    assert items(INSTAPAPER) == [
        Item("line 2", "https://a.example/1", "First", ("Harbours", "sea"), DAY, note="said, twice"),
        Item("line 3", "https://a.example/2", "Two", added_at=DAY, read=True),
        Item("line 4", "https://a.example/3", "Three", added_at=DAY, starred=True),
        Item("line 5", "https://a.example/4", "Four", added_at=DAY),
    ]


def test_raindrop():
    assert items(RAINDROP) == [
        Item("line 2", "https://a.example/1", "First", ("Harbours", "sea", " tides"), DAY, starred=True, note="Mine"),
        Item("line 3", "https://a.example/2", "Two", added_at=DAY),
    ]


def test_wallabag_keeps_the_address_that_was_given_and_annotations():
    assert items(WALLABAG) == [
        Item("item 1", "https://a.example/1", "First", ("sea", "tides"), DAY, read=True, note="> the passage\nWhy?"),
        Item("item 2", "https://a.example/2", "Two", starred=True),
        Broken("item 3", "has no address"),
        Broken("item 4", "is no object"),
    ]


def test_omnivore():
    assert items(OMNIVORE) == [
        Item("item 1", "https://a.example/1", "First", ("sea",), DAY, read=True),
        Item("item 2", "https://a.example/2", "Two", ("tides",)),
    ]


def test_plain_lists_have_comments():
    assert items("# mine\nhttps://a.example/1  # later\n\na.example/2\n") == [
        Item("line 2", "https://a.example/1"),
        Item("line 4", "a.example/2"),
    ]


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (BOOKMARKS, "bookmarks"),
        (POCKET_HTML, "HTML"),
        (POCKET_CSV, "Pocket"),
        (INSTAPAPER, "Instapaper"),
        (RAINDROP, "Raindrop"),
        (WALLABAG, "wallabag"),
        (OMNIVORE, "Omnivore"),
        ("Title,URL\nA,https://a.example/\n", "CSV"),
        ('[{"url": "https://a.example/"}]', "JSON"),
        ("https://a.example/\n", "URLs"),
        ("\ufeff" + POCKET_CSV, "Pocket"),
    ],
)
def test_who_wrote_it_is_told_by_the_content(content, name):
    found = parse(content.encode())
    assert found is not None
    assert found.written_by == name


@pytest.mark.parametrize(
    "content",
    [
        b"\x89PNG\r\n\x1a\n\0a.b",
        b"\xff\xfe.\xd8\xc3",
        b"",
        b"nothing here",
        b"[1, 2]",
        b"[" * 100_000,
        b"{}",
        b"title,name\nA,B",
    ],
)
def test_what_is_no_reading_list_is_none(content):
    assert parse(content) is None


def test_a_broken_row_is_named_and_the_rest_is_read():
    found = items("title,url,time_added,tags,status\nOne,,1,,unread\nTwo,https://a.example/2\n")
    assert found == [Broken("line 2", "has no address"), Item("line 3", "https://a.example/2", "Two")]


@pytest.mark.parametrize(
    ("written", "read"),
    [
        (SECONDS, DAY),
        (SECONDS * 1000, DAY),
        (SECONDS * 1_000_000, DAY),
        ("2021-03-04T05:06:07Z", DAY),
        ("2021-03-04T06:06:07+01:00", DAY),
        ("2021-03-04 05:06:07", DAY),
        ("soon", None),
        ("nan", None),
        ("-5", None),
        ("0001-01-01T00:00:00+14:00", None),
        (None, None),
    ],
)
def test_moments(written, read):
    assert moment(written) == read


HALVES = st.sampled_from([BOOKMARKS, POCKET_CSV, INSTAPAPER, WALLABAG]).map(lambda text: text.encode()[::2])


@given(st.binary(max_size=300) | HALVES)
def test_whatever_the_file_holds_nothing_breaks(content):
    found = parse(content)
    assert found is None or all(item.place for item in found.items)
