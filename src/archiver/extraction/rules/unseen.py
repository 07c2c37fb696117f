"""The words by which pages' hidden values are told apart: which hold text, which hold titles, what kind of text it is.

Keys and kinds are compared by their words: "bodyHtml", "body_html" and "body-html" have the words "body" and "html".
"""

from __future__ import annotations

from typing import NamedTuple


class Keys(NamedTuple):
    """One row: words of keys, and what a value under such a key is."""

    role: str
    words: str
    reason: str


KEYS = (
    Keys("text", "body", "articleBody, bodyHtml, body_text: the commonest name for an article's text"),
    Keys("text", "content contents", "WordPress, Arc, Ghost, most rich-text trees"),
    Keys("text", "html innerhtml markup", "text with its tags, React's __html among them"),
    Keys("text", "text fulltext", "leaves of rich-text trees; also the whole text"),
    Keys("text", "rendered processed", "WordPress and Drupal keep the source beside the finished HTML"),
    Keys("text", "value", "Contentful's and Sitecore's fields"),
    Keys("text", "story article main", "names that newspapers give the text itself"),
    Keys("text", "paragraph paragraphs", "lists of plain strings"),
    Keys("text", "children", "a React element's content"),
    Keys("title", "title headline heading", "what the object that holds it is called"),
    Keys("title", "name", "Sitecore and plain databases; also people, hence weighed against the page's title"),
    Keys("address", "url uri href link permalink slug path", "with a title that is not the page's: another article"),
    Keys("address", "published created", "as an address: an article has a date, a part of one has none"),
    Keys("other", "comment comments reply replies", "readers' words"),
    Keys("other", "related recommended recommendations more next popular trending similar", "other articles"),
    Keys("other", "author authors byline bio", "the author's life has its own field"),
    Keys("other", "caption credit alt", "stands at a picture, not in the text"),
    Keys("other", "description excerpt summary teaser abstract standfirst dek", "says the same in short"),
    Keys("other", "translations translation i18n locale locales messages strings labels", "the words on buttons"),
    Keys("other", "consent cookie cookies privacy gdpr legal terms", "notices about the site"),
    Keys("other", "nav navigation menu header footer sidebar newsletter", "around the text on every page"),
    Keys("other", "ad ads advertisement promo paywall subscription", "sells something"),
    Keys("other", "config settings env css style styles script scripts theme svg icons", "for the machine"),
    Keys("other", "seo meta og twitter schema", "written for search engines and share cards"),
)


class Kind(NamedTuple):
    """One row: words that name a kind of rich-text node, and its HTML tag; "" for text without one, None to leave it out."""

    tag: str | None
    words: str
    reason: str


KINDS = (
    Kind("p", "p paragraph unstyled normal", "unstyled is Draft.js's, normal Portable Text's name for it"),
    Kind("h2", "h1 h2 h3 h4 h5 h6 heading header subheading subheadline", "its level is looked up"),
    Kind("blockquote", "blockquote quote quotation", "somebody's words"),
    Kind("pre", "code codeblock pre preformatted", "line breaks count"),
    Kind("ul", "ul list bulletlist unorderedlist", "a list whose order does not count, or of which nobody says"),
    Kind("ol", "ol orderedlist", "a numbered list"),
    Kind(
        "li",
        "li listitem unorderedlistitem orderedlistitem bulletlistitem",
        "of either list; Draft.js has no lists around them",
    ),
    Kind("br", "br hardbreak linebreak", "a line break inside a paragraph"),
    Kind("a", "a link hyperlink", "its address is looked up"),
    Kind("strong", "strong bold", "emphasis that is a node of its own"),
    Kind("em", "em italic emphasis", "as strong"),
    Kind("", "text html rawhtml richtext span", "text that may bring its own tags"),
    Kind("div", "div section article main", "holds other nodes"),
    Kind(None, "image img picture photo figure gallery video audio", "has captions and credits, but no text of the article"),
    Kind(None, "ad promo newsletter related interstitial", "is left out when it is visible, too"),
    Kind(None, "embed iframe script style svg button form nav", "for the machine, or from another site"),
)


class Escape(NamedTuple):
    """One row: how a framework writes a character so that it cannot end a script."""

    written: str
    meant: str
    reason: str


ESCAPES = (
    Escape("&q;", '"', "Angular's TransferState, up to version 15"),
    Escape("&s;", "'", "as &q;"),
    Escape("&l;", "<", "as &q;"),
    Escape("&g;", ">", "as &q;"),
    Escape("&a;", "&", "as &q;, and last: what it gives may look like another row"),
)
