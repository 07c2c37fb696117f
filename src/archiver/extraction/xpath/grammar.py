"""From the text of an expression to its parts (XPath 1.0, 3.7)."""

from __future__ import annotations

import re
from typing import NamedTuple

from archiver.extraction.xpath import axes
from archiver.extraction.xpath.expressions import Binary, Call, Constant, Expression, Negative
from archiver.extraction.xpath.functions import FUNCTIONS
from archiver.extraction.xpath.paths import OwnAttribute, Path, Step

MAX_CHARACTERS = 2_000
MAX_TOKENS = 400
MAX_DEPTH = 30
"""Of brackets inside each other."""
_TOKEN = re.compile(
    r"""\s*(?:
      (?P<number>\d+(?:\.\d*)?|\.\d+)
    | (?P<text>"[^"]*"|'[^']*')
    | (?P<name>(?:[^\W\d][\w.-]*:(?!:))?(?:[^\W\d][\w.-]*|\*))
    | (?P<sign>::|//|\.\.|!=|<=|>=|[/|+\-=<>()\[\].@,$])
    )""",
    re.VERBOSE,
)
_LEVELS = (("or",), ("and",), ("=", "!="), ("<", "<=", ">", ">="), ("+", "-"), ("*", "div", "mod"))
_WORD_OPERATORS = frozenset({"or", "and", "div", "mod", "*"})
_BEFORE_OPERAND = frozenset({"", "@", "::", "(", "[", ",", "/", "//", "|", "+", "-", "=", "!=", "<", "<=", ">", ">="})
_NODE_TYPES = frozenset({"node", "text", "comment", "processing-instruction"})
_ANYWHERE = Step("descendant-or-self", axes.ANY, ())


class BadExpression(ValueError):
    """Not an expression of XPath 1.0, or one that is not supported; the text says where."""


class Unsupported(BadExpression):
    """An expression with a function, axis or variable that is not supported here."""


class _Token(NamedTuple):
    kind: str  # "number", "text", "name", "operator", "sign", "end"
    text: str
    at: int


def parse(text: str) -> Expression:
    """The expression that `text` is.

    Raises:
        BadExpression: it is none.
    """
    if len(text) > MAX_CHARACTERS:
        raise BadExpression(f"longer than {MAX_CHARACTERS} characters")
    parser = _Parser(_tokens(text))
    expression = parser.expression()
    if parser.token.kind != "end":
        raise parser.unexpected()
    return expression


def _tokens(text: str) -> list[_Token]:
    tokens: list[_Token] = []
    position, end = 0, len(text.rstrip())
    while position < end:
        match = _TOKEN.match(text, position)
        if match is None:
            raise BadExpression(f"{text[position:].strip()[:20]!r} is not understood, at character {position + 1}")
        kind = match.lastgroup or ""
        token = _Token(kind, match[kind], match.start(kind))
        before = tokens[-1] if tokens else _Token("sign", "", 0)
        if kind == "name" and token.text in _WORD_OPERATORS:
            after_operator = before.kind == "operator" or (before.kind == "sign" and before.text in _BEFORE_OPERAND)
            token = token if after_operator else token._replace(kind="operator")
        tokens.append(token)
        position = match.end()
        if len(tokens) > MAX_TOKENS:
            raise BadExpression(f"more than {MAX_TOKENS} words and signs")
    tokens.append(_Token("end", "", len(text)))
    return tokens


def _is_name(test: str) -> bool:
    return test != axes.ELEMENT and not test.endswith(")")


