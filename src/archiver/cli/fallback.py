"""What is shown where a terminal's encoding lacks a character: the nearest that it has, one for one, so columns stay columns.

Pipes get escapes instead, which lose nothing.
"""

from __future__ import annotations

import codecs
import unicodedata

NAME = "archiver.readable"
"""The handler's name, as streams take it."""

_NEAREST = str.maketrans(
    "‘’‚‛“”„‟«»‹›–—―−‐‑·•◦▪…│─★→←×\u00a0\u2009\u202f",
    '\'\'\'\'""""""<>------' + "-*o-~|-*><x   ",
)


def register() -> None:
    """Makes the handler known to streams."""
    codecs.register_error(NAME, _readable)


def _readable(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    lacking = error.object[error.start : error.end]
    return "".join(_shown(character, error.encoding) for character in lacking), error.end


def _shown(character: str, encoding: str) -> str:
    for nearest in (character.translate(_NEAREST), unicodedata.normalize("NFKD", character)[0]):
        try:
            nearest.encode(encoding)
        except UnicodeEncodeError:
            continue
        return nearest
    return character.encode("ascii", "backslashreplace").decode()
