"""Class names and tags of page corners that are about something other than the article."""

from __future__ import annotations

import re

ELSEWHERE_TAGS = frozenset({"nav", "footer", "aside", "form", "dialog", "button"})

ELSEWHERE = re.compile(
    r"\b(?:"
    r"comments?(?:[-_ ]?(?:list|area|section|s|thread|form|body))?|disqus|respond|"  # commenters have names and dates too
    r"related\w*|recommend\w*|popular|trending|most[-_]?read|latest[-_]?(?:news|posts?)|recent[-_]?posts?|more[-_](?:stories|from|posts?)|"
    r"read[-_]?next|up[-_]?next|you[-_]may\w*|teasers?|teaser[-_]\w+|"  # other articles' bylines and dates
    r"widget[-_]area|(?<!-)widget(?![-_])|sidebar|side[-_]?bar|nav(?:bar|igation)?|menu|site[-_]?footer|page[-_]?footer|"
    r"newsletter[-_](?:signup|form|box|sign-up)|subscribe|cookie\w*|modal|popup"
    r")\b"
)

OWN_FOOTER = re.compile(r"\b(?:article|entry|post|author|byline|meta|story)")
"""Footers that close the article, not the page."""

COMMENTS = re.compile(r"\b(?:comment|disqus|respond|related|recommend|popular|trending)")
"""Of those, what is never the article's own, however short and near."""
