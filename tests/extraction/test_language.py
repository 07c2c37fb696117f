"""The language: declared, checked against the text, or heard."""

from __future__ import annotations

from pathlib import Path

import pytest

from archiver.extraction import extract, language
from archiver.extraction.rules import languages
from tests.support.small_pages import TITLE, URL, extracted

FIXTURE = Path(__file__).parents[1] / "fixtures" / "languages.tsv"
TEXTS = dict(line.split("\t") for line in FIXTURE.read_text(encoding="utf-8").splitlines())
"""A sentence or two in each language that has a row."""
GERMAN = "".join(f"<p>{TEXTS['de']} {TEXTS['de']}</p>" for _ in range(3))


def language_of(html: str) -> str | None:
    return extract(html, url=URL).language


@pytest.mark.parametrize("spoken", TEXTS)
def test_a_row_spares_asking_about_a_text_in_its_language(spoken: str, monkeypatch: pytest.MonkeyPatch):
    assert language.is_plausible(spoken, TEXTS[spoken])
    monkeypatch.delitem(language._COMMON, spoken, raising=False)
    monkeypatch.delitem(language._LETTER, spoken, raising=False)
    assert not language.is_plausible(spoken, TEXTS[spoken])


def test_every_row_has_a_text():
    assert TEXTS.keys() == languages.WORDS.keys() | languages.LETTERS.keys()


@pytest.mark.parametrize("spoken", ["bg", "de", "fi", "fr", "ja", "ka", "ko", "pl", "ru", "tr", "vi", "zh"])
def test_a_text_in_another_language_is_not_taken_for_english_or_chinese(spoken: str):
    assert not language.is_plausible("en", TEXTS[spoken])
    assert language.is_plausible("zh", TEXTS[spoken]) is (spoken == "zh")


def test_short_paragraphs_of_ideographs_say_enough():
    paragraphs = (
        "码头的水位从清晨开始上涨，低处的街道已经被淹没，居民们把能带走的东西都带到了山上。",
        "在码头开面包店的女人说，她从来没有见过这么早的洪水，其余的等水退了以后再看。",
        "镇议会下个星期开会，讨论是否修建多年以前计划的防洪堤，费用大约是四千万元。",
    )
    assert language_of(f"<h1>{TITLE}</h1>" + "".join(f"<p>{one}</p>" for one in paragraphs)) == "zh"


@pytest.mark.parametrize("declared", ["nb", "nn-NO", "no_NO"])
def test_languages_that_share_their_words_are_one(declared: str):
    assert language.is_plausible(declared, TEXTS["no"])


def test_a_declared_language_that_fits_is_not_asked_about(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(language, "_identifier", lambda: pytest.fail("asked"))
    assert extracted(lang="EN-us").language == "en-US"


@pytest.mark.parametrize("declared", ["English please", "", "x"])
def test_what_is_no_tag_declares_nothing(declared: str):
    article = extracted(lang=declared)
    assert article.language == "en"
    assert (article.evidence["language"].from_, article.evidence["language"].at) == ("dom", "the text")


def test_a_template_that_declares_another_language_is_not_believed():
    article = extract(f'<html lang="en-US"><h1>Boote</h1>{GERMAN}', url=URL)
    assert article.language == "de"
    assert [(one.at, one.value) for one in article.evidence["language"].rejected] == [("html[lang]", "en-US")]


def test_a_declaration_that_fits_gives_the_region():
    head = '<meta property="og:locale" content="de_AT">'
    assert language_of(f'<html lang="en">{head}<h1>Boote</h1>{GERMAN}') == "de-AT"


@pytest.mark.parametrize(
    ("declared", "text"),
    [
        ("de", "<p>Abc def.</p>"),  # too short to tell
        ("de", f"<p>{'zqx wvk jqz xkw ' * 40}</p>"),  # no language at all
    ],
)
def test_where_the_library_is_not_sure_the_page_is_believed(declared: str, text: str):
    assert language_of(f'<html lang="{declared}"><h1>{TITLE}</h1>{text}') == declared


def test_a_few_ideographs_are_enough():
    assert language_of(f"<h1>港口</h1><p>{TEXTS['zh'] * 3}</p>") == "zh"


def test_tags_have_their_usual_case():
    assert [language.tag(value) for value in ("EN-us", "zh_hant_tw", "de", "sr-latn", "es-419")] == [
        "en-US",
        "zh-Hant-TW",
        "de",
        "sr-Latn",
        "es-419",
    ]


def test_hebrew_has_its_new_name():
    assert language_of(f"<h1>הנמל</h1><p>{TEXTS['he'] * 4}</p>") == "he"
