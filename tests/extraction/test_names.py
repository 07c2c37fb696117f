"""Names in a byline, and the tables that say what is one: every row, and every alternative of a pattern, decides something."""

from __future__ import annotations

import re
import time
from functools import partial
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archiver.extraction import names
from archiver.extraction.rules.months import WEEKDAYS
from archiver.extraction.rules.names import (
    CLOSE_CONJUNCTIONS,
    CONJUNCTIONS,
    CREDENTIALS,
    CUE,
    CUES,
    END_OF_NAMES,
    END_OF_NAMES_AS_PRINTED,
    HONORIFICS,
    NO_NAME,
    ORGANIZATION,
    PARTICLES,
    REVIEWER_INSIDE,
    ROLE_WORDS,
    Cue,
)
from archiver.extraction.wording import small
from tests.support.patterns import Alternative, alternatives

if TYPE_CHECKING:
    from collections.abc import Callable


def parsed(byline: str, *, single: bool = False) -> list[str]:
    return [name.text for name in names.parse(byline, single=single)]


def changes(read: Callable[[str], object], lines: list[str], apply: Callable[[], None]) -> list[str]:
    """The lines that are read otherwise once `apply` has been called."""
    before = {line: read(line) for line in lines}
    apply()
    return [line for line in lines if read(line) != before[line]]


@pytest.mark.parametrize(
    ("byline", "expected"),
    [
        ("By Jo Reed", ["Jo Reed"]),
        ("BY JO REED AND SEAN O'NEIL", ["Jo Reed", "Sean O'Neil"]),
        ("Ana de la Cruz and Jo Smith, MD", ["Ana de la Cruz", "Jo Smith"]),
        ("By Jo Reed, Ann Lee and Kim Park", ["Jo Reed", "Ann Lee", "Kim Park"]),
        ("Jo Reed, Ann Lee, & Kim Park", ["Jo Reed", "Ann Lee", "Kim Park"]),
        ("Jo Reed, PhD, RD; Ann Lee, MD", ["Jo Reed", "Ann Lee"]),
        ("von Trapp, Maria", ["Maria von Trapp"]),
        ("Reed, Jo", ["Jo Reed"]),
        ("Reed, J. K.", ["J. K. Reed"]),
        ("Von Anna Schmidt und Karl-Heinz Müller", ["Anna Schmidt", "Karl-Heinz Müller"]),
        ("Par Élodie Martin et Jean-Luc Moreau", ["Élodie Martin", "Jean-Luc Moreau"]),
        ("Por María José García y Luis Ortega", ["María José García", "Luis Ortega"]),
        ("José Ortega y Gasset", ["José Ortega y Gasset"]),
        ("Di Marco Rossi e Anna Bianchi", ["Marco Rossi", "Anna Bianchi"]),
        ("Door Jan van der Berg en Els de Vries", ["Jan van der Berg", "Els de Vries"]),
        ("Av Kari Nordmann og Ola Hansen", ["Kari Nordmann", "Ola Hansen"]),
        ("Автор: Анна Иванова и Пётр Сидоров", ["Анна Иванова", "Пётр Сидоров"]),
        ("作者：王小明、李雷", ["王小明", "李雷"]),
        ("記者：田中 太郎", ["田中 太郎"]),
        ("김철수 기자", ["김철수"]),
    ],
)
def test_names_are_split_at_the_right_places_in_many_languages(byline: str, expected: list[str]):
    assert parsed(byline) == expected


@pytest.mark.parametrize("footnoted", ["Jo Reed1", "Jo Reed*", "Jo Reed†‡"])
def test_footnote_marks_of_affiliations_are_left_off(footnoted: str):
    assert parsed(footnoted) == ["Jo Reed"]


def test_a_name_may_have_an_in_before_a_small_letter():
    assert parsed("By Robert in der Maur") == ["Robert in der Maur"]


def test_a_person_is_named_once():
    assert parsed("Jo Reed and JO REED and Jo Reed") == ["Jo Reed"]


def test_beside_a_full_name_a_single_word_is_no_second_author():
    assert parsed("Jo Reed, Berlin") == ["Jo Reed"]


