"""The reading lists in a folder or zip file, as Pocket and Omnivore hand out theirs."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from archiver.errors import InvalidInput
from archiver.reading_lists import parse

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archiver.saved.tree import Tree

SUFFIXES = (".csv", ".json", ".html")
FOREIGN = frozenset({"HTML", "URLs", "JSON", "CSV"})
"""What any file of that kind passes for; in a folder of many files, it is no list of pages for that."""
POCKET = b"<title>pocket export"
MARKS = (b"netscape-bookmark", POCKET)
"""What a list in HTML has in its head; all other HTML is a page."""
MAX_LIST_BYTES = 200 * 2**20
HEAD_BYTES = 4096
OMNIVORE_TEXTS = ("content", "highlights")
"""Folders beside Omnivore's lists: what it made of the pages, without their addresses."""


class List(NamedTuple):
    """A list, and the names of what belongs to it and is no page: itself, and folders."""

    name: str
    content: bytes
    belongings: tuple[str, ...]


def lists(tree: Tree) -> Iterator[List]:
    """The lists in the folder itself and in those right in it."""
    top = tree.listing("")
    for folder in ("", *top.folders):
        try:
            names = top.files if not folder else tree.listing(folder).files
        except InvalidInput:
            continue  # who walks over the pages says so
        for name in names:
            if name.lower().endswith(SUFFIXES) and (found := _list(tree, f"{folder}/" if folder else "", name)):
                yield found


def _list(tree: Tree, folder: str, name: str) -> List | None:
    try:
        with tree.opened(folder + name) as file:
            head = file.read(HEAD_BYTES)
            is_marked = any(mark in head.lower() for mark in MARKS)
            if name.lower().endswith(".html") and not is_marked:
                return None
            content = head + file.read(MAX_LIST_BYTES)
    except InvalidInput:
        return None
    reading_list = parse(content)
    if reading_list is None or (reading_list.written_by in FOREIGN and POCKET not in head.lower()):
        return None
    texts = OMNIVORE_TEXTS if reading_list.written_by == "Omnivore" else ()
    return List(folder + name, content, (folder + name, *(folder + text for text in texts)))
