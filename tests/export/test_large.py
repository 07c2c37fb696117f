"""Ten megabytes of a note, and attacks in it: every format takes them, nothing gets through."""

from __future__ import annotations

import dataclasses
import io
import json
import re
import zipfile

import pytest
import yaml

from archiver.export import FORMATS
from archiver.export.model import Wishes
from archiver.remarks import Remarks
from tests.support.exports import Held, article, folder, written
from tests.support.hostile import ATTACKS

ATTACK = "".join(f"{attack}\n---\n=cmd|' /C calc'!A0,\"\n" for attack in ATTACKS)
NOTE = ATTACK * (10_000_000 // len(ATTACK) + 1)
LOADED = Held(dataclasses.replace(article(1), title=ATTACK, subtitle=ATTACK), Remarks(labels=("a",), note=NOTE))
ONE_FILE = [name for name, form in FORMATS.items() if form.file and name not in {"warc", "archive"}]
FOLDERS = [name for name, form in FORMATS.items() if form.folder and name != "archive"]
CONTROLS = set(map(chr, range(0x20))) - set("\n\r\t") | {"\x7f"}
TURNING = set("\u202a\u202b\u202c\u202d\u202e")
"""What turns the direction of text around it; data keeps it, within its cell or string."""
DATA = {"csv", "json", "jsonl"}


def contents(name):
    """The texts of an export."""
    if name == "epub":
        book = zipfile.ZipFile(io.BytesIO(written("epub", LOADED)))
        return [book.read(entry).decode() for entry in book.namelist() if entry.endswith((".xhtml", ".opf"))]
    found = [content.decode() for content in folder(name, LOADED).values()] if name in FOLDERS else []
    return found + ([written(name, LOADED).decode()] if name in ONE_FILE else [])


@pytest.mark.parametrize("name", sorted({*ONE_FILE, *FOLDERS}))
def test_nothing_in_it_acts(name):
    texts = contents(name)
    assert texts
    for text in texts:
        assert not set(text) & (CONTROLS if name in DATA else CONTROLS | TURNING)
        if name in {"html", "epub"}:
            assert not re.search(r"<(?:script|iframe|object|form|svg|base|x:)", text)
            assert not re.search(r"<[^>]*\son\w+=", text)


def test_the_note_is_whole_where_it_is_kept():
    (line,) = written("jsonl", LOADED).decode().splitlines()
    assert json.loads(line)["remarks"]["note"] == NOTE
    (file,) = folder("markdown", LOADED, wishes=Wishes()).values()
    head = yaml.load(file.decode().split("\n---\n", 1)[0].removeprefix("---\n"), yaml.CSafeLoader)
    assert head["note"].count("\n---\n") == NOTE.count("\n---\n")
    assert set(head) <= {
        "title", "author", "authors", "date", "lastmod", "description", "source", "publisher", "lang", "image", "tags",
        "keywords", "note", "accessed", "archiver_id",
    }  # fmt: skip
