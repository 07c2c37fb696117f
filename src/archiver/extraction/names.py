"""Names in a byline: split at the right places, without credentials and roles, in a readable case."""

from __future__ import annotations

import re
from dataclasses import dataclass

from archiver.extraction.rules.names import (
    CLOSE_CONJUNCTIONS,
    CONJUNCTIONS,
    CREDENTIALS,
    CUE,
    HONORIFICS,
    NO_NAME,
    ORGANIZATION,
    PARTICLES,
    ROLE_WORDS,
    Role,
)

MAX_BYLINE_CHARACTERS = 600
MAX_NAMES = 60
_END_OF_NAMES = re.compile(
    r"(?i)\s*(?:[|•·⋅∙—–]|\s-\s|\b(?:updated|published|posted|sponsored|view|last)\b|(?-i:\b(?:on|am|vom|is|has|was|are|writes)\b)|"
    r"(?-i:\b(?:le|el|il|em|op)\b)\s(?=\d|\w{2,10}\s\d)|\s\d|\bin:?(?=\s[A-Z]|\s*$)|\b(?:for|from|filed under)\s(?=[A-Z])|"
    r"\bat\s|\bof\s(?=the\b)|\([^)]{0,200}\)|\w+:\s|\b(?:(?:ein|keine?) )?(?:kommentare?|comments?)\b|\bim gespräch\b|"
    r"\b(?:edited|reviewed|translated|illustrated|photographed|fact-checked) by\b|"
    r"(?<!\w)(?:jan(?:uary?)?|feb(?:ruary?)?|mar(?:ch)?|märz|apr(?:il)?|may|mai|jun[ei]?|jul[yi]?|aug(?:ust)?|"
    r"sept?(?:ember)?|o[ck]t(?:ober)?|nov(?:ember)?|de[cz](?:ember)?)\.?\s\d)"
)
_END_OF_VALUE = re.compile(r"\s*(?:[|•·⋅∙—–]|\s-\s|\([^)]{0,200}\))")
_ADDRESS = re.compile(r"\S+@\S+|https?://\S+|www\.\S+|(?<!\w)@\w+")
_FAMILY_FIRST = re.compile(
    r"(?:[^\W\d_A-Z]{2,3}\s){1,3}[A-Z]\w{1,30},\s[A-Z]\w{1,30}(?:\s[A-Z]\.?)?"
)  # "von Trapp, Maria": "von" is no cue here
_EDGE = " \t,;:.|/•·–—-*\"'“”()[]<>"
_WORDS_OF_NAME = 6
_AGENCY = re.compile(r"[A-Z]{2,5}")  # "Jo Smith, CNN"
_INITIALS = re.compile(r"(?:[^\W\d_]\.?){1,3}$")


@dataclass(frozen=True, slots=True)
class Name:
    """One name; `organization` where it is not a person's."""

    text: str
    organization: bool


def after_cue(text: str) -> tuple[Role | None, str]:
    """The role that the words at the start of `text` give, and what follows them."""
    match = CUE.match(text.lstrip())
    if match is None:
        return None, text
    rest = text.lstrip()[match.end() :]
    spaced = match[0][-1].isalnum() and match[0].isascii()
    if spaced and rest[:1].isalnum():  # "Bye", "Portland"
        return None, text
    return match.lastgroup, rest.strip(" :：\u00a0")  # type: ignore[return-value]  # the groups are the roles


def printed(byline: str) -> str:
    """The part of a byline that names people, as printed: without its cue, the date and what else follows."""
    byline = byline[:MAX_BYLINE_CHARACTERS]
    _, text = (None, byline) if _FAMILY_FIRST.fullmatch(byline.strip()) else after_cue(byline)
    text = text.split("\n")[0]
    cut = _END_OF_NAMES.search(text, 1)
    return (text[: cut.start()] if cut else text).strip(_EDGE + "\u00a0") or text.strip()


def is_name_like(text: str) -> bool:
    """Whether every word of `text` could stand in a person's name: capitals, particles, initials."""
    words = text.split()
    return 1 <= len(words) <= _WORDS_OF_NAME and all(not word[0].islower() or word.lower() in PARTICLES for word in words)


def parse(byline: str, *, single: bool = False) -> list[Name]:
    """The names in a byline, in order, each once.

    Args:
        byline: the line, with or without its cue ("By …").
        single: the source gives one name per value, so a comma inverts it or precedes a credential.
    """
    text = byline[:MAX_BYLINE_CHARACTERS]
    if not _FAMILY_FIRST.fullmatch(text.strip()):
        role, text = after_cue(text)
        if role in ("reviewer", "other"):
            return []
    text = _ADDRESS.sub(" ", text)
    found: dict[str, Name] = {}
    for piece in _pieces(text, single=single):
        name = _name(piece)
        if name is not None and len(found) < MAX_NAMES:
            found.setdefault(name.text.casefold(), name)
    return list(found.values())


