"""Bookmarks as browsers write them (the Netscape bookmark file), and Pocket's HTML, which is a plain list.

The Netscape file is no well-formed HTML: `<DT><H3>` names a folder, the `<DL>` after it holds what is in the folder, and a
`<DD>` after a bookmark is its note. See https://learn.microsoft.com/previous-versions/windows/internet-explorer/ie-developer/platform-apis/aa753582(v=vs.85).
"""

from __future__ import annotations

from html.parser import HTMLParser
from typing import TYPE_CHECKING

from archiver.reading_lists.model import Broken, Item, moment

if TYPE_CHECKING:
    from collections.abc import Iterator

_MAX_FOLDERS = 100
_UNNAMED = frozenset({"", "bookmarks", "bookmarks bar", "bookmarks menu", "bookmarks toolbar", "other bookmarks", "favorites"})
"""Folders that every browser has, and that say nothing about what is in them."""
_READ_HEADINGS = frozenset({"read archive", "archive"})


def read(text: str) -> Iterator[Item | Broken]:
    """What the file says, in its order."""
    reader = _Reader()
    reader.feed(text)
    reader.close()
    reader.end_item()
    yield from reader.found


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[Item | Broken] = []
        self.folders: list[str] = []
        self.folder = ""  # named last, and not yet opened
        self.archived = False  # below Pocket's heading of what was read
        self.text: list[str] | None = None
        self.attributes: dict[str, str] | None = None
        self.title = ""
        self.note = ""
        self.line = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "a":
            self.end_item()
            self.attributes = {name: value or "" for name, value in attrs}
            self.line = self.getpos()[0]
            self.text = []
        elif tag in {"h1", "h3"}:
            self.end_item()
            self.text = []
        elif tag == "dl":
            self.end_item()
            self.folders.append(self.folder if len(self.folders) < _MAX_FOLDERS else "")
            self.folder = ""
        elif tag == "dd":
            self.text = []
        elif tag in {"dt", "li"}:
            self.end_item()

    def handle_endtag(self, tag: str) -> None:
        if tag == "a" and self.attributes is not None:
            self.title = self._taken()
        elif tag == "h3":
            self.folder = self._taken()
        elif tag == "h1":
            self.archived = self._taken().casefold() in _READ_HEADINGS
        elif tag == "dl":
            self.end_item()
            if self.folders:
                self.folders.pop()

    def handle_data(self, data: str) -> None:
        if self.text is not None:
            self.text.append(data)

    def end_item(self) -> None:
        """Keeps the bookmark that was being read, if there is one."""
        if self.attributes is None:
            self.text = None
            return
        said = self._taken()
        facts, self.attributes = self.attributes, None
        title, self.title = self.title or said, ""
        note = said if title != said else ""
        place = f"line {self.line}"
        url = facts.get("href", "").strip()
        if not url:
            self.found.append(Broken(place, "has no address"))
            return
        folders = [folder for folder in self.folders if folder.casefold() not in _UNNAMED]
        tags = facts.get("tags", "").split(",")
        self.found.append(
            Item(
                place,
                url,
                title=title or None,
                labels=tuple(label for label in (*folders, *tags) if label.strip()),
                added_at=moment(facts.get("add_date") or facts.get("time_added")),
                read=self.archived,
                note=note or None,
            )
        )

    def _taken(self) -> str:
        text, self.text = " ".join("".join(self.text or ()).split()), None
        return text
