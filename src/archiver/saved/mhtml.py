"""The page in an MHTML file (RFC 2557), as Chrome, Edge and mail programs save one."""

from __future__ import annotations

import email
import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING

from archiver import urls
from archiver.capture import SavedPage
from archiver.errors import InvalidInput, InvalidUrl

if TYPE_CHECKING:
    from email.message import Message

HTML_TYPES = ("text/html", "application/xhtml+xml")
_CID = re.compile(rb"""cid:([^"'\s)>&]+)""", re.IGNORECASE)


def page(content: bytes, changed_at: datetime) -> SavedPage:
    """The page itself, without its parts; what it calls them by (`cid:`) is their address where that is known.

    Where the file does not say when it was saved, that is `changed_at`.

    Raises:
        InvalidInput: there is no page in it.
    """
    whole = email.message_from_bytes(content)
    root = _root(whole)
    payload = root.get_payload(decode=True) if root is not None else None
    if root is None or not isinstance(payload, bytes) or not payload.strip():
        raise InvalidInput("holds no page", remedy="an MHTML file has an HTML part")
    url = _url(whole["Snapshot-Content-Location"]) or _url(root["Content-Location"]) or _url(whole["Content-Location"])
    charset = root.get_content_charset()
    content_type = f"{root.get_content_type()}; charset={charset}" if charset else None
    return SavedPage(url, _date(whole) or changed_at, _addressed(payload, whole), content_type)


def _root(whole: Message) -> Message | None:
    """The part that is the page: the one that `start` names, else the first of HTML."""
    parts = [part for part in whole.walk() if part.get_content_type() in HTML_TYPES]
    start = whole.get_param("start")
    named = [part for part in parts if start and part["Content-ID"] == start]
    return next(iter(named or parts), None)


def _addressed(payload: bytes, whole: Message) -> bytes:
    places = {}
    for part in whole.walk():
        name, place = str(part["Content-ID"] or "").strip(" <>"), _url(part["Content-Location"])
        if name and place:
            places[name.encode()] = place.encode()
    return _CID.sub(lambda found: places.get(found[1], found[0]), payload)


def _url(value: object) -> str | None:
    try:
        return urls.parse("".join(str(value).split())) if value else None  # a long one is folded over lines
    except InvalidUrl:
        return None


def _date(whole: Message) -> datetime | None:
    try:
        moment = parsedate_to_datetime(str(whole["Date"]))
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    except (ValueError, TypeError, OverflowError, IndexError):
        return None
