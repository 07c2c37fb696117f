"""How sites write in addresses and links which page of an article, and which form of it, a page is.

Every row has an address or a link text that calls for it; `tests/extraction/test_onward.py` takes each row away in turn and
demands that its example is no longer known.
"""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

Form = Literal["amp", "print", "mobile"]
"""Forms of a page that leave out some of it."""


class PartMarker(NamedTuple):
    """One row: how the number of a page stands in a URL key (`urls.key`); the key without what it matches is the first page's."""

    name: str
    pattern: str
    example: str
    reason: str


PART_MARKERS = (
    PartMarker(
        "query", r"(?<=[?&])(?:page|p|pg|pageno|page_no|pagenum|page_number|paged|pn|seite|pagina|página|strona|sida|side|sivu)=(?P<number>\d{1,2})(?:&|$)",
        "example.org/story?page=2", "most systems that divide a text; also Drupal's, whose count begins at 0",
    ),
    PartMarker(
        "folder of pages", r"/(?:page|seite|pagina|strona|sida|side|sivu|p)[/_-]?(?P<number>\d{1,2})(?=$|\?)",
        "example.org/story/page/2", "a folder that says that it is a page: /page/2, /seite-2, /p2",
    ),
    PartMarker(
        "folder", r"/(?P<number>\d{1,2})(?=$|\?)",
        "example.org/story/2", "WordPress' <!--nextpage-->: the number alone behind the article's address",
    ),
    PartMarker(
        "file that says so", r"[-_.,](?:page|seite|pagina|p)[-_]?(?P<number>\d{1,2})(?=\.\w{2,5}(?:$|\?))",
        "example.org/story-page2.html", "static sites: story-page2.html, story_p2.html",
    ),
    PartMarker(
        "file", r"[-_,](?P<number>\d{1,2})(?=\.\w{2,5}(?:$|\?))",
        "example.org/story_2.html", "static sites and most Chinese ones: story_2.html; never without an extension, where blogs end the address of the second post of a name so",
    ),
)  # fmt: skip


class Words(NamedTuple):
    """One row: what the text of a link says in some languages."""

    pattern: str
    example: str
    reason: str


NEXT_PAGE_WORDS = (
    Words(r"next(?: page| part)?|continued?(?: reading)?(?: on)?(?: the)?(?: next)?(?: page)?|read on", "Next page", "English"),
    Words(r"(?:nächste |weiter zur nächsten |zur nächsten )seite|weiter(?:lesen)?|nächste", "Nächste Seite", "German"),
    Words(r"(?:page )?suivante?|la suite|lire la suite", "Page suivante", "French"),
    Words(r"(?:página )?siguiente|(?:próxima |seguinte )(?:página)?|próxima|seguinte|pagina successiva|successiva|avanti", "Página siguiente", "Spanish, Portuguese, Italian"),
    Words(r"volgende(?: pagina)?|nästa(?: sida)?|neste(?: side)?|næste(?: side)?|seuraava(?: sivu)?|następna(?: strona)?", "Volgende pagina", "Dutch, the North, Polish"),
    Words(r"(?:следующая|далее)(?: страница)?|下一[页頁]|次(?:の)?(?:ページ|へ)|다음(?: 페이지)?", "下一页", "Russian, Chinese, Japanese, Korean"),
    Words(r"[›»→>]{1,2}", "»", "an arrow alone"),
)  # fmt: skip

SINGLE_PAGE_WORDS = (
    Words(r"(?:view|show|read|see)?\s?(?:it |this |article |story )?(?:as|on|in) (?:a |one )?(?:single|one) page|single[- ]page(?: view| version| format)?|one[- ]page(?: view)?|(?:view|show|read) (?:all(?: pages)?|full (?:article|story|text)|complete (?:article|story))|all on one page", "View as a single page", "English"),
    Words(r"(?:(?:artikel|text|alles|lesen) )?auf einer seite(?: lesen| anzeigen)?|alles auf einer seite|komplettansicht|gesamter artikel|ganzen artikel lesen", "Auf einer Seite lesen", "German"),
    Words(r"(?:lire |voir |afficher )?(?:l'article |tout )?(?:sur une seule page|en une (?:seule )?page|l'article complet)", "Lire sur une seule page", "French"),
    Words(r"(?:ver |leer |mostrar |ler )?(?:todo |tudo |artículo )?(?:en una (?:sola )?página|em uma (?:única |só )?página|in un'unica pagina)", "Ver en una sola página", "Spanish, Portuguese, Italian"),
    Words(r"(?:op één pagina|alles op één pagina|hele artikel|на одной странице|全文(?:阅读|閱讀|表示)?|[在]?本页阅读全文|全ページ表示|一页阅读|单页阅读)", "全文阅读", "Dutch, Russian, Chinese, Japanese"),
)  # fmt: skip


