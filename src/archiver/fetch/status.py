"""What a response's status means for the page: here it is, there is none, or why not and what to do."""

from __future__ import annotations

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http import HTTPStatus as Statuses
from typing import TYPE_CHECKING

from archiver import urls
from archiver.capture import header
from archiver.errors import EmptyPage, HttpStatus

if TYPE_CHECKING:
    from archiver.fetch.session import Answer

REMEDIES = {
    401: "it needs a login",
    402: "it has to be paid for",
    403: "the host refuses us, or it needs a login",
    404: "check the address",
    407: "the proxy needs a login: http://user:password@host in its environment variable",
    410: "the page was removed for good",
    451: "it is withheld for legal reasons",
}
NOT_MODIFIED = 304
_WITHOUT_BODY = (204, 205)
ASKS_TO_WAIT = frozenset({429, 503})
"""Statuses by which a host asks to be left alone for a while."""
_MAX_PHRASE_CHARACTERS = 60
_DAY_SECONDS = 24 * 60 * 60


def demand_page(answer: Answer) -> None:
    """Nothing, where the status promises a page.

    Raises:
        HttpStatus: it is no success.
        EmptyPage: it is one that has no body.
    """
    status = answer.status
    if status in _WITHOUT_BODY:
        raise EmptyPage(f"the page is empty (the host answered {_told(answer)})")
    if not 200 <= status < 300:
        reason = f"the host answered {_told(answer)}"
        raise HttpStatus(reason, status=status, remedy=_remedy(answer), retry_after_seconds=retry_after_seconds(answer))


def asks_to_wait(answer: Answer) -> bool:
    """Whether the host asks to be left alone for a while."""
    return answer.status in ASKS_TO_WAIT


def retry_after_seconds(answer: Answer) -> int | None:
    """How long the host asks to wait (below 0: not at all); None where it does not, or does not say."""
    return _seconds(header(answer.headers, "Retry-After") or "") if asks_to_wait(answer) else None


def _told(answer: Answer) -> str:
    """Status and phrase, the phrase as the server wrote it, made safe to print."""
    phrase = urls.printable(answer.reason.strip()[:_MAX_PHRASE_CHARACTERS]) or _usual_phrase(answer.status)
    return f"{answer.status} {phrase}".rstrip()


def _usual_phrase(status: int) -> str:
    try:
        return Statuses(status).phrase
    except ValueError:
        return ""


def _remedy(answer: Answer) -> str:
    if answer.status in REMEDIES:
        return REMEDIES[answer.status]
    if asks_to_wait(answer):
        return _wait(header(answer.headers, "Retry-After"))
    return "try again later" if answer.status >= 500 else "open it in a browser to see why"


def _wait(retry_after: str | None) -> str:
    """What a Retry-After header asks for (RFC 9110, 10.2.3), in words; what makes no sense asks for nothing."""
    seconds = _seconds(retry_after or "")
    if seconds is None or seconds <= 0:
        return "the host asks to wait: try again later"
    if seconds > _DAY_SECONDS:
        return "the host asks to wait for more than a day"
    return f"the host asks to wait {seconds} s"


def _seconds(retry_after: str) -> int | None:
    text = retry_after.strip()
    if text.isascii() and text.isdigit():
        return min(int(text[:10]), 10 * _DAY_SECONDS)
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, TypeError, OverflowError):
        return None
    return int((moment.replace(tzinfo=moment.tzinfo or UTC) - datetime.now(UTC)).total_seconds())
