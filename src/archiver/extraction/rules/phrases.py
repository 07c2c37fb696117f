"""Openings of lines that stand inside the text and are no part of it: pointers to other articles, appeals, credits.

A row is sought at the beginning of a block, case folded, and believed of short blocks only: a sentence may well begin
with the same words. Weights are log-odds, as in `hints.py`: enough to outweigh the best of neighbourhoods.
"""

from __future__ import annotations

from typing import NamedTuple


class Phrase(NamedTuple):
    """One row; `pattern` is a regular expression for the case-folded beginning of a block."""

    name: str
    weight: float
    reason: str
    pattern: str


PHRASES = (
    Phrase(
        "see also",
        -8.0,
        "points to another article from the middle of this one",
        r"(?:>+\s*)?(?:see also|also see|read (?:more|also|next|the full)|further reading|related(?: \w+){0,2}\s*(?::|$)"
        r"|more (?:on|from|about)\b[^.]*(?::|$)|lesen sie|lies auch|mehr (?:zum|zu|dazu|aus)|siehe auch|auch interessant"
        r"|weitere? (?:infos|informationen|artikel|beiträge|themen|news|zum thema)|das könnte|passend dazu|verwandte"
        r"|lire aussi|à lire|voir aussi|le[ae](?: también| además|:)|mira(?: también|:)|te puede interesar|puedes ver"
        r"|también puedes|(?:leia|veja) (?:também|mais)|saiba mais|leggi anche|potrebbe interessarti|lees ook"
        r"|czytaj (?:też|także|również)|zobacz (?:też|także)|läs (?:också|mer|även)|les også|læs også|olvasd el|vezi și"
        r"|citește și|přečtěte si|читайте также|смотрите также|διαβάστε|ayrıca|اقرأ أيضا|קראו גם|और पढ़ें|อ่านเพิ่มเติม|อ่านต่อ"
        r"|関連記事|あわせて読みたい|相关阅读|延伸阅读|推荐阅读|관련 기사)(?!\w)",
    ),
    Phrase(
        "sign up",
        -8.0,
        "asks for an address, a subscription or money",
        r"subscribe|sign up|join (?:our|\d)|get (?:our|the latest)|newsletter|(?:jetzt )?abonnier|melde dich an|suscríb|abonnez"
        r"|inscrivez-vous|iscriviti|assine|inschrijven|zapisz się",
    ),
    Phrase(
        "follow us",
        -8.0,
        "sends the reader to the site's other channels",
        r"follow (?:us|me|\w+ on)\b|like us|share (?:this|on|via)\b|find us on|connect with (?:us|me)\b|folgen? (?:sie )?uns"
        r"|teilen\W*$|teilen auf|síguenos|suivez-nous|seguici|siga-nos|click (?:here )?to share|(?:tweet|print) this",
    ),
    Phrase(
        "comments",
        -8.0,
        "invites or counts comments",
        r"(?:leave|post|add) a (?:comment|reply)|comments?\b\W*(?:\d|$|are closed|off)|\d+ (?:comments?|replies|responses)\b"
        r"|(?:\d+ )?kommentare?\W*$|kommentare? schreiben|schreibe? (?:einen|ein) kommentar|(?:commentaires?|comentarios?)\W*$"
        r"|(?:reply|antworten|anmelden|einloggen)\W*$|log in|sign in\b",
    ),
    Phrase(
        "credit",
        -8.0,
        "says who owns a picture or the page",
        r"©|\(c\) |copyright\W*(?:\d|©|by)|all rights reserved|alle rechte|getty images|\(?(?:afp|reuters|dpa)\)?$"
        r"|(?:photos?|images?|pictures?|fotos?|bild|titelbild|crédits?)(?: (?:credit|by|courtesy|source|via|von|cr))?\s*[:©]",
    ),
    Phrase(
        "advertisement",
        -8.0,
        "labels an advertisement",
        r"\W*(?:advertisement|anzeige|werbung|publicidad|publicité|sponsored|реклама)\W*$",
    ),
    Phrase(
        "posted",
        -8.0,
        "the line that systems print under or over a post",
        r"(?:posted|published) (?:in|on|by)\b|filed under|tagged\b|(?:tags?|categor(?:y|ies)|kategorien?|themen|topics)\s*(?:$|:)"
        r"|schlagw[oö]rt|veröffentlicht (?:am|in|von)|dieser (?:eintrag|beitrag) wurde|this entry was|publiziert|publié le"
        r"|(?:last )?(?:updated|modified)\s*(?::|on)|stand:|permalink|(?:newer|older|next|previous)(?: \w+)?\W*$|by\s*$",
    ),
)
