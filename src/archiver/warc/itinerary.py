"""What a capture says beyond its exchanges, as the fields of a `metadata` record: so its WARC file tells all by itself.

    requested: the URL that was asked for, where that is not the first exchange's
    page: <ID of its response's record> the address it goes by, and when a web archive took it (if one gave it)
    missing: the address of a further page that could not be had
    note: what else was odd
    certificates: not verified

A capture whose one page is its last response, with nothing odd, has no such record.
"""

from __future__ import annotations

import dataclasses
import re
from datetime import datetime
from typing import TYPE_CHECKING

from archiver.capture import Capture

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from archiver.capture import Exchange

PAYLOAD = "payload"
_UNVERIFIED = ("certificates", "not verified")
_LINE_ENDS = re.compile(r"[\x00\r\n]+")


def dumps(capture: Capture, record_ids: Sequence[str]) -> bytes:
    """The fields that tell about `capture`, the responses of whose pages have `record_ids`; b"" where none are needed."""
    fields = [("requested", capture.requested_url)] if capture.requested_url != capture.exchanges[0].url else []
    if capture.later or capture.address or capture.taken_at:
        fields += [("page", _page(page, record_id)) for page, record_id in zip(capture.pages, record_ids, strict=True)]
    fields += [("missing", url) for url in capture.missing]
    fields += [("note", note) for note in capture.notes]
    fields += [] if capture.verified else [_UNVERIFIED]
    return "".join(f"{name}: {_LINE_ENDS.sub(' ', value)}\r\n" for name, value in fields).encode(errors="replace")


def loads(fields: bytes, exchanges: Mapping[str, Exchange], payloads: Mapping[str, bytes]) -> Capture:
    """The capture of `exchanges` and the decoded bodies that they brought, both by the ID of the response's record.

    Raises:
        LookupError, ValueError: they do not make one.
    """
    told = [(name, value) for name, _, value in (line.partition(": ") for line in fields.decode(errors="replace").splitlines())]
    pages = [value.split(" ") for name, value in told if name == "page"] or [[list(exchanges)[-1]]]
    first, *later = _pages(pages, exchanges, payloads)
    return dataclasses.replace(
        first,
        requested_url=next((value for name, value in told if name == "requested"), first.requested_url),
        later=tuple(later),
        missing=tuple(value for name, value in told if name == "missing"),
        notes=tuple(value for name, value in told if name == "note"),
        verified=_UNVERIFIED not in told,
    )


def _page(page: Capture, record_id: str) -> str:
    return " ".join([record_id, page.page_url, *([page.taken_at.isoformat()] if page.taken_at else [])])


def _pages(pages: list[list[str]], exchanges: Mapping[str, Exchange], payloads: Mapping[str, bytes]) -> Iterator[Capture]:
    """Each page, with the exchanges that led to it since the one before."""
    left = iter(exchanges.items())
    for record_id, *said in pages:
        way = []
        for passed, exchange in left:
            way.append(exchange)
            if passed == record_id:
                break
        else:
            raise LookupError(record_id)
        address = said[0] if said and said[0] != way[-1].url else None
        taken_at = datetime.fromisoformat(said[1]) if len(said) > 1 else None
        yield Capture(way[0].url, tuple(way), payloads[record_id], address=address, taken_at=taken_at)
