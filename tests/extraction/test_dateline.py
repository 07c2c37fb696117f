"""Date lines: which visible dates are the article's, and which of the three each one is."""

from __future__ import annotations

import re
from datetime import date
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

import archiver
from archiver.extraction import blocks, content, dateline, datetext, far_dates, marks, page, places
from archiver.extraction.rules.labels import LABEL, LABELS, Label
from archiver.extraction.rules.own_sentences import OWN_SENTENCES, OwnSentence
from tests.support import small_pages
from tests.support.small_pages import TEXT, extracted

TODAY = date(2024, 6, 1)


def read(html: str, language: str = "en") -> tuple[list[tuple[str, str, str]], set[str]]:
    """Field, source and value of each claim; and the texts of the blocks that are nothing but date lines."""
    read_page = page.read(html, url=small_pages.URL)
    layout = blocks.measure(read_page.body)
    heading = read_page.tree.css_first("h1")
    headline = layout.block_at(heading) if heading else None
    around = places.Surroundings(layout, headline, content.locate(layout, headline=headline))
    times = marks.find(read_page.tree).times
    reading = datetext.reading(language, None, TODAY)
    lines = dateline.read(around, times, reading)
    far = far_dates.read(around, reading, lines.claims, published=False)
    claims = [(one.field, one.source, one.value) for one in (*lines.claims, *far)]
    return claims, {layout.blocks[index].text for index in lines.blocks}


def claimed(line: str, language: str = "en") -> list[tuple[str, str, str]]:
    """The claims of a page that has one line under its headline."""
    return read(small_pages.page(below=f"<div>{line}</div>"), language)[0]


# --- labels

WORDS = {
    ("other", "how long the site has existed"): ("Copyright|©|(c)|All rights reserved|Since|Seit dem|Desde"),
    ("other", "citation lines"): ("Accessed|Cited|Cite this|Abgerufen am|Consulté le|Consultado"),
    ("other", "other things' dates"): (
        "Registered|Registriert:|Inscrit le|Joined|Member since|Born|Expires|Expire|Valid until|Deadline|Event date|Starts|Next"
    ),
    ("other", "spans of time that the text is about"): (
        "Starting|From|Until|Through|Between|Effective|As of|Bis zum|Gültig ab"
    ),
    ("other", "comments"): ("Comments closed|Comment posted|Wanda commented|Wanda says|Wanda replied"),
    ("other", "the dates of a film, a broadcast, a picture"): ("Release|Released|Airs date|Recorded|Photographed|Taken"),
    ("reviewed", "English"): (
        "Reviewed|Last reviewed:|Medically reviewed by Wanda Birk on|Fact-checked|Fact checked on|Medical review"
    ),
    ("reviewed", "German"): ("Medizinisch geprüft am|Zuletzt geprüft:|Überprüft am"),
    ("reviewed", "French, Spanish, Portuguese, Italian, Dutch"): (
        "Révisé le|Vérifié le|Relu le|Revisado el|Revisto em|Gecontroleerd op"
    ),
    ("modified", "English"): (
        "Updated|Up-dated|Last modified on|Latest update|Last published|Page changed|Edited at|Amended|Upd.|Last edit"
    ),
    ("modified", "German"): (
        "Aktualisiert am|Zuletzt geändert am|Letzte Änderung:|Stand:|Überarbeitet am|Letzte Aktualisierung:"
    ),
    ("modified", "French"): ("Mis à jour le|Mise à jour :|Modifié le|Modifiée le|Actualisé le|MàJ"),
    ("modified", "Spanish"): ("Actualizado el|Actualizada:|Última actualización:|Última actualizacion|Modificado el"),
    ("modified", "Portuguese"): ("Atualizado em|Atualizada em|Atualização:|Alterado em"),
    ("modified", "Italian"): ("Aggiornato il|Aggiornata il|Ultimo aggiornamento:|Ultima modifica:"),
    ("modified", "Dutch"): ("Bijgewerkt op|Gewijzigd:|Laatst aangepast op|Laatste update:"),
    ("modified", "Nordic languages"): ("Uppdaterad|Senast ändrad|Oppdatert|Opdateret|Sist endret|Päivitetty"),
    ("modified", "Central Europe"): ("Aktualizacja:|Zaktualizowano|Aktualizováno|Frissítve:|Actualizat|Ažurirano"),
    ("modified", "Cyrillic, Greek, Turkish"): (
        "Обновлено|ОБНОВЛЕНО:|Изменено|Оновлено|Τελευταία ενημέρωση:|Güncelleme:|Son güncelleme"
    ),
    ("modified", "East and South Asia, Arabic"): (
        "更新日:|更新日時|最終更新|最后更新于|更新于|更新时间：|수정일|업데이트|تحديث|Diperbarui|Cập nhật"
    ),
    ("published", "English"): (
        "Published|First published:|Originally:|Posted on|Date published|Publication date|Created at|Issued|Publish date:"
    ),
    ("published", "German"): ("Veröffentlicht am|Erschienen:|Publiziert am|Erstellt am|Online seit"),
    ("published", "French"): ("Publié le|Publiée le|Paru le|Mis en ligne le|Posté le|Date de publication :"),
    ("published", "Spanish, Portuguese"): ("Publicado el|Publicada em|Publicación:|Postado em"),
    ("published", "Italian"): ("Pubblicato il|Pubblicata il|Pubblicazione:|Scritto il"),
    ("published", "Dutch"): ("Gepubliceerd op|Geplaatst:|Publicatiedatum:|Geschreven op"),
    ("published", "Nordic languages"): ("Publicerad|Publicerat|Publisert|Offentliggjort|Udgivet|Julkaistu"),
    ("published", "Central Europe"): ("Opublikowano|Dodano:|Publikováno|Zverejnené|Közzétéve:|Megjelent|Publicat|Objavljeno"),
    ("published", "Cyrillic, Greek, Turkish"): (
        "Опубликовано|ОПУБЛИКОВАН|Дата публикации:|Опубліковано|Δημοσιεύθηκε|Yayınlanma:|Eklenme"
    ),
    ("published", "East and South Asia, Arabic"): (
        "公開日:|公開|掲載日|投稿日：|发布于|发布时间：|發佈|등록일|입력|작성일|نشر|Diterbitkan|Đăng"
    ),
    ("dated", "says that a date follows, and not which"): "Date:|Dated|Datum:|Data:|Fecha:|Dato:|Дата:",
}
"""Row of LABELS -> what is printed before a date that only this row tells apart."""


