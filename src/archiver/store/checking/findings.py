"""What a check can find: a table of kinds, and one finding as people and monitors read it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple


class Severity(StrEnum):
    """How much a finding matters.

    DAMAGE: something that was kept is not there as it was. STRAY: something stands there that nothing needs or nobody knows.
    DERIVED: what is made from the files is not as they are, and heals itself. NOTE: good to know.
    """

    DAMAGE = "damage"
    STRAY = "stray"
    DERIVED = "derived"
    NOTE = "note"


class Kind(NamedTuple):
    """One kind of finding: what it says, with "{}" for the details, and what can be done."""

    severity: Severity
    says: str
    remedy: str


DAMAGE, STRAY, DERIVED, NOTE = Severity
_REPAIR = "archiver check --repair"
_FETCH = "fetch its URL again"

KINDS = {
    # what was kept
    "record-damaged": Kind(DAMAGE, "the record {}", f"{_REPAIR} makes it again from its capture or takes its last version"),
    "version-damaged": Kind(DAMAGE, "the version {}", f"{_REPAIR} makes it again from its capture or sets it aside"),
    "version-alone": Kind(DAMAGE, "the record that it is a version of is gone", f"{_REPAIR} brings it back"),
    "remarks-damaged": Kind(DAMAGE, "the file of remarks {}", f"correct it with an editor, or {_REPAIR} sets it aside"),
    "sightings-damaged": Kind(DAMAGE, "the file of later looks {}", f"correct it with an editor, or {_REPAIR} sets it aside"),
    "alias-damaged": Kind(DAMAGE, "the file of another address {}", f"correct it with an editor, or {_REPAIR} sets it aside"),
    "capture-missing": Kind(DAMAGE, "its capture {} is missing", f"{_FETCH}; {_REPAIR} notes the loss in the record"),
    "capture-damaged": Kind(DAMAGE, "its capture {}", f"{_FETCH}; {_REPAIR} sets the capture aside, the record keeps its text"),
    "capture-elsewhere": Kind(DAMAGE, "it names a capture outside of captures/: {}", f"{_REPAIR} notes the loss in the record"),
    "feeds-damaged": Kind(
        DAMAGE, "the file of subscriptions {}", f"correct it with an editor, or {_REPAIR} keeps what can be read"
    ),
    "queue-damaged": Kind(DAMAGE, "{}", f"correct it with an editor, or {_REPAIR} sets it aside"),
    "not-a-file": Kind(DAMAGE, "{}, and is not followed", f"put the file or folder back, or {_REPAIR} sets it aside"),
    "unreadable": Kind(DAMAGE, "{}", "check its permissions and the disk"),
    # what nothing needs
    "capture-alone": Kind(STRAY, "no record names this capture", f"{_REPAIR} makes a record of it where it says something new"),
    "capture-alone-damaged": Kind(STRAY, "no record names this capture, and it {}", f"{_REPAIR} sets it aside"),
    "remarks-alone": Kind(STRAY, "these remarks are on an article that is not there", "fetch the article, or remove the file"),
    "sightings-alone": Kind(STRAY, "these looks were at an article that is not there", "fetch the article, or remove the file"),
    "alias-alone": Kind(STRAY, "it leads to an article that is not there", "fetch the article, or remove the file"),
    "record-twice": Kind(STRAY, "the article stands in {} too", "keep the better file of the two"),
    "stray": Kind(STRAY, "nothing of archiver's has this name here", "move it out of the archive"),
    # what heals itself
    "index-missing": Kind(DERIVED, "the index is missing", "the next command makes it"),
    "index-behind": Kind(DERIVED, "the index is not as the files are: {}", f"the next command, or {_REPAIR}, makes it so"),
    "index-damaged": Kind(DERIVED, "the index is damaged: {}", f"the next command, or {_REPAIR}, makes it again"),
    "memory-damaged": Kind(DERIVED, "it is damaged ({}), which loses no article", "the next sync begins it anew"),
    "temporary": Kind(DERIVED, "a run that was cut short left it", "the next run that writes removes it"),
    "removal": Kind(DERIVED, "the removal of this article was cut short", "the next run that writes ends it"),
    # good to know
    "newer": Kind(NOTE, "{}, and was not checked", "upgrade archiver"),
    "network-mount": Kind(
        NOTE,
        "the archive lies on a network file system ({})",
        "run archiver on one machine at a time: locks and SQLite cannot be trusted there; a local disk is better",
    ),
}


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that a check found.

    Attributes:
        kind: a key of `KINDS`.
        path: the file, relative to the archive, with `/`; "." for the archive itself.
        sentence: what is so, without a full stop.
        remedy: what can be done.
        id: the article's ID, or None.
        url: the article's URL, as far as anything still tells it.
    """

    kind: str
    severity: Severity
    path: str
    sentence: str
    remedy: str
    id: str | None = None
    url: str | None = None

    def __str__(self) -> str:
        url = f" {self.url}" if self.url else ""
        return f"{self.path}: {self.sentence} ({self.remedy}){url}"


def finding(kind: str, path: object, detail: str = "", *, article_id: str | None = None, url: str | None = None) -> Finding:
    """A finding of the `kind` about the file `path`."""
    row = KINDS[kind]
    return Finding(kind, row.severity, str(path), row.says.replace("{}", detail), row.remedy, article_id, url)
