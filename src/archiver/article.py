"""The article: what `extract` returns and what one JSON record holds.

The fields stand in the order of the record's keys, so this page is also the record's table of contents;
`docs/record.md` explains each. Absent values are `None` or `()`, never guessed. All values are immutable.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

from archiver import __version__

SCHEMA_VERSION = 1

Verdict = Literal["article", "thin", "paywalled", "challenge", "consent", "error", "listing"]
Origin = Literal["json-ld", "meta", "microdata", "dom", "url", "feed", "rule", "header"]

EVIDENCED = (
    "canonical_url",
    "title",
    "subtitle",
    "byline",
    "authors",
    "dates.published",
    "dates.modified",
    "dates.reviewed",
    "reviewed_by",
    "source.publisher",
    "source.host",
    "source.credited",
    "licence",
    "section",
    "tags",
    "language",
    "image",
    "image.caption",
    "image.credit",
    "body",
    "verdict",
    "capture.charset",
)
"""The record's keys, dotted, that have evidence wherever they have a value; the others do not come from the page."""


@dataclass(frozen=True, slots=True)
class Author:
    """One person (or, where no person is named, organisation) credited with the text."""

    name: str
    bio: str | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Dates:
    """The three dates a page may state, each ISO 8601 at the precision the page gave.

    `2017-03-18` is a day; `2017-03-18T09:30:00` a time whose zone the page did not say; with `Z` or `+02:00`
    the zone is the page's own.
    """

    published: str | None = None
    modified: str | None = None
    reviewed: str | None = None


@dataclass(frozen=True, slots=True)
class Credit:
    """An origin that the text itself names ("Source: …", "Originally published by …")."""

    name: str
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """Who published the page, and whom the text credits as its origin."""

    publisher: str | None = None
    host: str | None = None
    credited: tuple[Credit, ...] = ()


@dataclass(frozen=True, slots=True)
class Licence:
    """The terms under which the page says that its text may be used; either may be all that it gives."""

    name: str | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Image:
    """The lead image."""

    url: str
    caption: str | None = None
    credit: str | None = None


@dataclass(frozen=True, slots=True)
class Body:
    """The article's text, as plain text and as safe semantic HTML; `words` counts the plain text's words."""

    text: str = ""
    html: str = ""
    words: int = 0


@dataclass(frozen=True, slots=True)
class Rejected:
    """A claim that lost."""

    from_: Origin
    at: str
    value: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """Where a field's value came from.

    Attributes:
        from_: the kind of source that won.
        at: where exactly: a property path, a CSS-like place, a rule's name.
        value: what stood there, before it was parsed.
        agree: other places that say the same.
        rejected: the claims that lost.
    """

    from_: Origin
    at: str
    value: str
    agree: tuple[str, ...] = ()
    rejected: tuple[Rejected, ...] = ()


@dataclass(frozen=True, slots=True)
class FeedOrigin:
    """The feed entry that led to the page."""

    url: str
    entry_id: str | None = None
    title: str | None = None


@dataclass(frozen=True, slots=True)
class LaterPage:
    """A further page of an article in several, in the WARC file of its first.

    Attributes:
        charset, bytes, sha256, offset: as for `CaptureIdentity`.
    """

    url: str
    charset: str | None
    bytes: int
    sha256: str
    offset: int | None = None


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The copy of the page in a web archive, where the page itself was gone.

    Attributes:
        url: where the copy stands.
        taken_at: when that archive fetched it, UTC, RFC 3339 with `Z`.
    """

    url: str
    taken_at: str


@dataclass(frozen=True, slots=True)
class CaptureIdentity:
    """Which capture the article was extracted from.

    Attributes:
        fetched_at: when the response began, UTC, RFC 3339 with `Z`.
        status: HTTP status of the final response; `None` for a page read from a file.
        media_type: as the server said, lower case, without parameters.
        charset: the encoding the bytes were decoded with (its WHATWG name).
        bytes: length of the decoded payload, the page itself.
        sha256: digest of the decoded payload, hexadecimal.
        warc: the WARC file, relative to the archive, with `/`.
        warc_bytes: length of the WARC file.
        warc_sha256: digest of the WARC file, hexadecimal.
        offset: where the final response's record starts in the WARC file, in bytes.
        pages: the further pages of an article in several, in order.
        missing: the addresses of those that could not be had.
        snapshot: the copy in a web archive that the bytes are of; `None` where they came from the page's own host.
    """

    fetched_at: str
    status: int | None
    media_type: str | None
    charset: str | None
    bytes: int
    sha256: str
    etag: str | None = None
    last_modified: str | None = None
    warc: str | None = None
    warc_bytes: int | None = None
    warc_sha256: str | None = None
    offset: int | None = None
    pages: tuple[LaterPage, ...] = ()
    missing: tuple[str, ...] = ()
    snapshot: Snapshot | None = None

    @property
    def digests(self) -> tuple[str, ...]:
        """The SHA-256 of every page, in order: equal where nothing changed."""
        return (self.sha256, *(page.sha256 for page in self.pages))


@dataclass(frozen=True, slots=True)
class Article:
    """One record: the article, the evidence for its fields, and the identity of its capture."""

    schema: int = SCHEMA_VERSION
    id: str | None = None
    url: str | None = None
    requested_url: str | None = None
    canonical_url: str | None = None
    title: str | None = None
    subtitle: str | None = None
    byline: str | None = None
    authors: tuple[Author, ...] = ()
    dates: Dates = field(default_factory=Dates)
    reviewed_by: str | None = None
    source: Source = field(default_factory=Source)
    licence: Licence | None = None
    section: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    language: str | None = None
    image: Image | None = None
    body: Body = field(default_factory=Body)
    verdict: Verdict = "article"
    evidence: dict[str, Evidence] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()
    feed: FeedOrigin | None = None
    capture: CaptureIdentity | None = None
    archiver: str = __version__

    def to_dict(self) -> dict[str, Any]:
        """The record as plain JSON values, keys in the record's order."""
        from archiver.record import to_dict  # the codec is needed by few of the article's users

        record: dict[str, Any] = to_dict(self)
        return record