def row_key(row: Label) -> tuple[str, str]:
    return row.kind, row.reason


def line_with(kind: str, words: str) -> str:
    """What stands under the headline: a bare date before the labelled one, where it is not to be the only one."""
    labelled = f"<p>{words} 5 May 2020</p>"
    return labelled if kind == "other" else f"<p>3 May 2020</p>{labelled}"


def test_there_are_words_for_every_row():
    assert list(WORDS) == [row_key(row) for row in LABELS]


@pytest.mark.parametrize(("kind", "words"), [(row.kind, words) for row in LABELS for words in WORDS[row_key(row)].split("|")])
def test_a_label_says_which_date_it_is(kind: str, words: str):
    dates = extracted(below=line_with(kind, words)).dates
    field = "published" if kind == "dated" else kind
    expected = {"published": None if kind == "other" else "2020-05-03", field: "2020-05-05"}
    assert dates.published == expected["published"]
    assert dates.modified == expected.get("modified")
    assert dates.reviewed == expected.get("reviewed")


@pytest.mark.parametrize("row", LABELS, ids=lambda row: f"{row.kind}, {row.reason}")
def test_without_its_row_a_label_says_nothing(row: Label, monkeypatch: pytest.MonkeyPatch):
    below = line_with(row.kind, WORDS[row_key(row)].split("|")[0])
    with_it = extracted(below=below).dates
    without = LABEL.pattern.replace(row.pattern, "(?!)")
    assert without != LABEL.pattern
    monkeypatch.setattr(dateline, "LABEL", re.compile(without, re.IGNORECASE))
    assert extracted(below=below).dates != with_it


