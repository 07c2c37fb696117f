"""Class names and selectors of bylines and biographies."""

from __future__ import annotations

import re

AUTHOR_HINT = re.compile(
    r"author|byline|by-line|\bautor|auteur|verfasser|writer\b|contributor|\bcredits?\b|\bskribent|redakteur|journalist|reporter\b"
)
"""Class names and ids of author lines."""

AUTHOR_WORDS = (
    "author",
    "byline",
    "by-line",
    "autor",
    "auteur",
    "verfasser",
    "writer",
    "contributor",
    "credit",
    "skribent",
    "redakteur",
    "journalist",
    "reporter",
)
"""One of these stands in whatever `AUTHOR_HINT` matches."""

NOT_AUTHOR_HINT = re.compile(
    r"comment|avatar|image|photo|caption|figure|review(?:er|ed)|editor\b|bio\b|biograph|desc|social|share|follow|count|job(?!b)|title\b|position|role|twitter|related|date|time|categor|topic|[-_]tag"
)
"""Class names of what stands beside an author's name, or of other people."""

BIO_HINT = re.compile(
    r"bio(?:graphy)?\b|author[-_]?(?:box|info|desc|about|card|block|profile|footer|content)|about[-_]?(?:the[-_]?)?author|autor[-_]?(?:box|info)"
)
"""Class names of the paragraph about the author."""

AUTHOR_LINKS = "[rel~=author], a[class*=author], span[class*=author], a[class*=byline], span[class*=byline], .vcard .fn, .p-author, a[href*='/author'], a[href*='/autor/'], a[href*='/autoren/'], a[href*='/contributor']"
"""Names marked in running lines, and links to a page of their own."""

CUE_INSIDE = re.compile(
    r"[\s|•·,–—-](?:by|By|BY|Von|von|par|Par|por|Por|door|Door|di|Di|av|Autor:|Autorin:|Author:|Text:|Redaktion:)\s(?=[^\W\d_])(?!the\b)"
)
"""A cue behind a date or a section: "3 May 2020 by …"."""

FACTS = re.compile(
    r"(?:19|20)\d\d|\d[./]\d|\d:\d\d|\bmin\b|[|•·⋅]|(?i:\bposted|\bpublished|\bveröffentlicht|\bgespeichert|\beingestellt|\bpublié|\bpublicado)"
)
"""What a line of facts has and a sentence or a title has not."""

NO_BYLINE = re.compile(
    r"(?i)^(?:more|mehr|all|alle|other|articles?|posts|stories|view|see|zeige|previous|next|empfohlen|recommended|zum profil|related|latest)\b|"
    r"©|\bcopyright\b|\blicen[sc]ed\b|\bunsplash\b|\bgetty\b|\bshared by\b|\bgeteilt von\b|\b(?:featured )?(?:image|photo|foto|bild)s?(?: \w+)? (?:by|von)\b"
)
"""Lines with a cue that name somebody else: other articles' authors, photographers, owners."""

BEFORE_CUE = re.compile(
    r"(?i)\d{1,2}\.?\s?[^\W\d_]{3,9}\.?,?\s\d{4}|[^\W\d_]{3,9}\.?\s\d{1,2}(?:st|nd|rd|th)?,?\s\d{4}|\d[./-]\d{1,2}[./-]\d{2}|\d:\d\d|"
    r"^\s*(?:posted|published|written|updated|submitted|veröffentlicht|gespeichert|eingestellt|publiziert|verfasst|publié|publicado|pubblicato|geplaatst|accueil)\b"
)
"""What stands before a cue in the middle of a line: a date, or a word of publishing."""

ABOUT_AUTHOR = re.compile(
    r"(?i)^(?:about (?:the )?authors?|about|über (?:den|die) autor(?:in)?|über|à propos de l['’]auteure?|à propos de|"
    r"sobre el autor|sobre|zur person)\b\W*"
)
"""What stands before the name above a biography, or begins it."""

BIO_VERB = re.compile(
    r"(?i)^,?\s*(?:[^.]{0,60}?,)?\s*(?:is|was|has|writes|works|covers|holds|lives|studied|joined|reports|teaches|ist|war|schreibt|arbeitet|"
    r"est|écrit|es|escribe|è|scrive|schrijft|är)\b"
)
"""How a sentence about a person goes on behind the name."""

WRITER = re.compile(
    r"(?P<name>[^\W\d_a-z][\w'’.-]*(?:\s(?:[a-z]{2,3}\s){0,2}[^\W\d_a-z][\w'’.-]*){1,3}),? (?:is (?:an?|the|our)|ist (?:eine?|der|die)|est une?|es una?)\b"
    r"[^.]{0,60}\b(?:writer|author|editor|[Jj]ournalist(?:in)?|[Bb]logger(?:in)?|columnist|reporter|contributor|[Aa]utor(?:in)?|"
    r"[Rr]edakteur(?:in)?|rédacteur|rédactrice|periodista)\b",
)
"""How a biography of a writer begins, whose name no other line gives."""

DATE_BEHIND = re.compile(
    r"(?i)\s*(?:\bon\b|\bam\b|\ble\b|\bel\b|\bil\b|\bop\b)?\s*(?:\d{1,2}[\s.]|\w{3,9}\.?\s\d{1,2},?\s)[^|]{0,30}(?:19|20)\d\d.*$"
)
"""A date behind a reviewer's name."""

SHARE_CARD_LABELS = frozenset({"written by", "author", "by", "verfasst von", "écrit par", "escrito por"})
"""What a share card calls its value that is the author."""
