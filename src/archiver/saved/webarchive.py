"""The page in a `.webarchive` file of Safari: a property list, binary or XML, of the page and what belongs to it."""

from __future__ import annotations

import plistlib
import struct
from typing import TYPE_CHECKING, Any
from xml.parsers.expat import ExpatError

from archiver import urls
from archiver.capture import SavedPage
from archiver.errors import InvalidInput, InvalidUrl
from archiver.saved.mhtml import HTML_TYPES

if TYPE_CHECKING:
    from datetime import datetime

BINARY = b"bplist0"
MAIN = b"WebMainResource"
_UNREADABLE = (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError, struct.error, ExpatError)
"""What plistlib raises at a file that is damaged; its own InvalidFileException is a ValueError."""


def page(content: bytes, changed_at: datetime) -> SavedPage:
    """The page itself, without its parts. When it was saved, the file does not say: that is `changed_at`.

    Raises:
        InvalidInput: there is no page in it.
    """
    try:
        main: Any = plistlib.loads(content)["WebMainResource"]
        payload, kind = main["WebResourceData"], str(main.get("WebResourceMIMEType") or HTML_TYPES[0]).lower()
        address, charset = main.get("WebResourceURL"), main.get("WebResourceTextEncodingName")
    except _UNREADABLE:
        raise InvalidInput("is damaged: no property list of Safari", remedy="save the page again") from None
    if not isinstance(payload, bytes) or not payload.strip() or kind not in HTML_TYPES:
        raise InvalidInput("holds no page", remedy="the main resource of a web archive is HTML")
    content_type = f"{kind}; charset={charset}" if isinstance(charset, str) and charset else None
    return SavedPage(_url(address), changed_at, payload, content_type)


def _url(address: object) -> str | None:
    try:
        return urls.parse(address) if isinstance(address, str) else None
    except InvalidUrl:
        return None  # file:///…, about:blank