@pytest.mark.parametrize("words", ["Friends", "Republished-ish", "Standing", "Sunrise", "Pubs", "Majestic"])
def test_a_part_of_a_word_is_no_label(words: str):
    assert claimed(f"{words} 5 May 2020") == [("published", "dom line", "5 May 2020")]


@pytest.mark.parametrize(
    ("line", "claims"),
    [
        ("Published 3 May 2020 | Updated 5 May 2020", [("published", "3 May 2020"), ("modified", "5 May 2020")]),
        ("3 May 2020 (updated)", [("modified", "3 May 2020")]),
        ("3 May 2020 | Updated 5 May 2020", [("published", "3 May 2020"), ("modified", "5 May 2020")]),
        ("3 May 2020, last updated 5 May 2020", [("published", "3 May 2020"), ("modified", "5 May 2020")]),
        ("Updated: 5 May 2020 (Originally: 3 May 2020)", [("modified", "5 May 2020"), ("published", "3 May 2020")]),
        ("3 May 2020 | Wanda Birk | 5 min read", [("published", "3 May 2020")]),
        ("Reviewed 5 May 2020 by Wanda Birk", [("reviewed", "5 May 2020")]),
    ],
)
def test_each_date_of_a_line_has_the_label_nearest_to_it(line: str, claims: list[tuple[str, str]]):
    assert [(field, value) for field, _, value in claimed(line)] == claims


@pytest.mark.parametrize(
    ("first", "second", "field"),
    [("Updated", "5 May 2020", "modified"), ("Last reviewed:", "5 May 2020", "reviewed"), ("Copyright", "5 May 2020", None)],
)
def test_a_label_in_the_block_before_counts(first: str, second: str, field: str | None):
    claims = claimed(f"</div><div>{first}</div><div>{second}")
    assert claims == ([(field, "dom label", second)] if field else [])


def test_a_sentence_in_the_block_before_is_no_label():
    claims = claimed("</div><div>Nobody has updated the old harbour map</div><div>5 May 2020")
    assert claims == [("published", "dom line", "5 May 2020")]


def test_lines_parted_by_breaks_are_read_one_by_one():
    claims = claimed("Published 3 May 2020<br>Updated<br>5 May 2020")
    assert ("published", "dom label", "3 May 2020") in claims


# --- what is no date of the article


@pytest.mark.parametrize(
    "line",
    [
        "This story was first published on 5 May 2020 by the Little Quay Gazette and appears here with its kind permission.",
        "The festival will be opened on 5 May 2020 by the mayor of the town, who has promised to bring her own boat along.",
        "Birk, W. (2020, May 5). Boats float again.",
        "Doi 10.5555/12, 5 May 2020",
        "Published 5 May 1889",
        "<blockquote>Posted by Wanda Birk on 5 May 2020</blockquote>",
    ],
)
def test_dates_that_speak_of_something_else_are_not_claimed(line: str):
    assert claimed(line) == []


def test_a_date_in_the_headline_is_what_the_article_is_about():
    title = "What the Boats Did on 5 May 2020"
    assert read(small_pages.page(title=title))[0] == []


@pytest.mark.parametrize("wrapper", ["nav", "aside", "div class=comments", "div class=related", "div hidden"])
@pytest.mark.parametrize("line", ["<p>Published 5 May 2020</p>", '<time datetime="2020-05-05">then</time>'])
def test_dates_in_other_parts_of_the_page_are_not_claimed(wrapper: str, line: str):
    others = "<p>Another story about a harbour that is far from here, and about the people who live beside it.</p>" * 4
    inside = f"<{wrapper}>{line}{others}</{wrapper.partition(' ')[0]}>"
    html = f"<body><article><h1>Boats Float Again</h1>{TEXT}</article>{inside}</body>"
    assert read(html)[0] == []


def test_a_date_alone_between_paragraphs_is_no_publication_date():
    html = f"<body><article><h1>Boats Float Again</h1>{TEXT}<p>5 May 2020</p>{TEXT.replace('.', '!')}</article></body>"
    assert ("published", "dom line", "5 May 2020") not in read(html)[0]


# --- where else dates are printed

