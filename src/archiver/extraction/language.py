"""The language: what the page declares, unless its text is plainly in another; then, or without a declaration, how it sounds.

A declared language is checked against its commonest words or letters, which costs next to nothing. Only where they are
missing is the library asked, CLD3 (https://github.com/google/cld3).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from archiver.extraction import claims as claims_room
from archiver.extraction.claims import claim
from archiver.extraction.rules.languages import KANA, LETTERS, ONE_IN, ONE_LETTER_IN, RENAMED, SAME, WORDS

if TYPE_CHECKING:
    import gcld3

    from archiver.article import Evidence
    from archiver.extraction.blocks import Layout
    from archiver.extraction.claims import Claim, Claims
    from archiver.extraction.content import Region

MIN_PARAGRAPH = 80
MIN_CHARACTERS = 100
"""A text shorter than this (in ideographs, a third) could be in any language."""
GLANCE_CHARACTERS = 400
HEARD_CHARACTERS = 2_000
MIN_PROBABILITY = 0.9
_IDEOGRAPHS_WORTH = 3
_BCP_47 = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z]{4})?(?:-(?:[A-Za-z]{2}|\d{3}))?(?:-[A-Za-z0-9]{2,8})*")
_COMMON = {language: frozenset(words.split()) for language, words in WORDS.items()}
_LETTER = {language: re.compile(f"[{letters}]") for language, letters in LETTERS.items()}
_IDEOGRAPH = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7af]")


@dataclass(frozen=True, slots=True)
class Found:
    """The language tag (BCP 47, RFC 5646), and where it comes from."""

    tag: str | None = None
    evidence: Evidence | None = None


def find(layout: Layout, region: Region, claims: Claims) -> Found:
    """The language of the text in `region`."""
    stated = claims.of("language")
    declared = [one for one in stated if _BCP_47.fullmatch(one.value.replace("_", "-"))]
    winner = next(iter(declared), None)
    glance = _sample(layout, region, GLANCE_CHARACTERS)
    if _is_as_long_as(MIN_CHARACTERS, glance) and (winner is None or not is_plausible(winner.value, glance)):
        heard = _heard(_sample(layout, region, HEARD_CHARACTERS))
        if heard is not None:
            same = (one for one in declared if _primary(one.value) == _primary(heard.value))
            winner = next(same, heard)
            stated = [*stated, heard]
    if winner is None:
        return Found()
    return Found(tag(winner.value), claims_room.evidence(winner, stated, same=_primary))


def tag(value: str) -> str:
    """A language tag in its usual case: "en", "en-GB", "zh-Hant-TW"."""
    primary, *rest = value.replace("_", "-").split("-")
    cased = [
        part.upper() if len(part) == 2 else part.title() if len(part) == 4 and part.isalpha() else part.lower() for part in rest
    ]
    return "-".join([primary.lower(), *cased])


def is_plausible(declared: str, text: str) -> bool:
    """Whether `text` has the words or letters of the language `declared`; False, too, where nobody has listed them."""
    language = _primary(declared)
    if language in _LETTER:
        enough = len(_LETTER[language].findall(text)) * ONE_LETTER_IN >= len(text)
        return enough and not (language == "zh" and KANA.search(text))
    common = _COMMON.get(language)
    words = text.lower().split() if common else []
    return common is not None and len([word for word in words if word in common]) * ONE_IN >= len(words)


def _primary(value: str) -> str:
    """The language alone, without region and script; one for all that nobody tells apart by their words."""
    language = value.replace("_", "-").partition("-")[0].lower()
    return SAME.get(language, language)


def _sample(layout: Layout, region: Region, characters: int) -> str:
    """The beginning of the article's long paragraphs."""
    sample, length = [], 0
    for block in layout.blocks[region.first : region.last]:
        if _is_as_long_as(MIN_PARAGRAPH, block.text) and region.weights[block.index] > region.bar:
            sample.append(block.text)
            length += block.chars
            if length >= characters:
                break
    return "\n".join(sample)[:characters]


def _is_as_long_as(characters: int, text: str) -> bool:
    """Whether `text` says as much as so many letters; an ideograph says as much as some."""
    return len(text) + (_IDEOGRAPHS_WORTH - 1) * len(_IDEOGRAPH.findall(text[:characters])) >= characters


def _heard(text: str) -> Claim | None:
    """What the library takes `text` for; None where it is not sure."""
    found = _identifier().FindLanguage(text=text)
    if not found.is_reliable or found.probability < MIN_PROBABILITY or "-" in found.language:  # transcribed: a guess
        return None
    return claim("language", "dom text", RENAMED.get(found.language, found.language), at="the text")


@cache
def _identifier() -> gcld3.NNetLanguageIdentifier:
    import gcld3  # few pages need it

    return gcld3.NNetLanguageIdentifier(0, HEARD_CHARACTERS)