def test_in_a_value_for_one_person_a_comma_inverts_or_ends_the_name():
    assert parsed("Reed Lee, Jo", single=True) == ["Jo Reed Lee"]
    assert parsed("Jo Reed, Ann Lee, Kim Park", single=True) == ["Jo Reed"]
    assert parsed("Jo Reed (Quay Gazette)", single=True) == ["Jo Reed"]


def test_a_sentence_and_a_long_line_are_no_names():
    assert parsed("the whole town came out to see the boats") == []
    assert parsed("Alpha Beta Gamma Delta Epsilon Zeta Eta") == []


def test_who_only_reviewed_or_edited_is_no_author():
    assert parsed("Edited by Jo Reed") == []
    assert parsed("Jo Reed and edited by Ann Lee") == ["Jo Reed"]


@pytest.mark.parametrize(
    "line", ["", " ", ",", ";;", "123", "— | —", "http://", "@", "a", "By", "by:", "12/03/2020", "_", "..."]
)
def test_a_line_without_letters_of_a_name_names_nobody(line: str):
    assert parsed(line) == []


def test_the_printed_byline_is_what_names_people():
    assert names.printed("By Jo Reed and Ann Lee | 3 May 2020") == "Jo Reed and Ann Lee"
    assert names.printed("von Trapp, Maria") == "von Trapp, Maria"
    assert names.printed("By Jo Reed\nQuay Gazette") == "Jo Reed"


def test_capitals_initials_and_particles_are_like_a_name():
    assert names.is_name_like("Ana de la Cruz")
    assert names.is_name_like("J. K. Reed")
    assert not names.is_name_like("Jo who Reed")
    assert not names.is_name_like("")
    assert not names.is_name_like("One Two Three Four Five Six Seven")


@pytest.mark.parametrize(
    "line", ["Dec 18, 2025", "Friday, December 5", "5. März 2024", "März 2024", "Sat, 20 Dec, 2025 - 06:36"]
)
def test_a_date_is_nobody(line: str):
    assert parsed(line) == []


@pytest.mark.parametrize("line", ["June", "April Reed 12", "Jan | 5 May 2024", "Ian, Mai and June"])
def test_who_is_called_like_a_month_is_somebody(line: str):
    assert parsed(line) != []


@pytest.mark.parametrize("day", sorted(WEEKDAYS))
def test_a_weekday_before_a_date_is_nobody_and_every_one_is_missed(day: str, monkeypatch: pytest.MonkeyPatch):
    assert parsed(f"{day.title()}, 20. May") == []
    monkeypatch.setattr(names, "WEEKDAYS", WEEKDAYS - {day})
    assert parsed(f"{day.title()}, 20. May") != []


@pytest.mark.parametrize("line", ["Jo Reed, skipper, Harbour Watch", "Jo Reed, MD, gastroenterologist, Harbour Health"])
def test_small_letters_behind_a_name_say_what_somebody_is(line: str):
    assert parsed(line) == ["Jo Reed"]


def test_names_in_small_letters_and_after_small_particles_are_names():
    assert parsed("jo reed, ann lee") == ["jo reed", "ann lee"]
    assert parsed("Jo Reed, van der Berg Kim") == ["Jo Reed", "van der Berg Kim"]


def test_behind_a_role_stands_the_employer_or_another_with_a_role():
    assert parsed("Jo Reed, Executive Editor, Harbour Women's Watch") == ["Jo Reed"]
    assert parsed("Jo Reed, Executive Editor, Ann Lee, Writer") == ["Jo Reed", "Ann Lee"]


@pytest.mark.parametrize(
    "line",
    [
        "Jo Reed, Head of Boats and Harbour Life",
        "Jo Reed, Dozentin für Boote und Ältere Schiffe",
        "Jo Reed, Home and Garden Expert",
        "Jo Reed, Senior Director, Boats & Quays, Harbour Watch and Ebb Institute",
    ],
)
def test_a_conjunction_behind_a_role_may_add_to_what_it_is_about(line: str):
    assert parsed(line) == ["Jo Reed"]