SENTENCES = {
    "Dutch": ("Dit bericht werd geplaatst in Boten op 5 mei 2020 door Wanda Birk en staat sindsdien op deze pagina.", "nl"),
    "English": ("This entry was posted in Boats by Wanda Birk on May 5, 2020. Bookmark the permalink for later reading.", "en"),
    "French": ("Cet article a été publié dans Bateaux par Wanda Birk le 5 mai 2020. Gardez le lien, il ne changera pas.", "fr"),
    "German": ("Dieser Beitrag wurde am Dienstag, 5. Mai 2020 um 9:30 Uhr von Wanda Birk unter Boote veröffentlicht.", "de"),
    "German blog": ("Boote schwimmen wieder wurde am 5. Mai 2020 um 9:30 Uhr gepostet und unter Hafen abgelegt.", "de"),
    "Italian": ("Questo articolo è stato pubblicato in Barche da Wanda Birk il 5 maggio 2020. Salvate il collegamento.", "it"),
    "Spanish": ("Esta entrada fue publicada en Barcos por Wanda Birk el 5 de mayo de 2020. Guarda el enlace permanente.", "es"),
}
"""Language -> a sentence in which a page tells its own publication day, as themes of blogs print it."""


@pytest.mark.parametrize(("sentence", "language"), SENTENCES.values(), ids=SENTENCES)
def test_a_page_tells_its_own_publication_in_a_sentence(sentence: str, language: str):
    filler = "<p>Another line that stands between the text and the foot.</p>" * 20
    html = f'<html lang="{language}"><body><article><h1>Boats</h1>{TEXT}</article>{filler}<p>{sentence}</p></body></html>'
    assert [field for field, _, _ in read(html, language)[0]] == ["published"]


LAST_CHANGES = {
    "ar": "آخر تعديل لهذه الصفحة كان يوم 5 مايو 2020، الساعة 14:22.",
    "cs": "Stránka byla naposledy editována 5. 5. 2020 v 14:22.",
    "da": "Denne side blev senest ændret den 5. maj 2020 kl. 14:22.",
    "de": "Diese Seite wurde zuletzt am 5. Mai 2020 um 14:22 Uhr bearbeitet.",
    "en": "This page was last edited on 5 May 2020, at 14:22 (UTC).",
    "es": "Esta página se editó por última vez el 5 may 2020 a las 14:22.",
    "fi": "Sivua on viimeksi muutettu 5. toukokuuta 2020 kello 14.22.",
    "fr": "La dernière modification de cette page a été faite le 5 mai 2020 à 14:22.",
    "it": "Questa pagina è stata modificata per l'ultima volta il 5 mag 2020 alle 14:22.",
    "ja": "最終更新 2020年5月5日 (火) 14:22",
    "ko": "이 문서는 2020년 5월 5일 (화) 14:22에 마지막으로 편집되었습니다.",
    "nl": "Deze pagina is voor het laatst bewerkt op 5 mei 2020 om 14:22.",
    "pl": "Tę stronę ostatnio edytowano 5 maj 2020, 14:22.",
    "pt": "Esta página foi editada pela última vez às 14h22min de 5 de maio de 2020.",
    "ru": "Эта страница в последний раз была отредактирована 5 мая 2020 в 14:22.",
    "sv": "Sidan redigerades senast den 5 maj 2020 kl. 14.22.",
    "tr": "Sayfa en son 14.22, 5 Mayıs 2020 tarihinde değiştirildi.",
    "uk": "Цю сторінку востаннє відредаговано о 14:22, 5 травня 2020.",
    "zh": "本页面最后修订于2020年5月5日 (星期二) 14:22。",
}
"""Language -> what a wiki's foot says of the page's last change."""


@pytest.mark.parametrize(("language", "sentence"), LAST_CHANGES.items(), ids=list(LAST_CHANGES))
@pytest.mark.parametrize("paragraphs", [1, 40], ids=["near", "far"])
def test_a_foot_tells_the_last_change_and_no_publication(language: str, sentence: str, paragraphs: int):
    foot = f"<footer><ul><li>{sentence}</li></ul></footer>"
    html = f'<html lang="{language}"><body><article><h1>Boats</h1>{TEXT * paragraphs}</article>{foot}</body></html>'
    assert [(field, source) for field, source, _ in read(html, language)[0]] == [("modified", "dom last-change")]
    dates = archiver.extract(html, url=small_pages.URL).dates
    assert (dates.published, (dates.modified or "")[:10]) == (None, "2020-05-05")