def _pieces(text: str, *, single: bool) -> list[str]:
    pieces: list[str] = []
    for part in CONJUNCTIONS.split(text):
        role, part = (None, part) if _FAMILY_FIRST.fullmatch(part) else after_cue(part)  # noqa: PLW2901
        if role in ("reviewer", "other"):
            break
        cut = (_END_OF_VALUE if single else _END_OF_NAMES).search(part, 1)
        rest = part[: cut.start()] if cut else part
        pieces += _by_commas(rest, single=single)
        if cut and pieces and not single:
            break
    full = [piece for piece in pieces if len(piece.split()) > 1]
    # "Ana Cruz, Berlin": beside a full name a single word is no second author
    return full if pieces and len(pieces[0].split()) > 1 else pieces


def _by_commas(text: str, *, single: bool) -> list[str]:
    parts = [
        part.strip(_EDGE + "\u00a0") if not part.strip().endswith(".") else part.strip() for part in re.split(r"[,，]", text)
    ]
    parts = [part for part in parts if part]
    named: list[str] = []
    for part in parts:
        if named and (_is_credentials(part) or ROLE_WORDS.search(part) or _AGENCY.fullmatch(part)):
            continue
        named.append(part)
    if len(named) == 2 and _is_inverted(*named, single=single):
        return [f"{named[1]} {named[0]}"]
    if single and named:
        return named[:1]
    return [half for part in named for half in _halves(part)]


def _halves(part: str) -> list[str]:
    halves = CLOSE_CONJUNCTIONS.split(part)
    return halves if len(halves) > 1 and all(len(half.split()) >= 2 for half in halves) else [part]


def _is_inverted(family: str, given: str, *, single: bool) -> bool:
    """Whether "family, given" is one name."""
    words, given_words = family.split(), given.split()
    family_words = [word for word in words if word.lower() not in PARTICLES]
    if len(family_words) != 1 or len(given_words) > 3:
        return single and len(family_words) == 2 and len(given_words) <= 2
    return single or len(words) > 1 or len(given_words) == 1 or any(_INITIALS.fullmatch(word) for word in given_words)


def _is_credentials(part: str) -> bool:
    words = re.split(r"[\s/]+", part)
    return all(_is_credential(word) for word in words)


def _is_credential(word: str) -> bool:
    bare = word.strip("®™.()").lower()
    return bare.replace(".", "") in CREDENTIALS or (word.isupper() and 2 <= len(bare) <= 6 and word[-1] in "®™")


def _name(piece: str) -> Name | None:
    text = HONORIFICS.sub("", piece.strip(_EDGE + "&+\u00a0").strip())
    words = text.split()
    if len(words) > 1:
        words = [word.rstrip("0123456789*†‡") or word for word in words]  # affiliations
    while (
        len(words) > 2
        and _is_credential(words[-1])
        and (words[-1].isupper() or "." in words[-1] or words[-1].lower() in ("phd", "ph.d"))
    ):
        words.pop()
    # "Jo Smith Staff Writer"; a role as last word may be part of an account's name
    role = next((number for number, word in enumerate(words[:-1]) if number > 1 and ROLE_WORDS.fullmatch(word)), None)
    text = " ".join(words[:role])
    words = text.split()
    if not 1 < len(text) <= 70 or not words or NO_NAME.match(text) or "http" in text or "_" in text.strip("_"):
        return None
    organization = bool(ORGANIZATION.search(text))
    if (
        (len(words) > _WORDS_OF_NAME and not organization)
        or len(words) > 9
        or sum(c.isdigit() for c in text) > (2 if organization else 0) + 2
    ):
        return None
    if not any(c.isalpha() for c in text):
        return None
    if not organization and len(words) > 2 and sum(word[0].islower() and word.lower() not in PARTICLES for word in words) > 1:
        return None  # a sentence
    return Name(_readable(words), organization)


def _readable(words: list[str]) -> str:
    """The name as it would be printed in running text: a shouted name gets small letters."""
    text = " ".join(words)
    if len(words) < 2 or not text.isupper() or len(text) < 6:
        return text
    return " ".join(_small(word, first=not number) for number, word in enumerate(words))


def _small(word: str, *, first: bool) -> str:
    lower = word.lower()
    if lower in PARTICLES and not first:
        return lower
    if len(word.strip(".")) == 1 or (len(word) <= 4 and word.count(".") > 1):
        return word
    parts = re.split(r"([-'’.])", lower)
    text = "".join(part.capitalize() if len(part) > 1 or index == 0 else part for index, part in enumerate(parts))
    return re.sub(r"^Mc(\w)", lambda match: "Mc" + match[1].upper(), text)