@pytest.mark.parametrize("line", ["Jo Reed, editor and Ann Lee", "Jo Reed, head of boats, and Ann Lee"])
def test_a_conjunction_behind_a_role_parts_two_names_too(line: str):
    assert parsed(line) == ["Jo Reed", "Ann Lee"]


# what stands before a name ------------------------------------------------------------------------------------------------

CUED = {
    "reviewer": [
        *(f"{how} reviewed by" for how in ("Medically", "Clinically", "Scientifically", "Legally", "Expert")),
        *("Fact-reviewed by", "Vetted by", "Reviewed for accuracy by", "Reviewed and approved by", "Medical review by:"),
        *("Medical reviewer:", "Reviewer:", "Last reviewed by", "Medizinisch geprüft von", "Fachlich überprüft durch"),
        *("Revu par", "Relu par", "Revisado por", "Revisto por", "Revisionato da"),
    ],
    "other": [
        *("Fact-checked by", "Checked by", "Edited by", "Editor:", "Translated by", "Translation by", "Translation:"),
        *("Illustrated by", "Illustrations by", "Photos by", "Photograph by", "Photographs by", "Photographed by"),
        *("Photography by", "Images by", "Pictures by", "Video by", "Film by", "Art by", "Graphics by", "Photo credit by"),
        *("Photo courtesy of", "Photo:", "Übersetzt von", "Aus dem Englischen von", "Übersetzung:", "Redigiert von"),
        *("Fotos von", "Foto:", "Bilder von", "Bild:", "Grafik:", "Illustrationen:", "Traduit de l’anglais par"),
        *("Traducido por", "Traduzido por", "Tradotto da", "Vertaald door", "Photos de", "Fotos de", "Foto's:", "Foto di"),
        *(f"{what} by" for what in ("Narrated", "Read", "Hosted", "Presented", "Sponsored", "Powered", "Produced", "Directed")),
        *("Starring", "Contact:", "Media contact:", "Press contact:", "Kontakt:", "Pressekontakt:", "Ansprechpartnerin:"),
    ],
    "author": [
        *(f"{what} by" for what in ("Written", "Posted", "Published", "Submitted", "Contributed", "Created", "Authored")),
        *(f"{what} by" for what in ("Reported", "Added", "Story", "Words", "Text", "Article", "Post", "Blog", "Essay")),
        *("Report by", "Opinion by", "Interview by", "Recipe by", "Words and pictures by"),
        *(f"This {what} was written by" for what in ("post", "article", "story", "entry", "page", "guide")),
        *(f"This post is {what} by" for what in ("authored", "contributed", "posted", "published")),
        *(
            "By",
            "By:",
            "Author:",
            "Author",
            "Autorin",
            "Text und Interview:",
            "Words and pictures:",
            "About the author:",
            "Author(s):",
            "Words:",
            "Text:",
            "Writer:",
            "Contributor:",
            "Writers:",
        ),
        *(f"{how} von" for how in ("Geschrieben", "Veröffentlicht", "Verfasst", "Erstellt", "Gepostet", "Aufgezeichnet")),
        *(f"Ein {what} von" for what in ("Beitrag", "Artikel", "Kommentar", "Gastbeitrag", "Interview")),
        *("Artikel von", "Text von", "Von", "Vom", "Eingestellt von", "Alles von", "Alle Beiträge von", "Mehr von"),
        *("Autor:", "Autorin:", "Autoren:", "Autorinnen:", "Autor:in:", "Verfasser:", "Redaktion:", "Interview:", "Bericht:"),
        *(f"{how} par" for how in ("Publié", "Écrit", "Rédigé", "Posté", "Proposé", "Propos recueillis", "Une chronique de")),
        *("Par", "Auteure:", "Publicado por", "Escrito por", "Redactado por", "Postado por", "Texto por", "Por", "Autora:"),
        *("Autores:", "Redacción:", "Texto:", "Scritto di", "Pubblicato di", "A cura di", "Articolo di", "Di", "Autore:"),
        *("Geschreven door", "Geplaatst door", "Door", "Auteur:", "Tekst:", "Skriven av", "Skrevet av", "Publisert av"),
        *("Av", "Af", "Skribent:", "Journalist:", "Teksti:", "Kirjoittaja:", "Autorka:", "Szerző:", "Írta:", "Автор:"),
        *(
            "Авторы:",
            "Текст:",
            "Συντάκτης:",
            "Yazar:",
            "作者：",
            "文：",
            "記者：",
            "记者：",
            "著者：",
            "글:",
            "기자",
            "Penulis:",
        ),
        *("Oleh", "Bởi"),
    ],
}
CUE_LINES = [(f"{cue} Jo Reed", role) for role, cues in CUED.items() for cue in cues]