class _Parser:
    """Recursive descent over the tokens; each method reads one production."""

    def __init__(self, tokens: list[_Token]) -> None:
        self._tokens = tokens
        self._place = 0
        self._depth = 0

    @property
    def token(self) -> _Token:
        return self._tokens[self._place]

    def unexpected(self) -> BadExpression:
        token = self.token
        what = f"unexpected {token.text!r}" if token.kind != "end" else "it ends too early"
        return BadExpression(f"{what}, at character {token.at + 1}")

    def expression(self, level: int = 0) -> Expression:
        if level == len(_LEVELS):
            return self._unary()
        if level == 0:
            self._depth += 1
            if self._depth > MAX_DEPTH:
                raise BadExpression(f"more than {MAX_DEPTH} brackets inside each other")
        left = self.expression(level + 1)
        while self.token.kind in ("operator", "sign") and self.token.text in _LEVELS[level]:
            name = self._next().text
            left = Binary(name, left, self.expression(level + 1))
        if level == 0:
            self._depth -= 1
        return left

    def _unary(self) -> Expression:
        negative = False
        while self._take("-"):
            negative = not negative
        left = self._path()
        while self._take("|"):
            left = Binary("|", left, self._path())
        return Negative(left) if negative else left

    def _path(self) -> Expression:
        token = self.token
        if token.kind in ("number", "text") or token.text in ("(", "$") or self._is_call():
            start = self._primary()
            predicates = self._predicates()
            steps = self._steps() if self.token.text in ("/", "//") and self.token.kind == "sign" else ()
            return Path(start, predicates, steps) if predicates or steps else start
        if token.kind == "sign" and token.text == "/" and not self._begins_step(self._tokens[self._place + 1]):
            self._next()
            return Path("/", (), ())
        absolute = token.kind == "sign" and token.text in ("/", "//")
        steps = self._steps()
        first = steps[0]
        if not absolute and len(steps) == 1 and first.axis == "attribute" and _is_name(first.test) and not first.predicates:
            return OwnAttribute(first.test)
        return Path("/" if absolute else None, (), steps)

    def _primary(self) -> Expression:
        token = self._next()
        if token.kind == "number":
            return Constant(float(token.text))
        if token.kind == "text":
            return Constant(token.text[1:-1])
        if token.text == "$":
            raise Unsupported(f"variables are not supported, at character {token.at + 1}")
        if token.text == "(":
            inner = self.expression()
            self._demand(")")
            return inner
        return self._call(token)

    def _call(self, token: _Token) -> Expression:
        function = FUNCTIONS.get(token.text)
        if function is None:
            raise Unsupported(f"function {token.text}() is not supported, at character {token.at + 1}")
        self._demand("(")
        arguments: list[Expression] = []
        while not self._take(")"):
            if arguments:
                self._demand(",")
            arguments.append(self.expression())
        if not function.least <= len(arguments) <= function.most:
            raise BadExpression(f"{token.text}() does not take {len(arguments)} arguments, at character {token.at + 1}")
        return Call(token.text, tuple(arguments))

    def _steps(self) -> tuple[Step, ...]:
        steps: list[Step] = []
        if self.token.text not in ("/", "//") or self.token.kind != "sign":
            steps.append(self._step())
        while self.token.kind == "sign" and self.token.text in ("/", "//"):
            anywhere = self._next().text == "//"
            step = self._step()
            if anywhere and step.axis == "child" and not any(one.counts for one in step.predicates):
                step = Step("descendant", step.test, step.predicates)  # the same, in one step
            elif anywhere:
                steps.append(_ANYWHERE)
            steps.append(step)
        return tuple(steps)

    def _step(self) -> Step:
        if self._take(".."):
            return Step("parent", axes.ANY, ())
        if self._take("."):
            return Step("self", axes.ANY, ())
        axis = "attribute" if self._take("@") else "child"
        if axis == "child" and self.token.kind == "name" and self._tokens[self._place + 1].text == "::":
            named = self._next()
            axis = named.text
            if axis not in axes.NAMES:
                raise Unsupported(f"axis {axis}:: is not supported, at character {named.at + 1}")
            self._demand("::")
        return Step(axis, self._test(), self._predicates())

    def _test(self) -> str:
        token = self.token
        if token.kind != "name":
            raise self.unexpected()
        self._next()
        if self._take("("):
            if token.text not in _NODE_TYPES:
                raise BadExpression(f"{token.text}() is no node test, at character {token.at + 1}")
            self._demand(")")
            return f"{token.text}()"
        return token.text.rpartition(":")[2].lower()

    def _predicates(self) -> tuple[Expression, ...]:
        found = []
        while self._take("["):
            found.append(self.expression())
            self._demand("]")
        return tuple(found)

    def _is_call(self) -> bool:
        following = self._tokens[min(self._place + 1, len(self._tokens) - 1)]
        return self.token.kind == "name" and following.text == "(" and self.token.text not in _NODE_TYPES

    @staticmethod
    def _begins_step(token: _Token) -> bool:
        return token.kind == "name" or (token.kind == "sign" and token.text in (".", "..", "@"))

    def _next(self) -> _Token:
        token = self.token
        if token.kind == "end":
            raise self.unexpected()
        self._place += 1
        return token

    def _take(self, sign: str) -> bool:
        taken = self.token.kind == "sign" and self.token.text == sign
        if taken:
            self._place += 1
        return taken

    def _demand(self, sign: str) -> None:
        if not self._take(sign):
            raise BadExpression(f"{sign!r} is missing, at character {self.token.at + 1}")
