"""Sentences in which a page tells a date of its own: when it was published, or last changed."""

from __future__ import annotations

from typing import Literal, NamedTuple


class OwnSentence(NamedTuple):
    """One row: what stands in such a sentence before the date, and behind it, in small letters."""

    kind: Literal["published", "modified"]
    before: str
    behind: str
    reason: str


OWN_SENTENCES = (
    OwnSentence(
        "published",
        r"\b(?:this|the) (?:article|post|entry|page|story|piece) (?:was |has been |is )?(?:first |originally )?"
        r"(?:published|posted|written)(?: in [^.]{1,60}| by [^.]{1,40})? on(?: \w+,)? $",
        r"(?! (?:by|in|at|on) )",  # what names another place speaks of the first publication there
        "English: 'This entry was posted in Birds on May 3', as many blog themes write",
    ),
    OwnSentence(
        "published",
        r"\b(?:dieser|der) (?:artikel|beitrag|eintrag|text|post)\b[^.]{0,80} am(?: \w+,)? $",
        r"[^.]{0,80}\b(?:geschrieben|gepostet|veröffentlicht|verfasst|erstellt|publiziert|eingestellt)\b",
        "German, where the verb comes last: 'Dieser Beitrag wurde am 3. Mai von Ana veröffentlicht'",
    ),
    OwnSentence(
        "published",
        r"\bwurde am(?: \w+,)? $",
        r"[^.]{0,80}\b(?:gepostet|veröffentlicht) und unter\b",
        "German blog themes, the title first: '… wurde am 3. Mai um 9:30 Uhr gepostet und unter Vögel abgelegt'",
    ),
    OwnSentence(
        "published",
        r"\b(?:article|entrée|billet|texte) (?:a été|est) (?:publiée?|postée?|écrite?|rédigée?)(?: dans [^.]{1,60}| par [^.]{1,40})? le(?: \w+)? $",
        r"",
        "French, likewise",
    ),
    OwnSentence(
        "published",
        r"\b(?:entrada|artículo|artigo|post|texto) (?:fue|foi) (?:publicad[oa]|escrit[oa])(?: (?:en|em) [^.]{1,60}| por [^.]{1,40})? (?:el|em)(?: \w+,)? $",
        r"",
        "Spanish and Portuguese, likewise",
    ),
    OwnSentence(
        "published",
        r"\b(?:bericht|artikel) (?:werd|is) (?:geplaatst|gepubliceerd|geschreven)(?: in [^.]{1,60}| door [^.]{1,40})? op(?: \w+,?)? $",
        r"",
        "Dutch, likewise",
    ),
    OwnSentence(
        "published",
        r"\b(?:articolo|post) è stato (?:pubblicato|scritto)(?: in [^.]{1,60}| da [^.]{1,40})?(?: il)?(?: \w+)? $",
        r"",
        "Italian, likewise",
    ),
    OwnSentence(
        "modified",
        r"\bpage was last (?:edited|modified|changed|updated|revised)(?: on| at)?(?: [\d:.]+,?)?(?: \w+,)?(?: on)? $",
        r"",
        "English: 'This page was last edited on 3 May 2020', at the foot of wikis",
    ),
    OwnSentence(
        "modified",
        r"\bseite wurde zuletzt am(?: \w+,)? $",
        r"[^.]{0,40}\b(?:bearbeitet|geändert|aktualisiert)\b",
        "German, where the verb comes last",
    ),
    OwnSentence("modified", r"\bdernière modification de cette page (?:a été faite )?le(?: \w+)? $", r"", "French"),
    OwnSentence("modified", r"\bpágina (?:se editó|fue (?:editada|modificada)) por última vez el $", r"", "Spanish"),
    OwnSentence(
        "modified", r"\bpágina foi (?:editada|modificada) pela última vez (?:às [\w:.]+ (?:de|em)|em) $", r"", "Portuguese"
    ),
    OwnSentence(
        "modified", r"\bpagina è stata modificata (?:per l[’']ultima volta|l[’']ultima volta) il(?: \w+)? $", r"", "Italian"
    ),
    OwnSentence("modified", r"\bpagina is (?:voor het laatst|het laatst) (?:bewerkt|gewijzigd) op $", r"", "Dutch"),
    OwnSentence("modified", r"\bsidan (?:redigerades|ändrades) senast(?: den)? $", r"", "Swedish"),
    OwnSentence(
        "modified", r"\bside(?:n)? ble(?:v)? s(?:ist|enest) (?:redigert|endret|ændret)(?: den)? $", r"", "Norwegian, Danish"
    ),
    OwnSentence("modified", r"\bsivua on viimeksi muutettu $", r"", "Finnish"),
    OwnSentence("modified", r"\bstronę ostatnio (?:edytowano|zmodyfikowano) $", r"", "Polish"),
    OwnSentence("modified", r"\bstránka byla naposledy (?:editována|změněna) $", r"", "Czech"),
    OwnSentence("modified", r"\bстраница в последний раз была (?:отредактирована|изменена) $", r"", "Russian"),
    OwnSentence("modified", r"\bсторінку востаннє (?:відредаговано|змінено)(?: о [\d:]+,)? $", r"", "Ukrainian"),
    OwnSentence(
        "modified",
        r"\bsayfa en son (?:[\d:.]+, )?$",
        r"[^.]{0,20}\b(?:değiştirildi|düzenlendi)",
        "Turkish, where the verb comes last",
    ),
    OwnSentence("modified", r"آخر تعديل لهذه الصفحة كان (?:يوم|في) $", r"", "Arabic"),
    OwnSentence("modified", r"^最終更新 ?$", r"", "Japanese"),
    OwnSentence("modified", r"[页頁]面最[后後](?:编辑|修订|編輯|修訂)[于於] ?$", r"", "Chinese"),
    OwnSentence("modified", r"(?:문서|페이지)는 $", r"[^.]{0,20}마지막으로 (?:편집|수정)", "Korean, where the verb comes last"),
)
