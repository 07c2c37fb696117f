"""HTML: a folder with a page for each article, and an index. Each page is one file: no script, nothing loaded from anywhere.

The policy in its head has the browser refuse everything but the page's own style and images that stand in it, whatever the text
may hold; besides, nothing reaches a page that was not escaped or cleaned.
"""

from __future__ import annotations

import base64
import hashlib
import re
from html import escape
from typing import TYPE_CHECKING
from urllib.parse import quote

from archiver.export import facts, markup, style
from archiver.export.model import File, encoded
from archiver.export.names import Namer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archiver.article import Article
    from archiver.export.model import Exported, Selection, Wishes

INDEX = "index.html"
_STYLE_DIGEST = base64.b64encode(hashlib.sha256(style.PAGE.encode()).digest()).decode()
POLICY = f"default-src 'none'; style-src 'sha256-{_STYLE_DIGEST}'; img-src data:; base-uri 'none'; form-action 'none'"
_LANGUAGE = re.compile(
    r"[a-z]{2,3}(-[a-z]{4})?(-([a-z]{2}|\d{3}))?(-([a-z\d]{5,8}|\d[a-z\d]{3}))*(-[a-wyz\d](-[a-z\d]{2,8})+)*(-x(-[a-z\d]{1,8})+)?",
    re.IGNORECASE | re.ASCII,
)
"""A tag of RFC 5646, section 2.1, but for the rarest: extended languages and those of old that the list there has."""


def files(selection: Selection, wishes: Wishes) -> Iterator[File]:
    """A page for each article, and at last the index."""
    namer = Namer(wishes.name, ".html")
    namer.take(INDEX)
    rows = []
    for exported in selection:
        name = namer.name(exported.article)
        yield File(name, encoded(page(exported, wishes, "../" * name.count("/") + INDEX)))
        rows.append(_row(exported.article, name))
    title = facts.line(wishes.title) or "Articles"
    listed = f'<ul class="articles">\n{"".join(rows)}</ul>' if rows else "<p>No articles.</p>"
    yield File(INDEX, encoded(_document(title, f"<h1>{escape(title)}</h1>\n{listed}", lang='lang="en"')))


def page(exported: Exported, wishes: Wishes, index: str) -> str:
    """An article's page; `index` is where the index stands."""
    article = exported.article
    text = markup.written(markup.body_html(article), lambda url: _embedded(url, wishes))
    back = f'<nav><a href="{escape(index)}">All articles</a></nav>'
    content = f"{back}\n<article {language(article)}>\n<header>\n{heading(exported)}</header>\n{text}\n</article>"
    return _document(facts.title(article), content, lang=language(article))


def heading(exported: Exported) -> str:
    """The title, and line by line what is known of the article and what the user says; as HTML that is XML too."""
    article, remarks = exported.article, exported.remarks
    by = facts.authors(article)
    fetched = facts.fetched(article)
    lines = (
        by and f"By {escape(by)}",
        ", ".join(filter(None, (escape(facts.publisher(article)), escape(facts.dates(article))))),
        markup.link(article.url, escape(facts.line(article.url))),
        fetched and f"Fetched {escape(fetched)}",
        remarks.labels and f"Tags: {escape(', '.join(map(facts.line, remarks.labels)))}",
    )
    subtitle = facts.line(article.subtitle)
    told = f"<h1>{escape(facts.title(article))}</h1>\n"
    told += f"<p><em>{escape(subtitle)}</em></p>\n" if subtitle else ""
    told += "".join(f'<p class="facts">{text}</p>\n' for text in lines if text)
    note = map(facts.line, (remarks.note or "").split("\n"))
    return told + "".join(f'<p class="note">{escape(line)}</p>\n' for line in note if line)


def language(article: Article) -> str:
    """The attributes that say in which language, and in which direction, the article runs."""
    tag = article.language if article.language and _LANGUAGE.fullmatch(article.language) else "und"
    return f'lang="{tag}" dir="{"rtl" if facts.is_right_to_left(article.language) else "ltr"}"'


def _row(article: Article, name: str) -> str:
    told = ", ".join(filter(None, (facts.authors(article), facts.publisher(article), facts.dates(article))))
    title = f'<a href="{escape(quote(name))}" {language(article)}>{escape(facts.title(article))}</a>'
    return f'<li><bdi>{title}</bdi> <span class="facts">{escape(told)}</span></li>\n'


def _embedded(url: str, wishes: Wishes) -> str | None:
    """The image as an address that holds it."""
    found = wishes.picture(url) if wishes.picture else None
    return found and f"data:{found.media_type};base64,{base64.b64encode(found.content).decode()}"


def _document(title: str, content: str, *, lang: str) -> str:
    return f"""<!DOCTYPE html>
<html {lang}>
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>{escape(title)}</title>
<style>{style.PAGE}</style>
</head>
<body>
<main>
{content}
</main>
</body>
</html>
"""
