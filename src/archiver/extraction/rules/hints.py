"""What class names, ids, roles and tags say about the text inside them.

A row matches an element that carries one of its words as a whole word of `class`, `id` or `role` ("post-meta", "postMeta"
and "post_meta" hold "post" and "meta"), or that has one of its tags. It counts once for every block inside the element,
however often it matches on the way down. Weights are log-odds, calibrated together with `measures.py`: one weak row
decides nothing alone.

A row that lowers is not believed of an element that holds most of the page's prose: a page-wide wrapper called
"has-sidebar" says nothing about the sidebar. Rows with `apart` name what may well be longer than the article; they are
believed unless the headline is in there too.
"""

from __future__ import annotations

from typing import NamedTuple


class Hint(NamedTuple):
    """One row; `words` and `tags` are parted by spaces."""

    name: str
    weight: float
    reason: str
    words: str
    tags: str = ""
    apart: bool = False


HINTS = (
    Hint(
        "comment",
        -6.0,
        "readers' words, not the author's",
        (
            "comment comments commentlist commentform commenting respond disqus bypostauthor discussion livefyre "
            "kommentare kommentar leserbriefe trackback pingback replies reply"
        ),
        apart=True,
    ),
    Hint(
        "author",
        -4.5,
        "bylines and author boxes have their own field",
        "author authors byline bylines postedby writer",
    ),
    Hint(
        "donate",
        -0.4,
        "appeals, paywalls and shops speak of the site, not of the subject",
        "donate donation membership paywall premium regwall meter shop cart product products price",
    ),
    Hint(
        "share",
        -4.0,
        "buttons, and the networks' names on them",
        (
            "share sharing shares sharedaddy socialshare addtoany addthis sharethis sharebar shariff social socials "
            "socialmedia facebook twitter pinterest linkedin whatsapp instagram follow"
        ),
    ),
    Hint(
        "footer",
        -2.6,
        "what stands at the end of every page of a site",
        "footer colophon foot contentinfo bottombar",
        "footer",
    ),
    Hint(
        "related",
        -6.0,
        "other articles of the site",
        (
            "related relatedposts recommended recommendation recommendations similar readmore morefrom recirc "
            "recirculation outbrain taboola zergnet suggested suggestions seealso weiterlesen yarpp readnext upnext "
            "nextup"
        ),
        apart=True,
    ),
    Hint(
        "newsletter",
        -6.0,
        "sign-up boxes inside and after the text",
        "newsletter newsletters subscribe subscription signup mailchimp optin mailing subscriber",
        apart=True,
    ),
    Hint(
        "legal",
        -5.0,
        "terms, copyright and disclosure lines",
        "legal copyright disclaimer terms imprint impressum disclosure policy",
    ),
    Hint(
        "breadcrumb",
        -4.5,
        "the trail has its own field",
        "breadcrumb breadcrumbs crumbs crumb trail",
    ),
    Hint(
        "cookie",
        -6.0,
        "consent texts can be longer than the article",
        "cookie cookies consent gdpr onetrust didomi cookiebot cmplz privacy",
        apart=True,
    ),
    Hint(
        "bio",
        -5.0,
        "the author's life has its own field",
        "bio biography aboutauthor authorbio vcard avatar aboutme authorbox bios gravatar",
    ),
    Hint(
        "form",
        -4.5,
        "what a reader fills in",
        ("form forms gform gfield input fields wpcf wpforms hsform searchform captcha login signin register"),
        "form fieldset",
    ),
    Hint(
        "button",
        -4.5,
        "labels of controls",
        "button btn btns buttons cta ctas toggler",
        "button",
    ),
    Hint(
        "caption",
        -4.5,
        "annotators kept captions on one page in ten; pictures keep theirs by other means",
        "caption captions figcaption credit credits",
        "figcaption",
    ),
    Hint(
        "meta",
        -4.0,
        "dates, sections, counts beside the headline",
        "meta postmeta entrymeta postinfo entryinfo articlemeta metadata",
    ),
    Hint(
        "modal",
        -3.5,
        "opens over the page: sign-ups, consent, galleries",
        ("modal popup overlay lightbox dialog offcanvas drawer flyout popin pum interstitial"),
        "dialog",
    ),
    Hint(
        "ad",
        -6.0,
        "paid advertising",
        "ad ads advert advertisement advertisements sponsor sponsored sponsors adsense dfp adslot anzeige werbung",
    ),
    Hint(
        "promo",
        -1.5,
        "the site's own advertising; the words are used of leads and lead pictures too",
        "promo promos promotion banner promoted",
    ),
    Hint("hover", -6.0, "shown while the pointer rests on a word", "tooltip popover hovercard tippy"),
    Hint("end", -0.8, "what follows the text", "bottom end after"),
    Hint(
        "search",
        -4.5,
        "search boxes and their hints",
        "search searchbox suche",
    ),
    Hint(
        "skip",
        -3.0,
        "links for keyboard users",
        "skip skiplink accessibility",
    ),
    Hint(
        "notice",
        -1.5,
        "messages of the site to the reader",
        "notice alert notification announcement message messages toast snackbar error",
    ),
    Hint(
        "figure",
        -1.5,
        "what belongs to a picture, not to the text",
        "gallery",
        "figure",
    ),
    Hint(
        "nav",
        -2.0,
        "ways to other pages",
        (
            "nav navbar navigation menu menus submenu megamenu menuitem topbar pagination pager paging prev previous "
            "subnav hamburger menubar dropdown toolbar"
        ),
        "nav",
    ),
    Hint(
        "sidebar",
        -2.0,
        "what stands beside the article",
        ("sidebar sidebars complementary rail rightrail widget widgets textwidget sidepanel rightcol rightcolumn aside"),
        "aside",
    ),
    Hint(
        "tags",
        -1.0,
        "tag lists have their own field",
        "tag tags taglist tagcloud keywords topic topics categories category taxonomy posttags",
    ),
    Hint(
        "list",
        -0.2,
        "lists of links far outnumber lists of text; items of text earn it back",
        "",
        "ul ol",
    ),
    Hint(
        "popular",
        -4.0,
        "ranked and recent articles of the site",
        "popular trending recent latest mostread most",
    ),
    Hint(
        "unseen",
        -8.0,
        "read out by screen readers, shown to nobody",
        "sr screenreader reader visuallyhidden offscreen assistive",
    ),
    Hint(
        "hidden",
        -0.9,
        "not shown at every time, or on every screen; folded answers are hidden too",
        "hidden hide invisible noprint",
    ),
    Hint(
        "cards",
        -1.3,
        "teasers of other pages",
        "card cards tile tiles",
    ),
    Hint(
        "listing",
        -1.9,
        "teasers of other pages",
        ("posts postlist articlelist newslist teasers teaser blogs archive archives resources feed loop query"),
    ),
    Hint(
        "links",
        -0.7,
        "lists of links",
        "linklist quicklinks sitemap links",
    ),
    Hint(
        "date",
        -1.0,
        "dates have their own field",
        "date dateline published datetime timestamp updated postdate",
    ),
    Hint(
        "carousel",
        -0.5,
        "slides of teasers more often than of text",
        "carousel swiper slider slideshow owl",
    ),
    Hint(
        "contact",
        -1.0,
        "addresses and telephone numbers of the site",
        "contact contacts address locations",
        "address",
    ),
    Hint(
        "print",
        -5.0,
        "written for paper only",
        "print printonly",
    ),
    Hint(
        "header",
        -1.0,
        "the site's name, search and menus",
        "header masthead siteheader branding hdr",
        "header",
    ),
    Hint(
        "sources",
        0.8,
        "notes and references belong to the text",
        "source sources reference references bibliography citation citations footnote footnotes notes",
    ),
    Hint(
        "article",
        2.0,
        "the site calls it an article",
        "article articles story news artikel",
        "article",
    ),
    Hint(
        "entry",
        2.3,
        "blog systems name the post so",
        "entry hentry post blog blogpost single",
    ),
    Hint(
        "quote",
        2.0,
        "quotations inside the text",
        "quote blockquote pullquote",
        "blockquote",
    ),
    Hint(
        "table",
        4.2,
        "tables of the text; layout tables are rarer today than tables of facts",
        "",
        "table",
    ),
    Hint(
        "dl",
        1.1,
        "terms and definitions",
        "",
        "dl",
    ),
    Hint(
        "body",
        0.5,
        "names given to the article's own text",
        ("articlebody entrycontent postcontent storybody bodytext articletext articlecontent contentbody postbody"),
    ),
    Hint(
        "dek",
        2.0,
        "standfirsts, leads and summaries; the printed dek leaves by its own field",
        "dek standfirst subtitle subheading lead lede intro excerpt summary description",
    ),
    Hint(
        "content",
        0.6,
        "a weak sign: nearly every page has such a wrapper",
        "content contents contentarea contenttext",
    ),
    Hint(
        "main",
        0.3,
        "what is unique to the page",
        "main primary",
        "main",
    ),
    Hint(
        "prose",
        0.2,
        "running text, in the words of editors and page builders",
        "body text copy prose richtext rich rte wysiwyg markdown paragraph formatted paragraphs",
    ),
    Hint(
        "faq",
        0.2,
        "questions and their answers, folded or not",
        "faq faqs accordion accordions question answer",
        "details",
    ),
)
