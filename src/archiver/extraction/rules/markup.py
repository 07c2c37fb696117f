"""What becomes of each tag in the fragment. A tag that stands in none of the tables is dissolved: its content stays."""

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

PASSED_BY = frozenset({"br", "figure", "picture", "img"})
"""What belongs to the article though it has no text, where it stands between kept blocks."""

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

UNREAD = frozenset({"annotation", "annotation-xml", "rp"})
"""The source of a formula, beside the formula itself; brackets for browsers that cannot set ruby."""