@pytest.mark.parametrize("row", OWN_SENTENCES, ids=lambda row: row.reason)
def test_without_its_row_a_sentence_tells_nothing(row: OwnSentence, monkeypatch: pytest.MonkeyPatch):
    sentences = [*SENTENCES.values(), *((sentence, language) for language, sentence in LAST_CHANGES.items())]

    def told() -> list[list[tuple[str, str, str]]]:
        pages = ((f"<article><h1>Boats</h1>{TEXT}<p>{sentence}</p></article>", language) for sentence, language in sentences)
        return [read(html, language)[0] for html, language in pages]

    all_told = told()
    monkeypatch.setattr(dateline, "OWN_SENTENCES", tuple(one for one in OWN_SENTENCES if one is not row))
    assert told() != all_told


def test_a_sentence_about_another_page_tells_nothing():
    sentence = "Das Buch über die Boote wurde am 5. Mai 2020 von einem kleinen Verlag in der Stadt am Fluss veröffentlicht."
    assert claimed(sentence, "de") == []


@pytest.mark.parametrize(
    ("opening", "claims"),
    [
        ("5.5.2020 – Three boats", 1),
        ("Little Quay, 5 May 2020 - Three boats", 1),
        ("5 May 2020. Three boats", 1),
        ("05.05.2020 „Three boats", 1),
        ("On 5 May 2020 three boats", 0),
        ("On 5 May 2020 - a Tuesday - three boats", 0),
        ("It was a good day. Then, 5 May 2020 - three boats", 0),
        ("Between 5 May 2020 and today three boats", 0),
    ],
)
def test_the_day_that_opens_the_text_is_its_date_where_nothing_else_is(opening: str, claims: int):
    text = TEXT.replace("<p>", f"<p>{opening} ", 1)
    html = f"<body><article><h1>Boats Float Again</h1>{text}</article></body>"
    assert [source for _, source, _ in read(html)[0]] == ["dom dateline"] * claims
    dated = html.replace("</h1>", "</h1><p>3 May 2020</p>")
    assert [source for _, source, _ in read(dated)[0]] == ["dom line"]


def test_a_date_beside_the_title_in_an_element_of_its_own_is_the_articles():
    assert read(f"<article><h1><span>5 May 2020</span> Boats Float Again</h1>{TEXT}</article>")[0] == [
        ("published", "dom line", "5 May 2020")
    ]


def test_a_box_of_facts_tells_the_publication_where_nothing_else_does():
    box = "<aside><div>Published</div><div>5 May 2020</div><div>By our harbour desk, who know every boat here.</div></aside>"
    filler = "<p>Another line that stands between the text and the box.</p>" * 20
    html = f"<body><article><h1>Boats Float Again</h1>{{}}{TEXT}</article>{filler}{box}</body>"
    assert read(html.format(""))[0] == [("published", "dom label", "5 May 2020")]
    assert read(html.format("<p>3 May 2020</p>"))[0] == [("published", "dom line", "3 May 2020")]


def test_dates_of_a_page_that_a_script_has_yet_to_show_are_read():
    html = f"<body><main hidden><h1>Boats Float Again</h1><p>5 May 2020</p>{TEXT}</main></body>"
    assert read(html)[0] == [("published", "dom line", "5 May 2020")]


def test_a_label_that_only_says_date_counts_beside_the_headline():
    assert claimed("Date: 5 May 2020") == [("published", "dom label", "5 May 2020")]
    caption = "<p>3 May 2020</p>" + TEXT.replace("</p>", "</p><ul><li>Date: 5 May 2020</li></ul>", 1)
    assert read(f"<article><h1>Boats</h1>{caption}</article>")[0][0] == ("published", "dom line", "3 May 2020")