@pytest.mark.parametrize(("line", "role"), CUE_LINES)
def test_the_words_before_a_name_say_what_the_person_did(line: str, role: str):
    assert names.after_cue(line) == (role, "Jo Reed")
    assert parsed(line) == (["Jo Reed"] if role == "author" else [])


@pytest.mark.parametrize("text", ["Bye Jo", "Portland", "Parker Jo", "Avery Reed", "Diana Ross", "Vonda Shepard", "Artie Shaw"])
def test_a_cue_is_a_whole_word(text: str):
    assert names.after_cue(text) == (None, text)


def cue_of(rows: list[Cue]) -> re.Pattern[str]:
    roles = dict.fromkeys(row.role for row in rows)
    by_role = (f"(?P<{role}>{'|'.join(row.pattern for row in rows if row.role == role)})" for role in roles)
    return re.compile("|".join(by_role), re.IGNORECASE)


@pytest.mark.parametrize("row", CUES, ids=lambda row: f"{row.role}: {row.reason}")
def test_every_row_of_cues_is_missed(row: Cue, monkeypatch: pytest.MonkeyPatch):
    others = cue_of([other for other in CUES if other is not row])
    assert changes(names.after_cue, [line for line, _ in CUE_LINES], lambda: monkeypatch.setattr(names, "CUE", others))


