"""Names in a byline: split at the right places, without credentials and roles, in a readable case."""

from __future__ import annotations

import re
from dataclasses import dataclass

from archiver.extraction import lettercase
from archiver.extraction.rules.months import ANY_MONTHS, WEEKDAYS
from archiver.extraction.rules.names import (
    CLOSE_CONJUNCTIONS,
    COMPANY_FORM,
    CONJUNCTIONS,
    CREDENTIALS,
    CUE,
    CUE_BEHIND,
    END_OF_NAMES,
    END_OF_NAMES_AS_PRINTED,
    HONORIFICS,
    NO_NAME,
    ORGANIZATION,
    PARTICLES,
    ROLE_WORDS,
    UNSPACED,
    Role,
)
from archiver.extraction.wording import holds_any, small

MAX_BYLINE_CHARACTERS = 600
MAX_NAMES = 60
MAX_DATE_WORDS_CHARACTERS = 25
_END_OF_VALUE = re.compile(r"[|•·⋅∙—–]|\s-\s|\([^)]{0,200}\)")
_ADDRESS = re.compile(r"\S+@\S+|https?://\S+|www\.\S+|(?<!\w)@\w+")
_ADDRESS_MARKS = ("@", "://", "www.")
_FAMILY_FIRST = re.compile(
    r"(?:[^\W\d_A-Z]{2,3}\s){1,3}[A-Z]\w{1,30},\s[A-Z]\w{1,30}(?:\s[A-Z]\.?)?"
)  # "von Trapp, Maria": "von" is no cue here
_EDGE = " \t\u00a0,;:.|/•·–—-*\"'“”()[]<>"
_MIDDLE_DOT = re.compile(r"\s?[·・、]\s?")
_DIGIT = re.compile(r"\d")
_OF_WHAT = re.compile(r"\s(?:of|for|für)\s")
_WORDS_OF_NAME = 6
_AGENCY = re.compile(r"[A-Z]{2,5}")  # "Jo Smith, CNN"
_INITIALS = re.compile(r"(?:[^\W\d_]\.?){1,3}$")


@dataclass(frozen=True, slots=True)
class Name:
    """One name; `organization` where it is not a person's."""

    text: str
    organization: bool


def after_cue(text: str) -> tuple[Role | None, str]:
    """The role that the words at the start of `text` give, and what follows them; or what stands before those at its end."""
    match = CUE.match(small(text.lstrip()))
    if match is None:
        behind = None if text.isascii() else CUE_BEHIND.fullmatch(text.strip())
        return ("author", _MIDDLE_DOT.sub(", ", behind["names"])) if behind else (None, text)
    rest = text.lstrip()[match.end() :]
    spaced = match[0][-1].isalnum() and match[0].isascii()
    if spaced and rest[:1].isalnum():  # "Bye", "Portland"
        return None, text
    return match.lastgroup, rest.strip(" :：\u00a0")  # type: ignore[return-value]  # the groups are the roles


def printed(byline: str) -> str:
    """The part of a byline that names people, as printed: without its cue, the date and what else follows."""
    byline = byline[:MAX_BYLINE_CHARACTERS]
    text = byline if _is_family_first(byline) else after_cue(byline)[1]
    text = text.split("\n")[0]
    return text[: _end_of_names(text)].strip(_EDGE) or text.strip()


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
    if not _is_family_first(text):
        role, text = after_cue(text)
        if role in ("reviewer", "other"):
            return []
    if holds_any(text, _ADDRESS_MARKS):
        text = _ADDRESS.sub(" ", text)
    found: dict[str, Name] = {}
    for piece in _pieces(text, single=single):
        name = _name(piece)
        if name is not None and len(found) < MAX_NAMES:
            found.setdefault(name.text.casefold(), name)
    return list(found.values())


class Parsed(dict[str, list[Name]]):
    """The names in the lines of one page; several claims say the same line, and each is parsed once."""

    def __missing__(self, line: str) -> list[Name]:
        self[line] = parse(line)
        return self[line]


def _pieces(text: str, *, single: bool) -> list[str]:
    pieces: list[str] = []
    for part in CONJUNCTIONS.split(text):
        role, part = (None, part) if _is_family_first(part) else after_cue(part)  # noqa: PLW2901
        if role in ("reviewer", "other"):
            break
        end = _end_of_value(part) if single else _end_of_names(part)
        if _is_date(part[:end], part[end:]):
            break
        more = _by_commas(part[:end], single=single)
        # "Jo Reed, Home and Garden Expert"
        pieces += [piece for piece in more if not pieces or not ROLE_WORDS.fullmatch(small(piece.split()[-1]))]
        if pieces and not single and (end < len(part) or _ends_in_employer(part)):
            break
    full = [piece for piece in pieces if len(piece.split()) > 1]
    # "Ana Cruz, Berlin": beside a full name a single word is no second author
    return full if pieces and len(pieces[0].split()) > 1 else pieces


