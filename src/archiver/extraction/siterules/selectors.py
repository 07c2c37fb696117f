"""From the text of a selector to what it selects."""

from __future__ import annotations

import re

from selectolax.lexbor import LexborHTMLParser

from archiver.extraction import xpath
from archiver.extraction.siterules.rule import Selector

MAX_CHARACTERS = 1_000
_ATTRIBUTE = re.compile(r"(?s)(?P<selector>.*[^\s@])\s*@(?P<name>[A-Za-z_][\w:.-]*)")


class BadSelector(ValueError):
    """Not a selector; the text says why. `unsupported` ones are right elsewhere."""

    def __init__(self, reason: str, *, unsupported: bool = False) -> None:
        super().__init__(reason)
        self.unsupported = unsupported


def css(written: str, line: int | None = None) -> Selector:
    """A CSS selector, with "@name" behind it where an attribute has the value; one that begins with "/" or "(/" is XPath.

    Raises:
        BadSelector: it is none, or uses what is not supported.
    """
    text = written.strip()
    if text.startswith(("/", "(/")):
        return xpath_(text, line)
    if len(text) > MAX_CHARACTERS:
        raise BadSelector(f"longer than {MAX_CHARACTERS} characters")
    import cssselect  # only rules need it

    with_attribute = _ATTRIBUTE.fullmatch(text)
    selector, attribute = (with_attribute["selector"], with_attribute["name"].lower()) if with_attribute else (text, None)
    try:
        translated = cssselect.HTMLTranslator().css_to_xpath(selector)
    except (cssselect.SelectorError, RecursionError) as error:
        raise BadSelector(f"is no CSS selector: {error or 'too deep'}") from None
    try:
        return Selector(text, xpath.parse(translated), attribute, line)
    except xpath.BadExpression:
        raise BadSelector("uses CSS that is not supported, or too much of it") from None


def xpath_(written: str, line: int | None = None) -> Selector:
    """An XPath expression.

    Raises:
        BadSelector: it is none, or uses what is not supported.
    """
    text = written.strip()
    try:
        expression = xpath.parse(text)
        xpath.evaluate(expression, xpath.Tree(LexborHTMLParser("<p>")))
    except xpath.Unsupported as error:
        raise BadSelector(f"is XPath that is not supported: {error}", unsupported=True) from None
    except ValueError as error:
        raise BadSelector(f"is no XPath: {error}") from None
    return Selector(text, expression, None, line)
