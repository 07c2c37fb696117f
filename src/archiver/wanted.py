"""A page that is to be archived when its turn comes, and what the user says of it; one line of `queue.jsonl`.

The file is described in docs/importing.md. A line that says something else is left as it is.
"""

from __future__ import annotations

import dataclasses
import json
from dataclasses import dataclass
from typing import Any

from archiver import urls
from archiver.documents import damaged
from archiver.errors import InvalidInput, RecordDamaged, RecordNewer
from archiver.remarks import Remarks

MAX_ATTEMPTS = 5
"""A page that could not be had so often is asked for no more, until it is imported again."""
_SHOWN = 60


@dataclass(frozen=True, slots=True)
class Wanted:
    """A page to be archived.

    Attributes:
        labels: clean ones (`remarks.clean_label`).
        added_at: when it was kept where it comes from; RFC 3339, UTC.
        written_by: which list it stood in.
        attempts: how often it could not be had, and `failed` why not, the last time.
        not_before: the day from which it may be asked for again, ISO 8601.
    """

    url: str
    title: str | None = None
    labels: tuple[str, ...] = ()
    added_at: str | None = None
    starred: bool = False
    read: bool = False
    note: str | None = None
    written_by: str | None = None
    attempts: int = 0
    failed: str | None = None
    not_before: str | None = None

    @property
    def article_id(self) -> str:
        """The ID that its article will have, unless redirects lead elsewhere."""
        return urls.article_id(self.url)

    @property
    def given_up(self) -> bool:
        """Whether it is asked for no more."""
        return self.attempts >= MAX_ATTEMPTS

    def is_due(self, today: str) -> bool:
        """Whether it may be asked for on the day `today`, ISO 8601."""
        return not self.given_up and (self.not_before or "") <= today

    def remarked(self, held: Remarks) -> Remarks:
        """`held`, what the user says of the article, with what stands here; a note that is there already stays as it is."""
        said = Remarks(self.labels, self.starred, self.read, self.note if not held.note else None, self.added_at)
        return held.united(said)


def dumps(wanted: Wanted) -> str:
    """The line, without its end; what is not said is left out."""
    unsaid = Wanted(wanted.url)
    said = {
        name: value for name, value in dataclasses.asdict(wanted).items() if name == "url" or value != getattr(unsaid, name)
    }
    return json.dumps(said, ensure_ascii=False).encode("utf-8", "backslashreplace").decode()


def loads(line: str) -> Wanted | None:
    """The page that `line` wants; None where it says something else."""
    try:
        return read(line)
    except RecordDamaged:
        return None


def read(line: str, *, subject: str = "") -> Wanted:
    """The page that `line` wants; `subject` is for the error.

    Raises:
        RecordDamaged: it says something else, or (`RecordNewer`) something that a later version of archiver may know.
    """
    try:
        said: Any = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise damaged(f"wants no page: {error}", subject) from error
    if not isinstance(said, dict) or "url" not in said:
        raise damaged("wants no page: it names no url", subject)
    wrong = next((name for name, value in said.items() if name in _TYPES and not isinstance(value, _TYPES[name])), None)
    if wrong or not all(isinstance(label, str) for label in said.get("labels", [])):
        raise damaged(f"wants no page: what stands under {wrong or 'labels'} cannot be that", subject)
    try:
        urls.parse(said["url"])
    except InvalidInput as error:
        raise damaged(f"wants no page: its url {error.reason}", subject) from error
    if unknown := sorted(said.keys() - _TYPES.keys()):
        reason = f"has a key that this version of archiver does not know ({unknown[0][:_SHOWN]})"
        raise RecordNewer(reason, subject=subject, remedy="upgrade archiver, or correct it with an editor")
    return Wanted(**said | {"labels": tuple(said.get("labels", []))})


_TYPES: dict[str, type] = {
    "url": str,
    "title": str,
    "labels": list,
    "added_at": str,
    "starred": bool,
    "read": bool,
    "note": str,
    "written_by": str,
    "attempts": int,
    "failed": str,
    "not_before": str,
}
