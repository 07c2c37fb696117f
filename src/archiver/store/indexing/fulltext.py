"""Text as the full-text index holds it, and queries as it takes them (SQLite FTS5, tokenizer unicode61).

The tokenizer parts words at spaces, which Chinese, Japanese and Thai do not write. So a zero-width space is put between
their characters: each is a word of its own, a query for several of them is a phrase, and what is shown has the spaces taken
out again.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from archiver.errors import InvalidInput
from archiver.store.indexing.expressions import Every, Fact, Some, Term, Without

if TYPE_CHECKING:
    from archiver.article import Article
    from archiver.store.indexing.expressions import Expression

COLUMNS = {"title": 10.0, "dek": 5.0, "byline": 4.0, "source": 2.0, "section": 2.0, "tags": 4.0, "note": 4.0, "body": 1.0}
"""What is searched, and how much a match there weighs: `note` is what the user says, with the labels."""
HEADS = ("title", "dek")
BODY = list(COLUMNS).index("body")
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
_ASCII_CONTROLS = bytes(range(9)) + b"\x0b\x0c" + bytes(range(14, 32))


def passages(article: Article) -> list[str]:
    """What the article has for each column but `note`, ready for the index."""
    names = [article.byline or "", *(author.name for author in article.authors if author.name not in (article.byline or ""))]
    texts = (
        article.title or "",
        article.subtitle or "",
        "\n".join(names),
        "\n".join([article.source.publisher or "", *(credit.name for credit in article.source.credited)]),
        "\n".join(article.section),
        "\n".join(article.tags),
        article.body.text,
    )
    return [indexed(text) for text in texts]


def indexed(text: str) -> str:
    """`text` ready for the index."""
    if text.isascii():  # most of most texts, at a tenth of the cost
        return text.encode().translate(None, _ASCII_CONTROLS).decode()
    plain = _CONTROLS.sub("", text)
    if not unicodedata.is_normalized("NFC", plain):
        plain = unicodedata.normalize("NFC", plain)
    return _JOINTS.sub(_SPACE, plain) if _ANY_UNSPACED.search(plain) else plain


def shown(text: str) -> str:
    """What the index gives back, as it was written."""
    return text.replace(_SPACE, "")


def query(expression: Expression) -> str:
    """The FTS5 query for an expression without facts.

    Raises:
        InvalidInput: it asks for everything but something.
    """
    if isinstance(expression, Term):
        return term(expression)
    if isinstance(expression, Some):
        return f"({' OR '.join(map(query, expression.parts))})"
    if isinstance(expression, Every):
        wanted = [part for part in expression.parts if not isinstance(part, Without)]
        unwanted = [part.part for part in expression.parts if isinstance(part, Without)]
        if wanted:
            found = f"({' AND '.join(map(query, wanted))})"
            return f"({found} NOT ({' OR '.join(map(query, unwanted))}))" if unwanted else found
    assert not isinstance(expression, Fact)
    raise InvalidInput("NOT alone stands for nearly everything", remedy="say in the same parentheses what is wanted")


def term(wanted: Term) -> str:
    """The FTS5 phrase for a term: whatever stands in it is taken literally."""
    column = f"{wanted.column} : " if wanted.column else ""
    text = indexed(wanted.text).replace('"', " ")
    return f'{column}"{text}"{" *" if wanted.prefix else ""}'


def holds_words(text: str) -> bool:
    """Whether anything in `text` can be searched for."""
    return any(character.isalnum() for character in text)


def excerpt(snippet: str) -> tuple[tuple[str, bool], ...]:
    """A marked passage in pieces, each with whether it matched."""
    parts = re.split(f"({MATCH_START}[^{MATCH_END}]*{MATCH_END})", shown(snippet))
    return tuple((part.strip(MATCH_START + MATCH_END), part.startswith(MATCH_START)) for part in parts if part)
