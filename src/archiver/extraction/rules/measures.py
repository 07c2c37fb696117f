"""What a block's own text and place say: weights in log-odds, calibrated together with `hints.py` and `phrases.py`.

Text is measured in characters without white space, ideographs counting as much as the words they stand for, so that no
table knows a script. Begun as a logistic regression over labelled pages, rounded, then adjusted row by row where that
bettered the kept text on both halves of the pages (split by host).
"""

from __future__ import annotations


class Steps:
    """A step table: rows of (up to this measure, this weight); `above` is the weight of whatever is greater."""

    def __init__(self, *rows: tuple[float, float], above: float) -> None:
        self.limits = tuple(limit for limit, _ in rows)
        self.weights = (*(weight for _, weight in rows), above)


BASE = -3.7

KINDS = {
    "p": 1.1,
    "li": 2.4,  # takes back what the hint on lists takes away
    "dd": 0.9,
    "blockquote": 0.7,
    "summary": 0.6,
    "h1": -2.2,  # nearly always the title
    "h2": 0.3,
    "h3": 0.3,
    "pre": 0.5,
}
"""By the tag of the element that directly holds the text."""
OTHER_KIND = -0.3

LENGTH = Steps((3, -1.6), (12, -0.9), (25, -1.0), (50, 0.6), (90, 0.7), (160, 0.3), (300, 0.0), (600, 0.4), above=-0.6)
"""Characters of the block: labels are short, and so are headings, which have their kind."""
PICTURE = -3.2
"""A block without a letter or digit: a picture, a sign."""

LINKED = Steps((0, 0.9), (0.15, 1.7), (0.35, 0.1), (0.6, -0.5), (0.9, -2.0), above=-2.7)
"""The share of the characters that stand in links."""

SENTENCE = 0.8
"""Longer than a label and closed by a sentence-end mark."""

HOME = Steps((0, -1.2), (0.02, -1.5), (0.1, -0.4), (0.3, 0.7), (0.6, 1.8), above=1.6)
"""The share of the page's prose that the element around the block's own holds."""

MENU = Steps((0.2, 0.0), above=-0.8)
"""The share of the characters that stand in links, of the element around the block's own."""

COMPANY = Steps((0, -0.5), (2000, 0.0), above=0.9)
"""Characters of prose in the block and its five neighbours on each side."""

PLACES = {
    "far above": 0.0,
    "above": -1.0,
    "inside": 0.0,
    "late in": -0.4,
    "at the end of": -1.7,
    "below": -2.3,
    "far below": -2.3,
}
"""Where the block stands beside the text, which begins and ends with what is surely text (above and below: by three blocks
at most; late and at the end: in its last 30% and 10%). Teasers and appeals gather at the end."""

KIN = Steps((1, 0.6), above=0.0)
"""How far the blocks of the element around the block's own lie below the surest text, on average."""

BESIDE = Steps((5, 0.0), (6, -0.8), (7, -1.3), (8, -2.0), above=-2.6)
"""How far the block and its three neighbours on each side lie below the surest text, on average."""

ALIKE = Steps((1, -0.9), (2, -0.8), (4, -0.6), (200, 0.0), above=-0.4)
"""How many blocks of the page that may be text have this tag and these class names, and these class names around them."""

BEFORE_HEADLINE = -1.2
AFTER_HEADLINE = 1.2
"""The headline itself and the three blocks after it."""
