"""Dates as feeds write them: RFC 822 and its deformations in RSS, RFC 3339 and W3C-DTF in Atom, RDF and sitemaps."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

MAX_CHARACTERS = 64
"""Longer than any date; the library's parsers are not asked about more."""
_YEARS = range(1990, 2100)
"""Feeds began in 1997, sites put older articles into them; a year outside is a fault of the clock ("0001", "1970")."""
_PARTIAL = re.compile(r"(\d{4})-(\d{2})(?:-(\d{2}))?")
_ZONE_WITHOUT_COLON = re.compile(r"([+-]\d{2})(\d{2})$")
_SPACED = re.compile(r"^(\d{4}-\d{2}-\d{2})\s+(\d{1,2}:\d{2})")


def moment(text: str | None) -> datetime | None:
    """The moment that `text` names, aware, in UTC, to the second; None where it names none."""
    text = " ".join((text or "")[: MAX_CHARACTERS + 1].split())
    if not text or len(text) > MAX_CHARACTERS:
        return None
    found = _iso(text) or _rfc822(text)
    if found is None:
        return None
    found = found if found.tzinfo else found.replace(tzinfo=UTC)
    try:
        found = found.astimezone(UTC).replace(microsecond=0)
    except (OverflowError, ValueError):
        return None
    return found if found.year in _YEARS else None


def _iso(text: str) -> datetime | None:
    partial = _PARTIAL.fullmatch(text)
    try:
        if partial:
            return datetime(int(partial[1]), int(partial[2]), int(partial[3] or 1), tzinfo=UTC)
        return datetime.fromisoformat(_ZONE_WITHOUT_COLON.sub(r"\1:\2", _SPACED.sub(r"\1T\2", text)))
    except ValueError:
        return None


def _rfc822(text: str) -> datetime | None:
    try:
        return parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
