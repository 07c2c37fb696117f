"""What a headline looks like among a page's headings."""

from __future__ import annotations

import re

HEADING_WEIGHTS = {
    "h1": 2.6,  # on nine pages of ten the only h1, or the first, is the headline
    "h2": 1.2,  # sites whose own name is the h1
    "h3": 0.6,  # teasers more often than headlines
    "h4": 0.3,  # old templates
}
"""Tag -> how likely it is the headline by itself; 2.0 is enough to be chosen without support from a claim."""

HEADLINE_HINT = re.compile(r"\b(?:entry|post|article|page|story|news|content|blog)?[-_]{0,2}(?:title|headline)\b(?![-_])")
"""Class names and ids of headlines, in any markup."""

FAR_FROM_HEADLINE = frozenset({"nav", "footer", "aside", "form", "dialog"})
"""Elements that hold other headings than the article's."""

SEPARATORS = re.compile(r"(\s+(?:[|•·»«›:~]|::|//|[-–—])\s+|\s*[|»]\s*|(?<=\w):\s+)")
"""What stands between a title, a section and a site's name."""

BETWEEN_PARTS = re.compile(r"(?<=\w):\s+|\s+[-–—|]\s+")
"""What one line needs between a kicker and a headline that the page sets apart by type: "Floods in York: What we know"."""

TITLE_LABEL = re.compile(
    r"(?:title|titel|titre|t[ií]tulo|titolo|заглавие|название|标题|題名|표제)\s*[:：]\s*(?=\S)", re.IGNORECASE
)
"""A word for "title" before a title, as catalogues and repositories print it."""
