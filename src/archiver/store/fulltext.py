"""Text as the full-text index holds it, and queries as it takes them (SQLite FTS5, tokenizer unicode61).

The tokenizer parts words at spaces, which Chinese, Japanese and Thai do not write. So a zero-width space is put between
their characters: each is a word of its own, a query for several of them is a phrase, and what is shown has the spaces taken
out again.
"""

from __future__ import annotations

import re
import unicodedata

from archiver.errors import InvalidInput

MAX_TERMS = 64
MATCH_START, MATCH_END = "\x02", "\x03"
TOKENIZER = "unicode61 remove_diacritics 2"
_SPACE = "\u200b"
# Thai to Burmese, Khmer, kana, Han, Hangul (whose particles cling to their nouns), half-width kana, Han beyond the first plane
_UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff"
    "\uac00-\ud7af\uf900-\ufaff\uff66-\uff9f\U00020000-\U0003ffff"
)
_ANY_UNSPACED = re.compile(f"[{_UNSPACED}]")
_JOINTS = re.compile(rf"(?<=[{_UNSPACED}])(?=\w)|(?<=\w)(?=[{_UNSPACED}])")
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\u200b]")
_TERM = re.compile(r'"([^"]*)"|(\S+)')


def indexed(text: str) -> str:
    """`text` ready for the index."""
    plain = unicodedata.normalize("NFC", _CONTROLS.sub("", text))
    return _JOINTS.sub(_SPACE, plain) if _ANY_UNSPACED.search(plain) else plain


def shown(text: str) -> str:
    """What the index gives back, as it was written."""
    return text.replace(_SPACE, "")


def query(words: str) -> str | None:
    """The FTS5 query for what a person typed: all words must match, "a phrase" as it stands, word* by its beginning.

    None where nothing in it can be searched for. Every other character is taken literally: no text is a syntax error.

    Raises:
        InvalidInput: more than 64 words and phrases.
    """
    terms = []
    for phrase, word in _TERM.findall(words):
        text = indexed(phrase or word)
        if not any(character.isalnum() for character in text):
            continue
        prefix = "*" if word.endswith("*") else ""
        terms.append('"' + text.replace('"', " ") + '"' + prefix)
        if len(terms) > MAX_TERMS:
            raise InvalidInput(f"a search takes at most {MAX_TERMS} words", remedy="leave some out")
    return " ".join(terms) or None


def excerpt(snippet: str) -> tuple[tuple[str, bool], ...]:
    """A marked passage in pieces, each with whether it matched."""
    parts = re.split(f"({MATCH_START}[^{MATCH_END}]*{MATCH_END})", shown(snippet))
    return tuple((part.strip(MATCH_START + MATCH_END), part.startswith(MATCH_START)) for part in parts if part)