class Collection(NamedTuple):
    """One row: what the URL key of a page has whose further pages hold other things, not more of the same article."""

    pattern: str
    example: str
    reason: str


COLLECTIONS = (
    Collection(r"/(?:threads?|topics?|forums?|boards?|discussions?|talk|community|questions|viewtopic|showthread)(?:[/.]|\?|$)", "example.org/threads/a-story.12", "forums: each page has the words of other people"),
    Collection(r"/(?:t/[^/?]+/\d+|d/\d+-[^/?]+)$", "example.org/t/a-story/3275", "forums run by Discourse and Flarum"),
    Collection(r"/(?:blogs?|news|nieuws|noticias|actualites|archives?|archiv|articles?|posts?|stories|latest|home|index)$", "example.org/blog", "a site's list of articles, the newest first"),
    Collection(r"/(?:categor(?:y|ies|ia|ie)|kategorien?|rubrik|tags?|subjects?|authors?|search|suche|collections?|browse|list|product-category)/", "example.org/category/harbours", "lists by subject, by author, by what was searched for"),
)  # fmt: skip


class FormMarker(NamedTuple):
    """One row: how the address of a page says that it is a form of another."""

    form: Form
    pattern: str
    example: str
    reason: str


FORM_MARKERS = (
    FormMarker("amp", r"[?&](?:amp(?:=(?:1|true|yes))?|outputtype=amp|output=amp|view=amp|m=amp)(?:&|$)", "example.org/story?amp=1", "the query of WordPress' plug-ins and of Arc"),
    FormMarker("amp", r"^[^/?]+/(?:[^?]*/)?amp(?:/|\?|$)|\.amp(?:\.html)?(?:\?|$)|^amp\.", "example.org/story/amp", "a folder, a file name or a host of its own"),
    FormMarker("print", r"[?&](?:print(?:able|er|view|_view|ing)?(?:=(?:1|true|yes|y|all|print))?|(?:view|format|mode|action|output|tmpl|layout)=print(?:able|er|friendly)?)(?:&|$)", "example.org/story?print=1", "a query that asks for the page to print"),
    FormMarker("print", r"/(?:print|printable|printer-friendly|print-view|drucken|druckversion|imprimir|imprimer|stampa)(?:/|\.|\?|$)", "example.org/story/print", "a folder or a file name for it"),
    FormMarker("mobile", r"^(?:m|mobile|wap|touch)\.[^/.]+\.[^/]", "m.example.org/story", "a host for telephones"),
)  # fmt: skip


class Holder(NamedTuple):
    """One row: an address that holds that of another page; the groups `scheme` and `address` make it."""

    pattern: str
    example: str
    reason: str


HOLDERS = (
    Holder(r"https?://(?:www\.)?google\.[a-z.]{2,6}/amp/(?P<scheme>s/)?(?P<address>[^/?#]+\.[^?#].*)", "https://www.google.com/amp/s/example.org/story", "Google's viewer of AMP pages"),
    Holder(r"https?://[^/]+\.cdn\.ampproject\.org/(?:c|v|wp|i|r)/(?P<scheme>s/)?(?P<address>[^/?#]+\.[^?#].*)", "https://example-org.cdn.ampproject.org/c/s/example.org/story", "Google's cache of AMP pages"),
    Holder(r"https?://[^/]+\.bing-amp\.com/(?:c|v)/(?P<scheme>s/)?(?P<address>[^/?#]+\.[^?#].*)", "https://example-org.bing-amp.com/c/s/example.org/story", "that of Bing"),
)  # fmt: skip


def _compiled(rows: tuple[Words, ...]) -> re.Pattern[str]:
    return re.compile(rf"[\s‹«<(\[]*(?:{'|'.join(row.pattern for row in rows)})[\s›»→>)\].…:]*", re.IGNORECASE)


NEXT_PAGE = _compiled(NEXT_PAGE_WORDS)
SINGLE_PAGE = _compiled(SINGLE_PAGE_WORDS)
"""Both match the whole text of a link."""
MARKERS = tuple(re.compile(row.pattern, re.IGNORECASE) for row in PART_MARKERS)
SURE_MARKERS = MARKERS[:2]
"""Those that say "page": with the number 1 they stand in the address of the first page itself."""
COLLECTED = tuple(re.compile(row.pattern, re.IGNORECASE) for row in COLLECTIONS)
FORMS = tuple((row.form, re.compile(row.pattern, re.IGNORECASE)) for row in FORM_MARKERS)
HOLDING = tuple(re.compile(row.pattern, re.IGNORECASE) for row in HOLDERS)
