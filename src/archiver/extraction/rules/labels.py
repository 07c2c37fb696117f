"""Words that stand beside a date and say which date it is.

A pattern is matched at word boundaries, against small letters. In one text the label nearest before a date counts; where
none stands before it, one right behind it. `other` keeps a date from being any of the article's.
"""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

DateKind = Literal["published", "modified", "reviewed", "other", "dated"]


class Label(NamedTuple):
    """One row: words of some languages for one kind of date."""

    kind: DateKind
    pattern: str
    reason: str


LABELS = (
    Label("other", r"copyright|©|\(c\)|all rights reserved|since|seit|depuis|desde", "how long the site has existed"),
    Label("other", r"retrieved|accessed|cited|cite this|abgerufen|consulté le|consultado", "citation lines"),
    Label(
        "other",
        r"registered|joined|member since|registriert|dabei seit|mitglied seit|inscrit|registrado|born|died|expires?|valid (?:un)?til|deadline|event dates?|starts?|ends?|next",
        "other things' dates",
    ),
    Label(
        "other", r"starting|from|until|through|between|effective|as of|bis zum|gültig", "spans of time that the text is about"
    ),
    Label("other", r"comments? (?:posted|closed)|commented|says|replied|reply", "comments"),
    Label("other", r"released?|air(?:ed|s) date|recorded|photographed|taken", "the dates of a film, a broadcast, a picture"),
    Label(
        "reviewed",
        r"(?:last |medically |clinically |fact[- ]?)?(?:reviewed|checked|vetted)|medical review|last review",
        "English",
    ),
    Label("reviewed", r"medizinisch geprüft|(?:zuletzt )?geprüft|überprüft", "German"),
    Label(
        "reviewed",
        r"révisé|vérifié|relu|revisado|revisto|revisionato|gecontroleerd|gereviseerd",
        "French, Spanish, Portuguese, Italian, Dutch",
    ),
    Label(
        "modified",
        r"(?:last |latest |page |date )?(?:up[- ]?dated?|modified|edited|revised|changed|amended|upd)(?: (?:on|at))?|updates?|last (?:update|revision|edit|change|published)",
        "English",
    ),
    Label(
        "modified",
        r"(?:zuletzt )?(?:aktualisiert|geändert|bearbeitet|überarbeitet)|aktualisierung|letzte (?:änderung|aktualisierung)|update|geupdatet|stand",
        "German",
    ),
    Label("modified", r"mise? à jour|modifiée?|actualisée?|màj|maj", "French"),
    Label("modified", r"(?:última )?actualizaci[óo]n|actualizado|actualizada|modificado", "Spanish"),
    Label("modified", r"atualizad[oa]|atualização|alterado", "Portuguese"),
    Label("modified", r"aggiornat[oa]|aggiornamento|ultima modifica|modificato", "Italian"),
    Label("modified", r"bijgewerkt|gewijzigd|laatst aangepast|aangepast|laatste update", "Dutch"),
    Label("modified", r"uppdaterad|senast ändrad|oppdatert|opdateret|sist endret|päivitetty|muokattu", "Nordic languages"),
    Label(
        "modified",
        r"aktualizacja|zaktualizowano|aktualizováno|aktualizované|frissítve|módosítva|actualizat|ažurirano",
        "Central Europe",
    ),
    Label(
        "modified",
        r"обновлено|изменено|оновлено|змінено|ενημερώθηκε|τελευταία ενημέρωση|güncelle(?:me|ndi)|son güncelleme",
        "Cyrillic, Greek, Turkish",
    ),
    Label(
        "modified",
        r"更新(?:日時?|于|時間|时间)?|最終更新日?|最后更新|修改|改訂|수정일?|업데이트|갱신|تحديث|diperbarui|cập nhật",
        "East and South Asia, Arabic",
    ),
    Label(
        "published",
        r"(?:first |originally |date )?(?:published|posted|publication date|originally|created|issued|pub(?:lish(?:ed)?)?\.? date|date published|"
        r"release date|post date|written|submitted|pub|first appeared)(?: (?:on|at|in))?",
        "English",
    ),
    Label(
        "published",
        r"veröffentlicht|erschienen|publiziert|erstellt|veröffentlichung|verfasst|geschrieben|eingestellt|gepostet|online seit",
        "German",
    ),
    Label("published", r"publiée?|paru|parution|mis en ligne|créé|posté|écrit|rédigé|date de publication", "French"),
    Label("published", r"publicad[oa]|publicación|creado|escrito|postado|publicação", "Spanish, Portuguese"),
    Label("published", r"pubblicat[oa]|pubblicazione|scritto|creato", "Italian"),
    Label("published", r"gepubliceerd|geplaatst|publicatiedatum|geschreven|aangemaakt", "Dutch"),
    Label(
        "published",
        r"publicerad|publicerat|publisert|offentliggjort|publiceret|udgivet|julkaistu|skapad|lagt ut",
        "Nordic languages",
    ),
    Label(
        "published",
        r"opublikowan[eoay]|data publikacji|dodano|publikováno|vydáno|zverejnené|közzétéve|megjelent|publicat|objavljeno",
        "Central Europe",
    ),
    Label(
        "published",
        r"опубликован[оаы]?|дата публикации|опубліковано|создано|δημοσιεύ(?:θηκε|τηκε)|δημοσίευση|yayın(?:lanma|landı)?|eklenme|giriş",
        "Cyrillic, Greek, Turkish",
    ),
    Label(
        "published",
        r"公開日?|掲載日?|投稿日?|発表|发布(?:于|时间|日期)?|發佈|发表于|发表|刊登|등록일?|입력|게시|작성일?|نشر(?:ت)?|dipublikasikan|diterbitkan|đăng",
        "East and South Asia, Arabic",
    ),
    Label("dated", r"dated?|datum|data|fecha|dato|päiväys|tarih|дата|日付", "says that a date follows, and not which"),
)

