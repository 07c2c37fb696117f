"""What becomes of each tag in the fragment. A tag that stands in none of the tables is dissolved: its content stays."""

from __future__ import annotations

import re

from archiver.extraction.rules.media import BOXES, PLAYERS

BLOCKS = {
    "p": "p",
    "h1": "h1",
    "h2": "h2",
    "h3": "h3",
    "h4": "h4",
    "h5": "h5",
    "h6": "h6",
    "ul": "ul",
    "ol": "ol",
    "menu": "ul",
    "dir": "ul",
    "li": "li",
    "dl": "dl",
    "dt": "dt",
    "dd": "dd",
    "blockquote": "blockquote",
    "pre": "pre",
    "listing": "pre",
    "xmp": "pre",
    "figure": "figure",
    "figcaption": "figcaption",
    "table": "table",
    "caption": "caption",
    "tr": "tr",
    "td": "td",
    "th": "th",
}
"""Containers, and what they are called in the fragment."""

HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})

NEEDS_CONTAINER = {
    "li": ("ul", "ol"),
    "dt": ("dl",),
    "dd": ("dl",),
    "caption": ("table",),
    "tr": ("table",),
    "td": ("table",),
    "th": ("table",),
}
"""Where these stand in no such container, because the page has none or it was dissolved, they only border text."""

PLAIN_BLOCKS = {
    tag: name
    for tag, name in BLOCKS.items()
    if tag not in NEEDS_CONTAINER and name not in {"figure", "figcaption", "ol", "pre", "table"}
}
"""Those of the containers that are kept as they stand, without a look at their attributes or surroundings."""

MAY_BE_FIGURE = frozenset({"figure", "div", "table"})
"""Become a `<figure>` where they show one thing and say what it is."""

PASSED_BY = (
    BOXES
    | {"audio", "video"}
    | {player.tag for player in PLAYERS}
    | {"amp-img", "blockquote", "br", "img", "math", "mjx-container", "noscript", "script", "table"}
)
"""What is looked at though it leads to no kept block: it may show what belongs to the article."""

_BORDERS = """
address article aside body button center details dialog div fieldset footer form header hgroup legend main nav picture search
section summary tbody tfoot thead caption dd dt figure li table td th tr
"""
BORDERS = frozenset(_BORDERS.split())
"""End the line before and after them and mean no more; from `caption` on, where they have lost their table or list."""

INLINE = {
    "a": "a",
    "abbr": "abbr",
    "b": "strong",
    "strong": "strong",
    "em": "em",
    "i": "em",
    "cite": "cite",
    "code": "code",
    "tt": "code",
    "kbd": "kbd",
    "samp": "samp",
    "var": "var",
    "sub": "sub",
    "sup": "sup",
    "q": "q",
    "mark": "mark",
    "s": "s",
    "strike": "s",
    "del": "del",
    "ins": "ins",
    "ruby": "ruby",
    "rt": "rt",
}
"""Inline markup that carries meaning, and its name in the fragment."""

MEANT = frozenset(BLOCKS) | BORDERS | frozenset(INLINE)
"""All tags that mean something for the text in them."""

UNREAD = frozenset({"annotation", "annotation-xml", "rp"})
"""The source of a formula, beside the formula itself; brackets for browsers that cannot set ruby."""

CODE_LANGUAGE = re.compile(r"(?i)(?:^|\s)(?:lang(?:uage)?-|highlight-(?:source-|text-)?|brush:\s*)([\w+#-]{1,20})")
"""How class names state the language of code: HTML's own advice, GitHub and Sphinx, SyntaxHighlighter."""
CODE_LANGUAGE_ATTRIBUTES = ("data-lang", "data-language")
"""How Hugo, Jekyll and code editors on pages state it."""
