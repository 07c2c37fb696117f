"""Names of authors as bibliographies want them: a person's in parts, an organisation's as one.

A page gives a name as printed. Where it is not plainly a person's, it stays whole: a wrong split ("Press, Associated") is worse
than none.
"""

from __future__ import annotations

import re
from typing import NamedTuple

_ORGANISATIONS = frozenset(
    """
    agency agencies association associated authority board bureau center centre college commission committee company
    corporation council department desk editor editorial editors foundation government group inc institute institution journal
    laboratory limited llc ltd magazine media ministry museum network news newspaper newsroom office organisation organization
    press project reporters redaktion rédaction redacción redazione reuters school service services society staff team times
    trust union university universität université universidad università writers gmbh
    """.split()  # noqa: SIM905  # a word list reads better as text
)
"""Words that stand in the names of organisations and desks, and hardly ever in those of people."""
_PARTICLES = frozenset(
    [
        "af",
        "al",
        "bin",
        "da",
        "dal",
        "de",
        "del",
        "della",
        "den",
        "der",
        "di",
        "dos",
        "du",
        "el",
        "ibn",
        "la",
        "las",
        "le",
        "lo",
        "los",
        "ten",
        "ter",
        "van",
        "von",
        "zu",
        "zum",
        "zur",
    ]
)
_SUFFIX = re.compile(r"(?:jr|sr)\.?|i{2,3}|iv", re.IGNORECASE)
_NOT_IN_NAMES = re.compile(r"[\d&@/|:;()\"“”]|\.(?:com|org|net)\b", re.IGNORECASE)


class Person(NamedTuple):
    """A person: `family` with its particles ("de la Cruz"), `given`, and `suffix` ("Jr.")."""

    family: str
    given: str
    suffix: str = ""


def person(name: str, publisher: str = "") -> Person | None:
    """The parts of a person's name; None where `name` is an organisation's, or cannot be told apart."""
    words = name.split()
    lower = [word.strip(".,").casefold() for word in words]
    if name.casefold() == publisher.casefold() or _NOT_IN_NAMES.search(name) or lower[:1] == ["the"]:
        return None
    if _ORGANISATIONS & set(lower) or not 2 <= len(words) <= 7 or (len(words) > 1 and name.isupper() and len(words) > 4):
        return None
    suffix = words.pop() if len(words) > 2 and _SUFFIX.fullmatch(words[-1]) else ""
    if "," in " ".join(words).rstrip(","):
        family, _, given = " ".join(words).rstrip(",").partition(",")
        return Person(family.strip(), given.strip(), suffix) if given.strip() and "," not in given else None
    words[-1] = words[-1].rstrip(",")
    first = len(words) - 1
    while first > 1 and words[first - 1] in _PARTICLES:
        first -= 1
    return Person(" ".join(words[first:]), " ".join(words[:first]), suffix)