_UNSPACED = re.compile(r"[\u3040-\u9fff\uac00-\ud7af]")  # scripts that put no space between words


def _alternatives(kind: str) -> str:
    patterns = [row.pattern for row in LABELS if row.kind == kind]
    return "|".join(p if _UNSPACED.search(p) else rf"(?<!\w)(?:{p})(?!\w)" for p in patterns)


LABEL = re.compile(
    "|".join(f"(?P<{kind}>{_alternatives(kind)})" for kind in ("other", "reviewed", "modified", "published", "dated"))
)
"""Any label, in small letters; the name of the group that matched is its kind."""

CITED = re.compile(r"(?i)\(\d{4}[a-z]?(?:,\s[^)]{1,20})?\)\.|\bretrieved\b|\bdoi\b|\bet al\b|\bcite\b|\bisbn\b")
"""What a line has that cites another work, with that work's date."""


class RelativeUnit(NamedTuple):
    """One row: a unit of "3 days ago" in one or more languages; `days` is its length."""

    days: float
    pattern: str


RELATIVE_UNITS = (
    RelativeUnit(1 / 1440, r"min(?:ute[ns]?|utos?|uti|uten)?|минут[аыу]?|分|분"),
    RelativeUnit(1 / 24, r"hours?|hrs?|h|stunden?|heures?|horas?|or[ae]|uur|timmar|час(?:а|ов)?|小时|時間|시간"),
    RelativeUnit(1, r"days?|d|tag(?:en)?|jours?|d[ií]as?|giorn[oi]|dag(?:en|ar)?|дн(?:я|ей)|день|天|日|일"),
    RelativeUnit(7, r"weeks?|w|wochen?|semaines?|semanas?|settiman[ae]|we(?:ek|ken)|недел[июь]|周|週間|주"),
)
_UNITS = "|".join(f"(?P<unit{number}>{row.pattern})" for number, row in enumerate(RELATIVE_UNITS))
RELATIVE = re.compile(
    rf"(?<!\w)(?:(?:vor|il y a|hace|há|för)\s)?(?P<count>\d{{1,3}}|an?|one|einem?r?|une?)\s?(?:{_UNITS})\s?"
    rf"(?P<ago>ago|geleden|fa|atrás|sedan|назад|前|전)?(?!\w)",
    re.IGNORECASE,
)
"""A count and a unit of time; only with "ago" behind or its like before is it a date."""
BEFORE_RELATIVE = re.compile(r"(?i)^(?:vor|il y a|hace|há|för)\s")
RELATIVE_DAYS = {
    "yesterday": 1, "gestern": 1, "hier": 1, "ayer": 1, "ontem": 1, "ieri": 1, "gisteren": 1, "вчера": 1, "昨日": 1, "昨天": 1,
    "today": 0, "heute": 0, "aujourd'hui": 0, "aujourd’hui": 0, "hoy": 0, "hoje": 0, "oggi": 0, "vandaag": 0, "сегодня": 0, "今天": 0,
}  # fmt: skip
"""Words that are a date by themselves, in days before the capture."""
RELATIVE_WORDS = ("ago", "vor", "il y a", "hace", "geleden", "назад", "前", "전", "today", "yesterday", "heute", "gestern")
"""One of these, in small letters, stands in every line that is searched for "3 days ago" and "yesterday"."""