def test_the_foot_of_the_page_tells_only_of_changes():
    filler = "".join(f"<p>Another story of the harbour, number {number}</p>" for number in range(30))
    html = f"<body><article><h1>Boats Float Again</h1><p>3 May 2020</p>{TEXT}</article><div>{filler}</div>{{}}</body>"
    printed = ("published", "dom line", "3 May 2020")
    changed = ("modified", "dom label", "5 May 2020")
    assert read(html.format("<div>Last updated: 5 May 2020</div>"))[0] == [printed, changed]
    assert read(html.format("<ul><li>Last updated: 5 May 2020</li></ul>"))[0] == [printed]
    assert read(html.format("<div>This page was published on 5 May 2020</div>"))[0] == [printed]


def test_a_time_element_beside_the_headline_is_read_by_its_attribute():
    line = '<time datetime="2020-05-05T09:30:00+02:00">Tuesday morning</time>'
    assert claimed(line) == [("published", "dom time", "2020-05-05T09:30:00+02:00")]


@pytest.mark.parametrize("attribute", ['class="date-modified"', 'itemprop="dateModified"', 'class="updated"'])
def test_a_time_element_may_be_called_modified(attribute: str):
    assert claimed(f'<time {attribute} datetime="2020-05-05">then</time>') == [("modified", "dom label", "2020-05-05")]


def test_a_time_element_behind_the_label_of_a_change_is_not_the_publication():
    claims = claimed('Updated <time datetime="2020-05-05">5 May 2020</time>')
    assert [field for field, _, _ in claims] == ["modified"]


@pytest.mark.parametrize(
    ("line", "day"), [("3 days ago", "2024-05-29"), ("Updated yesterday", None), ("Gestern", "2024-05-31")]
)
def test_relative_dates_become_days(line: str, day: str | None):
    assert [value for _, _, value in claimed(line)] == ([day] if day else [])


def test_the_one_date_far_from_the_text_is_better_than_none():
    filler = "".join(f"<p>Another line of the menu {number}</p>" for number in range(20))
    html = f"<body><div><p>{{}}</p>{filler}</div><article><h1>Boats Float Again</h1>{TEXT}</article></body>"
    assert read(html.format("5 May 2020"))[0] == [("published", "dom text", "5 May 2020")]
    assert read(html.format("5 May 2020</p><p>6 May 2020"))[0] == []


# --- what is taken out of the body


@pytest.mark.parametrize("line", ["5 May 2020", "Updated 5 May 2020", "By Wanda Birk | 5 May 2020 | 5 min read"])
def test_a_line_of_facts_is_a_date_line(line: str):
    assert read(small_pages.page(below=f"<div>{line}</div>"))[1] == {line}


def test_a_sentence_with_a_date_stays_in_the_body():
    line = "Updated 5 May 2020 because the harbour master called and told us about the second boat and its owner."
    assert read(small_pages.page(below=f"<div>{line}</div>"))[1] == set()


# --- whatever comes

WORDS_OF_DATES = st.sampled_from(
    ["5", "May", "2020", "Updated", "ago", "3 days", "|", ":", "<br>", "<p>", "昨日", "0", "99/99/2020"]
)


@given(st.lists(WORDS_OF_DATES | st.text(max_size=8), max_size=40))
def test_any_lines_give_claims_of_the_three_dates(pieces: list[str]):
    claims, _ = read(small_pages.page(below=f"<div>{' '.join(pieces)}</div>"))
    assert {field for field, _, _ in claims} <= {"published", "modified", "reviewed"}
    assert all(value for _, _, value in claims)


@pytest.mark.parametrize("piece", ["5 May 2020 ", "Updated ", "updated 5 May 2020<br>", "<p>Updated 5 May 2020</p>", "© "])
def test_time_grows_no_faster_than_the_page(piece: str):
    """Sixteen times the text may take eighty times as long; what is quadratic takes 256 times."""

    def seconds(count: int) -> float:
        html = small_pages.page(below=f"<div>{piece * count}</div>")
        best = float("inf")
        for _ in range(2):
            start = process_time()
            read(html)
            best = min(best, process_time() - start)
        return best

    assert seconds(16_000) < 80 * seconds(1_000)
