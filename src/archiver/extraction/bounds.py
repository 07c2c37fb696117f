"""Bounds on what is parsed, for the HTML parser's cost is not linear.

It is quadratic in the attributes of one tag and in nesting depth, and worse in formatting elements that are never closed,
since all of them are opened again in every paragraph.

Text is never cut, only tags and attributes beyond a bound, and what was cut is said in a sentence. Pages within the
bounds, all but a few in a million, are told apart by `_is_harmless` in three quarters of the time that parsing takes. All
is done on the UTF-8 that the parser is given: searching a `str` with one character beyond U+00FF takes a sixth longer.
"""

from __future__ import annotations

import re
from collections import Counter
from itertools import islice

MAX_ATTRIBUTES = 200
MAX_NESTING = 256
"""Counted without table rows, cells, list items and paragraphs, which stand between others: about Chromium's bound of 512."""
MAX_FORMATTING = 16
_FEW_TAGS = 2_000
"""So few formatting elements, however badly nested, cost under 0.3 s."""
_SHALLOW_TAGS = 10_000
"""So few tags cost under 0.2 s however deep they nest."""

_NAME = rb"</?[a-zA-Z][^\s/>]*+"
_ATTRIBUTE = rb"""[\s/]*+[^\s/>][^\s/>=]*+(?:\s*+=\s*+(?:"[^"]*+"|'[^']*+'|[^\s>"'][^\s>]*+)?+)?+"""
_FORMATTING_NAMES = b"b big code em font i nobr s small strike strong tt u"
_FORMATTING = frozenset(_FORMATTING_NAMES.split())
_VOID_NAMES = b"area base br col embed hr img input link meta param source track wbr"
_VOID = frozenset(_VOID_NAMES.split())
_SIBLING_NAMES = b"p li dt dd option optgroup tr td th thead tbody tfoot colgroup rt rp a"
_CLOSED_BY_SIBLINGS = frozenset(_SIBLING_NAMES.split())
"""Unclosed ones do not nest, and nested ones need other containers between them, which are counted."""
_RAW = (b"script", b"style", b"textarea", b"title", b"xmp", b"iframe", b"noembed", b"noframes", b"plaintext")
_END_OF_RAW = {name: re.compile(rb"(?i)</%s(?=[\s/>])" % name) for name in _RAW}

_MARKUP = re.compile(
    rb"""
      <!--(?: -?> | .*?(?:--!?>|\Z) )               # comment
    | <(?:[!?]|/(?![a-zA-Z>])) [^>]*+ >?+           # what browsers treat as one
    | (?P<name>%(name)s) (?P<rest>(?:%(attribute)s)*+[\s/]*+) (?:>|\Z)
    """
    % {b"name": _NAME, b"attribute": _ATTRIBUTE},
    re.VERBOSE | re.DOTALL,
)
_ATTRIBUTES = re.compile(_ATTRIBUTE)
_ALLOWED_TAG = re.compile(rb"%s(?:%s){0,%d}+[\s/]*+(?:>|\Z)" % (_NAME, _ATTRIBUTE, MAX_ATTRIBUTES))
_RAW_TEXT = b"|".join(rb"(?i:%s)\b[^>]*+>(?:[^<]++|<(?!/(?i:%s)))*+" % (name, name) for name in _RAW)
_SHORT_TAGS = re.compile(
    rb"""(?: [^<]*+ <(?:
      (?:/[a-zA-Z] | [abdhl] | i(?!f) | p(?!l) | s(?=[pev]))  # most tags, none of them with raw text: first, for speed
         [^>"']{0,100}+(?:"[^"]*+"[^>"']{0,40}+){0,40}+>
    | !--(?!-?>)(?:[^-]++|-(?!-!?>))*+
    | %(raw_text)s
    | (?:!|/(?![a-zA-Z]))[^>]*+
    | (?![a-zA-Z/!])
    | /?(?!(?i:%(raw)s))[a-zA-Z]
         [^>"']{0,100}+(?:"[^"]*+"[^>"']{0,40}+|'[^']*+'[^>"']{0,40}+){0,40}+>
    ))*+"""
    % {b"raw_text": _RAW_TEXT, b"raw": b"|".join(_RAW)},
    re.VERBOSE,
)
"""As much of a page as has tags too short for many attributes; a tag with n of them has at least 2n characters."""
_IN_ANY_CASE = b"|".join(b"".join(b"[%c%c]" % (letter, letter ^ 32) for letter in name) for name in _FORMATTING)
_FORMATTING_TAGS = re.compile(rb"<(?=[bcefinstuBCEFINSTU])(?:%s)[\s/]" % _IN_ANY_CASE)
"""Written so, it is found in three quarters of the time that ignoring case takes."""
_NAMES = re.compile(_NAME)


