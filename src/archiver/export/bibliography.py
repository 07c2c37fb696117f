"""References for other programs: BibTeX, RIS, CSL-JSON, and the template that Wikipedia cites web pages with.

In each, text that the format would act on is escaped: a title cannot end its field or add another.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from archiver.export.people import Person
    from archiver.export.reference import Day, Reference

_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_LATEX = str.maketrans(
    {character: f"\\{character}" for character in "$&#_%"}
    | {"{": r"\{", "}": r"\}", "\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"}
)
_BRACES = str.maketrans({"{": r"\textbraceleft{}", "}": r"\textbraceright{}"})
_WIKI = str.maketrans({character: f"&#{ord(character)};" for character in "|{}[]<>'~"})
_IN_ADDRESS = re.compile(r"[{}\\|\[\]<>'\"\s]")


def bibtex(references: list[Reference]) -> str:
    """An entry `@misc` for each, with the fields of BibTeX and those of BibLaTeX."""
    return "\n".join(map(_bibtex_entry, references))


def _bibtex_entry(reference: Reference) -> str:
    published = reference.published or ()
    fields = {
        "author": " and ".join(map(_bibtex_name, reference.authors)),
        "title": f"{{{_latex(reference.title)}}}",
        "organization": _latex(reference.container),
        "date": iso(reference.published),
        "year": f"{published[0]:04}" if published else "",
        "month": f"{published[1]}" if len(published) > 1 else "",
        "url": _address(reference.url),
        "urldate": iso(reference.accessed),
        "note": _latex(reference.note),
    }
    return f"@misc{{{reference.key},\n" + "".join(f"  {name} = {{{text}}},\n" for name, text in fields.items() if text) + "}\n"


def _bibtex_name(author: Person | str) -> str:
    if isinstance(author, str):
        return f"{{{_latex(author)}}}"
    return ", ".join(filter(None, map(_latex, (author.family, author.suffix, author.given))))


def _latex(text: str) -> str:
    """`text` for LaTeX. Braces become commands: a lone one, even escaped, would unbalance the file for some readers."""
    return "".join(part.translate(_BRACES) if part in "{}" else part.translate(_LATEX) for part in re.split(r"([{}])", text))


def ris(references: list[Reference]) -> str:
    """A record of the type ELEC for each."""
    return "\n".join("".join(f"{tag}  - {text}\n" for tag, text in _ris_fields(reference)) for reference in references)


def _ris_fields(reference: Reference) -> Iterator[tuple[str, str]]:
    yield "TY", "ELEC"
    yield "ID", reference.key
    for author in reference.authors:
        yield "AU", author if isinstance(author, str) else ", ".join(filter(None, (author.family, author.given, author.suffix)))
    fields = {
        "TI": reference.title,
        "T2": reference.container,
        "PY": f"{reference.published[0]:04}" if reference.published else "",
        "DA": _slashed(reference.published),
        "UR": reference.url,
        "Y2": _slashed(reference.accessed),
        "LA": reference.language,
        "N1": reference.note,
    }
    yield from ((tag, text) for tag, text in fields.items() if text)
    yield "ER", ""


def _slashed(day: Day | None) -> str:
    """`2017/03/18/`, as RIS has dates."""
    return "/".join([*(f"{part:02}" for part in day), *[""] * (4 - len(day))]) if day else ""


def csl_json(references: list[Reference]) -> str:
    """The array of items."""
    return json.dumps([reference.csl() for reference in references], ensure_ascii=False, indent=2) + "\n"


def wikipedia(references: list[Reference]) -> str:
    """A `{{cite web}}` for each, on a line of its own."""
    return "".join(f"{{{{cite web{''.join(_wiki_fields(reference))}}}}}\n" for reference in references)


def _wiki_fields(reference: Reference) -> Iterator[str]:
    several = len(reference.authors) > 1
    for number, author in enumerate(reference.authors, start=1):
        place = str(number) if several else ""
        if isinstance(author, str):
            yield f" |author{place}={_wiki(author)}"
        else:
            family = f"{author.family} {author.suffix}".strip()
            yield f" |last{place}={_wiki(family)} |first{place}={_wiki(author.given)}"
    fields = {
        "title": _wiki(reference.title),
        "website": _wiki(reference.container),
        "date": _spelled(reference.published),
        "language": _wiki(reference.language),
        "url": _address(reference.url),
        "access-date": iso(reference.accessed),
    }
    yield from (f" |{name}={text}" for name, text in fields.items() if text)


def _wiki(text: str) -> str:
    return text.translate(_WIKI)


def _spelled(day: Day | None) -> str:
    """A date as Wikipedia takes it: it knows no `2017-03`."""
    return f"{_MONTHS[day[1] - 1]} {day[0]}" if day and len(day) == 2 else iso(day)


def _address(url: str) -> str:
    return _IN_ADDRESS.sub(lambda found: f"%{ord(found[0]):02X}", url)


def iso(day: Day | None) -> str:
    """`2017-03-18`, `2017-03` or `2017`."""
    return f"{day[0]:04}" + "".join(f"-{part:02}" for part in day[1:]) if day else ""


WRITERS: dict[str, Callable[[list[Reference]], str]] = {
    "bibtex": bibtex,
    "ris": ris,
    "csl-json": csl_json,
    "wikipedia": wikipedia,
}
"""By the name that `--format` gives them."""
