"""Openings of lines that stand inside the text and are no part of it: pointers to other articles, appeals, credits.

A row is sought at the beginning of a block, case folded, and believed of short blocks only: a sentence may well begin
with the same words. Weights are log-odds, as in `hints.py`: enough to outweigh the best of neighbourhoods.
"""

from __future__ import annotations

from typing import Final, NamedTuple

HEAD: Final = 3
"""By how many characters an opening is told from most texts."""


class Phrase(NamedTuple):
    """One row; `openings` are regular expressions parted by " | ".

    Each begins with what is no letter, or with `HEAD` plain characters (or less, if no more may follow): a block that
    begins with other ones is never held against it, which saves most blocks the cost of a long expression.
    """

    name: str
    weight: float
    reason: str
    openings: str
    before: str = ""
    after: str = ""

    @property
    def pattern(self) -> str:
        """The regular expression for the case-folded beginning of a block."""
        openings = self.openings.replace(" | ", "|")
        return f"{self.before}(?:{openings}){self.after}"

    @property
    def begins_with_signs(self) -> bool:
        """Whether anything but a letter may stand at the beginning."""
        return bool(self.before) or not all(opening[0].isalpha() for opening in self.openings.split(" | "))

    @property
    def heads(self) -> frozenset[str]:
        """What each opening begins with, where it begins with a letter."""
        return frozenset(opening[:HEAD].rstrip("$") for opening in self.openings.split(" | ") if opening[0].isalpha())