def bound(html: bytes) -> tuple[bytes, tuple[str, ...]]:
    """The page, in UTF-8, within the bounds, and what was cut, a sentence each; time is linear in `html`."""
    return (html, ()) if _is_harmless(html) else _Cut(html).result()


def _is_harmless(html: bytes) -> bool:
    tags = html.count(b"<")
    suspicious = tags > _SHALLOW_TAGS or (tags > _FEW_TAGS and len(_FORMATTING_TAGS.findall(html)) > _FEW_TAGS // 3)
    return not (suspicious and _nests_deep(html)) and _has_few_attributes(html)


def _has_few_attributes(html: bytes) -> bool:
    checked = 0
    while True:
        short = _SHORT_TAGS.match(html, checked)
        assert short is not None  # it matches nothing as well
        long_tag_at = html.find(b"<", short.end())
        if long_tag_at < 0:
            return True
        long_tag = _ALLOWED_TAG.match(html, long_tag_at)
        if long_tag is None:
            return False
        checked = long_tag.end()


def _nests_deep(html: bytes) -> bool:
    nesting = _Nesting()
    for token in _NAMES.findall(html):
        nesting.add(token[1:].lower())
        if nesting.depth >= MAX_NESTING or nesting.formatting >= MAX_FORMATTING:
            return True
    return False


class _Nesting:
    """Which elements are open, as far as tags alone tell."""

    def __init__(self) -> None:
        self.open: list[bytes] = []
        self.times: Counter[bytes] = Counter()
        self.formatting = 0

    @property
    def depth(self) -> int:
        return len(self.open)

    def add(self, name: bytes) -> None:
        """Takes note of a tag; `name` starts with "/" in an end tag."""
        if name[:1] != b"/":
            if name not in _VOID and name not in _CLOSED_BY_SIBLINGS:
                self.open.append(name)
                self.times[name] += 1
                self.formatting += name in _FORMATTING
            return
        name = name[1:]
        if self.times[name]:  # end tags of what is not open are ignored
            closed = b""
            while closed != name:
                closed = self.open.pop()
                self.times[closed] -= 1
                self.formatting -= closed in _FORMATTING


class _Cut:
    """The slow way: every tag is looked at, and left out or shortened where it passes a bound."""

    def __init__(self, html: bytes) -> None:
        self.html = html
        self.kept: list[bytes] = []
        self.nesting = _Nesting()
        self.dropped: Counter[bytes] = Counter()  # start tags left out, so that their end tags are, too
        self.shortened = self.flattened = 0

    def result(self) -> tuple[bytes, tuple[str, ...]]:
        """The page within the bounds, and what was cut."""
        position = 0
        while markup := _MARKUP.search(self.html, position):
            self.kept.append(self.html[position : markup.start()])
            position = markup.end()
            if not markup["name"]:
                self.kept.append(markup[0])
                continue
            name = markup["name"][1:].lower()
            if self._stays(name):
                self.kept.append(self._shortened(markup))
            if name in _END_OF_RAW:
                end = _END_OF_RAW[name].search(self.html, position)
                raw_end = end.start() if end and name != b"plaintext" else len(self.html)
                self.kept.append(self.html[position:raw_end])
                position = raw_end
        self.kept.append(self.html[position:])
        return b"".join(self.kept), self._warnings()

    def _stays(self, name: bytes) -> bool:
        if name[:1] == b"/":
            if self.dropped[name[1:]]:
                self.dropped[name[1:]] -= 1
                return False
        elif name in _VOID or name in _END_OF_RAW:
            return True
        elif self._passes_bound(name):
            self.dropped[name] += 1
            self.flattened += 1
            return False
        self.nesting.add(name)
        return True

    def _passes_bound(self, name: bytes) -> bool:
        if name in _FORMATTING and self.nesting.formatting >= MAX_FORMATTING:
            return True
        return self.nesting.depth >= MAX_NESTING and name not in _CLOSED_BY_SIBLINGS

    def _shortened(self, tag: re.Match[bytes]) -> bytes:
        rest = tag["rest"]
        if len(rest) <= 2 * MAX_ATTRIBUTES:
            return tag[0]
        attributes = list(islice(_ATTRIBUTES.finditer(rest), MAX_ATTRIBUTES + 1))
        if len(attributes) <= MAX_ATTRIBUTES:
            return tag[0]
        self.shortened += 1
        return b"%s%s>" % (tag["name"], rest[: attributes[-2].end()])

    def _warnings(self) -> tuple[str, ...]:
        warnings = []
        if self.shortened:
            warnings.append(f"attributes beyond the {MAX_ATTRIBUTES}th of a tag were left out (tags: {self.shortened})")
        if self.flattened:
            warnings.append(f"tags nested too deep were left out, their text was kept (tags: {self.flattened})")
        return tuple(warnings)
