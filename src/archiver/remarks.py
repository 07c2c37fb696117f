"""What the user says about an article, apart from what its page says: labels, a star, a note, whether it was read.

The user's tags are called labels throughout, so that they are not taken for the page's own `tags`. The file of an article's
remarks is described in docs/remarks.md.
"""

from __future__ import annotations

import dataclasses
import json
import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from archiver.documents import damaged, opened
from archiver.errors import InvalidInput

if TYPE_CHECKING:
    from collections.abc import Iterable

SCHEMA_VERSION = 1
MAX_LABEL_CHARACTERS = 100
MAX_NOTE_BYTES = 16 * 1024 * 1024
_SHOWN = 60
_KINDS: dict[str, tuple[Any, str]] = {
    "labels": (list, "are no list"),
    "starred": (bool, "is neither true nor false"),
    "read": (bool, "is neither true nor false"),
    "note": (str | None, "is no string"),
    "added_at": (str | None, "is no string"),
}
"""What the values of the keys are, and what is said of one that is something else."""
_LINE_END = re.compile(r"\r+\n")


@dataclass(frozen=True, slots=True)
class Remarks:
    """The remarks on one article.

    Attributes:
        labels: the user's tags, each once whatever its case, sorted.
        note: text on as many lines as the user likes, without the last line's end; None where there is none.
        added_at: when the user kept the page elsewhere, before it came here; RFC 3339, UTC.
    """

    labels: tuple[str, ...] = ()
    starred: bool = False
    read: bool = False
    note: str | None = None
    added_at: str | None = None

    def labelled(self, labels: Iterable[str]) -> Remarks:
        """With `labels` too; one that is there already, whatever its case, stays as it is spelt."""
        held: dict[str, str] = {}
        for label in (*self.labels, *labels):
            held.setdefault(folded_label(label), label)
        return dataclasses.replace(self, labels=tuple(held[key] for key in sorted(held)))

    def unlabelled(self, labels: Iterable[str]) -> Remarks:
        """Without `labels`, whatever their case."""
        gone = {folded_label(label) for label in labels}
        return dataclasses.replace(self, labels=tuple(label for label in self.labels if folded_label(label) not in gone))

    def united(self, other: Remarks) -> Remarks:
        """With all that `other` says too: a note that this does not have stands below its own.

        Raises:
            InvalidInput: the notes are too long together.
        """
        notes = [self.note, other.note] if other.note and other.note not in (self.note or "") else [self.note]
        added_at = min(filter(None, (self.added_at, other.added_at)), default=None)
        starred, read = self.starred or other.starred, self.read or other.read
        both = dataclasses.replace(self, starred=starred, read=read, added_at=added_at)
        return both.labelled(other.labels).noted("\n\n".join(note for note in notes if note))

    def noted(self, text: str) -> Remarks:
        """With `text` as the note; with none where it is blank.

        Raises:
            InvalidInput: it is too long, or holds what is no text.
        """
        note = _LINE_END.sub("\n", text).rstrip()
        try:
            size = len(note.encode())
        except UnicodeEncodeError:
            raise InvalidInput("the note is not UTF-8 text", remedy="convert it, and try again") from None
        if size > MAX_NOTE_BYTES:
            raise InvalidInput(f"the note is larger than {MAX_NOTE_BYTES // 2**20} MB", remedy="keep it in a file of its own")
        return dataclasses.replace(self, note=note or None)


def clean_label(text: str) -> str:
    """The label that `text` means: on one line, composed (NFC), without spaces around it.

    Raises:
        InvalidInput: it is empty or too long, or has a comma, which parts labels in feeds.opml, or an unprintable character.
    """
    label = unicodedata.normalize("NFC", " ".join(text.split()))
    if not label:
        reason = "a tag is empty"
    elif len(label) > MAX_LABEL_CHARACTERS:
        reason = f"has more than {MAX_LABEL_CHARACTERS} characters"
    elif "," in label:
        reason = "has a comma"
    elif any(unicodedata.category(character) in {"Cc", "Cs"} for character in label):
        reason = "has a character that is none of a text"
    else:
        return label
    raise InvalidInput(reason, subject=ascii(label[:_SHOWN]) if label else "", remedy="give each tag as an argument of its own")


def folded_label(label: str) -> str:
    """The form in which labels are compared, without case."""
    return unicodedata.normalize("NFC", label.casefold())


def dumps(remarks: Remarks, article_id: str, *, held: bytes | None = None) -> bytes | None:
    """The content of the file with these remarks; None where there is nothing to say.

    Args:
        held: what the file holds now, sound, for keys that we do not know: they stay.
    """
    ours = {"schema": SCHEMA_VERSION, "id": article_id} | dataclasses.asdict(remarks)
    unknown = {key: value for key, value in (json.loads(held.decode("utf-8-sig")) if held else {}).items() if key not in ours}
    if remarks == Remarks() and not unknown:
        return None
    text = json.dumps(ours | unknown, ensure_ascii=False, indent=2) + "\n"
    return text.encode("utf-8", "backslashreplace")  # of a lone surrogate this makes JSON's own escape


def joined(held: bytes | None, other: bytes) -> bytes:
    """The keys of two sound files, for `dumps` to keep those that it does not know; the first has the word."""
    documents = [json.loads(content.decode("utf-8-sig")) for content in (other, held) if content]
    return json.dumps({key: value for document in documents for key, value in document.items()}).encode()


def loads(content: bytes, article_id: str, *, subject: str) -> Remarks:
    """The remarks in the `content` of the file `subject`; what the file leaves out is not said.

    Raises:
        RecordDamaged: it holds none, or those on another article, or (`RecordNewer`) has a newer schema.
    """
    document = opened(content, article_id, schema=SCHEMA_VERSION, subject=subject)
    for name, (kind, told) in _KINDS.items():
        if name in document and not isinstance(document[name], kind):
            raise damaged(f"its {name} {told}", subject)
    if not all(isinstance(label, str) for label in document.get("labels", [])):
        raise damaged("one of its labels is no string", subject)
    said = Remarks((), document.get("starred", False), document.get("read", False), added_at=document.get("added_at"))
    try:
        return said.labelled(map(clean_label, document.get("labels", []))).noted(document.get("note") or "")
    except InvalidInput as error:
        raise damaged(f"what it says cannot be: {error}", subject) from error