PHRASES = (
    Phrase(
        "see also",
        -8.0,
        "points to another article from the middle of this one",
        r"see also | also see | read (?:more|also|next|the full) | further reading | related(?: \w+){0,2}\s*(?::|$)"
        r" | more (?:on|from|about)\b[^.]*(?::|$) | lesen sie | lies auch | mehr (?:zum|zu|dazu|aus) | siehe auch"
        r" | auch interessant | weitere? (?:infos|informationen|artikel|beiträge|themen|news|zum thema) | das könnte"
        r" | auch lesen | das thema könnte | dieses thema könnte | mehr (?:themen|von\b) | lust auf mehr | entdecke weitere"
        r" | if you (?:liked|enjoyed|found) | vea (?:también|más)"
        r" | le puede interesar | más (?:información|noticias)\b | plus d['’]infos? | meer (?:lezen|over|informatie)"
        r" | keep reading | continue reading | read on$ | nachfolgebeitrag | mehr dazu | weiter\W*$ | zurück (?:zu|zur|zum)\b | back to (?:top|home|the)\b | nach oben$ | inhaltsverzeichnis | table of contents | spis treści | hier geht es (?:zu|zum|zur)\b | passend dazu | schon gelesen | zum weiterlesen | weiterlesen | lesetipp | mehr (?:lesen|erfahren) | ähnliche (?:themen|artikel|beiträge)"
        r" | neueste (?:artikel|beiträge|meldungen|nachrichten)$ | aktuelle (?:artikel|beiträge|meldungen|nachrichten)$ | you (?:may|might) also (?:like|enjoy|be interested) | don't miss"
        r" | learn more\W*$ | find out more | discover more | view (?:all|more) | en savoir plus | lire la suite | articles? similaires?"
        r" | vous aimerez | lea más | lee más | leer más | ver (?:también|más) | notas? relacionad | noticias? relacionad | artículos? relacionad | te recomendamos"
        r" | per saperne di più | dowiedz się więcej | czytaj więcej | verwandte | lire aussi | à lire | voir aussi | lea(?: también| además|:) | lee(?: también| además|:)"
        r" | mira(?: también|:) | te puede interesar | puedes ver | también puedes | leia (?:também|mais) | veja (?:também|mais) | saiba mais"
        r" | leggi anche | potrebbe interessarti | lees ook | czytaj (?:też|także|również) | zobacz (?:też|także|również)"
        r" | läs (?:också|mer|även) | les også | læs også | olvasd el | vezi și | citește și | přečtěte si | читайте также"
        r" | смотрите также | διαβάστε | ayrıca | اقرأ أيضا | קראו גם | और पढ़ें | อ่านเพิ่มเติม | อ่านต่อ | 関連記事"
        r" | lue myös | baca juga | xem thêm | devamını oku | читайте ещё | читайте еще | 関連ニュース | 関連リンク | 続きを読む | 次のページ"
        r" | 相关新闻 | 相关报道 | 更多精彩 | 관련기사 | 추천 기사"
        r" | あわせて読みたい | 相关阅读 | 延伸阅读 | 推荐阅读 | 관련 기사",
        before=r"(?:>+\s*)?",
        after=r"(?!\w)",
    ),
    Phrase(
        "sign up",
        -8.0,
        "asks for an address, a subscription or money",
        r"subscribe | sign up | join (?:our|\d) | get (?:our|the latest) | newsletter | abonnier | jetzt abonnier"
        r" | start (?:your|a) free | shop now | buy now | order now | donate now | enroll now | apply now"
        r" | become a (?:member|subscriber|patron|supporter) | never miss | to (?:view|read|continue reading) the"
        r" | werden sie mitglied | werde mitglied | gefällt (?:dir|ihnen|euch) | wenn (?:ihnen|dir|euch) (?:unser|dieser) | help us (?:keep|continue|stay) | help support"
        r" | for the latest | thank you for (?:reading|your support) | möchten sie | instant access | kontakt:?$ | advertise with | zapraszamy | únete"
        r" | contact us | call us | jetzt (?:bestellen|kaufen|anmelden|registrieren|sichern|testen|lesen|spenden) | unterstütze? | support (?:us|our)\b"
        r" | il vous reste \d | la suite est réservée | cet article est réservé | подпишитесь | подписывайтесь | abone ol | inscreva-se"
        r" | 会員登録 | 구독하기"
        r" | melde dich an | suscríb | abonnez | inscrivez-vous | iscriviti | assine | inschrijven | zapisz się",
    ),
    Phrase(
        "follow us",
        -8.0,
        "sends the reader to the site's other channels",
        r"follow (?:us|me|\w+ on|the \w+ on)\b | like us | share (?:this|on|via)\b | find us on | connect with (?:us|me)\b"
        r" | siguenos | drucken$ | artikel (?:drucken|teilen) | rezept (?:drucken|teilen) | seite (?:drucken|teilen) | imprim(?:ir|er)$"
        r" | folgen? (?:sie )?uns | teilen\W*$ | teilen auf | síguenos | suivez-nous | seguici | siga-nos"
        r" | condividi (?:su|questo) | compartilhe (?:est[ea]|no|com) | comparte (?:est[ea]|en) | udostępnij | volg ons | partager (?:sur|cet)"
        r" | click (?:here )?to share | tweet this | print this",
    ),
    Phrase(
        "comments",
        -8.0,
        "invites or counts comments",
        r"leave a (?:comment|reply) | post a (?:comment|reply) | add a (?:comment|reply)"
        r" | comments?\b\W*(?:\d|$|are closed|off) | \d+ (?:comments?|replies|responses)\b | kommentare?\W*$"
        r" | kommentarfeed | du musst (?:dich )?(?:angemeldet|eingeloggt|einloggen) | you must be logged | submit your letter"
        r" | \d+ kommentare?\W*$ | kommentare? schreiben | schreibe? (?:einen|ein) kommentar | commentaires?\W*$"
        r" | comentarios?\W*$ | reply\W*$ | antworten\W*$ | anmelden\W*$ | einloggen\W*$ | log in | sign in\b",
    ),
    Phrase(
        "credit",
        -8.0,
        "says who owns a picture or the page",
        r"alle angaben | \(alle angaben | sofern nicht anders | unless otherwise (?:noted|stated|indicated) | materiał chroniony"
        r" | bildquelle | bildnachweis | beitragsbild | bild (?:anzeigen|schließen|vergrößern) | vergrößern\b | view image | \(credit | \(photo | \(foto"
        r" | © | \(c\)[ ] | copyright\W*(?:\d|©|ⓒ|by) | all rights reserved | alle rechte | getty images | \((?:afp|reuters|dpa)\)?$"
        r" | from wikipedia, the | our standards: | 责任编辑 | 责编： | 责编: | 编辑： | 编辑: | 原标题 | 版权声明 | 版权所有 | 無断転載 | 【写真"
        r" | 무단 전재 | 무단전재 | 저작권자 | ⓒ"
        r" | afp\)?$ | reuters\)?$ | dpa\)?$",
    ),
    Phrase(
        "picture",
        -8.0,
        "says who made a picture",
        "photos? | images? | pictures? | fotos? | bild | titelbild | quelle | crédits?",
        after=r"(?: (?:credit|by|courtesy|source|via|von|cr))?\s*[:©]",
    ),
    Phrase(
        "advertisement",
        -8.0,
        "labels an advertisement",
        "advertisement | skip advertisement | anzeige | werbung | publicidad | publicité | pubblicità | sponsored | реклама | reklama | 広告$ | 广告$ | 광고$",
        before=r"\W*",
        after=r"\W*$",
    ),
    Phrase(
        "posted",
        -8.0,
        "the line that systems print under or over a post",
        r"der beitrag wurde | posted (?:in|on|by)\b | published (?:in|on|by)\b | filed under | tagged\b | schlagw[oö]rt | veröffentlicht (?:am|in|von)"
        r" | markiert mit | erstellt am | abgelegt unter | zuletzt (?:aktualisiert|geändert) | letzte (?:aktualisierung|änderung)"
        r" | dieser (?:eintrag|beitrag) wurde | this entry was | publiziert | publié le | updated\s*(?::|on) | modified\s*(?::|on)"
        r" | last (?:updated|modified)\s*(?::|on) | stand: | permalink | by$",
    ),
    Phrase(
        "filed",
        -8.0,
        "tags and sections, or what goes before a list of them",
        "tags? | category | categories | kategorien? | themen | topics",
        after=r"\s*(?:$|:)",
    ),
    Phrase(
        "rating",
        -8.0,
        "asks what the page is worth, or says what readers answered",
        r"rate this | was this (?:article|page|post|helpful|information) | did you (?:find this|like this) | how (?:useful|helpful) was"
        r" | war (?:der|die|das|diese[rs]?) (?:artikel|beitrag|seite|inhalt) | wie hilfreich | artikel bewerten | noch keine bewertung"
        r" | \(noch keine bewertung | \d+ (?:bewertungen|stimmen|votes|ratings)\b | cet article vous | ¿te (?:ha )?(?:gustó|resultó|sirvió)",
    ),
    Phrase(
        "disclosure",
        -8.0,
        "says that the site is paid for what it writes or links to",
        r"this (?:post|article|page|site|story|content) (?:may )?(?:contains?|includes?) | this (?:post|article|story|content) (?:is|was) sponsored"
        r" | some (?:of the )?links | affiliate (?:links?|disclosure|disclaimer) | disclosure | disclaimer | we (?:may )?(?:earn|receive|get) a | as an amazon"
        r" | \*\W*(?:affiliate|werbung|anzeige|enthält) | anzeige, | anzeige [-–] | werbung, | dieser (?:beitrag|artikel|text) enthält | enthält (?:affiliate|werb)",
    ),
    Phrase(
        "pointer",
        -8.0,
        "an arrow or an ellipsis that leads to another page",
        r">> | » | ▶ | ► | ➤ | ☞ | \[mehr | \[more | \[read | \.\.\. weiter | … weiter",
    ),
    Phrase("turn", -8.0, "leads to the page before or behind", "newer | older | next | previous", after=r"(?: \w+)?\W*$"),
)