def _is_date(words: str, rest: str) -> bool:
    """Whether `words` are a month or a weekday, and not somebody's name, by what follows: "Dec" before "18, 2025"."""
    if not rest or len(words) > MAX_DATE_WORDS_CHARACTERS:
        return False
    named = [word for word in re.split(r"[\s,.]+", words.casefold()) if word]
    following = rest.lstrip(" ,.").casefold().split()
    return (
        bool(named and following)
        and all(word in ANY_MONTHS or word in WEEKDAYS for word in named)
        and (following[0][0].isdigit() or following[0].strip(",.") in ANY_MONTHS)
    )


def _is_family_first(text: str) -> bool:
    return "," in text and _FAMILY_FIRST.fullmatch(text.strip()) is not None


def _end_of_value(text: str) -> int:
    """Where the one name of a value ends."""
    end = _END_OF_VALUE.search(text, 1)
    return end.start() if end else len(text)


def _end_of_names(text: str) -> int:
    """Where the names of a line end, and something else begins."""
    ends = (END_OF_NAMES.search(small(text), 1), END_OF_NAMES_AS_PRINTED.search(text, 1))
    return min((end.start() for end in ends if end), default=len(text))


def _by_commas(text: str, *, single: bool) -> list[str]:
    stripped = (part.strip() for part in text.replace("，", ",").split(","))
    parts = [kept for part in stripped if (kept := part if part.endswith(".") else part.strip(_EDGE))]
    named: list[str] = []
    after_role = False
    if len(parts) > 1 and COMPANY_FORM.fullmatch(parts[1]):
        return [f"{parts[0]}, {parts[1]}"]
    for number, part in enumerate(parts):
        is_role = bool(named) and _is_role(part, named[0])
        if named and (is_role or _is_credentials(part) or _AGENCY.fullmatch(part)):
            after_role = after_role or is_role
            continue
        if after_role and not any(_is_role(other, named[0]) or _is_credentials(other) for other in parts[number + 1 :]):
            break  # "Jo Smith, editor, Harbour Weekly"
        named.append(part)
    if len(named) == 2 and _is_inverted(*named, single=single):
        return [f"{named[1]} {named[0]}"]
    if single and named:
        return named[:1]
    return [half for part in named for half in _halves(part)]


def _is_role(part: str, name: str) -> bool:
    """Whether `part` says what somebody is, in words known or, behind a name with capitals, in small letters."""
    first = part.split(maxsplit=1)[0]
    return ROLE_WORDS.search(small(part)) is not None or (
        first[0].islower() and first not in PARTICLES and not name[0].islower()
    )


def _ends_in_employer(part: str) -> bool:
    """Whether `part` ends in what somebody is head of or works for, so that a conjunction behind it adds to that."""
    roles = [piece for piece in part.split(",")[1:] if piece.strip()]
    role = next((number for number, piece in enumerate(roles) if ROLE_WORDS.search(small(piece))), None)
    if role is None or part.rstrip().endswith(","):
        return False
    return role + 1 < len(roles) or _OF_WHAT.search(roles[role]) is not None


def _halves(part: str) -> list[str]:
    halves = CLOSE_CONJUNCTIONS.split(part)
    return halves if len(halves) > 1 and all(len(half.split()) >= 2 for half in halves) else [part]


def _is_inverted(family: str, given: str, *, single: bool) -> bool:
    """Whether "family, given" is one name, which no script without spaces writes so."""
    if UNSPACED.search(family):
        return False
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


def _is_written_as_letters(word: str) -> bool:
    """Whether a word that may be a credential is not rather a short family name: "MSc", "M.D.", but not "Ma"."""
    return "." in word or sum(letter.isupper() for letter in word) > 1 or small(word) == "phd"


def _name(piece: str) -> Name | None:
    text = HONORIFICS.sub("", piece.strip(_EDGE + "&+").strip())
    words = text.split()
    if len(words) > 1:
        words = [word.rstrip("0123456789*†‡") or word for word in words]  # affiliations
    while len(words) > 2 and _is_credential(words[-1]) and _is_written_as_letters(words[-1]):
        words.pop()
    # "Jo Smith Staff Writer"; a role as last word may be part of an account's name
    role = next((number for number, word in enumerate(words[:-1]) if number > 1 and ROLE_WORDS.fullmatch(small(word))), None)
    text = " ".join(words[:role])
    words = text.split()
    if not 1 < len(text) <= 70 or not words or NO_NAME.match(small(text)) or "http" in text or "_" in text.strip("_"):
        return None
    organization = bool(ORGANIZATION.search(small(text)))
    if (
        (len(words) > _WORDS_OF_NAME and not organization)
        or len(words) > 9
        or len(_DIGIT.findall(text)) > (2 if organization else 0) + 2
    ):
        return None
    if not any(c.isalpha() for c in text):
        return None
    if not organization and len(words) > 2 and sum(word[0].islower() and word.lower() not in PARTICLES for word in words) > 1:
        return None  # a sentence
    return Name(lettercase.readable(words), organization)
