"""Visible bylines: which lines near the article are read, and the tables that tell bylines from other lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archiver.extraction import blocks, bylines, content, datetext, marks, names, page, places, structured, title
from archiver.extraction.rules.bylines import (
    AUTHOR_HINT,
    BEFORE_CUE,
    CUE_INSIDE,
    FACTS,
    NO_BYLINE,
    NOT_AUTHOR_HINT,
)
from tests.support import small_pages
from tests.support.patterns import Alternative, alternatives

if TYPE_CHECKING:
    import re

    from archiver.extraction.claims import Claim

Found = tuple[str, str, str]


def claims(**parts: str) -> list[Claim]:
    read = page.read(small_pages.page(**parts), url=small_pages.URL)
    layout = blocks.measure(read.body)
    headline = title.find(read, layout, structured.collect(read))
    around = places.Surroundings(layout, headline.block, content.locate(layout, headline=headline.block))
    return bylines.read(
        read, around, marks.find(read.tree).author_links, datetext.reading("en", None, None), names.Parsed()
    ).claims


def found(**parts: str) -> list[Found]:
    return [(one.field, one.source, one.value) for one in claims(**parts)]


def below(html: str) -> list[Found]:
    return found(below=html)


def missed(table: re.Pattern[str]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("word", alternatives(table), ids=lambda word: word.text)


def check_missed(name: str, word: Alternative, cases: list[str], monkeypatch: pytest.MonkeyPatch):
    before = [below(html) for html in cases]
    monkeypatch.setattr(bylines, name, word.left_out)
    assert [below(html) for html in cases] != before


def test_a_line_with_a_cue_is_a_byline():
    assert below("<p>By Jo Reed</p>") == [("author", "dom byline", "Jo Reed")]
    assert below("<p>Medically reviewed by Ann Lee</p>") == [("reviewed_by", "dom label", "Ann Lee")]
    assert below("<p>Photos by Ann Lee</p>") == []


def test_a_cue_alone_speaks_of_the_next_line():
    assert below("<p>Written by</p><p>Jo Reed</p>") == [("author", "dom byline", "Jo Reed")]
    assert below("<p>Author:<br>Jo Reed</p>") == [("author", "dom byline", "Jo Reed")]
    assert below("<p>By</p><p>Jo Reed</p>") == [("author", "dom byline", "Jo Reed")]


def test_a_cue_alone_speaks_of_all_lines_that_are_marked_alike():
    marked = '<p class="who">Jo Reed</p><p>@joreed</p><p class="who">Ann Lee</p><p>and</p><p class="who">Kim Park</p>'
    assert ("author", "dom byline", "Jo Reed, Ann Lee, Kim Park") in below(f"<p>By</p>{marked}<p class='when'>3 May 2024</p>")
    assert ("author", "dom byline", "Jo Reed") in below("<p>By</p><p>Jo Reed</p><p>Ann Lee</p>")
    assert ("author", "dom byline", "Jo Reed") in below(
        "<p>By</p><p class='a'>Jo Reed</p><p>Harbour</p><p class='a'>Ann Lee</p>"
    )


def test_a_byline_is_read_behind_the_text_too():
    assert found(behind="<p>By Jo Reed</p>") == [("author", "dom byline", "Jo Reed")]


@pytest.mark.parametrize("tag", ["h1", "h2", "h3", "h4", "h5", "h6"])
def test_below_the_title_in_a_heading_stands_who_wrote_what_it_names(tag: str):
    assert ("author", "dom byline", "Jo Reed") in below("<p>Under Golden Seas<br>by Jo Reed</p>")
    assert below(f"<{tag}>Under Golden Seas<br>by Jo Reed</{tag}>") == []


def test_an_element_of_its_own_that_says_what_somebody_is_ends_the_line():
    assert ("author", "dom author-class", "Jo Reed") in below('<div class="author">Jo Reed <b>Founder of Quay</b></div>')
    assert ("author", "dom byline", "Jo Reed") in below("<p>By <i>Jo Reed</i><b>Founder</b></p>")
    assert ("author", "dom byline", "Jo Reed, Editor, Ann Lee") in below(
        "<p>By <i>Jo Reed</i>, <b>Editor</b>, <i>Ann Lee</i></p>"
    )


@pytest.mark.parametrize("tag", ["figure", "figcaption", "blockquote"])
def test_a_caption_and_a_quotation_hold_no_byline(tag: str):
    assert below(f"<{tag}><p>By Jo Reed</p></{tag}>") == []


def test_a_byline_may_be_a_whole_sentence():
    line = "This post was written by Jo Reed, MD, a harbour physician at the Ebb Institute of Little Quay."
    assert below(f"<p>{line}</p>") == [("author", "dom byline", line.partition("by ")[2])]


def test_a_sentence_that_begins_like_a_byline_is_none():
    assert below("<p>By noon the whole harbour had come to see the boats afloat.</p>") == []


def test_blocks_that_are_nothing_but_bylines_are_told():
    read = page.read(small_pages.page(below="<p>By Jo Reed</p>"))
    layout = blocks.measure(read.body)
    around = places.Surroundings(layout, 0, content.locate(layout, headline=0))
    assert bylines.read(
        read, around, marks.find(read.tree).author_links, datetext.reading("en", None, None), names.Parsed()
    ).blocks == {1}


# class names -------------------------------------------------------------------------------------------------------------

HINTS = [
    "author",
    "byline",
    "by-line",
    "autor",
    "auteur",
    "verfasser",
    "writer",
    "contributor",
    "credits",
    "credit",
    "skribent",
    "redakteur",
    "journalist",
    "reporter",
]
HINTED = [f'<div class="{hint}">Jo Reed</div>' for hint in HINTS]


@pytest.mark.parametrize("html", HINTED)
def test_a_short_line_is_a_byline_by_its_class_name(html: str):
    assert ("author", "dom author-class", "Jo Reed") in below(html)


@missed(AUTHOR_HINT)
def test_every_class_name_of_an_author_is_missed(word: Alternative, monkeypatch: pytest.MonkeyPatch):
    check_missed("AUTHOR_HINT", word, HINTED, monkeypatch)


OTHERS = (
    "comment avatar image photo caption figure reviewer reviewed editor bio biography desc social share follow count job title "
    "position role twitter related date time category topic -tag"
)
OTHER_HINTED = [f'<div class="author{hint}">Jo Reed</div>' for hint in OTHERS.split()]


@pytest.mark.parametrize("html", OTHER_HINTED)
def test_what_stands_beside_an_authors_name_is_no_name(html: str):
    assert below(html) == []


@missed(NOT_AUTHOR_HINT)
def test_every_class_name_beside_an_author_is_missed(word: Alternative, monkeypatch: pytest.MonkeyPatch):
    check_missed("NOT_AUTHOR_HINT", word, OTHER_HINTED, monkeypatch)


# what others did ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ['<a rel="author">Ann Lee</a>', "<b class=author>Ann Lee</b>"])
@pytest.mark.parametrize("cue", ["Fact checked by", "Edited by", "Photos by", "Contact:"])
def test_who_is_said_to_have_done_something_else_is_no_author_by_class_or_link(cue: str, name: str):
    assert below(f"<div class=author>{cue} {name}</div>") == []
    assert below(f"<div>{cue}</div><div class=author>{name}</div>") == []


def test_below_a_line_about_others_stands_an_author():
    assert ("author", "dom author-class", "Jo Reed") in below("<p>Photos by Ann Lee</p><p class=author>Jo Reed</p>")


def test_a_marked_name_says_where_the_first_name_of_a_line_ends():
    line = '<div class="author"><a href="/author/jo">Jo Reed</a> Quay Gazette</div>'
    assert {value for _, _, value in below(line)} == {"Jo Reed"}
    assert ("author", "dom byline", "Jo Reed") in below(line.replace("<a", "By <a"))
    assert ("author", "dom byline", "Jo Reed Quay, Ann Lee") in below(
        '<p>By <a href="/author/jo">Jo Reed</a> Quay, Ann Lee</p>'
    )


def test_about_is_no_part_of_a_name():
    assert ("author", "dom author-class", "Jo Reed") in below('<div class="author">About Jo Reed</div>')


def test_a_line_about_a_pictures_owner_is_no_byline_by_its_class_name():
    assert below('<div class="credit">© Quay / Photo Jo Reed</div>') == []


# cues inside a line ------------------------------------------------------------------------------------------------------

INSIDE = [
    "By",
    "by",
    "BY",
    "Von",
    "von",
    "Par",
    "par",
    "Por",
    "por",
    "Door",
    "door",
    "Di",
    "di",
    "av",
    "Autor:",
    "Autorin:",
    "Author:",
    "Text:",
    "Redaktion:",
]
DATED = [
    *(f"3 May 2024 {cue} Jo Reed" for cue in INSIDE),
    *("3 May 2024|by Jo Reed", "May 3 2024 by Jo Reed", "May 1st, 2024 by Jo Reed", "May 2nd 2024 by Jo Reed"),
    *("May 3rd, 2024 by Jo Reed", "May 4th, 2024 by Jo Reed", "3/5/24 by Jo Reed", "Today 12:30 by Jo Reed"),
]
PUBLISHING = (
    "Posted Published Written Updated Submitted Veröffentlicht Gespeichert Eingestellt Publiziert Verfasst Publié Publicado"
)
DATED += [f"{word} in Harbour by Jo Reed" for word in [*PUBLISHING.split(), "Pubblicato", "Geplaatst", "Accueil"]]


@pytest.mark.parametrize("line", DATED)
def test_a_byline_stands_behind_a_date_or_a_word_of_publishing(line: str):
    assert ("author", "dom byline", "Jo Reed") in below(f"<p>{line}</p>")


@missed(BEFORE_CUE)
def test_everything_that_stands_before_a_cue_is_missed(word: Alternative, monkeypatch: pytest.MonkeyPatch):
    check_missed("BEFORE_CUE", word, [f"<p>{line}</p>" for line in DATED], monkeypatch)


@missed(CUE_INSIDE)
def test_every_cue_inside_a_line_is_missed(word: Alternative, monkeypatch: pytest.MonkeyPatch):
    check_missed("CUE_INSIDE", word, [f"<p>{line}</p>" for line in DATED], monkeypatch)


FACT_LINES = [
    "Spring 2019",
    "1.5 k words",
    "at 12:30",
    "5 min",
    "Boats |",
    "Quay 1998",
    "posted",
    "published",
    "veröffentlicht",
]
FACT_LINES += ["gespeichert", "eingestellt", "publié", "publicado"]


@pytest.mark.parametrize("facts", FACT_LINES)
def test_a_reviewer_may_stand_last_in_a_line_of_facts(facts: str):
    assert below(f"<p>{facts} Medically reviewed by Ann Lee</p>") == [("reviewed_by", "dom label", "Ann Lee")]


@pytest.mark.parametrize("cue", ["edited by", "Photos by", "translated by", "fact-checked by", "reviewed for accuracy by"])
def test_who_did_something_else_behind_a_date_is_no_author(cue: str):
    assert [one for one in below(f"<p>3 May 2024 · {cue} Ann Lee</p>") if one[0] == "author"] == []


def test_author_and_reviewer_may_share_a_line():
    claimed = below("<p>3 May 2024 by Jo Reed | Medically reviewed by Ann Lee</p>")
    assert ("author", "dom byline", "Jo Reed | Medically reviewed by Ann Lee") in claimed


def test_a_reviewer_in_a_sentence_is_none():
    assert below("<p>Our boats are medically reviewed by Ann Lee</p>") == []


@missed(FACTS)
def test_every_fact_is_missed(word: Alternative, monkeypatch: pytest.MonkeyPatch):
    check_missed("FACTS", word, [f"<p>{facts} Medically reviewed by Ann Lee</p>" for facts in FACT_LINES], monkeypatch)


NOT_ITS_OWN = [
    *(
        f"{word} at 12:30 by Jo Reed"
        for word in [
            "More",
            "Mehr",
            "All",
            "Alle",
            "Other",
            "Article",
            "Posts",
            "Stories",
            "View",
            "See",
            "Zeige",
            "Previous",
            "Next",
        ]
    ),
    *(f"{word} 12:30 by Jo Reed" for word in ("Empfohlen", "Recommended", "Zum Profil", "Related", "Latest")),
    *(
        f"By Jo Reed, {word}"
        for word in ("© 2024", "copyright", "licensed", "Unsplash", "Getty", "shared by Quay", "geteilt von Kai")
    ),
    *(f"By Jo Reed, {word}" for word in ("image by Ann", "photo by Ann", "Foto von Ann", "Bild von Ann")),
]


@pytest.mark.parametrize("line", NOT_ITS_OWN)
def test_lines_that_name_other_articles_or_owners_are_no_bylines(line: str):
    assert below(f"<p>{line}</p>") == []


def test_a_bare_name_in_a_line_about_other_articles_is_no_byline():
    assert below("<p>Related | Jo Reed | 3 May 2024</p>") == []


@missed(NO_BYLINE)
def test_every_word_against_a_byline_is_missed(word: Alternative, monkeypatch: pytest.MonkeyPatch):
    check_missed("NO_BYLINE", word, [f"<p>{line}</p>" for line in NOT_ITS_OWN], monkeypatch)


# any page ----------------------------------------------------------------------------------------------------------------


@settings(deadline=None)
@given(st.text(max_size=120) | st.text(alphabet="By JoRe|.3:202450<br>/p", max_size=120))
def test_any_line_gives_claims_that_say_something(line: str):
    for field, source, value in below(f"<p class=author>{line}</p><p>3 May 2024 by {line}</p>"):
        assert field in ("author", "reviewed_by")
        assert source.startswith("dom ")
        assert 0 < len(value) <= bylines.MAX_LINE_CHARACTERS
