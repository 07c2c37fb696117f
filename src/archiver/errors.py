"""Every error that archiver raises on purpose, with the exit code it leads to.

    ArchiverError                    1  the base: one line for the user, never a traceback
    ├── InvalidInput                 2  what the user gave cannot be used as it stands
    │   ├── InvalidUrl
    │   └── AmbiguousId
    ├── FetchError                   1  the page could not be had
    │   ├── NameNotFound
    │   ├── ConnectionFailed
    │   ├── TlsFailed
    │   ├── TimedOut
    │   ├── HttpStatus
    │   ├── NotYet
    │   ├── Disallowed
    │   ├── TooLarge
    │   ├── RedirectRefused
    │   ├── AddressRefused
    │   ├── BadResponse
    │   └── NotHtml
    ├── ExtractError                 1  the bytes hold no page
    │   └── EmptyPage
    ├── FeedError                    1  a feed cannot be read, or is not followed
    │   ├── NotAFeed
    │   └── NotFollowed              4
    ├── RuleFailed                   1  a site rule does not find what it should
    ├── NotAnArticle                 6  fetched and kept, but it is no article
    ├── OutputUnwritable             1  what was asked for cannot be written where it should go
    └── StoreError                   1  the archive cannot be read or written
        ├── ArchiveUnwritable
        ├── NotInArchive             4
        ├── RecordDamaged            5
        └── LockHeld                11

The text of an error is one sentence that says what happened; `subject` names the URL or file it is about
and `remedy` says what to do next. `str(error)` joins the three.
"""

from __future__ import annotations

from typing import ClassVar


class ArchiverError(Exception):
    """The base of all our errors.

    Args:
        reason: what happened, without the subject, without a full stop.
        subject: the URL, file or ID it is about, or "".
        remedy: what the user can do next, or "".
    """

    exit_code: ClassVar[int] = 1

    def __init__(self, reason: str, *, subject: str = "", remedy: str = "") -> None:
        super().__init__(reason)
        self.reason = reason
        self.subject = subject
        self.remedy = remedy

    def __str__(self) -> str:
        text = f"{self.subject}: {self.reason}" if self.subject else self.reason
        return f"{text} ({self.remedy})" if self.remedy else text


class InvalidInput(ArchiverError):
    """An argument, option or setting cannot be used as it stands."""

    exit_code = 2


class InvalidUrl(InvalidInput):
    """Not an absolute http or https URL with a host."""


class AmbiguousId(InvalidInput):
    """A shortened ID that more than one article starts with."""


class FetchError(ArchiverError):
    """The page could not be had; nothing of it was stored."""


class NameNotFound(FetchError):
    """DNS knows no such host, or does not answer."""


class ConnectionFailed(FetchError):
    """The connection was refused, reset, or never came about."""


class TlsFailed(FetchError):
    """The certificate or the handshake was not acceptable."""


class TimedOut(FetchError):
    """The total deadline of the page passed, or the host fell silent."""


class HttpStatus(FetchError):
    """The server answered with a status other than success.

    Args:
        status: the HTTP status code.
        retry_after_seconds: how long the host asks to wait (below 0: not at all); None where it does not say.
    """

    def __init__(
        self, reason: str, *, status: int, subject: str = "", remedy: str = "", retry_after_seconds: int | None = None
    ) -> None:
        super().__init__(reason, subject=subject, remedy=remedy)
        self.status = status
        self.retry_after_seconds = retry_after_seconds


class NotYet(FetchError):
    """The host may not be asked now: it asked to be left alone, or its turns are taken.

    Args:
        host: its name.
        wait_seconds: when it may be asked.
    """

    def __init__(self, reason: str, *, host: str, wait_seconds: float, subject: str = "", remedy: str = "") -> None:
        super().__init__(reason, subject=subject, remedy=remedy)
        self.host = host
        self.wait_seconds = wait_seconds


class Disallowed(FetchError):
    """The host's robots.txt asks not to fetch it."""


class TooLarge(FetchError):
    """More bytes than the settings allow."""


class RedirectRefused(FetchError):
    """A redirect loops, is one too many, or leads to something other than http and https."""


class AddressRefused(FetchError):
    """A redirect leads to an address that is not public."""


class BadResponse(FetchError):
    """What came back is not sound HTTP: cut short, wrongly encoded, contradicting itself."""


class NotHtml(FetchError):
    """The server sent something other than an HTML page."""


class ExtractError(ArchiverError):
    """The bytes given hold no page that could be read."""


class EmptyPage(ExtractError):
    """The page has no content at all."""


class FeedError(ArchiverError):
    """Something about a feed."""


class NotAFeed(FeedError):
    """The document is no feed of any kind."""


class NotFollowed(FeedError):
    """No subscription goes by that name."""

    exit_code = 4


class RuleFailed(ArchiverError):
    """A site rule, tried on a page, does not find what it should."""


class NotAnArticle(ArchiverError):
    """The page was fetched and kept, but its verdict is something other than `article`."""

    exit_code = 6


class OutputUnwritable(ArchiverError):
    """What was asked for cannot be written where it should go, outside the archive."""


class StoreError(ArchiverError):
    """The archive directory cannot be read or written."""


class ArchiveUnwritable(StoreError):
    """The archive is read-only, full, or otherwise refuses to be written."""


class NotInArchive(StoreError):
    """No article has that ID or URL."""

    exit_code = 4


class RecordDamaged(StoreError):
    """A record is not the JSON document that its schema describes."""

    exit_code = 5


class LockHeld(StoreError):
    """Another run is writing to the archive."""

    exit_code = 11
