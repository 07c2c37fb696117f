"""Exports as CSV: Pocket, Instapaper, Raindrop, and any table with a column of addresses.

Which columns say what is one row per service, in `SERVICES`.
"""

from __future__ import annotations

import csv
import io
import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from archiver.reading_lists.model import Broken, Item, moment

if TYPE_CHECKING:
    from _csv import Reader
    from collections.abc import Iterator, Mapping

_MAX_FIELD_CHARACTERS = 16 * 1024 * 1024
_MAX_HEADER_CHARACTERS = 100_000


@dataclass(frozen=True, slots=True)
class Service:
    """How a service's table is written; column names are compared in lower case.

    Attributes:
        marks: columns that tell its tables from others.
        parts_tags: the sign between tags.
        folder: the column of the folder.
        states: what a value of the columns `state`, `folder` or `favorite` says: "read", "starred", or "" for nothing.
    """

    name: str
    marks: frozenset[str]
    parts_tags: str
    url: str = "url"
    title: str = "title"
    added: str = ""
    tags: str = "tags"
    note: str = ""
    folder: str = ""
    state: str = ""
    states: Mapping[str, str] = field(default_factory=dict)


SERVICES = (
    Service(
        "Pocket",
        frozenset({"time_added", "status"}),
        parts_tags="|",
        added="time_added",
        state="status",
        states={"archive": "read", "unread": ""},
    ),
    Service(
        "Instapaper",
        frozenset({"selection", "timestamp"}),
        parts_tags=",",
        added="timestamp",
        note="selection",
        folder="folder",
        states={"archive": "read", "starred": "starred", "unread": ""},
    ),
    Service(
        "Raindrop",
        frozenset({"excerpt", "created", "favorite"}),
        parts_tags=",",
        added="created",
        note="note",
        folder="folder",
        state="favorite",
        states={"true": "starred", "false": "", "unsorted": ""},
    ),
    Service("CSV", frozenset({"url"}), parts_tags=",", added="added", note="note"),
)
"""The first whose marks a table has is taken to have written it."""


def service(text: str) -> Service | None:
    """Who wrote the table; None where it is no table with a column of addresses."""
    try:
        columns = _columns(next(_rows(text[:_MAX_HEADER_CHARACTERS]), []))
    except csv.Error:
        return None
    return next((one for one in SERVICES if one.marks <= set(columns) and one.url in columns), None)


def read(text: str, written_by: Service) -> Iterator[Item | Broken]:
    """What the table says, row by row."""
    csv.field_size_limit(_MAX_FIELD_CHARACTERS)
    rows = _rows(text)
    columns = _columns(next(rows))
    while True:
        try:
            row = next(rows)
        except StopIteration:
            return
        except csv.Error as error:
            yield Broken(f"line {rows.line_num}", str(error))
            continue
        if row:
            yield _item(f"line {rows.line_num}", dict(zip(columns, row, strict=False)), written_by)


def _rows(text: str) -> Reader:
    return csv.reader(io.StringIO(text.replace("\0", ""), newline=None))


def _columns(header: list[str]) -> list[str]:
    return [name.strip().lstrip("\ufeff").lower() for name in header]


def _item(place: str, cells: dict[str, str], service: Service) -> Item | Broken:
    url = cells.get(service.url, "").strip()
    if not url:
        return Broken(place, "has no address")
    folder = cells.get(service.folder, "").strip()
    said = {service.states.get(value.strip().lower(), "") for value in (cells.get(service.state, ""), folder)}
    labels = _tags(cells.get(service.tags, ""), service.parts_tags)
    if folder and folder.lower() not in service.states:
        labels = (folder, *labels)
    return Item(
        place,
        url,
        title=cells.get(service.title, "").strip() or None,
        labels=labels,
        added_at=moment(cells.get(service.added)),
        starred="starred" in said,
        read="read" in said,
        note=cells.get(service.note, "").strip() or None,
    )


def _tags(text: str, sign: str) -> tuple[str, ...]:
    """The tags in a cell: parted by `sign`, or a JSON list."""
    if text.lstrip().startswith("["):
        try:
            listed = json.loads(text)
        except (ValueError, RecursionError):
            listed = None
        if isinstance(listed, list):
            return tuple(tag for tag in listed if isinstance(tag, str) and tag.strip())
    return tuple(tag for tag in text.split(sign) if tag.strip())
