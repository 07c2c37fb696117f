"""Names inside the archive. Pure: what a record says in, a relative path out.

Every name is legal on Linux, macOS and Windows, and no name can leave the archive: it is made of lower-case ASCII letters,
digits, "-", "." and "_", begins with a letter or digit, is no device name, and is at most 120 bytes long.
"""

from __future__ import annotations

import re
import unicodedata
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from archiver.article import Article

ARTICLES = PurePosixPath("articles")
VERSIONS = PurePosixPath("versions")
CAPTURES = PurePosixPath("captures")

MAX_SLUG_CHARACTERS = 60
MAX_HOST_CHARACTERS = 100
ID_PATTERN = re.compile(r"[0-9a-f]{16}")
_ARTICLE_NAME = re.compile(r"(?:.+-)?([0-9a-f]{16})\.json")
_DEVICE_NAMES = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?")
_UNDATED = "undated"


def article_file(article: Article) -> PurePosixPath:
    """Where a new article's record goes: `articles/<host>/<published>-<title>-<id>.json`."""
    assert article.id is not None
    day = (article.dates.published or "")[:10]
    day = day if re.fullmatch(r"\d{4}-\d{2}-\d{2}", day) else _UNDATED
    parts = [part for part in (day, slug(article.title or ""), article.id) if part]
    return ARTICLES / host_folder(article.source.host or "") / ("-".join(parts) + ".json")


def version_file(article_id: str, fetched_at: str) -> PurePosixPath:
    """Where a superseded record goes: `versions/<id>/<fetched at>.json`."""
    return VERSIONS / article_id / f"{stamp(fetched_at)}.json"


def capture_file(article_id: str, fetched_at: str, attempt: int = 0) -> PurePosixPath:
    """Where a capture goes: `captures/<year>/<month>/<id>-<fetched at>.warc.gz`; `attempt` above 0 when that is taken."""
    moment = stamp(fetched_at)
    suffix = f"-{attempt}" if attempt else ""
    return CAPTURES / moment[:4] / moment[4:6] / f"{article_id}-{moment}{suffix}.warc.gz"


def id_of(name: str) -> str | None:
    """The ID in the file name of a record; None where `name` is no record's."""
    match = _ARTICLE_NAME.fullmatch(name)
    return match[1] if match else None


def stamp(fetched_at: str) -> str:
    """`2026-11-23T08:14:00Z` as it stands in file names: `20261123T081400Z`."""
    return re.sub(r"[^0-9TZ]", "", fetched_at)


def slug(text: str) -> str:
    """`text` in lower-case ASCII words joined by "-", at most 60 characters; "" where nothing of it is left."""
    ascii_text = unicodedata.normalize("NFKD", text[:400]).encode("ascii", "ignore").decode("ascii").lower()
    words = re.findall(r"[a-z0-9]+", ascii_text.replace("'", ""))
    kept = ""
    for word in words:
        longer = f"{kept}-{word}" if kept else word[:MAX_SLUG_CHARACTERS]
        if len(longer) > MAX_SLUG_CHARACTERS:
            break
        kept = longer
    return kept


def host_folder(host: str) -> str:
    """The folder for articles of `host` (punycode, perhaps an IP address)."""
    name = re.sub(r"[^a-z0-9._-]+", "-", host.lower()).strip(".-_")
    if len(name) > MAX_HOST_CHARACTERS:
        import hashlib  # no host in earnest is this long

        name = f"{name[: MAX_HOST_CHARACTERS - 17].rstrip('.-_')}-{hashlib.sha256(name.encode()).hexdigest()[:16]}"
    if not name:
        return "unknown-host"
    return f"host-{name}" if _DEVICE_NAMES.fullmatch(name) else name
