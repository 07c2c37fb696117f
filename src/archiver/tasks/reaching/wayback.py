"""The Internet Archive's copies of pages: which there are, and their bytes as they were fetched then.

Interfaces: https://archive.org/help/wayback_api.php (availability),
https://github.com/internetarchive/wayback/tree/master/wayback-cdx-server (the index, CDX). A copy is asked for in its raw form
(`id_`), without the archive's own toolbar and its rewriting of links.
"""

from __future__ import annotations

import dataclasses
import json
import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import quote, urlencode, urlsplit

from archiver import urls
from archiver.errors import BadResponse, EmptyPage, FetchError, InvalidUrl
from archiver.fetch import fetch, fetch_answer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archiver.capture import Capture
    from archiver.fetch.turns import Turns
    from archiver.settings import Settings

HOST = "web.archive.org"
MAX_ANSWER_BYTES = 1024 * 1024
NEWEST = 64
"""So many of the newest copies that differ are looked at."""
NEAREST = 8
"""So many before a date, and behind it."""
_COPY = re.compile(r"/web/(?:(\d{1,14})?(\*|[a-z]{2}_)?/)?(.+)", re.DOTALL)
_FIRST = "10000101000000"
"""What a moment that is not given to the second is filled up with."""


class Copy(NamedTuple):
    """A page in the archive.

    Attributes:
        url: the page's own address.
        moment: when it was taken: `20160304101500`, or the beginning of that; "" where nobody said.
    """

    url: str
    moment: str

    @property
    def taken_at(self) -> datetime:
        """The moment, UTC, aware."""
        return datetime.strptime(self.moment + _FIRST[len(self.moment) :], "%Y%m%d%H%M%S").replace(tzinfo=UTC)


class Wayback:
    """The archive that the settings name. Any thread may ask.

    Args:
        turns: tell when its hosts may be asked.
    """

    def __init__(self, settings: Settings, turns: Turns) -> None:
        self._settings = settings
        self._turns = turns
        self._base = urls.parse(settings.wayback_url).rstrip("/")
        self._available = settings.wayback_available_url

    def named(self, url: str) -> Copy | None:
        """The copy that `url` is the archive's address of; None where it is an address of something else."""
        host = urlsplit(url).hostname or ""
        if host != HOST and not url.startswith(f"{self._base}/"):
            return None
        match = _COPY.search(url)
        if match is None:
            return None
        try:
            copy = Copy(urls.without_credentials(urls.parse(_with_both_slashes(match[3]))), match[1] or "")
            copy.taken_at  # noqa: B018  # no moment is no copy
        except (InvalidUrl, ValueError):
            return None
        return copy if match[2] != "*" else copy._replace(moment="")

    def copies(self, url: str, near: str | None = None) -> list[Copy]:
        """The copies of `url`, those to be tried first in front: the newest, or the nearest to the day `near` (2016-03-04).

        Raises:
            FetchError: the archive cannot be asked.
        """
        moment = near[:10].replace("-", "") if near else None
        try:
            return self._indexed(url, moment)
        except FetchError as error:
            try:
                return self._closest(url, moment)
            except FetchError:
                raise error from None

    def fetch(self, copy: Copy) -> Capture:
        """The page as it was, known by its own address.

        Raises:
            FetchError, EmptyPage: it could not be had.
        """
        address = f"{self._base}/web/{copy.moment or '2'}id_/{copy.url}"
        trusted = urlsplit(self._base).hostname
        capture = fetch(address, self._settings, trusted_host=trusted, turns=self._turns)
        match = _COPY.search(capture.final_url)
        given = Copy(copy.url, match[1]) if match and match[1] else copy
        return dataclasses.replace(capture, address=copy.url, taken_at=given.taken_at)

    def _indexed(self, url: str, moment: str | None) -> list[Copy]:
        """What the index has, best first."""
        if moment is None:
            return list(_spread(self._rows(url, limit=-NEWEST)[::-1]))
        wanted = Copy(url, moment).taken_at
        found = {*self._rows(url, limit=-NEAREST, to=moment), *self._rows(url, limit=NEAREST, **{"from": moment})}
        return sorted(found, key=lambda copy: (abs(copy.taken_at - wanted), copy.moment))

    def _rows(self, url: str, **query: str | int) -> list[Copy]:
        asked = {
            "url": url,
            "output": "json",
            "fl": "timestamp,original,mimetype,statuscode",
            "filter": "statuscode:200",
            "collapse": "digest",
            **query,
        }
        answer = self._asked(f"{self._base}/cdx/search/cdx?{urlencode(asked)}")
        rows = answer[1:] if isinstance(answer, list) else []  # the first names the columns
        return [Copy(url, row[0]) for row in rows if _is_page(row)]

    def _closest(self, url: str, moment: str | None) -> list[Copy]:
        """What the archive calls available: one copy at most."""
        asked = {"url": url} | ({"timestamp": moment} if moment else {})
        answer = self._asked(f"{self._available}?{urlencode(asked, quote_via=quote)}")
        snapshots = answer.get("archived_snapshots") if isinstance(answer, dict) else None
        closest = snapshots.get("closest") if isinstance(snapshots, dict) else None
        if not isinstance(closest, dict) or closest.get("available") is not True or closest.get("status") != "200":
            return []
        moment = str(closest.get("timestamp"))
        return [Copy(url, moment)] if re.fullmatch(r"\d{14}", moment) else []

    def _asked(self, address: str) -> Any:
        """The JSON that the archive answers with; None where it is empty."""
        host = urlsplit(address).hostname
        try:
            body = fetch_answer(address, self._settings, max_bytes=MAX_ANSWER_BYTES, trusted_host=host, turns=self._turns)
            return json.loads(body)
        except EmptyPage:
            return None
        except (ValueError, RecursionError):
            raise BadResponse("its answer is no JSON", subject=address) from None


def _spread(copies: list[Copy]) -> Iterator[Copy]:
    """The first, and others ever further behind it: where a domain was sold, the newest copies are all of the new owner's."""
    place = 0
    while place < len(copies):
        yield copies[place]
        place = 2 * place + 1
    if copies and place // 2 != len(copies) - 1:
        yield copies[-1]


def _is_page(row: Any) -> bool:
    if not isinstance(row, list) or len(row) < 4 or not all(isinstance(value, str) for value in row):
        return False
    return re.fullmatch(r"\d{14}", row[0]) is not None and row[3] == "200" and ("html" in row[2] or row[2] == "unk")


def _with_both_slashes(address: str) -> str:
    """`address` as it was, where somebody on the way made one slash of two."""
    return re.sub(r"^(https?):/+", r"\1://", address)
