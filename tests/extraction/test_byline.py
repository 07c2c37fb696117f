"""Who wrote it, who reviewed it, and who did neither."""

from __future__ import annotations

import pytest

from tests.support.small_pages import extracted

BIO = "Wanda Birk is a writer who lives by the sea and keeps two opinionated cats."


def names_of(**parts: str) -> list[str]:
    return [author.name for author in extracted(**parts).authors]


@pytest.mark.parametrize(
    ("line", "lang"),
    [
        ("By Wanda Birk", "en"),
        ("Written by Wanda Birk", "en"),
        ("Posted on May 3, 2020 by Wanda Birk", "en"),
        ("Von Wanda Birk", "de"),
        ("Par Wanda Birk", "fr"),
        ("Por Wanda Birk", "es"),
        ("di Wanda Birk", "it"),
        ("Door Wanda Birk", "nl"),
        ("Av Wanda Birk", "sv"),
        ("Автор: Wanda Birk", "ru"),
        ("May 3, 2020 | Wanda Birk", "en"),
    ],
)
def test_printed_bylines(line: str, lang: str):
    assert names_of(below=f"<p>{line}</p>", lang=lang) == ["Wanda Birk"]


def test_class_name_marks_a_byline():
    assert names_of(below='<div class="post-author"><span>Wanda Birk</span></div>') == ["Wanda Birk"]


def test_profile_link_goes_with_the_name():
    article = extracted(below='<p>By <a href="/staff/wanda">Wanda Birk</a></p>')
    assert article.authors[0].url == "https://quay-gazette.example/staff/wanda"


def test_name_and_biography_behind_the_text():
    article = extracted(behind=f"<p><b>Wanda Birk</b></p><p>{BIO}</p>")
    assert [(author.name, author.bio) for author in article.authors] == [("Wanda Birk", BIO)]
    assert "Wanda" not in article.body.text


@pytest.mark.parametrize(
    "behind",
    [f"<h3>About Wanda Birk</h3><p>{BIO}</p>", f"<p>Wanda Birk<br>{BIO}</p>", f"<h3>About the author</h3><p>{BIO}</p>"],
)
def test_biography_in_other_dress(behind: str):
    assert extracted(below="<p>By Wanda Birk</p>", behind=behind).authors[0].bio == BIO


def test_what_is_printed_wins_over_what_machines_are_told():
    article = extracted(head='<meta name="author" content="Jordan Vale">', below="<p>By Wanda Birk</p>")
    assert [author.name for author in article.authors] == ["Wanda Birk"]
    assert [one.value for one in article.evidence["authors"].rejected] == ["Jordan Vale"]


def test_reviewer_editor_and_photographer_are_no_authors():
    reviewer = "<p>Medically reviewed by Lena Ortiz, PhD on May 3, 2020</p>"
    roles = f"<p>By Wanda Birk</p>{reviewer}<p>Edited by Bo Lind</p><p>Photos by Kim Park</p>"
    article = extracted(below=roles)
    assert [author.name for author in article.authors] == ["Wanda Birk"]
    assert article.reviewed_by == "Lena Ortiz"
    assert article.dates.reviewed == "2020-05-03"


def test_reviewer_without_a_name_is_kept_as_printed():
    assert (
        extracted(behind="<p>Last reviewed: By a member of our board on 8 Aug 2018</p>").reviewed_by == "a member of our board"
    )


@pytest.mark.parametrize(
    "parts",
    [
        {"head": '<meta name="author" content="admin">'},
        {"below": '<p class="author">Email the author</p>'},
        {"behind": '<div class="comments"><p>By Rude Reader</p></div>'},
        {"behind": '<aside class="trending"><p>By Other Writer</p></aside>'},
        {"below": "<figure><img src=a.jpg><figcaption>By Kim Park</figcaption></figure>"},
        {"below": "<p>By the numbers</p>"},
    ],
)
def test_nobody(parts: dict[str, str]):
    assert names_of(**parts) == []


def test_organisation_only_where_no_person_is_named():
    publisher = '<meta name="author" content="Quay Gazette News Desk">'
    assert names_of(head=publisher) == ["Quay Gazette News Desk"]
    assert names_of(head=publisher, below="<p>By Wanda Birk</p>") == ["Wanda Birk"]


def test_site_that_calls_itself_the_author_is_an_organisation():
    site = '<meta property="og:site_name" content="Bright Ideas"><meta name="author" content="Bright Ideas">'
    assert names_of(head=site + '<meta name="parsely-author" content="Wanda Birk">') == ["Wanda Birk"]


def test_sources_that_agree_outvote_one():
    wanda = '<meta name="author" content="Wanda Birk"><meta name="sailthru.author" content="Wanda Birk">'
    assert names_of(head=wanda + '<meta name="dc.creator" content="Bo Lind">') == ["Wanda Birk"]


def test_byline_is_printed_without_its_cue():
    assert extracted(below="<p>By JO SMITH, MD | May 3, 2020</p>").byline == "JO SMITH, MD"
