"""Who wrote it: the byline as printed, its authors with profile and biography, the reviewer, and the evidence."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archiver.extraction import byline
from archiver.extraction.rules.bylines import DATE_BEHIND
from tests.support.patterns import Alternative, alternatives
from tests.support.small_pages import TITLE, extracted


def authors(**parts: str) -> list[str]:
    return [author.name for author in extracted(**parts).authors]


def meta(name: str, content: str) -> str:
    return f'<meta name="{name}" content="{content}">'


def ld(author: str, **more: str) -> str:
    extra = "".join(f',"{key}":{value}' for key, value in more.items())
    return (
        f'<script type="application/ld+json">{{"@type":"NewsArticle","headline":"{TITLE}","author":{author}{extra}}}</script>'
    )


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("By Jo Reed", ["Jo Reed"]),
        ("By Jo Reed and Ann Lee", ["Jo Reed", "Ann Lee"]),
        ("Von Anna Schmidt und Karl Weber", ["Anna Schmidt", "Karl Weber"]),
        ("Par Élodie Martin", ["Élodie Martin"]),
        ("Por María García y Luis Ortega", ["María García", "Luis Ortega"]),
        ("Автор: Анна Иванова", ["Анна Иванова"]),
        ("作者：王小明", ["王小明"]),
        ("3 May 2024 by Jo Reed", ["Jo Reed"]),
    ],
)
def test_the_printed_line_names_the_authors_in_order(line: str, expected: list[str]):
    assert authors(below=f"<p>{line}</p>") == expected


def test_the_byline_is_kept_as_printed_without_its_cue():
    assert extracted(below="<p>By Jo Reed, MD, and Ann Lee</p>").byline == "Jo Reed, MD, and Ann Lee"


def test_where_no_line_is_printed_the_byline_is_made_of_the_names():
    assert (
        extracted(head=ld('[{"@type":"Person","name":"Jo Reed"},{"@type":"Person","name":"Ann Lee"}]')).byline
        == "Jo Reed, Ann Lee"
    )


def test_the_page_is_believed_before_a_staff_name_in_a_meta_tag():
    article = extracted(head=meta("author", "Kim Park"), below="<p>By Jo Reed</p>")
    assert [author.name for author in article.authors] == ["Jo Reed"]
    assert [one.value for one in article.evidence["authors"].rejected] == ["Kim Park"]


def test_two_sources_that_agree_outweigh_a_sooner_believed_one():
    head = (
        meta("citation_author", "Kim Park")
        + meta("parsely-author", "Jo Reed")
        + meta("byl", "By Jo Reed")
        + meta("author", "Jo Reed")
    )
    assert authors(head=head) == ["Jo Reed"]


def test_of_two_printed_bylines_the_one_that_names_a_person_counts():
    assert authors(below="<p>By The Harbour Press</p>", behind="<p>By Jo Reed</p>") == ["Jo Reed"]


def test_organisations_count_only_where_no_person_is_named():
    organization = ld('{"@type":"Organization","name":"Harbour Watch"}')
    assert authors(head=organization) == ["Harbour Watch"]
    assert authors(head=organization + meta("author", "Jo Reed")) == ["Jo Reed"]


@pytest.mark.parametrize("account", ["admin", "Editor", "user12", "unknown", "WordPress"])
def test_an_account_is_no_author(account: str):
    assert authors(head=meta("author", account), below=f"<p>By {account}</p>") == []


def test_the_title_is_no_author():
    assert authors(title="Jo Reed", head=meta("author", "Jo Reed")) == []


def test_one_value_per_author_may_be_inverted():
    assert authors(head=meta("citation_author", "Reed, Jo") + meta("citation_author", "Lee, Ann")) == ["Jo Reed", "Ann Lee"]


def test_a_reviewer_is_told_apart_from_the_author():
    article = extracted(below="<p>By Jo Reed</p><p>Medically reviewed by Ann Lee, MD on 3 May 2024</p>")
    assert [author.name for author in article.authors] == ["Jo Reed"]
    assert article.reviewed_by == "Ann Lee"
    assert article.evidence["reviewed_by"].from_ == "dom"


def test_a_reviewer_without_a_name_is_kept_as_printed():
    assert (
        extracted(below="<p>Reviewed by a member of our advisory board on 3 May 2024</p>").reviewed_by
        == "a member of our advisory board"
    )


@pytest.mark.parametrize(
    "line",
    ["Edited by Ann Lee", "Translated by Ann Lee", "Photos by Ann Lee", "Fact-checked by Ann Lee", "Illustrations by Ann Lee"],
)
def test_who_edited_translated_or_photographed_is_no_author(line: str):
    assert authors(below=f"<p>By Jo Reed</p><p>{line}</p>") == ["Jo Reed"]
    assert authors(below=f"<p>{line}</p>") == []


def test_a_commenter_and_a_trending_box_name_no_author():
    comments = "<section class=comments><p>By Kim Park</p><p>I saw it!</p></section>"
    trending = "<aside class=trending><h3>Ten other quays</h3><p>By Ann Lee</p></aside>"
    assert authors(behind=comments + trending) == []


def test_an_author_has_the_link_that_stands_at_the_name():
    (author,) = extracted(below='<p>By <a href="/people/jo">Jo Reed</a></p>').authors
    assert author.url == "https://quay-gazette.example/people/jo"


def test_a_link_around_blocks_goes_with_the_name_in_it():
    (author,) = extracted(below='<a href="/jo"><div class="author"><b>Jo Reed</b></div></a>').authors
    assert author.url == "https://quay-gazette.example/jo"


def test_a_byline_of_several_lines_names_all():
    lines = '<div class="author"><a>Jo Reed</a></div><div class="author"><a>Ann Lee</a></div>'
    assert extracted(below=lines).byline == "Jo Reed, Ann Lee"


def test_each_author_of_a_line_has_a_link_of_their_own_or_none():
    line = '<p>By <a href="/people/jo">Jo Reed</a>, <a href="/people/ann">Ann Lee</a> and Kim Park</p>'
    urls = {author.name: author.url for author in extracted(below=line).authors}
    people = "https://quay-gazette.example/people/"
    assert urls == {"Jo Reed": f"{people}jo", "Ann Lee": f"{people}ann", "Kim Park": None}


def test_link_and_biography_come_from_json_ld_too():
    (author,) = extracted(head=ld('{"@type":"Person","name":"Jo Reed","url":"/jo","description":"Knows boats."}')).authors
    assert (author.name, author.url, author.bio) == ("Jo Reed", "https://quay-gazette.example/jo", "Knows boats.")


def test_a_link_that_is_no_address_is_none():
    (author,) = extracted(below='<p>By <a href="javascript:alert(1)">Jo Reed</a></p>').authors
    assert author.url is None


def test_evidence_names_the_place_and_those_who_agree():
    evidence = extracted(head=meta("author", "jo reed"), below="<p class=byline>By Jo Reed</p>").evidence["authors"]
    assert (evidence.from_, evidence.at) == ("dom", "p.byline")
    assert "meta[name=author]" in evidence.agree


def test_a_link_that_is_marked_as_the_authors_in_many_ways_is_one_claim():
    link = '<a rel="author" class="author byline" href="/author/jo">Jo Reed</a>'
    assert extracted(below=f"<p>Seen at the harbour, {link}</p>").evidence["authors"].value == "Jo Reed"


def test_nobody_named_is_nobody():
    article = extracted()
    assert (article.byline, article.authors, article.reviewed_by) == (None, (), None)
    assert "authors" not in article.evidence


DATED = [
    f"a member of our board {sign} 3 May 2024"
    for sign in (",", "|", "•", "·", "(", "–", "—", "on", "am", "le", "el", "il", "op", "")
]
DATED += ["a member of our board, May 3, 2024", "a member of our board on 8 Aug 1998"]


@pytest.mark.parametrize("credit", DATED)
def test_a_date_behind_a_reviewer_is_no_part_of_the_credit(credit: str):
    assert byline.credit(credit) == "a member of our board"


@pytest.mark.parametrize("word", alternatives(DATE_BEHIND), ids=lambda word: word.text)
def test_every_way_to_date_a_review_is_missed(word: Alternative, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(byline, "DATE_BEHIND", word.left_out)
    assert [byline.credit(credit) for credit in DATED] != ["a member of our board"] * len(DATED)


@settings(deadline=None)
@given(st.text(max_size=300), st.text(max_size=300))
def test_any_line_gives_authors_with_names(line: str, value: str):
    escaped = value.replace('"', "'")
    article = extracted(head=meta("author", escaped), below=f"<p class=byline>By {line}</p>")
    assert all(author.name.strip() for author in article.authors)
    assert article.byline is None or article.byline.strip()
    assert len({author.name for author in article.authors}) == len(article.authors)


@pytest.mark.parametrize("unit", ["By Jo Reed ", "Jo Reed, ", "A. ", "reviewed by ", "3 May ", "and "])
def test_a_megabyte_of_byline_is_bounded(unit: str):
    article = extracted(head=meta("author", unit * 100_000), below=f"<p class=byline>{unit * 100_000}</p>")
    assert len(article.authors) <= 60
    assert sum(len(author.name) for author in article.authors) <= 2_000
