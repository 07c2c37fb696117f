"""Names of files in an exported folder: from a template, safe on every file system, no two the same.

A name is made of letters and digits of any script, "-" and ".", and what the template has between its fields; it is in NFC,
in lower case but for that, no device of Windows, and at most 120 bytes long with its suffix.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from archiver.errors import InvalidInput
from archiver.export.model import File

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from archiver.article import Article
    from archiver.export.model import Draft, Wishes

MAX_BYTES = 120
MAX_FIELD_BYTES = 80
SHORT_ID_DIGITS = 10
_FIELD = re.compile(r"\{([^{}]*)\}")
_FORBIDDEN = re.compile(r'[<>:"\\|?*{}\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]')
_DEVICE = re.compile(r"(?:con|prn|aux|nul|com[\d¹²³]|lpt[\d¹²³])(?:\..*)?", re.IGNORECASE)
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_NO_WORD = re.compile(r"[^a-z0-9.]+")
_UNDATED = "undated"
FIELDS: dict[str, Callable[[Article], str]] = {
    "date": lambda article: found[0] if (found := _DAY.match(article.dates.published or "")) else _UNDATED,
    "year": lambda article: found[0] if (found := re.match(r"\d{4}", article.dates.published or "")) else _UNDATED,
    "title": lambda article: article.title or "untitled",
    "author": lambda article: article.authors[0].name if article.authors else "unknown",
    "publisher": lambda article: article.source.publisher or article.source.host or "unknown",
    "host": lambda article: article.source.host or "unknown",
    "id": lambda article: str(article.id),
}
"""What may stand in a template between braces."""


class Namer:
    """Gives each article of an export its name.

    Args:
        template: with fields in braces; `/` parts folders.
        suffix: of every file.

    Raises:
        InvalidInput: the template has a field that is none, or no field at all.
    """

    def __init__(self, template: str, suffix: str) -> None:
        unknown = [field for field in _FIELD.findall(template) if field not in FIELDS]
        if unknown or not _FIELD.search(template):
            reason = f"has no field {{{unknown[0]}}}" if unknown else "has no field"
            fields = ", ".join(f"{{{field}}}" for field in FIELDS)
            raise InvalidInput(reason, subject=f"the template {template[:80]!a}", remedy=f"there are {fields}")
        self._template = template
        self._suffix = suffix
        self._taken: set[str] = set()

    def name(self, article: Article) -> str:
        """The article's file: where its name is taken, the later article's has its ID too."""
        return self.free(self.stem(article), str(article.id))

    def stem(self, article: Article) -> str:
        """What the article's file would be called if it were the only one, without the suffix."""
        text = _FIELD.sub(lambda field: _worded(FIELDS[field[1]](article)), self._template)
        parts = [part for part in map(_component, text.split("/")) if part]
        return "/".join(parts) or str(article.id)

    def free(self, stem: str, article_id: str) -> str:
        """The file of the article with this ID and `stem`; now that name is taken."""
        folder, slash, stem = stem.rpartition("/")
        for tail in ("", f"-{article_id[:SHORT_ID_DIGITS]}", f"-{article_id}"):
            end = tail + self._suffix
            name = folder + slash + _within(stem, MAX_BYTES - len(end)) + end
            if self.take(name):
                return name
        raise AssertionError(f"{article_id} stands twice in the selection")

    def take(self, name: str) -> bool:
        """Whether `name` was free, also where case and Unicode form make no difference; now it is not."""
        folded = unicodedata.normalize("NFC", unicodedata.normalize("NFKC", name).casefold())
        free = folded not in self._taken
        self._taken.add(folded)
        return free


def named(drafts: Iterable[Draft], wishes: Wishes, suffix: str) -> Iterator[File]:
    """The files that the drafts become."""
    namer = Namer(wishes.name, suffix)
    return (File(namer.free(draft.stem, draft.id), draft.content) for draft in drafts)


def _worded(text: str) -> str:
    """`text` in lower-case words joined by "-"; marks stay with their letters."""
    composed = unicodedata.normalize("NFC", text[:400]).lower().replace("’", "").replace("'", "")
    if composed.isascii():
        kept = _NO_WORD.sub(" ", composed)
    else:
        kept = "".join(c if c == "." or unicodedata.category(c)[0] in "LNM" else " " for c in composed)
    words = [word for word in (word.strip(".") for word in kept.split()) if word]
    return _within("-".join(words), MAX_FIELD_BYTES, at="-") or "untitled"


def _component(text: str) -> str:
    """The name of one folder or file: nothing in it that a file system refuses or hides."""
    name = _within(_FORBIDDEN.sub("-", unicodedata.normalize("NFC", text)).strip(". "), MAX_BYTES)
    return f"_{name}" if _DEVICE.fullmatch(name) else name


def _within(text: str, size: int, *, at: str = "") -> str:
    """The beginning of `text` that takes at most `size` bytes, cut between words where they are parted by `at`."""
    encoded = text.encode("utf-8", "replace")
    if len(encoded) <= size:
        return text
    cut = encoded[:size].decode("utf-8", "ignore")
    return (cut.rpartition(at)[0] if at and at in cut else cut).rstrip(". -")
