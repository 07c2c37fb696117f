"""Biographies: the paragraph about the author, and what it is known by."""

from __future__ import annotations

import pytest

from archiver.extraction import bios
from archiver.extraction.rules.bylines import ABOUT_AUTHOR, BIO_HINT, BIO_VERB, WRITER
from tests.support.patterns import Alternative, alternatives
from tests.support.small_pages import extracted

BY = "<p>By Jo Reed</p>"
BIO = "Jo Reed is a sailor who has written about harbours for twenty years."


def bio(behind: str, *, below: str = BY) -> str | None:
    (author,) = extracted(below=below, behind=behind).authors
    return author.bio


def test_a_paragraph_that_begins_with_the_author_is_the_biography_and_no_text():
    article = extracted(below=BY, behind=f"<p>{BIO}</p>")
    assert article.authors[0].bio == BIO
    assert BIO not in article.body.text


def test_a_heading_above_it_belongs_to_it():
    article = extracted(below=BY, behind=f"<h4>About the author</h4><p>{BIO}</p>")
    assert article.authors[0].bio == BIO
    assert "About the author" not in article.body.text


def test_heading_and_biography_may_stand_in_one_block():
    assert bio(f"<p>About Jo Reed<br>{BIO}</p>") == BIO


def test_a_name_above_a_paragraph_that_begins_with_it_names_the_author():
    article = extracted(behind=f"<h4>Jo Reed</h4><p>{BIO}</p>")
    assert [(author.name, author.bio) for author in article.authors] == [("Jo Reed", BIO)]
    assert article.evidence["authors"].from_ == "dom"


def test_each_author_gets_the_own_biography():
    other = "Ann Lee writes about tides and lives on the northern bank of them."
    article = extracted(below="<p>By Jo Reed and Ann Lee</p>", behind=f"<p>{BIO}</p><p>{other}</p>")
    assert [author.bio for author in article.authors] == [BIO, other]


@pytest.mark.parametrize(
    "paragraph",
    [
        "Jo Reed is a sailor.",
        "Kim Park is a sailor who has written about harbours for twenty years.",
        "Jo Reed, harbours, boats, and everything that floats or has ever floated on them",
        "Jo Reed is a sailor. " + "She knows this quay. " * 100,
    ],
    ids=["too short", "about somebody else", "no sentence", "too long"],
)
def test_other_paragraphs_are_no_biography(paragraph: str):
    assert bio(f"<p>{paragraph}</p>") is None


WRITERS = [
    *(
        f"Jo Reed is a harbour {what}"
        for what in ["writer", "author", "editor", "journalist", "blogger", "columnist", "reporter", "contributor"]
    ),
    *("Jo Reed is an editor", "Jo Reed is the author", "Jo Reed is our editor", "Jo de Reed, is a writer"),
    *(f"Jo Reed ist {what}" for what in ("ein Autor", "eine Redakteurin", "der Autor", "die Journalistin", "eine Bloggerin")),
    *("Jo Reed ist eine Autorin", "Jo Reed ist ein Redakteur"),
    *("Jo Reed est un rédacteur", "Jo Reed est une rédactrice", "Jo Reed es un periodista", "Jo Reed es una periodista"),
]


def written(behind: str, **parts: str) -> list[str]:
    return [author.name for author in extracted(behind=behind, **parts).authors]


@pytest.mark.parametrize("sentence", WRITERS)
def test_the_biography_of_a_writer_names_the_author_whom_no_other_line_names(sentence: str):
    behind = f"<p>{sentence} and lives at the quay with two dogs.</p>"
    assert written(behind) == ["Jo de Reed" if "de Reed" in sentence else "Jo Reed"]
    assert written(behind, below="<p>By Ann Lee</p>") == ["Ann Lee"]


@pytest.mark.parametrize("word", alternatives(WRITER), ids=lambda word: word.text)
def test_every_word_for_a_writer_is_missed(word: Alternative):
    assert [bool(word.left_out.match(sentence)) for sentence in WRITERS] != [True] * len(WRITERS)


def test_of_whom_the_text_itself_speaks_is_not_its_author():
    sentence = "Jo Reed is a writer of many long books about quays and boats."
    assert written(f"<p>{sentence}</p>", below=f"<p>Nobody knows the harbour as Jo Reed does. {'It is deep. ' * 10}</p>") == []
    assert written(f"<p>{sentence}</p>", title="Jo Reed at Seventy") == []
    assert extracted(below=f"<p>{sentence}</p>").authors == ()


VERBS = (
    "is was has writes works covers holds lives studied joined reports teaches ist war schreibt arbeitet est écrit es escribe è"
)
SENTENCES = [f"Jo Reed {verb} many and quite long things about quays" for verb in [*VERBS.split(), "scrive", "schrijft", "är"]]


@pytest.mark.parametrize("sentence", SENTENCES)
def test_a_biography_says_what_somebody_is_or_does(sentence: str):
    assert bio(f"<p>{sentence}.</p>") == f"{sentence}."


@pytest.mark.parametrize("verb", alternatives(BIO_VERB), ids=lambda verb: verb.text)
def test_every_verb_is_missed(verb: Alternative, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(bios, "BIO_VERB", verb.left_out)
    assert None in [bio(f"<p>{sentence}.</p>") for sentence in SENTENCES]


ABOUTS = ["About the author", "About", "Über den Autor", "Über die Autorin", "Über", "À propos de l’auteur", "À propos de"]
ABOUTS += ["Sobre el autor", "Sobre", "Zur Person"]


@pytest.mark.parametrize("heading", ABOUTS)
def test_words_above_a_biography_are_left_off(heading: str):
    assert ABOUT_AUTHOR.sub("", f"{heading}: Jo Reed") == "Jo Reed"


@pytest.mark.parametrize("words", alternatives(ABOUT_AUTHOR), ids=lambda words: words.text)
def test_all_words_above_a_biography_are_missed(words: Alternative):
    assert [words.left_out.sub("", f"{heading}: Jo Reed") for heading in ABOUTS] != ["Jo Reed"] * len(ABOUTS)


HINTS = [
    "bio",
    *(f"author-{what}" for what in ["box", "info", "desc", "about", "card", "block", "profile", "footer", "content"]),
    "about-author",
]
HINTS += ["about-the-author", "autor-box", "autor-info"]


@pytest.mark.parametrize("hint", HINTS)
def test_a_box_named_so_holds_the_biography_of_the_name_above(hint: str):
    text = "Twenty years on the water, and every one of them told in this column."
    behind = f"<p>{{}}</p><div class='{hint}'><h4>Jo Reed</h4><p>{text}</p></div>"
    assert bio(behind.format("The end came with the tide.")) == text
    assert bio(behind.format("The end came with the tide.").replace(hint, "plain")) is None


@pytest.mark.parametrize("hint", alternatives(BIO_HINT), ids=lambda hint: hint.text)
def test_every_name_of_a_box_is_missed(hint: Alternative):
    assert [bool(hint.left_out.search(name)) for name in HINTS] != [True] * len(HINTS)
