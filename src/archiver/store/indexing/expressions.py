"""What a person types to search, as an expression. Pure, and forgiving: what means nothing is taken for words.

    sea "old harbour" clim*        all of them: words, a phrase, the beginning of a word
    sea OR tide, sea NOT spring    operators are written in capitals; -spring is short for NOT spring
    title:harbour author:"de la Cruz" section:coast (sea OR tide)
    site:example.org tag:"to read" lang:pt feed:example.org after:2017 before:2018-07

Nothing is a syntax error: an operator without its other side, a name before a colon that is none of the fields, and whatever
is punctuation to the index count as the words they are made of; a quotation mark that is never closed closes at the end, and
a parenthesis without its other half is none.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from archiver.errors import InvalidInput

MAX_TERMS = 64
MAX_DEPTH = 24
COLUMN_FIELDS = {"title": "title", "author": "byline", "section": "section"}
"""Fields that are words of the article, and the column of the full text that has them."""
FACT_FIELDS = ("site", "tag", "lang", "feed", "before", "after")
"""Fields that are facts about the article."""
_TOKEN = re.compile(
    rf"""
    (?P<paren>[()])
    | (?P<group>{"|".join(COLUMN_FIELDS)}) : (?=\()
    | (?P<minus>-)? (?: (?P<field>[A-Za-z]+) : )? (?: "(?P<quoted>[^"]*)(?:"(?P<star>\*)?|\Z) | (?P<word>[^\s()"]+) )
    """,
    re.VERBOSE,
)
_SYNTAX = re.compile(rf'[()"*]|(?:^|\s)(?:AND|OR|NOT)(?:\s|$)|(?:^|\s)-\w|\b(?:{"|".join((*COLUMN_FIELDS, *FACT_FIELDS))}):')


@dataclass(frozen=True, slots=True)
class Term:
    """Words that must follow each other.

    Attributes:
        column: where; None is anywhere.
        prefix: whether the last of them need only be begun so.
    """

    text: str
    column: str | None = None
    prefix: bool = False


@dataclass(frozen=True, slots=True)
class Fact:
    """Something that is so or not: the name is one of `FACT_FIELDS`."""

    name: str
    value: str


@dataclass(frozen=True, slots=True)
class Every:
    """All of the parts, two or more."""

    parts: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class Some:
    """At least one of the parts, two or more."""

    parts: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class Without:
    """Not the part."""

    part: Expression


Expression = Term | Fact | Every | Some | Without


@dataclass(frozen=True, slots=True)
class _Token:
    """A piece of what was typed: a parenthesis, an operator (in `text`), or a term or fact with what stands before it."""

    text: str
    kind: str
    leaf: Term | Fact | None = None


def joined(arguments: tuple[str, ...]) -> str:
    """The search that arguments of a command line mean: one with spaces and without syntax of its own is a phrase."""
    return " ".join(f'"{text}"' if " " in text.strip() and not _SYNTAX.search(text) else text for text in arguments)


def parse(text: str) -> Expression | None:
    """The expression that `text` means; None where nothing in it can be searched for.

    Raises:
        InvalidInput: more than 64 terms, or the beginning of a word by a single letter.
    """
    return _Parser(_tokens(text)).expression()


def _tokens(text: str) -> list[_Token]:
    tokens: list[_Token] = []
    terms = 0
    for match in _TOKEN.finditer(text):
        if match["paren"]:
            tokens.append(_Token(match["paren"], match["paren"]))
            continue
        if match["group"]:
            tokens.append(_Token(match["group"], "group"))
            continue
        if match["word"] in {"AND", "OR", "NOT"} and not match["field"] and not match["minus"]:
            tokens.append(_Token(match["word"], match["word"], Term(match["word"])))
            continue
        leaf = _leaf(match)
        if leaf is None:
            continue
        terms += 1
        if terms > MAX_TERMS:
            raise InvalidInput(f"a search takes at most {MAX_TERMS} words and phrases", remedy="leave some out")
        if match["minus"]:
            tokens.append(_Token("-", "NOT"))
        tokens.append(_Token(match[0], "leaf", leaf))
    return tokens


def _leaf(match: re.Match[str]) -> Term | Fact | None:
    """The term or fact in a token; None where nothing in it can be searched for."""
    field, quoted = match["field"] and match["field"].lower(), match["quoted"]
    value = match["word"] if quoted is None else quoted
    if field in FACT_FIELDS and value.strip():
        return Fact(field, value.strip())
    if field is not None and field not in COLUMN_FIELDS:
        value, field = f"{match['field']}:{value}", None
    prefix = bool(match["star"]) or (quoted is None and value.endswith("*"))
    letters = [character for character in value if character.isalnum()]
    if not letters:
        return None
    if prefix and len(letters) == 1 and letters[0].isascii():
        raise InvalidInput(f"{letters[0]}* is too short", remedy="give at least two letters of the word's beginning")
    return Term(value, COLUMN_FIELDS[field] if field else None, prefix)


class _Parser:
    """Recursive descent: a choice of runs, a run of items, an item with NOT before it or in parentheses."""

    def __init__(self, tokens: list[_Token]) -> None:
        self._tokens = tokens
        self._at = 0

    def expression(self) -> Expression | None:
        """All that was typed; parentheses that close nothing are passed over."""
        runs = []
        while self._at < len(self._tokens):
            runs.append(self._choice(None, 0))
            self._at += 1
        return _joined(Every, runs)

    def _choice(self, column: str | None, depth: int) -> Expression | None:
        runs = [self._run(column, depth)]
        while self._kind() == "OR":
            self._at += 1
            runs.append(self._run(column, depth))
        return _joined(Some, runs)

    def _run(self, column: str | None, depth: int) -> Expression | None:
        items: list[Expression | None] = []
        while (kind := self._kind()) and kind != ")":
            if kind == "OR" and items and self._goes_on():
                break
            if kind == "AND" and items and self._goes_on():
                self._at += 1
            items.append(self._item(column, depth))
        return _joined(Every, items)

    def _item(self, column: str | None, depth: int) -> Expression | None:
        turned = False
        while self._kind() == "NOT" and self._goes_on():
            turned = not turned
            self._at += 1
        part = self._atom(column, depth)
        return Without(part) if part and turned else part

    def _atom(self, column: str | None, depth: int) -> Expression | None:
        if self._kind() == "group":
            column = COLUMN_FIELDS[self._tokens[self._at].text]
            self._at += 1
        token = self._tokens[self._at]
        self._at += 1
        if token.kind == "(":
            if depth >= MAX_DEPTH:
                return None  # nobody means it; what stands within is read as if it stood without
            inner = self._choice(column, depth + 1)
            self._at += 1
            return inner
        leaf = token.leaf
        return Term(leaf.text, column, leaf.prefix) if column and isinstance(leaf, Term) and not leaf.column else leaf

    def _kind(self) -> str | None:
        return self._tokens[self._at].kind if self._at < len(self._tokens) else None

    def _goes_on(self) -> bool:
        """Whether something follows that an operator can join."""
        following = self._tokens[self._at + 1].kind if self._at + 1 < len(self._tokens) else ")"
        return following not in {")", "AND", "OR"}


def _joined(kind: type[Every | Some], parts: list[Expression | None]) -> Expression | None:
    """The parts that are there as one expression."""
    found: list[Expression] = []
    for part in parts:
        if part is not None:
            found += part.parts if isinstance(part, kind) else [part]
    return kind(tuple(found)) if len(found) > 1 else found[0] if found else None
