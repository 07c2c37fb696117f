"""Names inside the archive. Pure: what a record says in, a relative path out.

Every name is legal on Linux, macOS and Windows, and no name can leave the archive: it is made of lower-case ASCII letters,
digits, "-", "." and "_" (and the T and Z of a time), begins with a letter or digit, is no device name, and is at most 120
bytes long.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import UTC, datetime
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from archiver.article import Article

ARTICLES = PurePosixPath("articles")
VERSIONS = PurePosixPath("versions")
CAPTURES = PurePosixPath("captures")
REMARKS = PurePosixPath("remarks")
REMOVED = PurePosixPath("removed")
QUARANTINE = PurePosixPath("quarantine")
SIGHTINGS = PurePosixPath("sightings")
ALIASES = PurePosixPath("aliases")

MAX_SLUG_CHARACTERS = 60
MAX_HOST_CHARACTERS = 100
ID_PATTERN = re.compile(r"[0-9a-f]{16}")
_CAPTURE_NAME = re.compile(rf"{CAPTURES}/(?:\d{{4}}/\d\d|undated)/([0-9a-f]{{16}})-[^/]+\.warc\.gz")
_ARTICLE_NAME = re.compile(r"(?:.+-)?([0-9a-f]{16})\.json", re.IGNORECASE)
"""A file system may have given the name back in another case."""
_DEVICE_NAMES = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?")
_UNDATED = "undated"
_LETTERS = str.maketrans({"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i"})
"""Latin letters that Unicode does not take apart."""


def article_file(article: Article) -> PurePosixPath:
    """Where a new article's record goes: `articles/<host>/<published>-<title>-<id>.json`.

    Raises:
        ValueError: the article has no ID.
    """
    article_id = checked(article.id)
    day = (article.dates.published or "")[:10]
    day = day if re.fullmatch(r"\d{4}-\d{2}-\d{2}", day) else _UNDATED
    parts = [part for part in (day, slug(article.title or ""), article_id) if part]
    return PurePosixPath(f"{ARTICLES}/{host_folder(article.source.host or '')}/{'-'.join(parts)}.json")


def version_file(article_id: str, fetched_at: str | None, attempt: int = 0) -> PurePosixPath:
    """Where a superseded record goes: `versions/<id>/<fetched at>.json`; `attempt` above 0 when that is taken."""
    return PurePosixPath(f"{VERSIONS}/{checked(article_id)}/{stamp(fetched_at)}{_suffix(attempt)}.json")


def capture_file(article_id: str, fetched_at: str | None, attempt: int = 0) -> PurePosixPath:
    """Where a capture goes: `captures/<year>/<month>/<id>-<fetched at>.warc.gz`; `attempt` above 0 when that is taken."""
    moment = stamp(fetched_at)
    folder = _UNDATED if moment == _UNDATED else f"{moment[:4]}/{moment[4:6]}"
    return PurePosixPath(f"{CAPTURES}/{folder}/{checked(article_id)}-{moment}{_suffix(attempt)}.warc.gz")


def remarks_file(article_id: str) -> PurePosixPath:
    """Where the user's remarks on an article stand: `remarks/<first two digits of the ID>/<id>.json`."""
    return _beside(REMARKS, article_id)


def sightings_file(article_id: str) -> PurePosixPath:
    """Where the sightings of an article stand: `sightings/<first two digits of the ID>/<id>.json`."""
    return _beside(SIGHTINGS, article_id)


def remarked_id(name: str) -> str | None:
    """The ID of the article whose remarks stand in the file `name`; None where it is no such file."""
    return _id_beside(name, remarks_file)


def sighted_id(name: str) -> str | None:
    """The ID of the article whose sightings stand in the file `name`; None where it is no such file."""
    return _id_beside(name, sightings_file)


def removed_file(article_id: str) -> PurePosixPath:
    """Where a record stands while what belongs to it is removed: `removed/<id>.json`."""
    return REMOVED / f"{checked(article_id)}.json"