def missed(table: re.Pattern[str]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("word", alternatives(table), ids=lambda word: word.text)


@missed(CUE)
def test_every_word_of_a_cue_is_missed(word: Alternative, monkeypatch: pytest.MonkeyPatch):
    lines = ["By", *(line for line, _ in CUE_LINES)]
    assert changes(names.after_cue, lines, lambda: monkeypatch.setattr(names, "CUE", word.left_out))


def test_a_cue_may_stand_alone():
    assert names.after_cue("By") == ("author", "")


@missed(REVIEWER_INSIDE)
def test_every_word_of_a_reviewers_cue_is_missed_inside_a_line(word: Alternative):
    lines = [f"3 May 2020. {line}" for line, role in CUE_LINES if role == "reviewer"]
    assert all(REVIEWER_INSIDE.search(small(line)) for line in lines)
    assert any((found := word.left_out.search(small(line))) is None or found.end() < len(line) - 7 for line in lines)


# credentials, courtesies, particles, roles -------------------------------------------------------------------------------


@pytest.mark.parametrize("letters", sorted(CREDENTIALS))
def test_letters_behind_a_name_are_no_second_name(letters: str, monkeypatch: pytest.MonkeyPatch):
    lines = [f"Jo Reed, {letters.upper()} {letters.upper()}.", f"Jo Reed {letters.upper()}"]
    assert [parsed(line) for line in lines] == [["Jo Reed"], ["Jo Reed"]]
    assert changes(parsed, lines, lambda: monkeypatch.setattr(names, "CREDENTIALS", CREDENTIALS - {letters}))


@pytest.mark.parametrize(
    "line",
    [
        "Jo Reed PhD",
        "Jo Reed PhD MSc",
        "Jo Reed MSc PhD",
        "Jo Reed Phd",
        "Jo Reed M.D.",
        "Jo Reed, Dr.h.c. MSc",
        "Jo Reed, MD, Ph.D.",
        "Jo Reed, ABCD®",
        "Jo Reed, CNN",
    ],
)
def test_credentials_are_kept_out_of_the_name(line: str):
    assert parsed(line) == ["Jo Reed"]


def test_a_short_family_name_is_no_credential():
    assert parsed("Jack Ma") == ["Jack Ma"]


@pytest.mark.parametrize("particle", sorted(PARTICLES))
def test_a_particle_stays_small_inside_a_name(particle: str, monkeypatch: pytest.MonkeyPatch):
    assert names.is_name_like(f"Jo {particle} Reed")
    assert parsed(f"JOHANNA {particle.upper()} REED") == [f"Johanna {particle} Reed"]
    monkeypatch.setattr(names, "PARTICLES", PARTICLES - {particle})
    assert not names.is_name_like(f"Jo {particle} Reed")


COURTESIES = ["Mr. Jo Reed", "Mrs Jo Reed", "Ms. Jo Reed", "Miss Jo Reed", "Herr Jo Reed", "Frau Jo Reed", "Sir Jo Reed"]
COURTESIES += ["M. Jo Reed", "Mme Jo Reed", "Sr. Jo Reed", "Sra. Jo Reed"]


@pytest.mark.parametrize("line", COURTESIES)
def test_titles_of_courtesy_are_left_off(line: str):
    assert parsed(line) == ["Jo Reed"]


@missed(HONORIFICS)
def test_every_courtesy_is_missed(word: Alternative, monkeypatch: pytest.MonkeyPatch):
    assert changes(parsed, COURTESIES, lambda: monkeypatch.setattr(names, "HONORIFICS", word.left_out))


def test_academic_titles_stay():
    assert parsed("Dr. Jo Reed and Prof. Ann Lee") == ["Dr. Jo Reed", "Prof. Ann Lee"]


PAIRS = [
    f"Jo Reed {sign} Ann Lee"
    for sign in ["and", "und", "et", "og", "och", "ja", "with", "mit", "&amp;", "&", "+", "и", "i", ";", "／", "/", "、"]
]
PAIRS += ["Jo Reed\nAnn Lee", "Jo Reed/Ann Lee"]
CLOSE_PAIRS = [f"Jo Reed {sign} Ann Lee" for sign in ("y", "e", "en", "a")]


@pytest.mark.parametrize("line", PAIRS + CLOSE_PAIRS)
def test_conjunctions_part_two_names(line: str):
    assert parsed(line) == ["Jo Reed", "Ann Lee"]


@pytest.mark.parametrize("line", ["Jo y Reed", "Reed y Gasset", "Jo e Ann"])
def test_a_conjunction_that_stands_inside_names_parts_only_full_ones(line: str):
    assert len(parsed(line)) == 1


@missed(CONJUNCTIONS)
def test_every_conjunction_is_missed(word: Alternative, monkeypatch: pytest.MonkeyPatch):
    assert changes(parsed, PAIRS, lambda: monkeypatch.setattr(names, "CONJUNCTIONS", word.left_out))


@missed(CLOSE_CONJUNCTIONS)
def test_every_close_conjunction_is_missed(word: Alternative, monkeypatch: pytest.MonkeyPatch):
    assert changes(parsed, CLOSE_PAIRS, lambda: monkeypatch.setattr(names, "CLOSE_CONJUNCTIONS", word.left_out))


ROLES = [
    *("News Editor", "Crime Writer", "Crime Reporter", "Paris Correspondent", "Data Journalist", "Opinion Contributor"),
    *("Sports Columnist", "Art Director", "Case Manager", "Firm Founder", "Former CEO", "Former CTO", "Former CMO"),
    *("Press Officer", "Vice President", "Tax Expert", "Tax Specialist", "Video Producer", "Registered Dietitian"),
    *("Registered Nutritionist", "Law Professor", "Stellvertretende Redakteurin", "Vaste Redacteur", "Grande Rédactrice"),
    *("Antigua Redactora", "Bestselling Author", "Press Photographer", "Market Analyst", "Sound Engineer", "Tax Consultant"),
    *("Life Coach", "District Attorney", "Tax Lawyer", "Head of Sound", "Brand Strategist", "Sales Representative"),
    *("Special to Boats", "Senior Fellow", "Associate Fellow", "Assistant Skipper", "Executive Skipper", "Freelance Skipper"),
    *("Guest Skipper", "Staff Skipper", "Chief Skipper", "Lead Skipper", "Dozentin für Segeln"),
]


@pytest.mark.parametrize("role", ROLES)
def test_what_somebody_is_is_no_second_name(role: str):
    assert parsed(f"Jo Reed, {role}") == ["Jo Reed"]


@missed(ROLE_WORDS)
def test_every_word_for_a_role_is_missed(word: Alternative, monkeypatch: pytest.MonkeyPatch):
    lines = [f"Jo Reed, {role}" for role in ROLES]
    assert changes(parsed, lines, lambda: monkeypatch.setattr(names, "ROLE_WORDS", word.left_out))


def test_a_role_without_a_comma_ends_the_name():
    assert parsed("Jo Reed Staff Skipper") == ["Jo Reed"]


# what is nobody's name, and what is an organisation ----------------------------------------------------------------------

NOBODY = [
    *(
        "Admin",
        "admin2",
        "Quay Admin",
        "root",
        "user17",
        "guest",
        "Anonymous",
        "anonym",
        "unknown",
        "none",
        "null",
        "undefined",
        "nobody",
    ),
    *(
        "Author",
        "Editor",
        "webmaster",
        "default",
        "test",
        "WordPress",
        "wp-quay",
        "system",
        "name",
        "Staff",
        "contributor",
    ),
    *("n/a", "super user", "manager", "Marketing", "post", "Following", "Share", "Email", "e-mail", "Twitter", "Facebook"),
    *("LinkedIn", "Instagram", "subscribe", "Sign in", "Log in", "Read more", "See all", "See bio", "See Full Story", "About"),
    *(
        "Contact",
        "Home",
        "Menu",
        "Search",
        "Save",
        "Print",
        "Reply",
        "Advertising",
        "More",
        "Updated",
        "Modified",
        "Last updated",
        "Published",
        "Posted",
    ),
    *(
        "All posts",
        "Recent posts",
        "Submit",
        "Full bio",
        "Learn more",
        "Our boats",
        "Editorial standards",
        "Editorial policy",
        "Editorial process",
    ),
    *("Affiliate link", "Jo's profile", "Disclosure", "Facts checked", "Reader Spotlight", "Keep In Touch", "Co-author"),
    *(
        "Quay policies",
        "Quay guidelines",
        "Quay follow",
        "Quay webpage",
        "12 comments",
        "Paid content",
        "Category",
        "Categories",
    ),
    *("Uncategorized", "Quay insights", "Jetzt veröffentlicht", "Neu publiziert", "Neu gepostet", "Neu eingestellt"),
    *(
        "Déjà publié",
        "Ya publicado",
        "Subscribers",
        "Quay newsletter",
        "Facts reviewed",
        "Sponsored",
        "Quay advertisement",
        "Login",
    ),
    *("Table contents", "Writers", "Hardware", "View boats", "Visit Quay", "Website", "Bio", "The author", "This boat"),
    *("That boat", "These boats", "Those boats", "Your boat", "You too", "My boat", "We sail", "It floats", "How Boats Float"),
    *(
        "What floats",
        "Why boats",
        "When boats",
        "Where boats",
        "If boats",
        "In Quay",
        "On Quay",
        "At Quay",
        "For Quay",
        "With Quay",
    ),
]


@pytest.mark.parametrize("line", NOBODY)
def test_accounts_commands_and_labels_are_nobody(line: str):
    assert names.parse(line, single=True) == []


@missed(NO_NAME)
def test_every_word_that_is_nobody_is_missed(word: Alternative, monkeypatch: pytest.MonkeyPatch):
    assert changes(partial(parsed, single=True), NOBODY, lambda: monkeypatch.setattr(names, "NO_NAME", word.left_out))


ORGANIZATIONS = [
    *("Quay Team", "Quay Staff", "Quay Editors", "Quay Editorial", "Kai Redaktion", "Kai Redacción", "Kai Rédaction"),
    *("Kai Redazione", "Kai Redactie", "Quay Desk", "Quay Newsroom", "Quay News", "Quay Press", "Quay Agency", "Quay Inc"),
    *("Quay LLC", "Quay Ltd", "Kai GmbH", "Quay Corp", "Quay Company", "Quay Group", "Quay Magazine", "Quay Journal"),
    *("Quay University", "Universität Kai", "Quay Institute", "Quay Center", "Quay Centre", "Quay Foundation"),
    *("Quay Association", "Quay Society", "Quay Office", "Quay Department", "Quay Committee", "Quay Council", "Quay Board"),
    *("Quay Network", "Quay Media", "Kai Agentur", "Kai Verlag", "Quay Bureau", "Reuters", "AFP", "dpa", "APA", "EFE", "ANSA"),
    *("Associated Press", "Quay Clinic", "Quay Hospital", "Quay Services", "Quay Solutions", "Quay Academy", "Quay School"),
    *("Quay Studio", "Quay Partners", "Quay Ministry", "Quay Commission", "Quay World", "Quay Daily", "Quay Times"),
    *(
        "부두뉴스",
        "부두신문",
        "부두일보",
        "부두방송",
        "부두통신",
        "부두 편집국",
        "부두 취재팀",
        "岸壁ニュース",
        "岸壁新聞",
        "码头新闻",
    ),
    *(
        "岸壁通信",
        "岸壁編集部",
        "码头编辑部",
        "岸壁日報",
        "码头日报",
        "岸壁時報",
        "码头时报",
        "码头晚报",
        "岸壁報社",
        "码头报社",
        "码头通讯社",
    ),
    *("Quay Post", "Quay Online", *(f"Quay.{ending}" for ending in ("com", "org", "net", "de", "fr", "es", "it", "nl", "co"))),
]


@pytest.mark.parametrize("form", ["Inc.", "LLC", "LLP", "Ltd.", "GmbH", "Corp.", "PLC"])
def test_a_companys_form_belongs_to_its_name(form: str):
    assert [name.text for name in names.parse(f"Riverworks, {form}")] == [f"Riverworks, {form.rstrip('.')}"]


def is_organization(line: str) -> bool:
    return [name.organization for name in names.parse(line)] == [True]


@pytest.mark.parametrize("line", ORGANIZATIONS)
def test_an_organisation_is_known_by_its_words(line: str):
    assert is_organization(line)


@missed(ORGANIZATION)
def test_every_word_of_an_organisation_is_missed(word: Alternative, monkeypatch: pytest.MonkeyPatch):
    assert changes(is_organization, ORGANIZATIONS, lambda: monkeypatch.setattr(names, "ORGANIZATION", word.left_out))


@pytest.mark.parametrize(
    ("line", "people"),
    [
        ("김민수 기자", ["김민수"]),
        ("김민수 특파원 minsu@quay.example", ["김민수"]),
        ("이지은·박준호 기자", ["이지은", "박준호"]),
        ("김민수 논설위원", ["김민수"]),
        ("山田太郎記者", ["山田太郎"]),
        ("山田太郎特派員", ["山田太郎"]),
        ("李明、王芳 记者", ["李明", "王芳"]),
        ("李明 特派员", ["李明"]),
    ],
)
def test_a_cue_may_stand_behind_the_names(line: str, people: list[str]):
    assert [name.text for name in names.parse(line)] == people
    assert names.after_cue(line)[0] == "author"


def test_a_sentence_that_ends_in_a_cue_names_nobody():
    assert names.after_cue("오늘 아침 부두에서 만난 사람은 모두 기자")[0] is None


def test_names_without_spaces_are_not_turned_around():
    assert [name.text for name in names.parse("김민수, 박준호")] == ["김민수", "박준호"]


# where the names end -----------------------------------------------------------------------------------------------------

MONTHS = [
    "Jan",
    "February",
    "Mar",
    "April",
    "March",
    "March",
    "Mai",
    "May",
    "June",
    "July",
    "August",
    "Sept",
    "October",
    "November",
    "Dezember",
    "März",
]
ENDED = [
    *(f"Jo Reed {sign} Quay Gazette" for sign in ["|", "•", "·", "⋅", "∙", "—", "–", "-"]),
    *(f"Jo Reed {word} Quay" for word in ("updated", "published", "posted", "sponsored", "view", "last", "on", "am", "vom")),
    *(f"Jo Reed {word} a sailor" for word in ("is", "has", "was", "are", "writes")),
    *(f"Jo Reed {word} 3 mai" for word in ("le", "el", "il", "em", "op")),
    *("Jo Reed in Österreich", "Jo Reed In Quay", "Jo Reed IN QUAY", "Jo Reed for the Quay", "Jo Reed from Öland"),
    *(f"Jo Reed {word} 3. Mai" for word in ("On", "Am", "Vom", "vor", "On Friday")),
    *(
        "Jo Reed Erstellt 2020",
        "Jo Reed le vendredi 3",
        "Jo Reed 3 Boats",
        "Jo Reed in Quay",
        "Jo Reed in",
        "Jo Reed for Quay",
        "Jo Reed from Quay",
    ),
    *("Jo Reed filed under Boats", "Jo Reed at Quay", "Jo Reed of the Quay", "Jo Reed (Quay Gazette)", "Jo Reed Topic: Boats"),
    *("Jo Reed ein Kommentar", "Jo Reed kein Kommentar", "Jo Reed Kommentare", "Jo Reed comments", "Jo Reed im Gespräch"),
    *(
        f"Jo Reed {word} by Ann Lee"
        for word in ("edited", "reviewed", "translated", "illustrated", "photographed", "fact-checked")
    ),
    *(f"Jo Reed {month} 3" for month in MONTHS),
]


@pytest.mark.parametrize("line", ENDED)
def test_names_end_where_something_else_begins(line: str):
    assert parsed(line) == ["Jo Reed"]
    assert names.printed(f"By {line}") == "Jo Reed"


@missed(END_OF_NAMES)
def test_every_end_of_names_is_missed(word: Alternative, monkeypatch: pytest.MonkeyPatch):
    assert changes(names.printed, ENDED, lambda: monkeypatch.setattr(names, "END_OF_NAMES", word.left_out))


@missed(END_OF_NAMES_AS_PRINTED)
def test_every_end_of_names_in_its_case_is_missed(word: Alternative, monkeypatch: pytest.MonkeyPatch):
    assert changes(names.printed, ENDED, lambda: monkeypatch.setattr(names, "END_OF_NAMES_AS_PRINTED", word.left_out))


@pytest.mark.parametrize(
    "line", ["Jo Reed jo@quay.example", "Jo Reed https://quay.example/jo", "Jo Reed www.quay.example", "Jo Reed @joreed"]
)
def test_addresses_and_handles_are_no_part_of_a_name(line: str):
    assert parsed(line) == ["Jo Reed"]


# any text ----------------------------------------------------------------------------------------------------------------


@settings(deadline=None)
@given(st.text(max_size=800) | st.text(alphabet="ABab ,;.|/-&'\n(@1", max_size=200), st.booleans())
def test_any_text_gives_names_that_are_not_empty_and_each_once(text: str, single: bool):
    found = names.parse(text, single=single)
    assert len(found) <= names.MAX_NAMES
    assert all(name.text.strip() and any(character.isalpha() for character in name.text) for name in found)
    assert len({name.text.casefold() for name in found}) == len(found)
    assert all("\n" not in name.text for name in found)


@settings(deadline=None)
@given(st.text(max_size=300))
def test_any_text_has_a_printed_part_that_stands_in_it(text: str):
    names.is_name_like(text)
    assert names.printed(text) in text


@pytest.mark.parametrize(
    "unit",
    [
        "By ",
        "by Jo Reed ",
        "Jo Reed, ",
        "A. ",
        "and ",
        "de la ",
        "MD, ",
        "(",
        "1 ",
        "a@",
        "\n",
        "| ",
        "views ",
        "Aa",
        " \t",
        "O'",
        "ein ",
    ],
)
def test_a_huge_line_costs_at_most_what_its_length_says(unit: str):
    """Eight times the text may take a good deal more than eight times as long on a noisy machine, and far less than 64."""

    def cost(characters: int) -> float:
        text = (unit * characters)[:characters]
        begun = time.process_time()
        for _ in range(3):
            names.parse(text)
            names.printed(text)
            names.after_cue(text)
            names.is_name_like(text)
        return time.process_time() - begun + 0.002

    small, large = cost(50_000), cost(400_000)
    assert large < 30 * small
