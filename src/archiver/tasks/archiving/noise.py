"""What changes on a page from one look to the next though nobody edited the article. Pure.

Most of it never gets into a record; these rows are for what does. A row speaks of whole blocks alone: within a sentence every
word and number counts.
"""

from __future__ import annotations

import functools
import re
from typing import NamedTuple

from archiver import urls
from archiver.errors import InvalidUrl

MAX_CHARACTERS = 120
"""A longer block is a sentence, whatever it begins with."""
MAX_LISTED = 12
"""So many entries does a box of related articles have at most."""
MAX_LISTED_WORDS = 20
_INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"))
_SENTENCE_ENDS = tuple('.!?…。！？:;,"”»')
_NUMBER = r"\d[\d.,\u00a0\u202f ]*(?:k|m|mio|tsd|万|億)?\.?\+?"
_COUNTED = (
    r"(?:page ?)?(?:views?|reads?|readers?|comments?|repl(?:y|ies)|responses?|likes?|shares?|claps?|reactions?|votes?|followers?"
    r"|aufrufe?|kommentare?|lesermeinung(?:en)?|vues?|commentaires?|partages?|visitas?|lecturas?|comentarios?"
    r"|comentários?|visualizaç(?:ão|ões)|visualizzazioni|commenti|condivisioni|reacties|просмотр(?:а|ов)?|комментари(?:й|я|ев))"
)
_UNIT = (
    r"(?:sec(?:ond)?s?|min(?:ute)?s?|hours?|hrs?|h|days?|weeks?|sekunden?|minuten?|stunden?|tage?n?|wochen?"
    r"|secondes?|heures?|jours?|semaines?|segundos?|minutos?|horas?|días?|dias?|semanas?"
    r"|минут[уы]?|час(?:а|ов)?|дн(?:я|ей)|день)"
)


class Noise(NamedTuple):
    """One row: `pattern` is matched with a whole block, case folded."""

    name: str
    reason: str
    pattern: str


NOISE = (
    Noise(
        "counter",
        "views, comments, shares and the like grow with every visitor",
        rf"(?:\W*(?:{_NUMBER}\s*{_COUNTED}|{_COUNTED}\s*[:(]?\s*{_NUMBER}\)?))+\W*",
    ),
    Noise(
        "counter in ideographs",
        "the same in Chinese and Japanese",
        rf"(?:\W*(?:{_NUMBER}\s*(?:次|人|件|条|个)?の?(?:浏览|阅读|评论|点赞|閲覧|コメント)"
        rf"|(?:浏览|阅读量?|评论|点赞|閲覧数|コメント)\s*[:：(（]?\s*{_NUMBER}[)）]?))+\W*",
    ),
    Noise(
        "shared",
        "how often an article was passed on",
        rf"(?:shared|geteilt|partagé|compartido)\s*:?\s*{_NUMBER}\s*(?:times|mal|fois|veces)?",
    ),
    Noise(
        "readers now",
        "who reads at this moment",
        rf"{_NUMBER}\s*(?:people|readers|users|others)\s*(?:are\s*)?(?:reading|viewing|watching|online)"
        r"(?:\s*(?:this|now|right now))*\W*",
    ),
    Noise(
        "time ago",
        "a time that is counted from the moment of fetching",
        rf"(?:(?:last )?(?:updated|published|posted|modified)|aktualisiert|mis à jour|publié|actualizado|publicado|обновлено)?"
        r"\W*"
        rf"(?:(?:an?|one|{_NUMBER})\s*{_UNIT}\s*(?:ago|назад)|(?:vor|il y a|hace|há)\s*(?:einer?|une?|una?|{_NUMBER})\s*{_UNIT}"
        r"|\d+\s*(?:分钟|小时|天|分|時間|日)前)",
    ),
    Noise(
        "pointer",
        "one line that leads to another article, chosen anew for each visitor",
        r"(?:read (?:more|also|next)|also read|related(?: (?:article|story|post|coverage))?|recommended|more (?:on|from) [\w' ]{1,30}"
        r"|lesen sie (?:auch|mehr)|mehr zum thema|lire aussi|à lire (?:aussi|également)|lea también|leia também|leggi anche|lees ook"
        r"|читайте также|相关阅读|関連記事)\s*[:：]\s*\S.*",
    ),
)
BOXES = (
    Noise(
        "related box",
        "headlines of other articles, chosen anew for each visitor",
        r"related(?: (?:articles?|stor(?:y|ies)|posts?|content|coverage|news|topics|links))?|read (?:more|next)|more from [\w' ]{1,30}"
        r"|recommended(?: (?:for you|reading|stories))?|you (?:may|might) also (?:like|be interested in)|don't miss"
        r"|mehr zum thema|ähnliche (?:artikel|beiträge)|das könnte sie auch interessieren|à lire aussi|articles? (?:liés|similaires)"
        r"|artículos relacionados|noticias relacionadas|leia também|leggi anche|lees ook|читайте также|相关(?:文章|阅读)|関連記事",
    ),
    Noise(
        "popular box",
        "headlines that many people read at this moment",
        r"(?:most (?:read|popular|viewed|shared|commented)|trending(?: now)?|popular (?:now|posts|stories)"
        r"|latest(?: (?:news|stories|posts))?"
        r"|meistgelesen|beliebte (?:artikel|beiträge)|neueste (?:artikel|beiträge)|les plus lus|lo más leído|más leídas"
        r"|mais lidas|più letti|самое читаемое|热门文章|人気記事)",
    ),
)
"""As above; what is matched is the heading, and the headlines below it go with it."""


def without_noise(text: str, rows: tuple[Noise, ...] = NOISE, boxes: tuple[Noise, ...] = BOXES) -> str:
    """The words of `text` that somebody wrote, to be compared; in one line, without what noise adds."""
    listed = 0
    kept = []
    for line in text.translate(_INVISIBLE).split("\n"):
        block = " ".join(line.split())
        if not block:
            continue
        folded = block.casefold()
        if listed and _is_headline(block):
            listed -= 1
            continue
        listed = 0
        if len(block) > MAX_CHARACTERS:
            kept.append(block)
        elif boxes and _matcher(boxes).fullmatch(folded.rstrip(":：")):
            listed = MAX_LISTED
        elif not (rows and _matcher(rows).fullmatch(folded)):
            kept.append(block)
    return " ".join(kept)


def settled_url(url: str | None) -> str | None:
    """The address without what only tells where a visitor came from."""
    try:
        return urls.key(url) if url else None
    except InvalidUrl:
        return url


def _is_headline(block: str) -> bool:
    return not block.endswith(_SENTENCE_ENDS) and len(block.split()) <= MAX_LISTED_WORDS and len(block) <= MAX_CHARACTERS


@functools.cache
def _matcher(rows: tuple[Noise, ...]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{row.pattern})" for row in rows))