def alias_file(alias_id: str) -> PurePosixPath:
    """Where it stands which article an address is: `aliases/<first two digits of its own ID>/<its own ID>.json`."""
    return _beside(ALIASES, alias_id)


def aliased_id(name: str) -> str | None:
    """The own ID of the address whose alias stands in the file `name`; None where it is no such file."""
    return _id_beside(name, alias_file)


def _beside(top: PurePosixPath, article_id: str) -> PurePosixPath:
    return PurePosixPath(f"{top}/{checked(article_id)[:2]}/{article_id}.json")  # one path made, not four: pages ask for many


def _id_beside(name: str, file_of: Callable[[str], PurePosixPath]) -> str | None:
    """The ID in the name of a file, if it is the one that `file_of` gives for it."""
    article_id = name.rpartition("/")[2].removesuffix(".json")
    return article_id if ID_PATTERN.fullmatch(article_id) and name == str(file_of(article_id)) else None


def checked(article_id: str | None) -> str:
    """`article_id`, which is an ID: ours are made by `urls.article_id` and never taken from a page.

    Raises:
        ValueError: it is none.
    """
    if article_id is None or not ID_PATTERN.fullmatch(article_id):
        raise ValueError(f"not an article ID: {article_id!r}")
    return article_id


def captured_id(file: str) -> str | None:
    """The ID of the article that a capture was made for, by the name of its file; None where that is no capture's."""
    article_id, dash, rest = file.partition("-")
    return article_id if ID_PATTERN.fullmatch(article_id) and dash and rest.endswith(".warc.gz") else None


def capture_id(name: str) -> str | None:
    """The ID that the name of a capture's file says; None where it is no such file."""
    match = _CAPTURE_NAME.fullmatch(name)
    return match[1] if match else None


def is_capture(name: str) -> bool:
    """Whether `name`, which stands in a record that anyone can edit, is that of a file among the captures."""
    parts = name.split("/")
    return len(parts) > 1 and parts[0] == str(CAPTURES) and ".." not in parts and not set("\\:\0") & set(name)


def id_of(name: str) -> str | None:
    """The ID that the name of a record's file, or the folder of a version, says; None where `name` is neither's."""
    folder, _, file = name.rpartition("/")
    if folder.startswith(f"{VERSIONS}/"):
        return folder.rpartition("/")[2]
    match = _ARTICLE_NAME.fullmatch(file)
    return match[1].lower() if match else None


def stamp(fetched_at: str | None) -> str:
    """`2026-11-23T08:14:00Z` as it stands in file names, `20261123T081400Z`; "undated" for what is no time."""
    try:
        moment = datetime.fromisoformat(fetched_at or "")
        moment = (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        return _UNDATED
    return f"{moment.year:04}{moment:%m%dT%H%M%SZ}"


def slug(text: str) -> str:
    """`text` in lower-case ASCII words joined by "-", at most 60 characters; "" where nothing of it is left."""
    ascii_text = (
        unicodedata.normalize("NFKD", text[:400].casefold().translate(_LETTERS)).encode("ascii", "ignore").decode("ascii")
    )
    words = re.findall(r"[a-z0-9]+", ascii_text.replace("'", ""))
    kept = ""
    for word in words:
        longer = f"{kept}-{word}" if kept else word[:MAX_SLUG_CHARACTERS]
        if len(longer) > MAX_SLUG_CHARACTERS:
            break
        kept = longer
    return kept


def _suffix(attempt: int) -> str:
    return f"-{attempt}" if attempt else ""


def host_folder(host: str) -> str:
    """The folder for articles of `host` (punycode, perhaps an IP address)."""
    name = re.sub(r"[^a-z0-9._-]+", "-", host.lower()).strip(".-_")
    if len(name) > MAX_HOST_CHARACTERS:
        import hashlib  # no host in earnest is this long

        name = f"{name[: MAX_HOST_CHARACTERS - 17].rstrip('.-_')}-{hashlib.sha256(name.encode()).hexdigest()[:16]}"
    if not name:
        return "unknown-host"
    return f"host-{name}" if _DEVICE_NAMES.fullmatch(name) else name
